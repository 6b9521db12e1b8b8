"""A store -> its facts in Turtle (https://www.w3.org/TR/turtle/): grouped, sorted, without evidence."""

import re
from collections.abc import Iterable
from itertools import chain, groupby, islice
from pathlib import Path

import pyoxigraph as ox

from kg.dataset import subject
from kg.store import Store, prefixes, serialise

SUBJECT = re.compile(rb"^(?=[^\t @])", re.MULTILINE)
PART = 2_000
"""Subjects that are written at once."""


def export(store: Store, path: Path) -> None:
    """Writes background and facts of all articles as one set; the same facts give the same bytes."""
    write(store.facts(), path)


def write(facts: Iterable[str], path: Path) -> None:
    """Writes lines of N-Triples that come sorted, a subject's one after another."""
    about = (group for _, group in groupby(facts, key=subject))
    with path.open("wb") as file:
        file.write(prefixes())
        while lines := "".join(chain.from_iterable(islice(about, PART))):
            file.write(_blocks(lines.encode()))


def _blocks(lines: bytes) -> bytes:
    """The subjects of these lines, an empty line before each."""
    triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True))
    return SUBJECT.sub(b"\n", serialise(triples, ox.RdfFormat.TURTLE))
