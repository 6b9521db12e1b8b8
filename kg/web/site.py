"""What all pages of one server share: the graph behind its workers, addresses, templates."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader

from kg.exporters.view.links import web
from kg.web.addresses import Addresses
from kg.web.names import short
from kg.web.pool import Job, Pool, stamp

Row = tuple[str, ...]
KEPT = 64 << 20
"""Bytes of the results of page queries that are kept."""
ARTICLES = """SELECT ?a ?id ?title ?date ?from {
  GRAPH ?a { ?a schema:identifier ?id OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date }
    OPTIONAL { ?a schema:publisher ?from } }
}"""


class Article(NamedTuple):
    """What the pages say of an article."""

    iri: str
    title: str
    """Its identifier if it has no title."""
    date: str
    """ISO; empty if it has none."""
    source: str


class Site:
    """The graph in the folder `out`, read by two pools, so that no console query can hold up a page."""

    def __init__(self, out: Path, addresses: Addresses, pages: Pool, queries: Pool) -> None:
        self.out = out
        self.addresses = addresses
        self.pages = pages
        self.queries = queries
        self._stamp: tuple[int, ...] = ()
        self._kept: OrderedDict[str, tuple[int, list[Row]]] = OrderedDict()
        self._articles: dict[str, Article] | None = None
        self.templates = Environment(
            loader=PackageLoader("kg.web", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters |= {"short": short, "web": web}

    def _renew(self) -> None:
        """Forgets what was read from a graph that another one has replaced."""
        if (now := stamp(self.out)) != self._stamp:
            self._stamp, self._articles = now, None
            self._kept.clear()

    async def rows(self, sparql: str) -> list[Row]:
        """The rows of a page's SELECT query as text, unbound empty. Raises RefusedError."""
        self._renew()
        if sparql in self._kept:
            self._kept.move_to_end(sparql)
            return self._kept[sparql][1]
        began = self._stamp
        answer = await self.pages.run(Job(sparql))
        rows = [tuple(row) for row in json.loads(answer.body)]
        if began == self._stamp:
            self._kept[sparql] = (len(answer.body), rows)
            while sum(size for size, _ in self._kept.values()) > KEPT:
                self._kept.popitem(last=False)
        return rows

    async def one(self, sparql: str) -> Row | None:
        """The first row."""
        found: Sequence[Row] = await self.rows(sparql)
        return found[0] if found else None

    async def articles(self) -> dict[str, Article]:
        """All articles by IRI, the newest first, those without a date last."""
        self._renew()
        if self._articles is None:
            rows = sorted(await self.rows(ARTICLES), key=lambda row: (row[1], row[0]))
            rows.sort(key=lambda row: row[3], reverse=True)
            self._articles = {iri: Article(iri, title or id_, date, source) for iri, id_, title, date, source in rows}
        return self._articles
