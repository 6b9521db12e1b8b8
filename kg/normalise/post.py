"""Titles of posts in a text: 市委副书记、市长 -> where each begins and ends, and what kind it is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import catalogue
from kg.normalise.wordlist import alternation


class Title(NamedTuple):
    """A title of lexicon/posts.csv."""

    name: str
    kind: str
    """state, party, company, academic, sport, foreign, role, press or honorific."""
    of: str
    """What it stands with when the text names no agency: government, presidium or empty."""
    after: bool
    """Whether it may follow the name: 李强总理."""


@cache
def titles() -> dict[str, Title]:
    """Every title by its name."""
    rows = catalogue.lexicon("posts")
    return {r["title"]: Title(r["title"], r["kind"], r["of"], r["after"] == "yes") for r in rows}


@cache
def _by_last() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for title in titles():
        found[title[-1]].append(title)
    return {last: tuple(sorted(names, key=lambda n: (-len(n), n))) for last, names in found.items()}


def last_characters() -> str:
    """The characters that titles end in, for a regex class."""
    return "".join(sorted(_by_last()))


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
    names = _by_last().get(text[end - 1 : end])
    if not names or not text.endswith(names, max(0, end - 12), end):
        return None
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


@cache
def following_names() -> re.Pattern[str]:
    """Titles that may follow a name."""
    return re.compile(alternation(t.name for t in titles().values() if t.after))
