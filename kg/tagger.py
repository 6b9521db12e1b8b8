"""Names of reforms and services that no rule and no table knows, by a small trained tagger.

A log-linear model (maximum entropy, Berger et al. 1996). For a noun that ends names it weighs against each other where
the name could begin, and that it names nothing; for a quotation, that it is a name or not. What it looks at are the
characters and borders, the noun, the length, and how often the article has the words. lexicon/name_weights.csv has the
weights, ontology/train_names.py makes them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from kg import catalogue
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation

Feature = tuple[str, str]
"""What is looked at, and what is seen there: ("left", "的")."""

LONGEST = 24
"""How many characters a name has at most."""
SHORTEST = 2
"""How many characters stand at least before the noun that ends a name."""
BORDERS = frozenset("，。；：！？、“”‘’《》（）() \n\u3000")
"""No name reaches over these."""
AROUND = 5000
"""How many characters before and behind a name count as its article, so that a book is read as fast as its chapters."""
LIKELY = 0.4
"""How probable a name must be: about half of the F1 that is reached, which makes it largest (Lipton et al. 2014)."""
LEAST = math.log(LIKELY / (1 - LIKELY))
"""The score of a name that is so probable when nothing but it and no name is possible."""
FAR, MANY, OFTEN = 8, 12, 3
"""Up to which are told apart: the length before a noun, that of a quotation, how often the article has the words."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    """What is looked at -> what is seen -> weight."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in catalogue.lexicon("name_weights"):
        weights[row["template"]][row["value"]] = float(row["weight"])
    return weights


@cache
def _noun() -> re.Pattern[str]:
    return pattern(alternation(catalogue.words("initiative_heads")))


@cache
def _noun_at_end() -> re.Pattern[str]:
    return pattern(f"{alternation(catalogue.words('initiative_heads'))}$")


def _often(text: str, start: int, end: int) -> str:
    around = max(0, start - AROUND), end + AROUND
    return f"{min(text.count(text[start:end], *around), OFTEN)}"


def starts(text: str, noun: int, end: int) -> Iterator[int]:
    """Where a name could begin that ends with the noun `text[noun:end]`, the shortest first."""
    for start in range(noun - 1, max(end - LONGEST, 0) - 1, -1):
        if text[start] in BORDERS:
            return
        if noun - start >= SHORTEST:
            yield start


def of_noun(text: str, noun: int, end: int) -> list[Feature]:
    """The features that all candidates share which end with the noun `text[noun:end]`."""
    word, before = text[noun:end], text[noun - 2 : noun]
    return [
        ("bias", ""),
        ("noun", word),
        ("before", before),
        ("before noun", before + word),
        ("right", text[end : end + 1]),
        ("right", text[end : end + 2]),
    ]


def of_start(text: str, start: int, noun: int, end: int) -> list[Feature]:
    """The features of the candidate that begins at `start` and ends with the noun `text[noun:end]`."""
    return [
        ("left", text[start - 1 : start]),
        ("left", text[start - 2 : start]),
        ("first", text[start]),
        ("first", text[start : start + 2]),
        ("border", text[start - 1 : start + 1]),
        ("length", f"{text[noun:end]}{min(noun - start, FAR)}"),
        ("often", _often(text, start, end)),
        *[("inside", character) for character in text[start:noun]],
    ]


def of_quotation(text: str, start: int, end: int) -> list[Feature]:
    """The features of the quotation `text[start:end]`, its marks not among them."""
    words = text[start:end]
    behind, last = _noun().match(text, end + 1), _noun_at_end().search(text, start, end)
    return [
        ("quoted", ""),
        ("quoted behind", behind.group() if behind else "-"),
        ("quoted noun", last.group() if last else "-"),
        ("quoted often", _often(text, start - 1, end + 1)),
        ("quoted length", f"{min(len(words), MANY)}"),
        ("quoted first", words[:1]),
        ("quoted first", words[:2]),
        ("quoted last", words[-1:]),
        ("quoted last", words[-2:]),
        ("quoted left", text[max(0, start - 2) : start - 1]),
        ("quoted left", text[max(0, start - 3) : start - 1]),
        ("quoted right", text[end + 1 : end + 2]),
        ("quoted right", text[end + 1 : end + 3]),
        *[("quoted inside", character) for character in words],
    ]


def _score(features: list[Feature]) -> float:
    weights = _weights()
    return sum([weights[template].get(value, 0.0) for template, value in features])


@cache
def _of_starts() -> tuple[Callable[[str, float], float], ...]:
    """What the weights of left, first, border and inside are asked with."""
    return tuple(_weights()[template].get for template in ("left", "first", "border", "inside"))


@cache
def _lengths() -> dict[str, list[float]]:
    """The nouns that end names -> the weight of each length before them."""
    of_noun = _weights()["length"]
    return {noun: [of_noun.get(f"{noun}{length}", 0.0) for length in range(FAR + 1)] for noun in _weights()["noun"]}


def _scores(text: str, noun: int, end: int) -> list[tuple[int, float]]:
    """Each start with the score of `of_noun` and `of_start` but for "often"; every character is looked at once."""
    left, first, border, inside = _of_starts()
    lengths = _lengths()[text[noun:end]]
    score = _score(of_noun(text, noun, end)) + inside(text[noun - 1], 0.0)
    scores = []
    for start in starts(text, noun, end):
        score += inside(text[start], 0.0)
        here = (
            score
            + left(text[start - 1 : start], 0.0)
            + left(text[start - 2 : start], 0.0)
            + first(text[start], 0.0)
            + first(text[start : start + 2], 0.0)
            + border(text[start - 1 : start + 1], 0.0)
            + lengths[min(noun - start, FAR)]
        )
        scores.append((start, here))
    return scores


def start_of_name(text: str, noun: int, end: int) -> int | None:
    """Where the name begins that ends with the noun `text[noun:end]`; None if none is likely, or if hardly any
    name ends with the noun."""
    if text[noun:end] not in _lengths() or not BORDERS.isdisjoint(text[max(0, noun - SHORTEST) : noun]):
        return None
    scores, often = _scores(text, noun, end), _weights()["often"]
    if not scores or max([score for _, score in scores]) + max(often.values()) <= LEAST:
        return None
    odds = {start: math.exp(score + often.get(_often(text, start, end), 0.0)) for start, score in scores}
    best = max(odds, key=lambda start: odds[start])
    return best if odds[best] > LIKELY * (1 + sum(odds.values())) else None


def is_name(text: str, start: int, end: int) -> bool:
    """Whether the quotation `text[start:end]`, its marks not among it, is likely a name."""
    return _score(of_quotation(text, start, end)) > LEAST
