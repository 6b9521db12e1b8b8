"""Statements of the graph with the quotes they rest on, for the pages."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.web.site import Article
from kg.web.visit import Visit

SAID = """SELECT DISTINCT ?s ?p ?o ?quote ?start ?end ?span ?evidence {
  GRAPH ?evidence {
    %s
    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?span .
    ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end
  }
} LIMIT %d"""
AROUND = """SELECT ?span ?before ?after {
  VALUES (?span ?text ?evidence ?start ?end) { %s }
  GRAPH ?evidence { ?text schema:text ?body }
  BIND(SUBSTR(?body, IF(?start > 40, ?start - 39, 1), IF(?start > 40, 40, ?start)) AS ?before)
  BIND(SUBSTR(?body, ?end + 1, 40) AS ?after)
}"""
"""SPARQL counts characters from 1."""
ENDS = re.compile(r"[。！？!?；;\n]")
KEPT = 36
"""Characters kept on each side of a quote."""
MOST = 1500
"""Quotes that one page asks for."""
AT_ONCE = 100
"""Quotes whose surroundings one query asks for."""


class Quote(NamedTuple):
    """Words of an article; offsets in code points of its text."""

    text: str
    start: int
    end: int
    link: str
    """The path of the article's page, at these words."""
    title: str
    date: str
    span: str
    evidence: str
    """The graph that holds it."""
    before: str = ""
    after: str = ""
    """What stands around them in their sentence, cut where it is long."""


class Said(NamedTuple):
    """A statement, and every quote it rests on, the newest first."""

    subject: str
    predicate: str
    object: str
    quotes: tuple[Quote, ...]


def quote(visit: Visit, articles: Mapping[str, Article], row: tuple[str, ...]) -> Quote:
    """A quote from ?quote ?start ?end ?span ?evidence; the evidence of <article> is in <article>/evidence."""
    text, start, end, span, evidence = row
    iri = evidence.removesuffix("/evidence")
    article = articles.get(iri, Article(iri, visit.name(iri), "", ""))
    where = f"{visit.link(iri)}#char={start},{end}"
    return Quote(text, int(start), int(end), where, article.title, article.date, span, evidence)


async def said(visit: Visit, pattern: str, most: int = MOST) -> tuple[list[Said], bool]:
    """The statements that a pattern over ?s, ?p, ?o picks, and whether there are more than `most` rows."""
    rows = await visit.rows(SAID % (pattern, most + 1))
    articles = await visit.articles()
    found: dict[tuple[str, str, str], list[Quote]] = {}
    for row in rows[:most]:
        found.setdefault((row[0], row[1], row[2]), []).append(quote(visit, articles, row[3:]))
    return [Said(*key, newest(quotes)) for key, quotes in sorted(found.items())], len(rows) > most


def newest(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Quotes by date, the newest first, then by place."""
    return tuple(sorted(sorted(quotes, key=lambda q: (q.link, q.start)), key=lambda q: q.date, reverse=True))


async def around(visit: Visit, quotes: Iterable[Quote]) -> dict[Quote, Quote]:
    """The quotes with what stands around them, where the graph keeps the texts."""
    wanted = sorted(set(quotes))
    found: dict[str, tuple[str, str]] = {}
    for place in range(0, len(wanted), AT_ONCE):
        values = " ".join(
            f"(<{q.span}> <{q.span.partition('#')[0]}> <{q.evidence}> {q.start} {q.end})"
            for q in wanted[place : place + AT_ONCE]
        )
        found |= {span: (before, after) for span, before, after in await visit.rows(AROUND % values)}
    return {q: _cut(q, *found.get(q.span, ("", ""))) for q in wanted}


def _cut(quote: Quote, before: str, after: str) -> Quote:
    """The words around a quote that belong to its sentence."""
    left = ENDS.split(before)[-1].lstrip()
    end = ENDS.search(after)
    right = "" if ENDS.search(quote.text[-1:]) else after[: end.end()] if end else after
    left = f"…{left[-KEPT:]}" if len(left) > KEPT else left
    right = f"{right[:KEPT]}…" if len(right) > KEPT else right
    return quote._replace(before=left, after=right.rstrip())


async def in_context(visit: Visit, statements: Iterable[Said], shown: int) -> list[Said]:
    """The statements with what stands around the first `shown` quotes of each."""
    statements = list(statements)
    wide = await around(visit, (q for one in statements for q in one.quotes[:shown]))
    return [one._replace(quotes=tuple(wide.get(q, q) for q in one.quotes)) for one in statements]
