"""Writes docs/screenshots/*.png: the offline view of exports/graph.html at both widths, in both colour schemes.

Needs Debian's chromium. Run by `make screenshots`, or by hand: .venv/bin/python docs/screenshots.py [graph.html]
"""

import json
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
TARGET = Path(__file__).parent / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = (1440, 900), (390, 844)


def _first(page: Page) -> str:
    """The address of the reform that is drawn first."""
    nodes = json.loads(page.inner_text("#nodes"))
    entities = json.loads(page.inner_text("#data"))["entities"]
    place = next((i for i, node in enumerate(nodes) if node["group"] == "reform"), 0)
    return f"{nodes[place]['group']}/{entities[place][0]}"


def _shoot(browser: Browser, graph: Path, name: str, view: str) -> None:
    """Takes one picture; the name says the device and the colour scheme, `view` is the state of the address bar."""
    _, device, scheme = name.split("-")
    width, height = PHONE if device == "phone" else DESKTOP
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=2 if device == "phone" else 1,
    )
    page.goto(graph.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    if view:
        page.goto(f"{graph.as_uri()}#{view.format(first=_first(page))}")
        page.wait_for_timeout(400)
    if "steps" in view and page.locator(".quote-button").count():
        page.locator(".quote-button").first.click()
    page.wait_for_timeout(400)
    page.screenshot(path=TARGET / f"{name}.png")
    page.close()


def main() -> None:
    """Takes every picture."""
    graph = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "exports" / "graph.html").resolve()
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for device in ("desktop", "phone"):
            for scheme in ("light", "dark"):
                _shoot(browser, graph, f"view-{device}-{scheme}", "")
                _shoot(browser, graph, f"entity-{device}-{scheme}", "id={first}&steps=1")
        _shoot(browser, graph, "english-desktop-light", "lang=en")
        browser.close()


if __name__ == "__main__":
    main()
