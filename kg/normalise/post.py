"""Titles of posts in a text: 市委副书记、市长 -> where each begins and ends, and what kind it is."""

from bisect import bisect_left
from collections import defaultdict
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
    return AhoCorasick(list(titles()), matchkind=MatchKind.Standard), tuple(titles().values())


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Found, ...]:
    """The titles of a text by their ends, the longest of each end; none that a word swallows (委员 in 委员会)."""
    automaton, all_titles = _automaton()
    longest: dict[int, Found] = {}
    for pattern, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if end not in longest or start < longest[end].start:
            longest[end] = Found(start, end, all_titles[pattern])
    words = [(one.start, one.end) for one in longest.values() if one.title.kind == "word"]
    found = [longest[end] for end in sorted(longest)]
    return tuple(f for f in found if f.title.kind == "word" or not any(a < f.end <= b for a, b in words))


def inside(text: str, at: int) -> bool:
    """Whether a title begins before `at` and ends after it: 主|任 in 主任王芳."""
    found = find(text)
    first = bisect_left(found, at + 1, key=lambda one: one.end)
    return any(one.start < at for one in found[first : first + 4])


@cache
def _by_last() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for title in titles():
        found[title[-1]].append(title)
    return {last: tuple(sorted(names, key=lambda n: (-len(n), n))) for last, names in found.items()}


def all_ending_at(text: str, end: int) -> Iterator[Title]:
    """The titles that end at `end`, longest first."""
    names = _by_last().get(text[end - 1 : end], ())
    start = max(0, end - 12)
    if names and text.endswith(names, start, end):
        for name in names:
            if text.endswith(name, start, end):
                yield titles()[name]


def ending_at(text: str, end: int) -> Title | None:
    """The longest title that ends at `end`."""
    return next(all_ending_at(text, end), None)


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for title in titles():
        found[title[0]].append(title)
    return {first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in found.items()}


def starting_at(text: str, start: int) -> Title | None:
    """The longest title that begins at `start`."""
    names = _by_first().get(text[start : start + 1], ())
    return next((titles()[name] for name in names if text.startswith(name, start)), None)
