"""Titles of posts in a text: 市委副书记、市长 -> where each begins and ends, and what kind it is."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import catalogue


class Title(NamedTuple):
    """A title of lexicon/posts.csv."""

    name: str
    kind: str
    """state, party, company, academic, sport, foreign, role, cue, press, honorific or word."""
    of: str
    """What it stands with when the text names no agency: government, presidium or empty."""
    after: bool
    """Whether it may follow the name: 李强总理."""

    @property
    def is_post(self) -> bool:
        """Whether somebody can be said to hold it."""
        return self.kind not in ("cue", "press", "honorific", "word")


class Found(NamedTuple):
    """A title in a text: `text[start:end]`."""

    start: int
    end: int
    title: Title


@cache
def titles() -> dict[str, Title]:
    """Every title by its name."""
    rows = catalogue.lexicon("posts")
    return {r["title"]: Title(r["title"], r["kind"], r["of"], r["after"] == "yes") for r in rows}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[Title, ...]]:
    return AhoCorasick(list(titles()), matchkind=MatchKind.LeftmostLongest), tuple(titles().values())


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Found, ...]:
    """The titles of a text in order, none overlapping: the leftmost, then the longest (委员会, not 委员)."""
    automaton, all_titles = _automaton()
    matches = automaton.find_matches_as_indexes(text)
    return tuple(Found(start, end, all_titles[pattern]) for pattern, start, end in matches)


def inside(text: str, at: int) -> bool:
    """Whether a title begins before `at` and ends after it: 主|任 in 主任王芳."""
    found = find(text)
    first = bisect_left(found, at + 1, key=lambda one: one.end)
    return first < len(found) and found[first].start < at


@cache
def _ends() -> tuple[frozenset[str], int]:
    """The characters that titles begin or end with, and the length of the longest."""
    return frozenset(c for title in titles() for c in (title[0], title[-1])), max(map(len, titles()))


def all_ending_at(text: str, end: int) -> Iterator[Title]:
    """The titles that end at `end`, longest first."""
    ends, longest = _ends()
    if text[end - 1 : end] in ends:
        for start in range(max(0, end - longest), end):
            if title := titles().get(text[start:end]):
                yield title


def ending_at(text: str, end: int) -> Title | None:
    """The longest title that ends at `end`."""
    return next(all_ending_at(text, end), None)


def starting_at(text: str, start: int) -> Title | None:
    """The longest title that begins at `start`."""
    ends, longest = _ends()
    if text[start : start + 1] in ends:
        for end in range(start + longest, start, -1):
            if title := titles().get(text[start:end]):
                return title
    return None
