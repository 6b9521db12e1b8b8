"""Statements of the graph with the quotes they rest on, for the pages."""

from collections.abc import Iterable
from typing import NamedTuple

from kg.web.visit import Visit

SAID = """SELECT DISTINCT ?s ?p ?o ?quote ?start ?end ?a ?id ?title ?date {
  GRAPH ?evidence {
    %s
    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?span .
    ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    ?text a schema:TextObject ; prov:wasDerivedFrom ?a
  }
  GRAPH ?a { ?a schema:identifier ?id OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date } }
} LIMIT %d"""
MOST = 3000
"""Quotes that one page asks for."""


class Quote(NamedTuple):
    """Words of an article; offsets in code points of its text."""

    text: str
    start: int
    end: int
    article: str
    """The path of the article's page, at these words."""
    title: str
    date: str


class Said(NamedTuple):
    """A statement, and every quote it rests on, the newest first."""

    subject: str
    predicate: str
    object: str
    quotes: tuple[Quote, ...]


def quote(visit: Visit, text: str, start: str, end: str, article: tuple[str, str, str, str]) -> Quote:
    """A quote from its row; of the article IRI, identifier, title and date."""
    iri, identifier, title, date = article
    where = f"{visit.link(iri)}#char={start},{end}"
    return Quote(text, int(start), int(end), where, title or identifier, date)


async def said(visit: Visit, pattern: str, most: int = MOST) -> tuple[list[Said], bool]:
    """The statements that a pattern over ?s, ?p, ?o or ?statement picks; and whether there are more than `most` rows."""
    rows = await visit.rows(SAID % (pattern, most + 1))
    found: dict[tuple[str, str, str], list[Quote]] = {}
    for s, p, o, text, start, end, *article in rows[:most]:
        one = quote(visit, text, start, end, (article[0], article[1], article[2], article[3]))
        found.setdefault((s, p, o), []).append(one)
    return [Said(*key, newest(quotes)) for key, quotes in sorted(found.items())], len(rows) > most


def newest(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Quotes by date, the newest first, then by place."""
    return tuple(sorted(sorted(quotes, key=lambda q: (q.article, q.start)), key=lambda q: q.date, reverse=True))
