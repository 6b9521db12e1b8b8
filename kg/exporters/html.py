"""A store -> one HTML file that shows it offline: nothing is loaded, nothing from the articles is ever markup.

pyvis brings vis-network and its model of a network; the page is our own (kg/exporters/view/), since pyvis's
template loads from other servers and runs what titles contain. What may run is fixed by hash in the page's
Content-Security-Policy (https://www.w3.org/TR/CSP3/).
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from math import isqrt
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from kg import catalogue, layout
from kg.exporters.view.contents import DRAWN, Contents, Entity, read
from kg.exporters.view.links import web
from kg.exporters.view.sentences import Evidence
from kg.store import Store

ASSETS = Path(__file__).parent / "view"
SCRIPTS = ("data", "words", "search", "arrange", "picture", "panel", "filters", "files", "view")  # run in this order
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"  # inside pyvis
SHOWN = 300  # articles, the newest: a page of more takes long to load and to build
OPENING = 120  # entities of the first picture
TILED = "长三角"  # the group of regions that the tile map shows
CELL = (56, 70)  # pixels of a lattice step in x and y
SIZES = (7, 15)  # pixels of the least entity, and what the most important has more
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "selectConnectedEdges": False, "dragNodes": False, "tooltipDelay": 100000},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "width": 1, "selectionWidth": 1, "hoverWidth": 1, "arrowStrikethrough": False},
}


def export(store: Store, path: Path) -> None:
    """Writes the view of the newest articles of a store to `path`, UTF-8; the same store gives the same bytes."""
    articles = store.newest()
    shown = articles[:SHOWN]
    write(store.part(shown), len(articles) - len(shown), path)


def write(triples: Iterable[str], left_out: int, path: Path) -> None:
    """Writes the view of background, facts and evidence of some articles, which leaves others out."""
    path.write_text(render(read(triples, left_out)), encoding="utf-8", newline="\n")


def render(contents: Contents) -> str:
    """The page that shows the contents."""
    from pyvis.network import Network

    view = Path(str(files("pyvis"))) / VIS
    library = view.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0].strip()
    own = "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    scripts = [library, f'"use strict";\n(() => {{\n{own}\n}})();']
    style = (ASSETS / "view.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=PackageLoader("kg.exporters", "view"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "allow_nan": False,
    }
    words = {row["key"]: [row["zh"], row["en"]] for row in catalogue.rows(ASSETS / "words.csv")}
    told, number = words.pop("left-out"), len(contents.articles)
    if contents.left_out:
        words["left-out"] = [text.format(n=number, all=number + contents.left_out) for text in told]
    environment.globals |= {
        "policy": _policy(scripts, style),
        "style": Markup(style),  # noqa: S704 - our own file
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - our own files and pyvis's
        "words": words,
        "data": _data(contents),
    }
    network = Network(directed=True)
    network.templateEnv, network.path = environment, "template.html.jinja"
    network.options = OPTIONS
    network.nodes, network.edges = _nodes(contents), _edges(contents)
    return str(network.generate_html())


def _policy(scripts: Iterable[str], style: str) -> str:
    """Nothing but these very scripts and this style may run; pictures only from the page itself."""
    run = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {run}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _nodes(contents: Contents) -> list[dict[str, Any]]:
    """Every entity as vis-network takes it; those of the opening picture with their places, wide and tall."""
    entities = contents.entities
    most = max((entity.importance for entity in entities), default=1)
    links = Counter((f.subject, f.object) for f in contents.facts if f.object is not None)
    group = layout.groups([entity.kind for entity in entities], links)
    nodes: list[dict[str, Any]] = []
    for i, entity in enumerate(entities):
        size = SIZES[0] + SIZES[1] * isqrt(10000 * entity.importance // most) // 100
        nodes.append({"id": i, "label": entity.label, "group": entity.kind, "size": size, "centre": group[i]})
    opening = entities[:OPENING]
    kinds = [entity.kind for entity in opening]
    near = {pair: n for pair, n in links.items() if max(pair) < OPENING}
    first = layout.groups(kinds, near)
    wide, tall = (layout.places(kinds, first, near, weights) for weights in (layout.WIDE, layout.TALL))
    for node, centre, (x, y), (u, v) in zip(nodes, first, wide, tall, strict=False):
        node |= {"x": x * CELL[0], "y": y * CELL[1], "u": u * CELL[0], "v": v * CELL[1], "first": centre}
    return nodes


def _edges(contents: Contents) -> list[dict[str, Any]]:
    """Every fact between two entities."""
    return [
        {"from": f.subject, "to": f.object, "predicate": f.predicate, "evidence": _flat(f.evidence)}
        | ({"text": f.text} if f.text else {})
        for f in contents.facts
        if f.object is not None
    ]


def _flat(evidence: Iterable[Evidence]) -> list[int]:
    return [n for one in evidence for n in one]


def _data(contents: Contents) -> dict[str, Any]:
    """What vis-network does not take: names, articles, sentences, dates, numbers, tiles, pinyin."""
    return {
        "kinds": list(DRAWN),
        "entities": [
            [e.key, list(e.alt_labels), list(e.articles), _flat([e.mention] if e.mention else [])]
            for e in contents.entities
        ],
        "values": [[f.subject, f.predicate, f.text, _flat(f.evidence)] for f in contents.facts if f.object is None],
        "numbers": [
            [n.subject, n.measure, n.value, n.unit, n.bound, n.as_of, _flat(n.evidence)] for n in contents.numbers
        ],
        "articles": [[title, web(url), date, source] for title, url, date, source in contents.articles],
        "sentences": contents.sentences,
        "tiles": _tiles(contents.entities),
        "pinyin": _pinyin(contents.entities),
    }


def _tiles(entities: Iterable[Entity]) -> list[list[Any]]:
    """Code, short name, province, column, row of each city, and the entities that lie in it."""
    regions, zones = catalogue.regions(), catalogue.zones()
    within: dict[str, list[int]] = {}
    for i, entity in enumerate(entities):
        if entity.kind == "region":
            code = zones[entity.key].region if entity.key in zones else entity.key
            for place in (code, *catalogue.ancestors(code)):
                within.setdefault(place, []).append(i)
    grid = {row["code"]: (int(row["column"]), int(row["row"])) for row in catalogue.rows(ASSETS / "tiles.csv")}
    found = []
    for code in catalogue.groups()[TILED].members:
        province = (code, *catalogue.ancestors(code))[-1]
        name = regions[code].short or regions[code].name
        found.append([code, name, regions[province].short or regions[province].name, *grid[code], within.get(code, [])])
    return found


def _pinyin(entities: Iterable[Entity]) -> dict[str, str]:
    """Syllable -> the characters of the names in this graph that are read so."""
    used = {character for e in entities for name in (e.label, *e.alt_labels) for character in name}
    table = {row["syllable"]: row["characters"] for row in catalogue.rows(ASSETS / "pinyin.csv")}
    found = {syllable: "".join(c for c in characters if c in used) for syllable, characters in table.items()}
    return {syllable: characters for syllable, characters in found.items() if characters}
