"""Statements of the graph with the quotes they rest on, for the pages."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kg.web.visit import Visit

CONTEXT = """?span oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    ?text a schema:TextObject ; prov:wasDerivedFrom ?a
    OPTIONAL { ?text schema:text ?body }
    BIND(SUBSTR(?body, IF(?start > 40, ?start - 39, 1), IF(?start > 40, 40, ?start)) AS ?before)
    BIND(SUBSTR(?body, ?end + 1, 40) AS ?after)"""
"""What a quote says, of which article ?a, and what stands around it; SPARQL counts characters from 1."""
SAID = """SELECT DISTINCT ?s ?p ?o ?quote ?start ?end ?before ?after ?a ?id ?title ?date {
  GRAPH ?evidence {
    %s
    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?span .
    CONTEXT
  }
  GRAPH ?a {
    ?a schema:identifier ?id OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date }
  }
} LIMIT %d""".replace("CONTEXT", CONTEXT)
ENDS = re.compile(r"[。！？!?；;\n]")
AROUND = 36
"""Characters kept on each side of a quote."""
MOST = 3000
"""Quotes that one page asks for."""


class Quote(NamedTuple):
    """Words of an article; offsets in code points of its text."""

    text: str
    before: str
    after: str
    """What stands around them in their sentence, cut where it is long."""
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


def quote(visit: Visit, row: tuple[str, ...]) -> Quote:
    """A quote from ?quote ?start ?end ?before ?after ?a ?id ?title ?date."""
    text, start, end, before, after, iri, identifier, title, date = row
    where = f"{visit.link(iri)}#char={start},{end}"
    left, right = ENDS.split(before)[-1].lstrip(), after[: match.end()] if (match := ENDS.search(after)) else after
    left = f"…{left[-AROUND:]}" if len(left) > AROUND else left
    if ENDS.search(text[-1:]):
        right = ""
    right = f"{right[:AROUND]}…" if len(right) > AROUND else right
    return Quote(text, left, right.rstrip(), int(start), int(end), where, title or identifier, date)


async def said(visit: Visit, pattern: str, most: int = MOST) -> tuple[list[Said], bool]:
    """The statements that a pattern over ?s, ?p, ?o picks, and whether there are more than `most` rows."""
    rows = await visit.rows(SAID % (pattern, most + 1))
    found: dict[tuple[str, str, str], list[Quote]] = {}
    for row in rows[:most]:
        found.setdefault((row[0], row[1], row[2]), []).append(quote(visit, row[3:]))
    return [Said(*key, newest(quotes)) for key, quotes in sorted(found.items())], len(rows) > most


def newest(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Quotes by date, the newest first, then by place."""
    return tuple(sorted(sorted(quotes, key=lambda q: (q.article, q.start)), key=lambda q: q.date, reverse=True))
