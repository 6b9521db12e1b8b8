"""Pictures of every page of `kg serve` at both widths and in both colour schemes.

python docs/screenshots_web.py OUT docs/screenshots: OUT is the folder of a build (exports/). Needs Chromium and
the extra `serve`; the server runs on loopback while the pictures are taken.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PAGES = {
    "overview": "/",
    "directory": "/list/reform",
    "articles": "/articles",
    "coverage": "/coverage?thing=reform/一网通办",
    "timeline": "/timeline",
    "entity": "/id/reform/一网通办",
    "article": "/id/article/zhejiang-one-visit.md",
    "search": "/search?q=通办",
    "console": "/sparql?name=reforms-by-agency",
    "vocabulary": "/ns",
}
WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
TALLEST = 1600
"""Pixels of the longest picture."""


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urlopen(f"{url}/healthz", timeout=5).close()  # noqa: S310 - our own server
            return
        except URLError:
            time.sleep(0.1)
    raise SystemExit(f"{url}: the server does not answer")


def _take(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    size = page.viewport_size or {"width": WIDTHS[-1], "height": TALLEST}
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.screenshot(path=path)


def main(out: Path, folder: Path) -> None:
    """Writes web-PAGE-WIDTH-SCHEME.png for every page."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _port()
    url = f"http://127.0.0.1:{port}"
    arguments = [sys.executable, "-m", "kg", "serve", str(out), "--port", str(port)]
    server = subprocess.Popen(arguments, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            for width in WIDTHS:
                for scheme in SCHEMES:
                    for name, path in PAGES.items():
                        page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
                        page.goto(url + path)
                        _take(page, folder / f"web-{name}-{width}-{scheme}.png")
                        page.close()
            browser.close()
    finally:
        server.terminate()
        server.wait(15)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
