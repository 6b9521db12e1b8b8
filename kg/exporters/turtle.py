"""A store -> its facts in Turtle (https://www.w3.org/TR/turtle/): grouped, sorted, without evidence."""

import re
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.dataset import subject
from kg.store import Store, body, prefixes

Block = tuple[str, bytes]
"""A subject (as a term) and what is said of it."""
SUBJECT = re.compile(rb"^(?=[^\t @])", re.MULTILINE)
PART = 2_000
"""Subjects that are serialised at once."""


def export(store: Store, path: Path) -> None:
    """Writes background and facts of all articles as one set; the same facts give the same bytes."""
    write(store.facts(), path)


def write(facts: Iterable[str], path: Path) -> None:
    """Writes lines of N-Triples that come sorted, a subject's one after another."""
    with path.open("wb") as file:
        file.write(prefixes())
        for _, block in _blocks(facts):
            file.write(b"\n" + block)


def patch(source: Path, subjects: Iterable[str], facts: Iterable[str], target: Path) -> None:
    """Writes a former file with these facts in the place of all that it says of the subjects (terms)."""
    told = dict(_blocks(facts))
    new = ((subject, told.get(subject, b"")) for subject in sorted(subjects))
    with source.open("rb") as old, target.open("wb") as file:
        file.write(prefixes())
        both = merge(new, _read(old), key=itemgetter(0))  # of two with one subject the new one comes first
        for _, versions in groupby(both, key=itemgetter(0)):
            if block := next(versions)[1]:
                file.write(b"\n" + block)


def _blocks(facts: Iterable[str]) -> Iterator[Block]:
    about = groupby(facts, key=subject)
    while part := [(term, "".join(lines)) for term, lines in islice(about, PART)]:
        lines = "".join(lines for _, lines in part).encode()
        triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True))
        blocks = SUBJECT.split(body(triples, ox.RdfFormat.TURTLE))[1:]
        yield from zip((term for term, _ in part), blocks, strict=True)


def _read(file: Iterable[bytes]) -> Iterator[Block]:
    """The blocks of a file that we wrote: an empty line stands before each."""
    filled = (b"".join(lines) for empty, lines in groupby(file, key=b"\n".__eq__) if not empty)
    return ((_term(block), block) for block in islice(filled, 1, None))


def _term(block: bytes) -> str:
    """The subject of a block: region:310000 a … -> <https://w3id.org/reformkg/id/region/310000>."""
    name = block[: block.index(b" ")].decode()
    prefix, _, local = name.partition(":")
    return name if name[0] == "<" else f"<{vocab.PREFIXES[prefix]}{local}>"
