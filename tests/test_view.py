"""The offline view in a real browser: it answers, it loads nothing, nothing from an article is ever markup."""

import csv
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from graphs import Builder
from playwright.sync_api import Browser, Page, expect, sync_playwright
from view_graphs import article_graphs, store_of

from kg import layout
from kg.exporters import html
from kg.model import ArticleGraph, Quantity

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "</script><script>window.hit=1</script>",
    "javascript:window.hit=1",
    "<!--<script>",
    "{{ 7 * 7 }}",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("view")


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    path = folder / "small.html"
    html.export(store_of(article_graphs(60)), path)
    return path


@pytest.fixture(scope="module")
def large(folder: Path) -> Path:
    path = folder / "large.html"
    html.export(store_of(article_graphs(1000)), path)
    return path


class Opened:
    """A page, with what went wrong on it."""

    def __init__(self, browser: Browser, path: Path, state: str = "", width: int = 1440, **options) -> None:
        options = {"viewport": {"width": width, "height": 900}, "color_scheme": "light", **options}
        self.page: Page = browser.new_page(**options)
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + state)
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def __enter__(self) -> Page:
        return self.page

    def __exit__(self, *_: object) -> None:
        self.page.wait_for_timeout(50)
        outside = [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]
        self.page.close()
        assert self.faults == []
        assert outside == []
        assert sum(url.startswith("file:") for url in self.requests) == 1


def state(page: Page) -> str:
    return page.evaluate("decodeURIComponent(location.hash)")


def click(page: Page, *addresses: str, count: int = 1) -> None:
    point = page.evaluate("(a) => window.pointOf(...a)", list(addresses))
    page.mouse.click(point["x"], point["y"], click_count=count, delay=30)
    page.wait_for_timeout(350)


def heading(page: Page) -> str:
    return page.inner_text("#panel h2")


def test_opens_on_part_of_a_large_graph(browser: Browser, large: Path) -> None:
    with Opened(browser, large) as page:
        drawn, everything = map(int, re.findall(r"\d+", page.inner_text("#status span").replace(",", "")))
        assert drawn == html.OPENING <= 150 < everything
        assert f"另有 {everything - drawn} 个未画出" in page.inner_text("#status")
        assert int(page.get_attribute("html", "data-ready")) > 0
        page.click("#more")
        assert "显示 400 / " in page.inner_text("#status")
        assert "limit=400" in state(page)
        page.go_back()
        expect(page.locator("#status")).to_contain_text(f"显示 {drawn} / ")
    assert large.stat().st_size < 1_500_000 + 1000 * everything


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("一网通办", "一网通办"),
        ("最多跑一次改革", "最多跑一次"),
        ("zdpyc", "最多跑一次"),
        ("zuiduopao", "最多跑一次"),
        ("shanghai", "上海市"),
    ],
)
def test_search(browser: Browser, small: Path, typed: str, expected: str) -> None:
    with Opened(browser, small) as page:
        page.keyboard.press("/")
        page.keyboard.type(typed)
        assert page.inner_text("#found li span").startswith(expected[:2])
        assert expected in page.locator("#found li span").all_inner_texts()
        page.keyboard.press("Enter")
        assert page.is_hidden("#found")
        assert "#id=" in state(page)


def test_search_waits_for_the_input_method(browser: Browser, small: Path) -> None:
    with Opened(browser, small) as page:
        page.focus("#search")
        page.evaluate(
            """() => {
              const box = document.getElementById("search");
              box.dispatchEvent(new CompositionEvent("compositionstart"));
              box.value = "yi'wang";
              box.dispatchEvent(new InputEvent("input", { isComposing: true }));
              box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
            }"""
        )
        assert page.is_hidden("#found")
        page.evaluate(
            """() => {
              const box = document.getElementById("search");
              box.value = "一网通办";
              box.dispatchEvent(new CompositionEvent("compositionend"));
            }"""
        )
        assert page.inner_text("#found li span") == "一网通办"
        page.fill("#search", "没有的名字")
        assert page.inner_text("#found") == "没有找到这个名称"


def test_entity_line_and_article(browser: Browser, small: Path) -> None:
    with Opened(browser, small) as page:
        click(page, "reform/一网通办")
        expect(page.locator("#panel h2")).to_have_text("一网通办")
        assert state(page) == "#id=reform/一网通办"
        page.locator(".quote-button").first.click()
        quote = page.locator("blockquote").first
        assert quote.locator("mark").inner_text() in quote.inner_text()
        assert re.search(r"\d{4}-\d\d-\d\d", quote.inner_text())
        assert quote.locator("a").get_attribute("href") == "https://example.org/a?b=1"
        assert quote.locator("a").get_attribute("rel") == "noopener noreferrer"
        quote.locator(".article").click()
        assert "一网通办" in page.inner_text("#panel")
        page.keyboard.press("Escape")
        assert heading(page) == "一网通办"
        page.keyboard.press("Escape")
        assert heading(page) == "概览"


def test_a_line_shows_its_quote(browser: Browser, folder: Path) -> None:
    b = Builder("浙江推行“标准地”改革。", published=date(2020, 5, 1))
    reform = b.entity("reform", "标准地", "标准地", ["标准地"])
    b.say(reform, "coversRegion", b.entity("region", "330000", "浙江", ["浙江"]), "浙江推行“标准地”改革")
    path = folder / "line.html"
    html.export(store_of(iter([b.graph()])), path)
    with Opened(browser, path) as page:
        click(page, "reform/标准地", "region/330000")
        expect(page.locator("#panel h2")).to_have_text("标准地 — 浙江省")
        assert page.inner_text("blockquote mark") == "浙江推行“标准地”改革"
        assert "2020-05-01" in page.inner_text("blockquote footer")


def test_neighbourhood_address_and_back(browser: Browser, small: Path) -> None:
    with Opened(browser, small) as page:
        everything = page.inner_text("#status")
        for _ in range(10):  # on a busy machine two clicks may come too far apart to be a double click
            click(page, "reform/最多跑一次", count=2)
            if "steps" in state(page):
                break
        assert state(page) == "#id=reform/最多跑一次&steps=1"
        near = page.inner_text("#status")
        page.click("#focus >> text=两步邻域")
        assert state(page) == "#id=reform/最多跑一次&steps=2"
        assert near != page.inner_text("#status")
        page.click("#back")
        expect(page.locator("#status")).to_have_text(everything, use_inner_text=True)
        page.go_back()
        page.wait_for_url("**steps=2")
    with Opened(browser, small, "#id=reform/%E6%9C%80%E5%A4%9A%E8%B7%91%E4%B8%80%E6%AC%A1&steps=1") as page:
        assert heading(page) == "最多跑一次"
        assert page.inner_text("#status") == near
    with Opened(browser, small, "#id=reform/nothing&steps=9&city=0&from=x&hide=y&lang=z") as page:
        assert heading(page) == "概览"


def test_an_entity_outside_the_picture_opens_with_its_neighbours(browser: Browser, large: Path) -> None:
    with Opened(browser, large) as page:
        page.fill("#search", "三年行动计划")
        page.locator("#found li").last.click()
        assert "steps=1" in state(page)
        assert "三年行动计划" in heading(page)


def test_filters(browser: Browser, small: Path) -> None:
    with Opened(browser, small) as page:
        page.uncheck("#kinds input[data-name=region]")
        page.uncheck("#predicates input[data-name=partOf]")
        assert state(page) == "#hide=region&without=partOf"
        page.click("#reset")
        assert state(page) == ""
        before = page.inner_text("#kinds")
        page.focus("#dates input[data-name=to]")
        for _ in range(6):
            page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.dataset.name") == "to"
        assert re.fullmatch(r"#from=\d{4}-\d\d&to=\d{4}-\d\d", state(page))
        assert page.inner_text("#kinds") != before
        page.click("#reset")
        page.click(".tile[data-name='310000']")
        assert state(page) == "#city=310000"
        assert page.inner_text("#focus b") == "上海"
        assert page.locator(".tile").count() == 41
        page.click("#back")
        assert page.inner_text("#kinds") == before


def test_keyboard(browser: Browser, small: Path) -> None:
    with Opened(browser, small) as page:
        page.focus("#picture")
        page.keyboard.press("ArrowRight")
        first = heading(page)
        page.keyboard.press("ArrowDown")
        assert heading(page) not in (first, "概览")
        page.keyboard.press("Enter")
        assert "steps=1" in state(page)
        page.keyboard.press("Escape")
        assert "steps" not in state(page)
        page.keyboard.press("Escape")
        assert heading(page) == "概览"


def test_downloads(browser: Browser, small: Path) -> None:
    with Opened(browser, small, "#id=reform/一网通办&steps=1") as page:
        page.click("#export-button")
        with page.expect_download() as download:
            page.click("#png")
        assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
        page.click("#export-button")
        with page.expect_download() as download:
            page.click("#csv")
        text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text)))
        assert rows[0] == ["类别", "主体", "关系", "客体", "原句", "文章", "日期", "链接"]
        assert any(row[1] == "一网通办" and row[2] == "覆盖地区" and "一网通办" in row[4] for row in rows)
        assert {len(row) for row in rows} == {8}


def test_english_and_dark(browser: Browser, small: Path) -> None:
    with Opened(browser, small, color_scheme="dark") as page:
        assert page.get_attribute("html", "data-theme") == "dark"
        page.click("#theme")
        assert page.get_attribute("html", "data-theme") == "light"
        page.click("#language")
        assert state(page) == "#lang=en"
        shown = (
            page.inner_text("header") + page.inner_text("#filters section:nth-of-type(1)") + page.inner_text("#status")
        )
        assert not re.search(r"[一-鿿]", shown.replace("中文", ""))


def test_every_word_has_two_languages() -> None:
    script = "".join(path.read_text("utf-8") for path in sorted(html.ASSETS.glob("*.js")))
    words = html.catalogue.rows(html.ASSETS / "words.csv")
    known = {row["key"] for row in words if row["zh"] and row["en"]}
    assert set(re.findall(r'word\("([\w.]+)"', script)) <= known
    page = (html.ASSETS / "template.html.jinja").read_text("utf-8")
    assert set(re.findall(r'data-word(?:-\w+)?="([\w.]+)"', page)) <= known


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(browser: Browser, small: Path, width: int, scheme: str) -> None:
    with Opened(browser, small, "#id=reform/一网通办", width, color_scheme=scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(
            "document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth"
        )


def _hostile() -> ArticleGraph:
    text = f"{HOSTILE[0]}标题{HOSTILE[2]}\n" + "".join(f"甲{h}乙推进丙{h}丁，办理5{h}。" for h in HOSTILE)
    b = Builder(text, published=None)
    things = []
    for kind, h in zip(("reform", "agency", "service", "legislation", "person", "reform"), HOSTILE, strict=True):
        things.append(b.entity(kind, h, h, [h], [f"别名{h}"]))
        number = b.entity("indicator", f"x{len(things)}", h, [f"5{h}"], value=Quantity(1, h, "=", h))
        b.say(number, "about", things[-1], f"办理5{h}")
    for subject, thing in pairwise(things):
        b.say(subject, "partOf" if subject.kind != "person" else "holdsPost", thing, f"甲{thing.key}乙", subject.key)
    b.article = type(b.article)(b.article.iri, b.article.title, text, None, HOSTILE[1], HOSTILE[3], HOSTILE[0])
    return b.graph()


def test_hostile_words_stay_words(browser: Browser, folder: Path) -> None:
    path = folder / "hostile.html"
    html.export(store_of(iter([_hostile()])), path)
    with Opened(browser, path) as page:
        for h in HOSTILE:
            page.fill("#search", h)
            option = page.locator("#found li", has_text=h).first
            assert h in option.inner_text()
            option.click()
            for button in page.locator(".quote-button").all():
                button.click()
            assert heading(page) in HOSTILE
            assert page.locator("#panel mark").count()
            assert page.locator("#panel a").count() == 0
            page.locator("#panel .article").first.click()
            assert heading(page).startswith(HOSTILE[0])
            page.click("#language")
            assert page.locator("img, #panel script, #found script").count() == 0
        assert page.evaluate("window.hit") is None


def test_only_these_scripts_may_run(small: Path) -> None:
    page = small.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    assert rules.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in rules
    for part in re.findall(r"<script>(.*?)</script>", page, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", page, re.DOTALL
    ):
        assert f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" in rules
    assert "innerHTML" not in "".join(file.read_text("utf-8") for file in html.ASSETS.glob("*.js"))
    assert " style=" not in page.partition("<body>")[2].partition("<script")[0]


def test_the_same_store_gives_the_same_bytes(small: Path, folder: Path) -> None:
    graphs = list(article_graphs(60))
    again = folder / "again.html"
    html.export(store_of(iter(reversed(graphs))), again)
    assert again.read_bytes() == small.read_bytes()


def test_an_empty_store_opens(browser: Browser, folder: Path) -> None:
    path = folder / "empty.html"
    html.export(store_of(iter([])), path)
    with Opened(browser, path) as page:
        assert "没有符合筛选条件的实体" in page.inner_text("#status")


def test_groups_gather_around_reforms() -> None:
    kinds = ["region", "reform", "reform", *["agency"] * 5, *["service"] * 5, "person"]
    links = {(1, i): 1 for i in range(3, 8)} | {(i, 2): 1 for i in range(8, 13)} | {(0, 1): 2, (0, 2): 1}
    group = layout.groups(kinds, links)
    assert group == [1, 1, 2, *[1] * 5, *[2] * 5, -1]
    for weights in (layout.WIDE, layout.TALL):
        places = layout.places(kinds, group, links, weights)
        assert len(set(places)) == len(kinds)
        assert all((x - y) % 2 == 0 for x, y in places)
