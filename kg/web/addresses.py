"""IRIs of the graph <-> paths of this server: what begins with the base resolves here.

With the base https://w3id.org/reformkg/ the IRI https://w3id.org/reformkg/id/region/310000 is /id/region/310000.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from kg import vocab

BASE = vocab.ID.removesuffix("id/")
SUFFIXES = {".ttl": "ttl", ".jsonld": "jsonld", ".nt": "nt"}
SPAN = re.compile(r"(.+)#char=(\d+),(\d+)", re.ASCII)


class Thing(NamedTuple):
    """An entity: its kind and key."""

    kind: str
    key: str


class Addresses:
    """The paths of one base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else base + "/"

    def iri(self, path: str) -> str:
        """The IRI of a path as it came over the wire: /id/reform/%E4%B8%80 -> https://w3id.org/reformkg/id/reform/一."""
        parts = (vocab.segment(unquote(part, errors="replace")) for part in path.lstrip("/").split("/"))
        return self.base + "/".join(parts)

    def path(self, iri: str) -> str | None:
        """The path of an IRI, ready for a link; None for one that lies elsewhere."""
        if not iri.startswith(self.base):
            return None
        return "/" + quote(iri.removeprefix(self.base), safe="/%#=,:;@!$&'()*+~?")

    def thing(self, iri: str) -> Thing | None:
        """Kind and key of an entity's IRI; None for any other."""
        if not iri.startswith(f"{self.base}id/"):
            return None
        kind, slash, key = iri.removeprefix(f"{self.base}id/").partition("/")
        return Thing(kind, unquote(key)) if slash else None

    def of(self, kind: str, key: str) -> str:
        """The IRI of an entity."""
        return f"{self.base}id/{kind}/{vocab.segment(key)}"
