"""A store -> its facts in Turtle (https://www.w3.org/TR/turtle/): grouped, sorted, without evidence."""

import re
from pathlib import Path

import pyoxigraph as ox

from kg.store import Store, serialise

SUBJECT = re.compile(rb"^(?=[^\t @])", re.MULTILINE)


def export(store: Store, path: Path) -> None:
    """Writes background and facts of all articles as one set; the same facts give the same bytes."""
    lines = "".join(store.facts()).encode()
    triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    data = serialise(triples, ox.RdfFormat.TURTLE)
    path.write_bytes(SUBJECT.sub(b"\n", data))
