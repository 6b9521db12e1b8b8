"""What all pages of one server share: the graph behind its workers, addresses, templates."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader

from kg.web.addresses import Addresses, web
from kg.web.names import short
from kg.web.pool import Job, Pool, stamp

Row = tuple[str, ...]
KEPT = 256
"""Results of page queries that are kept."""
KEPT_SIZE = 1 << 20
"""Bytes of the largest one."""


class Site:
    """The graph in the folder `out`, read by two pools, so that no console query can hold up a page."""

    def __init__(self, out: Path, addresses: Addresses, pages: Pool, queries: Pool) -> None:
        self.out = out
        self.addresses = addresses
        self.pages = pages
        self.queries = queries
        self._kept: OrderedDict[tuple[str, tuple[int, ...]], list[Row]] = OrderedDict()
        self.templates = Environment(
            loader=PackageLoader("kg.web", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters |= {"short": short, "web": web}

    async def rows(self, sparql: str) -> list[Row]:
        """The rows of a page's SELECT query as text, unbound empty. Raises RefusedError."""
        key = (sparql, stamp(self.out))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        answer = await self.pages.run(Job(sparql))
        rows = [tuple(row) for row in json.loads(answer.body)]
        if len(answer.body) <= KEPT_SIZE:
            self._kept[key] = rows
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return rows

    async def one(self, sparql: str) -> Row | None:
        """The first row."""
        found: Sequence[Row] = await self.rows(sparql)
        return found[0] if found else None
