"""The server's pages in a real browser: no error on the console, no request to anywhere else, everything clicks."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from graphs import Builder
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_view import ARGUMENTS
from test_web import ROOT, written
from web_server import Live

from kg.builder import build

TALL = 900


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("browser") / "out"
    build([ROOT / "examples"], folder)
    with Live(folder) as server:
        yield server


class Opened:
    """A page of the server; what went wrong on it fails the test."""

    def __init__(self, browser: Browser, server: Live, path: str, width: int = 1440, scheme: str = "light") -> None:
        self.server = server
        self.page: Page = browser.new_page(viewport={"width": width, "height": TALL}, color_scheme=scheme)
        self.faults: list[str] = []
        self.outside: list[str] = []
        self.expected = ""
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.goto(server.url + path)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.server.url, "data:", "blob:")):
            self.outside.append(url)

    def __enter__(self) -> Page:
        return self.page

    def __exit__(self, *_: object) -> None:
        self.page.wait_for_timeout(50)
        self.page.close()
        assert [fault for fault in self.faults if "400 (Bad Request)" not in fault] == []
        assert self.outside == []


PAGES = (
    *("/", "/list/reform", "/list/indicator", "/articles", "/coverage", "/coverage?thing=service/随申办&city=310000"),
    *("/timeline", "/timeline?by=agency", "/search?q=一网", "/id/reform/一网通办", "/id/region/310000", "/ns"),
    *("/id/article/zhejiang-one-visit.md", "/sparql", "/sparql?name=most-mentioned", "/view"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_its_window(browser: Browser, server: Live, path: str, width: int, scheme: str) -> None:
    with Opened(browser, server, path, width, scheme) as page:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if path != "/view":
            assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 4).map(Number);
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = rgb(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > 0.9) return found;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll("main *, header *")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!text || element.closest("svg, textarea, #paint, option, .skip, .quiet") || !element.offsetParent) continue;
    const style = getComputedStyle(element);
    if (!style.color.startsWith("rgb")) continue;
    const [a, b] = [light(rgb(style.color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.2) bad.push(`${element.className} ${element.textContent.trim().slice(0, 20)} ${ratio.toFixed(1)}`);
  }
  return bad;
}"""


def test_from_search_to_the_words_of_an_article(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/") as page:
        page.keyboard.press("/")
        page.keyboard.type("最多跑一次")
        page.wait_for_selector("#suggested li")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/reform/**")
        assert page.inner_text("h1") == "最多跑一次"
        quote = page.locator("blockquote a").first
        words = quote.inner_text()
        quote.click()
        page.wait_for_selector(".w.lit")
        assert re.search(r"#char=\d+,\d+$", page.url)
        assert "".join(page.locator(".w.lit").all_inner_texts()) == words
        page.locator("mark >> a.w").first.click()
        page.wait_for_url(lambda url: "/id/article/" not in url)
        assert page.inner_text("h1")


def test_article_marks_and_statements(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/id/article/zhejiang-one-visit.md") as page:
        inner = page.locator("mark mark").first
        inner.hover()
        expect(page.locator("#tip p")).to_have_count(2)
        assert inner.get_attribute("data-name") in page.inner_text("#tip p:first-child")
        page.mouse.move(5, 5)
        item = page.locator("#statements li").nth(2)
        item.locator("i").click()
        lit = "".join(page.locator(".w.lit").all_inner_texts())
        assert lit[:20] == item.locator(".words").first.inner_text().strip("“”")[:20]
        assert "lit" in (item.get_attribute("class") or "")
        page.click(".chip[data-kind=region]")
        assert page.locator("mark.region.off").count() == page.locator("mark.region").count() > 0
        box = page.locator("mark:not(.off)").first.bounding_box()
        assert box


def test_characters_outside_the_bmp(browser: Browser, tmp_path: Path) -> None:
    text = "😀𠮷市推行𠀀通办\n第二行😀😀有“𠀀通办”了。"
    b = Builder(text, "https://w3id.org/reformkg/id/article/astral")
    reform = b.entity("reform", "𠀀通办", "𠀀通办", ["𠀀通办"])
    b.say(reform, "startDate", b.entity("time", "2021", "2021"), "😀有“𠀀通办")
    with Live(written(tmp_path / "out", b.graph())) as server, Opened(browser, server, "/id/article/astral") as page:
        page.locator("#statements .words").click()
        assert "".join(page.locator(".w.lit").all_inner_texts()) == "😀有“𠀀通办"
        start = text.index("有“")
        page.goto(f"{server.url}/id/article/astral#char={start},{start + 2}")
        page.reload()
        assert page.locator(".w.lit").count() == 0 or page.locator(".w.lit").first.inner_text()


def test_coverage_by_click(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/coverage") as page:
        assert page.locator(".tiles a").count() == 41
        page.locator(".matrix a.cell.group").first.click()
        page.wait_for_url("**city=*")
        assert "由长三角等区域推出" in page.inner_text("#quotes")
        assert page.locator("#quotes blockquote a").count()
        page.locator(".tiles a").first.click()
        expect(page.locator(".tiles a.chosen")).to_have_count(1)


def test_timeline_by_click(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/timeline") as page:
        everything = page.locator(".event").count()
        page.uncheck("input[value=startDate]")
        page.click(".choices button")
        page.wait_for_url("**event=*")
        assert 0 < page.locator(".event").count() < everything
        page.locator(".lane a.entity").first.click()
        expect(page.locator("p.chosen")).to_have_count(1)


def run(page: Page, sparql: str) -> None:
    page.fill("#sparql", sparql)
    page.press("#sparql", "Control+Enter")
    page.wait_for_selector("body:not(.busy)")
    page.wait_for_selector("#answer:not([hidden]), #fault:not([hidden])")


def test_console(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/sparql") as page:
        run(page, "SELECT ?reform ?place (COUNT(*) AS ?n) { ?reform rkg:coversRegion ?place } GROUP BY ?reform ?place")
        assert page.locator("#paint .keyword").count() >= 3
        assert page.inner_text("#paint").rstrip("\n") == page.input_value("#sparql")
        first = page.locator(".results td a").first
        assert (first.get_attribute("href") or "").startswith("/id/")
        assert page.locator(".results a", has_text="上海市").count(), "regions go by their label"
        names = page.locator(".results tr td:nth-child(1)").all_inner_texts()
        page.click(".results th button >> nth=0")
        page.click(".results th button >> nth=0")
        assert page.locator(".results tr td:nth-child(1)").all_inner_texts() != names
        assert page.locator(".results th").first.get_attribute("aria-sort") == "descending"
        page.click("[data-show=chart]")
        assert page.locator("#chart rect").count() > 3
        page.click("[data-show=graph]")
        assert page.locator("#graph a").count() > 3
        run(page, "SELECT ?a {\n  ?a a rkg:Reform .\n  ?b )\n}\n")
        assert page.inner_text("#fault").startswith("第 3 行")
        assert page.locator(".line.faulty").get_attribute("data-n") == "3"
        run(page, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
        assert "SERVICE is not allowed" in page.inner_text("#fault")
        run(page, "ASK { ?s a rkg:Reform }")
        assert "是" in page.inner_text("#table")
        page.click("#questions a >> nth=3")
        page.wait_for_url("**name=*")
        page.wait_for_selector("#answer:not([hidden])")


def test_downloads(browser: Browser, server: Live) -> None:
    query = "SELECT ?name { ?s a rkg:Reform ; skos:prefLabel ?name } ORDER BY ?name"
    with Opened(browser, server, "/sparql") as page:
        run(page, query)
        files = {}
        for form in ("csv", "json", "xml"):
            with page.expect_download() as download:
                page.click(f"[data-form={form}]")
            files[form] = Path(download.value.path()).read_bytes()
        rows = list(csv.reader(StringIO(files["csv"].decode())))
        assert rows[0] == ["name"]
        assert len(rows) - 1 == len(json.loads(files["json"])["results"]["bindings"])
        assert files["xml"].startswith(b"<?xml")
        assert page.is_hidden("[data-form=ttl]")
        run(page, "CONSTRUCT { ?s rkg:partOf ?o } { ?s rkg:partOf ?o }")
        assert page.locator("#graph a").count() > 3
        with page.expect_download() as download:
            page.click("[data-form=ttl]")
        assert b"rkg:partOf" in Path(download.value.path()).read_bytes()


def test_language_and_colours_by_click(browser: Browser, server: Live) -> None:
    with Opened(browser, server, "/coverage?city=310000") as page:
        page.click(".tools a")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert "city=310000" in page.url
        page.click("#theme")
        assert page.get_attribute("html", "data-theme") == "dark"
        page.goto(f"{server.url}/articles")
        assert page.get_attribute("html", "data-theme") == "dark"
        assert page.inner_text("h1") == "Articles"


def test_hostile_words_on_the_console(browser: Browser, tmp_path: Path) -> None:
    bad = '"><img src=x onerror=window.hit=1>'
    b = Builder(f"推行{bad}。", "https://w3id.org/reformkg/id/article/h")
    b.entity("reform", bad, bad, [bad])
    with Live(written(tmp_path / "out", b.graph())) as server, Opened(browser, server, "/sparql") as page:
        run(page, "SELECT ?s ?name ('javascript:alert(1)' AS ?x) { ?s a rkg:Reform ; skos:prefLabel ?name }")
        assert bad in page.inner_text(".results")
        run(page, "CONSTRUCT { ?s a ?c ; skos:broader ?s2 } { ?s a ?c . ?s2 a rkg:Reform }")
        run(page, "SELECT (IRI('javascript:alert(1)') AS ?a) {}")
        assert page.locator(".results a").count() == 0
        assert page.locator("main img").count() == 0
        page.fill("#q", "img")
        page.wait_for_selector("#suggested li")
        assert page.evaluate("window.hit") is None
