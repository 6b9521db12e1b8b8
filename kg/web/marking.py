"""A text and the spans in it -> pieces to mark, nested; every offset counts code points, here and in the page."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Marked(NamedTuple):
    """A span to mark, and what it denotes."""

    start: int
    end: int
    kind: str
    name: str
    link: str


class Piece(NamedTuple):
    """Text without a boundary in it."""

    start: int
    text: str
    marks: tuple[Marked, ...]
    """What covers it, from the outside inwards."""
    opening: tuple[bool, ...]
    closing: tuple[bool, ...]
    """For each of them, whether it begins or ends here (a mark cut by a line break begins anew)."""


def lines(text: str, marks: Iterable[Marked], cuts: Iterable[int] = ()) -> list[list[Piece]]:
    """The lines of a text as pieces; `cuts` are further offsets at which a piece must begin."""
    wanted = sorted({m for m in marks if 0 <= m.start < m.end <= len(text)}, key=lambda m: (m.start, -m.end, m.kind))
    found = []
    start = 0
    for line in text.split("\n"):
        found.append(_line(text, start, start + len(line), wanted, cuts))
        start += len(line) + 1
    return found


def _line(text: str, start: int, end: int, marks: Sequence[Marked], cuts: Iterable[int]) -> list[Piece]:
    here = [m for m in marks if m.start < end and start < m.end]
    places = {start, end, *(place for m in here for place in (m.start, m.end)), *cuts}
    bounds = sorted(place for place in places if start <= place <= end)
    covers = [tuple(m for m in here if m.start <= a and b <= m.end) for a, b in pairwise(bounds)]
    pieces = []
    for i, (a, b) in enumerate(pairwise(bounds)):
        before = covers[i - 1] if i else ()
        after = covers[i + 1] if i + 1 < len(covers) else ()
        opening, closing = _turned(covers[i], before), _turned(covers[i], after)
        pieces.append(Piece(a, text[a:b], covers[i], opening, closing))
    return pieces


def _turned(marks: tuple[Marked, ...], other: tuple[Marked, ...]) -> tuple[bool, ...]:
    """For each mark whether it, or one around it, is not there in the piece beside this one."""
    same = True
    found = []
    for i, mark in enumerate(marks):
        same = same and i < len(other) and other[i] == mark
        found.append(not same)
    return tuple(found)
