"""`/coverage`: reforms and services x the 41 cities of the Yangtze Delta, with the quote behind each cell."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response

from kg import catalogue, vocab
from kg.exporters import view
from kg.web import evidence
from kg.web.evidence import Said
from kg.web.visit import Visit

DELTA = "长三角"
"""The group whose cities the page is about."""
PAIRS = "SELECT DISTINCT ?t ?r { GRAPH ?a { ?t rkg:coversRegion ?r } }"
STATES = ("stated", "part", "province", "group")
"""How a city is covered, the plainest first: it is named; a part of it is; its province is; a group of regions is."""
SUBJECTS = ("reform", "service")
ROWS = 40
SHOWN = 40
FEW = 200
"""Quotes to choose from when neither is chosen."""
REGIONS = 400


class City(NamedTuple):
    """A city and its place on the tile map."""

    code: str
    name: str
    province: str
    column: int
    row: int
    shade: int
    """Number of its province."""


class Row(NamedTuple):
    """A reform or service and its state in each city (empty: not covered)."""

    iri: str
    cells: tuple[str, ...]
    stated: int
    implied: int


@cache
def cities() -> tuple[City, ...]:
    """The 41 cities by province and code."""
    places = {row["code"]: row for row in catalogue.rows(Path(view.__file__).parent / "tiles.csv")}
    regions = catalogue.regions()
    provinces: list[str] = []
    found = []
    for code in sorted(catalogue.groups()[DELTA].members):
        province = (code, *catalogue.ancestors(code))[-1]
        if province not in provinces:
            provinces.append(province)
        name, held = (regions[c].short or regions[c].name for c in (code, province))
        place = places[code]
        found.append(City(code, name, held, int(place["column"]), int(place["row"]), provinces.index(province)))
    return tuple(found)


@cache
def _reached(region: str) -> dict[str, str]:
    """City -> how a statement about this region covers it."""
    codes = {city.code for city in cities()}
    if region in codes:
        return {region: "stated"}
    if group := catalogue.groups().get(region):
        reached = {code for member in group.members for code in _inside(member, codes)}
        return dict.fromkeys(sorted(reached), "group")
    zone = catalogue.zones().get(region)
    start = zone.region if zone else region
    for place in (start, *catalogue.ancestors(start)):
        if place in codes:
            return {place: "part"}
    return dict.fromkeys(sorted(_inside(region, codes)), "province")


def _inside(region: str, codes: set[str]) -> set[str]:
    """The cities that are this region or lie in it."""
    return {code for code in codes if code == region or region in catalogue.ancestors(code)}


async def show(visit: Visit) -> Response:
    """The map and table; `thing` and `city` choose a row and a cell."""
    states: defaultdict[str, dict[str, str]] = defaultdict(dict)
    pairs = [row for row in await visit.rows(PAIRS) if (kind := visit.thing(row[0])) and kind.kind in SUBJECTS]
    for iri, region in pairs:
        place = visit.thing(region)
        for code, state in _reached(place.key).items() if place else ():
            known = states[iri].get(code)
            if known is None or STATES.index(state) < STATES.index(known):
                states[iri][code] = state
    rows = sorted((_row(iri, found) for iri, found in states.items()), key=lambda r: (-r.stated, -r.implied, r.iri))
    thing = _chosen(visit, states)
    city = next((one for one in cities() if one.code == visit.params.get("city")), None)
    everything = visit.params.get("all") == "1"
    tiles = {c.code: states[thing].get(c.code, "") for c in cities()} if thing else _totals(rows)
    return visit.render(
        "coverage",
        cities=cities(),
        provinces=_provinces(),
        rows=rows if everything else rows[:ROWS],
        hidden=0 if everything else max(0, len(rows) - ROWS),
        thing=thing,
        city=city,
        tiles=tiles,
        counts=_counts(rows),
        said=await _said(visit, thing, city, sorted({region for _, region in pairs})),
        total=len(rows),
    )


def _row(iri: str, found: dict[str, str]) -> Row:
    cells = tuple(found.get(city.code, "") for city in cities())
    stated = sum(cell in ("stated", "part") for cell in cells)
    return Row(iri, cells, stated, sum(map(bool, cells)) - stated)


def _chosen(visit: Visit, states: dict[str, dict[str, str]]) -> str:
    kind, _, key = visit.params.get("thing", "").partition("/")
    iri = visit.site.addresses.of(kind, key) if key else ""
    return iri if iri in states else ""


def _totals(rows: list[Row]) -> dict[str, str]:
    """City -> level 1..4 by how many reforms name it; empty for none."""
    counts = _counts(rows)
    most = max(counts.values(), default=0) or 1
    return {code: f"level{-(-4 * count // most)}" if count else "" for code, count in counts.items()}


def _counts(rows: list[Row]) -> dict[str, int]:
    """City -> how many reforms and services name it."""
    return {c.code: sum(row.cells[i] in ("stated", "part") for row in rows) for i, c in enumerate(cities())}


def _provinces() -> list[tuple[str, int, int]]:
    """Name, number and how many cities, in the order of the cities."""
    found: dict[str, tuple[int, int]] = {}
    for city in cities():
        found[city.province] = (city.shade, found.get(city.province, (0, 0))[1] + 1)
    return [(name, shade, size) for name, (shade, size) in found.items()]


async def _said(visit: Visit, thing: str, city: City | None, regions: list[str]) -> list[tuple[str, Said]]:
    """The statements behind a row, a column or a cell, each with its state in the city; the plainest first."""
    reaching = {}
    for region in regions:
        place = visit.thing(region)
        reached = _reached(place.key) if place else {}
        if reached and (city is None or city.code in reached):
            reaching[region] = reached[city.code] if city else next(iter(reached.values()))
    chosen = sorted(reaching, key=lambda region: (STATES.index(reaching[region]), region))[:REGIONS]
    subject = f"VALUES ?s {{ <{thing}> }}" if thing else ""
    objects = " ".join(f"<{region}>" for region in chosen)
    pattern = f"VALUES ?p {{ <{vocab.PREDICATES['coversRegion']}> }} {subject} VALUES ?o {{ {objects} }}"
    statements, _ = await evidence.said(visit, pattern, FEW if not thing and not city else evidence.MOST)
    found = [one for one in statements if (kind := visit.thing(one.subject)) and kind.kind in SUBJECTS]
    found.sort(key=lambda one: (STATES.index(reaching[one.object]), one.subject, one.object))
    wide = await evidence.in_context(visit, found[:SHOWN], 2)
    return [(reaching[one.object], one) for one in [*wide, *found[SHOWN:]]]
