"""`/id/KIND/KEY` of an entity: its facts with their quotes, numbers over time, neighbours, articles."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from kg import catalogue, edtf, vocab
from kg.web import evidence, neighbours, plot
from kg.web.addresses import Thing
from kg.web.evidence import Quote, Said
from kg.web.neighbours import Group
from kg.web.visit import Visit

KNOWN = """SELECT ?p ?o { <%s> ?p ?o VALUES ?p { skos:prefLabel skos:altLabel rkg:edtf schema:value } }"""
POSTS = {
    "person": """SELECT DISTINCT ?post ?title ?person ?agency { GRAPH ?a { VALUES ?person { <%s> }
      ?post org:heldBy ?person ; skos:prefLabel ?title OPTIONAL { ?post org:postIn ?agency } } }""",
    "agency": """SELECT DISTINCT ?post ?title ?person ?agency { GRAPH ?a { VALUES ?agency { <%s> }
      ?post org:postIn ?agency ; org:heldBy ?person ; skos:prefLabel ?title } }""",
}
NUMBERS = """SELECT DISTINCT ?i ?a ?measure ?value ?unit ?bound ?when { GRAPH ?a {
  %s ?i schema:value ?value ; rkg:bound ?bound
  OPTIONAL { ?i rkg:measure ?measure } OPTIONAL { ?i schema:unitText ?unit } OPTIONAL { ?i rkg:asOf ?when }
} } LIMIT 1000"""
SPANS = """SELECT DISTINCT ?i ?quote ?start ?end ?span ?evidence {
  GRAPH ?a { %s ?i schema:value ?value }
  GRAPH ?evidence { ?span rkg:denotes ?i ; oa:exact ?quote ; oa:start ?start ; oa:end ?end }
} LIMIT 2000"""
ARTICLES = "SELECT DISTINCT ?a { GRAPH ?a { ?a schema:mentions <%s> } }"
PAGE = 20
SHOWN = 100
"""Statements, and of each of them QUOTES, that are shown with what stands around their words."""
QUOTES = 4
AROUND = 18
"""Neighbours of the drawing."""
ABOUT = vocab.PREDICATES["about"]
HELD = vocab.PREDICATES["holdsPost"]
BESIDE = (ABOUT, vocab.PREDICATES["asOf"])
"""Shown as numbers, not as facts."""


class Fact(NamedTuple):
    """What a statement says of the entity."""

    kind: str
    name: str
    link: str
    note: str
    """The title of a post."""
    quotes: tuple[Quote, ...]


class Number(NamedTuple):
    """An indicator as one article gives it."""

    iri: str
    measure: str
    unit: str
    amount: str
    value: float
    time: str
    day: date | None
    quote: Quote


async def show(visit: Visit, thing: Thing, iri: str) -> Response | None:
    """The page; None if the graph does not know the entity."""
    known = await visit.rows(KNOWN % iri)
    if not known:
        return None
    facts, cut = await _facts(visit, iri)
    if thing.kind in POSTS:
        facts |= await _posts(visit, thing, iri)
    pattern = {"indicator": f"VALUES ?i {{ <{iri}> }}", "time": f"?i rkg:asOf <{iri}> ."}
    numbers = await _numbers(visit, pattern.get(thing.kind, f"?i schema:observationAbout <{iri}> ."))
    mentioned = {row[0] for row in await visit.rows(ARTICLES % iri)}
    articles = [one for one in (await visit.articles()).values() if one.iri in mentioned]
    page = max(1, visit.number("page", 1))
    name = visit.names.thing(thing)
    if thing.kind == "indicator" and numbers:
        name = f"{numbers[0].measure} {numbers[0].amount}".strip()
    names = {o for p, o in known if p in (vocab.PREF_LABEL, vocab.ALT_LABEL)}
    near = _near(visit, facts)
    return visit.render(
        "entity",
        thing=thing,
        iri=iri,
        name=name,
        also=sorted(names - {name}),
        above=[Thing("region", code) for code in catalogue.ancestors(thing.key)] if thing.kind == "region" else [],
        facts=facts,
        cut=cut,
        lines=_lines(numbers),
        numbers=numbers,
        drawings=[("wide", neighbours.wide(near)), ("narrow", neighbours.narrow(near))] if near else [],
        articles=articles[PAGE * (page - 1) : PAGE * page],
        total=len(articles),
        page=page,
        pages=-(-len(articles) // PAGE),
    )


Facts = dict[tuple[str, bool], list[Fact]]
"""By predicate, and whether the entity is its object."""


async def _facts(visit: Visit, iri: str) -> tuple[Facts, bool]:
    found: defaultdict[tuple[str, bool], list[Fact]] = defaultdict(list)
    cut = False
    for inverse, pattern in ((False, f"VALUES ?s {{ <{iri}> }}"), (True, f"VALUES ?o {{ <{iri}> }}")):
        statements, more = await evidence.said(visit, pattern)
        cut |= more
        kept = [one for one in statements if one.predicate not in BESIDE and one.predicate != HELD]
        kept.sort(key=lambda one: (-len(one.quotes), one.subject, one.object))
        wide = await evidence.in_context(visit, kept[:SHOWN], QUOTES)
        for one in [*wide, *kept[SHOWN:]]:
            other = one.subject if inverse else one.object
            found[one.predicate, inverse].append(_fact(visit, other, "", one.quotes))
    order = list(vocab.PREDICATES.values())
    return dict(sorted(found.items(), key=lambda pair: (pair[0][1], order.index(pair[0][0]), pair[0]))), cut


def _fact(visit: Visit, iri: str, note: str, quotes: tuple[Quote, ...]) -> Fact:
    thing = visit.thing(iri)
    return Fact(thing.kind if thing else "", visit.name(iri), visit.link(iri), note, quotes)


async def _posts(visit: Visit, thing: Thing, iri: str) -> Facts:
    """The posts of a person, or those in an agency."""
    person = thing.kind == "person"
    posts = await visit.rows(POSTS[thing.kind] % iri)
    if not posts:
        return {}
    values = " ".join(f"<{row[0]}>" for row in posts)
    statements, _ = await evidence.said(visit, f"VALUES ?s {{ {values} }}")
    by_post: dict[str, Said] = {one.subject: one for one in statements}
    found = []
    for post, title, holder, agency in sorted(posts):
        other = agency if person else holder
        quotes = by_post[post].quotes if post in by_post else ()
        found.append(_fact(visit, other, title, quotes) if other else Fact("", "", "", title, quotes))
    return {(HELD, not person): found}


async def _numbers(visit: Visit, pattern: str) -> list[Number]:
    articles = await visit.articles()
    quotes: dict[tuple[str, str], Quote] = {}
    for iri, *row in sorted(await visit.rows(SPANS % pattern)):
        one = evidence.quote(visit, articles, tuple(row))
        quotes.setdefault((iri, one.evidence.removesuffix("/evidence")), one)
    rows = [row for row in await visit.rows(NUMBERS % pattern) if (row[0], row[1]) in quotes]
    wide = await evidence.around(visit, [quotes[row[0], row[1]] for row in rows[:SHOWN]])
    found = []
    for iri, article, measure, value, unit, bound, when in rows:
        quote = quotes[iri, article]
        time = visit.thing(when)
        first, last = edtf.bounds(time.key) if time else (None, None)
        day = last or first or (date.fromisoformat(quote.date) if quote.date else None)
        amount, words = visit.names.amount(value, unit, bound), visit.names.thing(time) if time else ""
        found.append(Number(iri, measure, unit, amount, float(value), words, day, wide.get(quote, quote)))
    return sorted(found, key=lambda n: (n.measure, n.unit, n.day or date.min, n.value, n.quote.link))


def _lines(numbers: Iterable[Number]) -> list[plot.Line]:
    """The measures that have numbers on several days."""
    groups: defaultdict[tuple[str, str], dict[tuple[date, float], Number]] = defaultdict(dict)
    for number in numbers:
        if number.day:
            groups[number.measure, number.unit].setdefault((number.day, number.value), number)
    found = []
    for (measure, unit), group in sorted(groups.items()):
        if len({day for day, _ in group}) > 1:
            ordered = sorted(group)
            spots, zero = plot.places(ordered)
            points = tuple(
                plot.Point(left, top, group[key].amount, f"{key[0]} · {group[key].amount}", group[key].quote.link)
                for key, (left, top) in zip(ordered, spots, strict=True)
            )
            low, high = (pick(ordered, key=lambda key: key[1]) for pick in (min, max))
            ends = (group[low].amount, group[high].amount, str(ordered[0][0]), str(ordered[-1][0]))
            found.append(plot.Line(measure or unit, points, *ends, zero))
    return found


def _near(visit: Visit, facts: Facts) -> list[Group]:
    """The neighbours with the most quotes, by predicate; times and numbers are no neighbours."""
    ranked = [
        (-len(fact.quotes), place, i)
        for place, group in enumerate(facts.values())
        for i, fact in enumerate(group)
        if fact.link and fact.kind != "time"
    ]
    chosen = {(place, i) for _, place, i in sorted(ranked)[:AROUND]}
    found = []
    for place, ((predicate, inverse), group) in enumerate(facts.items()):
        members = tuple((f.kind, f.name, f.link) for i, f in enumerate(group) if (place, i) in chosen)
        if members:
            found.append(Group(visit.names.predicate(predicate, inverse), members))
    return found
