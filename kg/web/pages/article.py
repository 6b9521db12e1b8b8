"""`/id/article/...`: the text with every mention marked, and the statements that rest on its words."""

from typing import NamedTuple

from starlette.responses import Response

from kg import vocab
from kg.web.addresses import SPAN
from kg.web.marking import Marked, lines
from kg.web.visit import Visit

ABOUT = """SELECT ?p ?o { GRAPH <%s> { <%s> ?p ?o
  VALUES ?p { schema:headline schema:datePublished schema:publisher schema:url schema:identifier } } }"""
TEXT = "SELECT ?t ?o { GRAPH <%s/evidence> { ?t a schema:TextObject OPTIONAL { ?t schema:text ?o } } }"
MENTIONS = "SELECT ?e ?start ?end { GRAPH <%s/evidence> { ?s rkg:denotes ?e ; oa:start ?start ; oa:end ?end } }"
STATEMENTS = """SELECT ?st ?s ?p ?o ?rule ?start ?end ?quote { GRAPH <%s/evidence> {
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rkg:rule ?rule ; prov:wasDerivedFrom ?span .
  ?span oa:start ?start ; oa:end ?end ; oa:exact ?quote } }"""
INDICATORS = """SELECT ?i ?value ?unit ?bound ?measure { GRAPH <%s> {
  ?i a rkg:Indicator ; schema:value ?value ; rkg:bound ?bound
  OPTIONAL { ?i schema:unitText ?unit } OPTIONAL { ?i rkg:measure ?measure } } }"""
POSTS = """SELECT ?post ?title ?agency { GRAPH <%s> {
  ?post org:heldBy ?who ; skos:prefLabel ?title OPTIONAL { ?post org:postIn ?agency } } }"""


class Shown(NamedTuple):
    """An entity as the page names it."""

    kind: str
    name: str
    link: str


class Statement(NamedTuple):
    """A statement with its places in the text."""

    subject: Shown
    predicate: str
    object: Shown
    rule: str
    spans: tuple[tuple[int, int, str], ...]


async def show(visit: Visit, iri: str) -> Response | None:
    """The page; None if there is no such article."""
    about = {row[0]: row[1] for row in await visit.rows(ABOUT % (iri, iri))}
    if vocab.IDENTIFIER not in about:
        return None
    found = await visit.rows(TEXT % iri)
    text = found[0][1] if found else ""
    shown = _Names(visit, await visit.rows(INDICATORS % iri), await visit.rows(POSTS % iri))
    marks = []
    for entity, start, end in await visit.rows(MENTIONS % iri):
        kind, name, link = shown.of(entity)
        marks.append(Marked(int(start), int(end), kind, name, link))
    statements = _statements(visit, shown, await visit.rows(STATEMENTS % iri))
    cuts = {place for one in statements for start, end, _ in one.spans for place in (start, end)}
    kinds = sorted({(mark.kind, mark.name, mark.link) for mark in marks})
    title = about.get(vocab.HEADLINE, "")
    body = lines(text, marks, cuts) if text else []
    headed = bool(title) and text.partition("\n")[0] == title
    return visit.render(
        "article",
        iri=iri,
        title=title or about[vocab.IDENTIFIER],
        identifier=about[vocab.IDENTIFIER],
        date=about.get(vocab.PUBLISHED, ""),
        publisher=about.get(vocab.PUBLISHER, ""),
        url=about.get(vocab.URL, ""),
        head=body[0] if headed else None,
        body=body[1:] if headed else body,
        statements=statements,
        kinds=kinds,
        mentions=len(marks),
    )


class _Names:
    """Names of what an article speaks of: numbers with their measure, posts with their title."""

    def __init__(self, visit: Visit, indicators: list[tuple[str, ...]], posts: list[tuple[str, ...]]) -> None:
        self._visit = visit
        self._numbers = {
            i: f"{measure} {visit.names.amount(value, unit, bound)}".strip()
            for i, value, unit, bound, measure in indicators
        }
        self._posts = {post: (title, agency) for post, title, agency in posts}

    def of(self, iri: str) -> Shown:
        thing = self._visit.thing(iri)
        if iri in self._posts:
            title, agency = self._posts[iri]
            name = f"{self._visit.name(agency)} {title}" if agency else title
            return Shown("post", name, self._visit.link(agency or iri))
        name = self._numbers.get(iri) or self._visit.name(iri)
        return Shown(thing.kind if thing else "", name, self._visit.link(iri))


def _statements(visit: Visit, shown: _Names, rows: list[tuple[str, ...]]) -> list[Statement]:
    """In the order of their words; a post is read from its person."""
    found: dict[str, tuple[tuple[str, str, str, str], list[tuple[int, int, str]]]] = {}
    for iri, s, p, o, rule, start, end, quote in rows:
        found.setdefault(iri, ((s, p, o, rule), []))[1].append((int(start), int(end), quote))
    made = []
    for (s, p, o, rule), spans in found.values():
        ends = (shown.of(s), shown.of(o))
        subject, object_ = reversed(ends) if p == vocab.PREDICATES["holdsPost"] else ends
        made.append(Statement(subject, visit.names.predicate(p), object_, rule, tuple(sorted(spans))))
    return sorted(made, key=lambda one: (one.spans, one.subject, one.predicate, one.object))


async def source(visit: Visit, text: str) -> str | None:
    """The article that a text (or words of one) comes from."""
    match = SPAN.fullmatch(text)
    row = await visit.site.one(f"SELECT ?a {{ GRAPH ?g {{ <{match[1] if match else text}> prov:wasDerivedFrom ?a }} }}")
    return row[0] if row else None
