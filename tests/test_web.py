"""The pages: everything of a graph resolves, everything is escaped, offsets are code points, words are bilingual."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from graphs import Builder
from starlette.testclient import TestClient

from kg import catalogue, vocab
from kg.background import background_quads
from kg.builder import build
from kg.exporters.view.links import web
from kg.mapper import article_quads, evidence_quads
from kg.model import ArticleGraph, Quantity
from kg.web import names, negotiation, neighbours, plot
from kg.web.addresses import Addresses
from kg.web.app import create
from kg.web.limits import QUERIES
from kg.web.marking import Marked, lines
from kg.web.pages import coverage

ROOT = Path(__file__).parent.parent
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "a'b\\c}<x>",
)
PAGES = (
    *(
        "/",
        "/list/reform",
        "/list/reform?sort=new",
        "/list/indicator",
        "/list/time",
        "/articles",
        "/articles?month=2021",
    ),
    *("/coverage", "/coverage?city=310000", "/coverage?thing=reform/一网通办", "/coverage?all=1", "/timeline"),
    *(
        "/timeline?by=agency&event=dateIssued",
        "/timeline?thing=reform/一网通办",
        "/search?q=一网",
        "/search",
        "/sparql",
    ),
    *(
        "/sparql?name=due",
        "/ns",
        "/id/reform/一网通办",
        "/id/region/310000",
        "/id/region/长三角",
        "/id/article/briefs.jsonl%23brief-beijing-2021",
    ),
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "out"
    build([ROOT / "examples"], folder)
    return folder


@pytest.fixture(scope="module")
def client(out: Path) -> Iterator[TestClient]:
    with TestClient(create(out, names=("testserver",)), headers=BROWSER) as client:
        yield client


def written(folder: Path, *graphs: ArticleGraph) -> Path:
    """A folder with the dataset of graphs made by hand, without a store."""
    folder.mkdir()
    quads = [line for graph in graphs for line in (*article_quads(graph), *evidence_quads(graph))]
    keys = [(entity.kind, entity.key) for graph in graphs for entity in graph.entities]
    (folder / "graph.nq").write_text("".join([*quads, *background_quads(keys)]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Cookie": f"lang={language}"})
    assert response.status_code == 200, response.text
    assert "�" not in response.text
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert not re.search(r"<script(?! (?:type=\"module\" )?src=\"/static/)", response.text)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", response.text)
    table = names._table()
    shown = re.sub(r"<[^>]*>", " ", response.text)
    assert not set(re.findall(r"(?<![\w.:/#@-])[a-z]+\.[a-z.]+(?![\w(])", shown)) & set(table)


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for path in PAGES:
        seen.update(re.findall(r'href="(/[^"#]*)', client.get(path).text))
    assert len(seen) > 300
    for link in sorted(seen)[::11]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
    client.cookies.clear()


def test_every_iri_of_the_graph_resolves(client: TestClient, out: Path) -> None:
    iris: set[str] = set()
    for quad in ox.parse((out / "graph.nq").read_bytes(), ox.RdfFormat.N_QUADS):
        iris.update(t.value for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, ox.NamedNode))
    ours = sorted({iri.partition("#")[0] for iri in iris if iri.startswith(Addresses().base)})
    kinds = {iri.removeprefix(vocab.ID).partition("/")[0] for iri in ours}
    assert kinds >= {*vocab.KINDS, "article", "post", "statement", "text"}
    chosen = [iri for kind in sorted(kinds) for iri in [i for i in ours if i.startswith(f"{vocab.ID}{kind}/")][:4]]
    for iri in (*chosen, vocab.RKG.removesuffix("#")):
        path = Addresses().path(iri)
        assert path
        assert client.get(path).status_code == 200, iri
        turtle = client.get(path, headers={"Accept": "text/turtle"})
        assert turtle.status_code == 200, iri
        assert turtle.headers["content-type"].startswith("text/turtle")
        assert len(list(ox.parse(turtle.content, ox.RdfFormat.TURTLE))) > 0


@pytest.mark.parametrize(
    ("suffix", "accept", "form", "kind"),
    [
        (".ttl", "*/*", ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
        (".jsonld", "*/*", ox.RdfFormat.JSON_LD, "application/ld+json"),
        (".nt", "*/*", ox.RdfFormat.N_TRIPLES, "application/n-triples"),
        ("", "application/ld+json", ox.RdfFormat.JSON_LD, "application/ld+json"),
        ("", "application/n-triples, text/html;q=0.1", ox.RdfFormat.N_TRIPLES, "application/n-triples"),
        ("", "application/rdf+xml", ox.RdfFormat.RDF_XML, "application/rdf+xml"),
    ],
)
def test_data_by_suffix_and_by_accept(client: TestClient, suffix: str, accept: str, form, kind: str) -> None:
    response = client.get(f"/id/reform/{quote('一网通办')}{suffix}", headers={"Accept": accept})
    assert response.headers["content-type"] == kind
    assert "Accept" in response.headers["vary"]
    said = {(t.subject.value, t.predicate.value) for t in ox.parse(response.content, form)}
    assert (vocab.iri("reform", "一网通办"), vocab.PREF_LABEL) in said


def test_what_is_not_there(client: TestClient) -> None:
    for path in (
        "/nothing",
        "/id/reform/没有",
        "/id/x",
        "/list/thing",
        "/id/reform/没有.ttl",
        "/id/article/%2e%2e/x",
        "/id/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/id/reform/没有", headers={"Accept": "text/turtle"}).status_code == 404
    assert client.get(f"/id/reform/{quote('一网通办')}", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/static/../app.py").status_code == 404
    assert client.post("/").status_code == 405


def test_another_base(tmp_path: Path) -> None:
    b = Builder("浙江推行“标准地”改革。", "https://data.example/kg/id/article/a")
    b.entity("reform", "标准地", "标准地", ["标准地"])
    folder = written(tmp_path / "out", b.graph())
    dataset = (folder / "graph.nq").read_text("utf-8").replace(vocab.ID, "https://data.example/kg/id/")
    (folder / "graph.nq").write_text(dataset, encoding="utf-8")
    with TestClient(create(folder, Addresses("https://data.example/kg/"), ("testserver",)), headers=BROWSER) as client:
        assert "标准地" in client.get("/id/reform/标准地").text
        assert "https://data.example/kg/id/reform/标准地" in client.get("/id/reform/标准地.nt").text
        assert client.get("/id/article/a").status_code == 200


def _hostile() -> ArticleGraph:
    text = f"{HOSTILE[0]}标题{HOSTILE[1]}\n" + "".join(f"甲{h}乙推进丙{h}丁，办理5{h}。" for h in HOSTILE)
    b = Builder(text, "https://w3id.org/reformkg/id/article/h")
    things = []
    for kind, h in zip(("reform", "agency", "service", "legislation", "person"), HOSTILE, strict=True):
        things.append(b.entity(kind, h, h, [h], [f"别名{h}"]))
        number = b.entity("indicator", f"x{len(things)}", h, [f"5{h}"], value=Quantity(1, h, "=", h))
        b.say(number, "about", things[-1], f"办理5{h}")
    b.say(things[0], "implementedBy", things[1], f"甲{HOSTILE[0]}乙")
    b.say(things[0], "coversRegion", b.entity("region", "330000", "浙江"), f"甲{HOSTILE[0]}乙")
    b.say(things[4], "holdsPost", things[1], f"甲{HOSTILE[4]}乙", HOSTILE[1])
    article = b.article
    b.article = type(article)(article.iri, article.title, text, article.published, HOSTILE[1], HOSTILE[2], HOSTILE[0])
    return b.graph()


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    folder = written(tmp_path / "out", _hostile())
    with TestClient(create(folder, names=("testserver",)), headers=BROWSER) as client:
        keys = zip(("reform", "agency", "service", "legislation", "person"), HOSTILE, strict=True)
        paths = [Addresses().path(vocab.iri(kind, key)) for kind, key in keys]
        pages = ["/", "/articles", "/coverage", "/timeline", "/list/reform", "/list/indicator", "/id/article/h"]
        searches = [f"/search?q={quote(h)}" for h in HOSTILE] + [f"/sparql?query={quote(h)}" for h in HOSTILE]
        other = [f"/coverage?thing={quote('reform/' + h)}&city={quote(h)}" for h in HOSTILE]
        other += [f"/timeline?thing={quote('reform/' + h)}&by={quote(h)}&page={quote(h)}" for h in HOSTILE]
        for path in [*paths, *pages, *searches, *other, f"/articles?month={quote(HOSTILE[1])}"]:
            response = client.get(path)
            assert response.status_code == 200, (path, response.text)
            assert "<script>" not in response.text
            assert "<img" not in response.text
            assert not re.search(r'(?:href|src)="(?!/|#|https?:)', response.text), path
            assert "49" not in re.sub(r"\d{3,}|%\w\w", "", response.text) or "{{ 7 * 7 }}" in response.text
        assert client.get(f"/suggest?q={quote(HOSTILE[0])}").json()[0]["name"] == HOSTILE[0]
        assert "&lt;script&gt;" in client.get("/id/article/h").text


def test_offsets_are_code_points(tmp_path: Path) -> None:
    text = "😀𠮷市推行𠀀通办\n第二行😀有𠀀通办。"
    b = Builder(text, "https://w3id.org/reformkg/id/article/astral")
    reform = b.entity("reform", "𠀀通办", "𠀀通办", ["𠀀通办"])
    b.say(reform, "partOf", reform, "推行𠀀通办")
    with TestClient(create(written(tmp_path / "out", b.graph()), names=("testserver",)), headers=BROWSER) as client:
        page = client.get("/id/article/astral").text
        start = text.index("𠀀")
        assert f'data-at="{start}" href="/id/reform/{quote("𠀀通办")}">𠀀通办</a>' in page
        assert f'data-spans="{text.index("推行")}-{start + 3} "' in page
        words = "".join(re.findall(r'class="w" data-at="\d+"[^>]*>([^<]*)<', page))
        assert words == text.replace("\n", "")
        for at, piece in re.findall(r'class="w" data-at="(\d+)"[^>]*>([^<]*)<', page):
            assert text[int(at) : int(at) + len(piece)] == piece
        quoted = client.get(f"/id/reform/{quote('𠀀通办')}").text
        assert re.search(r"😀𠮷市<a [^>]*#char=3,8\">推行𠀀通办</a>", quoted)


def test_marks_nest() -> None:
    outer, inner = Marked(1, 6, "agency", "a", "/a"), Marked(2, 4, "region", "r", "/r")
    crossing = Marked(5, 8, "time", "t", "/t")
    (pieces,) = lines("0123456789", [inner, outer, crossing], [7])
    assert "".join(piece.text for piece in pieces) == "0123456789"
    depth = 0
    for piece in pieces:
        depth += sum(piece.opening)
        assert depth == len(piece.marks)
        depth -= sum(piece.closing)
    assert depth == 0
    assert [p.marks for p in pieces if p.start == 2] == [(outer, inner)]
    assert any(p.start == 7 for p in pieces)
    assert [len(found) for found in lines("ab\n\ncd", [Marked(1, 5, "time", "t", "/t")])] == [2, 0, 2]


def test_coverage_tells_named_from_implied() -> None:
    assert len(coverage.cities()) == 41
    assert {(c.column, c.row) for c in coverage.cities()} == {(c.column, c.row) for c in set(coverage.cities())}
    assert coverage._reached("330100") == {"330100": "stated"}
    assert set(coverage._reached("330000").values()) == {"province"}
    assert len(coverage._reached("330000")) == 11
    assert coverage._reached("330106") == {"330100": "part"}
    assert coverage._reached("长三角") == dict.fromkeys((c.code for c in coverage.cities()), "group")
    assert coverage._reached("310000") == {"310000": "stated"}
    assert coverage._reached("440000") == {}


def test_a_cell_shows_its_quote(client: TestClient) -> None:
    page = client.get("/coverage", params={"thing": "reform/一网通办", "city": "330100"}).text
    part = page.partition('id="quotes"')[2].partition("</section>")[0]
    assert "文章点名该市" in part
    assert "由长三角等区域推出" in part
    assert "一网通办" in part


def test_numbers_over_time(tmp_path: Path) -> None:
    made = []
    for year, count in ((2019, 120), (2020, 3197), (2021, 5400)):
        b = Builder(f"“浙里办”接入{count}项", f"https://w3id.org/reformkg/id/article/{year}")
        service = b.entity("service", "浙里办", "浙里办", ["浙里办"])
        number = b.entity("indicator", f"n{year}", "事项", [f"{count}项"], value=Quantity(count, "项", "=", "接入事项"))
        b.say(number, "about", service, f"接入{count}项")
        b.say(number, "asOf", b.entity("time", str(year), str(year)), f"{count}项")
        made.append(b.graph())
    with TestClient(create(written(tmp_path / "out", *made), names=("testserver",)), headers=BROWSER) as client:
        page = client.get("/id/service/浙里办").text
        assert page.count('class="point"') == 3
        assert "2021-12-31 · 5,400项" in page
        assert "#char=" in page.partition('class="plot"')[2].partition("</figure>")[0]


def test_plots() -> None:
    bars = plot.months({"2020-11": 2, "2021-02": 4})
    assert [bar.label for bar in bars] == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert [bar.height for bar in bars] == [50, 0, 0, 100]
    assert len(plot.months({"1990-01": 1, "2021-02": 4})) == 32
    assert plot.months({}) == []


def test_neighbours_never_meet() -> None:
    groups = [neighbours.Group(str(n), tuple(("reform", str(i), "/") for i in range(n))) for n in (1, 5, 3)]
    for drawing in (neighbours.wide(groups), neighbours.narrow(groups), neighbours.wide(groups[1:2])):
        rows = [(s.side, s.y) for s in drawing.spots] + [(w.side, w.y) for w in drawing.words]
        assert len(rows) == len(set(rows))
        assert all(0 < y < drawing.height for _, y in rows)


@pytest.mark.parametrize(
    ("edtf", "zh", "en"),
    [
        ("2021-07-01", "2021年7月1日", "2021-07-01"),
        ("../2021-10-31", "2021年10月31日前", "by 2021-10-31"),
        ("2021-08-01/..", "2021年8月1日起", "from 2021-08-01"),
        ("2021/2025", "2021年 至 2025年", "2021 to 2025"),
        ("2021-21", "2021年春季", "spring 2021"),
        ("202X", "2020年代", "202X"),
        ("2021-10?", "2021年10月", "2021-10"),
    ],
)
def test_times_in_words(edtf: str, zh: str, en: str) -> None:
    assert names.Names("zh").when(edtf) == zh
    assert names.Names("en").when(edtf) == en


def test_amounts_in_words() -> None:
    zh, en = names.Names("zh"), names.Names("en")
    assert zh.amount("54015000", "", ">") == "超过 5,401.5万"
    assert en.amount("54015000", "项", ">") == "over 54,015,000 项"
    assert zh.amount("80", "%", "=") == "80%"
    assert zh.amount("0.5", "天", "<") == "不足 0.5天"


def test_words_have_two_languages() -> None:
    assert all(row["zh"] and row["en"] for row in names._table().values())
    used = "".join(p.read_text("utf-8") for p in sorted((ROOT / "kg/web/templates").glob("*.jinja")))
    assert set(re.findall(r'word\("([\w.]+)"[,)]', used)) <= set(names._table())


def test_language_and_theme_are_kept(client: TestClient) -> None:
    response = client.get("/?lang=en&theme=dark")
    assert '<html lang="en" data-theme="dark">' in response.text
    cookies = "".join(response.headers.get_list("set-cookie"))
    assert "lang=en" in cookies
    assert "samesite=lax" in cookies.lower()
    client.cookies.clear()
    assert '<html lang="zh-Hans">' in client.get("/?lang=xx&theme=<x>").text
    client.cookies.clear()


def test_suggestions(client: TestClient) -> None:
    found = client.get("/suggest", params={"q": "“一网通办"}).json()
    assert found[0] == {"kind": "reform", "name": "一网通办", "also": "", "link": f"/id/reform/{quote('一网通办')}"}
    assert client.get("/suggest?q=").json() == []
    assert json.loads(client.get("/healthz").text) == {"status": "ok"}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,*/*;q=0.8", "html"),
        ("*/*", "json"),
        ("text/turtle;q=0.9, application/ld+json", "jsonld"),
        ("text/*", "csv"),
        ("text/html;q=0, */*;q=0.1", "json"),
        ("application/json; charset=utf-8; q=0.2, TEXT/HTML;q=0.3", "html"),
        (",,;q=x", None),
        ("image/*", None),
    ],
)
def test_negotiation(accept: str, expected: str | None) -> None:
    offers = {**negotiation.RESULTS, **negotiation.TRIPLES, **negotiation.HTML}
    assert negotiation.choose(accept, offers) == expected


def test_links_lead_to_the_web_alone() -> None:
    assert web("https://example.org/a") == "https://example.org/a"
    assert [web(url) for url in ("javascript:alert(1)", "data:text/html,x", "//x", "http:", "http://[", "")] == [""] * 6


def test_a_rebuilt_graph_is_taken_up(tmp_path: Path) -> None:
    def graph(name: str) -> ArticleGraph:
        b = Builder(f"浙江推行“{name}”。", "https://w3id.org/reformkg/id/article/a")
        b.entity("reform", name, name, [name])
        return b.graph()

    folder = written(tmp_path / "out", graph("标准地"))
    with TestClient(create(folder, names=("testserver",), limits=QUERIES), headers=BROWSER) as client:
        assert "标准地" in client.get("/").text
        written(tmp_path / "new", graph("一业一证"))
        (tmp_path / "new" / "graph.nq").replace(folder / "graph.nq")
        assert "一业一证" in client.get("/").text
        assert client.get("/id/reform/标准地").status_code == 404


def test_a_folder_without_a_graph_says_so(tmp_path: Path) -> None:
    with TestClient(create(tmp_path, names=("testserver",)), headers=BROWSER) as client:
        response = client.get("/")
        assert response.status_code == 500
        assert "holds no graph" in response.text


def test_regions_have_their_official_names() -> None:
    assert (
        names.Names("zh").thing(Addresses().thing(vocab.iri("region", "310000"))) == catalogue.regions()["310000"].name
    )
