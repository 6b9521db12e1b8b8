"""Names of foreigners and minorities in Chinese characters: where a run that writes one by sound ends."""

import re
from collections.abc import Iterator
from functools import cache

from kg import catalogue
from kg.normalise import person_name, post
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation

DOTS, DOT = "·•・", pattern(r"[·•・]")  # 托玛·崔昂福
LONGEST = 12
BEFORE_DOT = 8
ITEM = pattern(r"(?:[一-鿿]{4,6}|[一-鿿]{1,8}(?:[·•・][一-鿿]{1,8}){1,3})(?![一-鿿·•・])")


@cache
def characters() -> frozenset[str]:
    """The characters that write foreign names by sound."""
    return frozenset(catalogue.words("transliteration"))


@cache
def _japanese() -> tuple[re.Pattern[str], frozenset[str]]:
    names = catalogue.words("japanese_surnames")
    return pattern(alternation(names)), frozenset(name[0] for name in names)


@cache
def firsts() -> frozenset[str]:
    """The characters that foreign names begin with."""
    return characters() | _japanese()[1]


def run_end(text: str, start: int) -> int:
    """Where a run of transliterating characters ends; 提出 after a name is no part of it."""
    end = start
    while end < len(text) and end - start < LONGEST and text[end] in characters():
        end += 1
    if end - start > 1 and not person_name.follower(text, end) and person_name.follower(text, end - 1):
        end -= 1
    return end


def japanese_end(text: str, start: int) -> int:
    """Where a Japanese surname with a given name of one to three characters ends; `start` if there is none."""
    surname = _japanese()[0].match(text, start)
    if surname:
        for given in (2, 1, 3):
            end = surname.end() + given
            if all(map(person_name.is_chinese, text[surname.end() : end])) and person_name.follower(text, end):
                return end
    return start


def _first_start(text: str, dot: int) -> int:
    """Where the name before a dot begins: after a title, or where its characters no longer write sounds."""
    for start in range(dot - 2, max(dot - BEFORE_DOT, 0), -1):
        if post.ending_at(text, start) and all(map(person_name.is_chinese, text[start:dot])):
            return start
    start = dot
    while start and dot - start < BEFORE_DOT and text[start - 1] in characters():
        start -= 1
    return start


def _last_end(text: str, start: int) -> int:
    """Where the name after the last dot ends; rarer characters may stand before the word that follows it."""
    end = run_end(text, start)
    for more in (1, 2, 3):
        if end == start or person_name.follower(text, end):
            break
        if person_name.follower(text, end + more) and person_name.is_chinese(text[end + more - 1]):
            return end + more
    return end


def item_end(text: str, start: int) -> int:
    """Where an item of a list ends that writes a name by sound, 艾力更·依明巴海, 白玛赤林; `start` if none does."""
    item = ITEM.match(text, start)
    if item is None:
        return start
    rarer = sum(character not in characters() for character in item[0])
    return item.end() if DOT.search(item[0]) or rarer < 2 else start


def dotted(text: str) -> Iterator[tuple[int, int]]:
    """Where names with dots begin and end: 托玛·崔昂福."""
    last = -1
    for match in DOT.finditer(text) if any(map(text.__contains__, DOTS)) else ():
        if match.start() < last:
            continue
        start = _first_start(text, match.start())
        last = match.end()
        while (end := run_end(text, last)) > last and end < len(text) and text[end] in "·•・":
            last = end + 1
        end = _last_end(text, last)
        if start < match.start() and end > last and end - start > 3:
            yield start, end
        last = end
