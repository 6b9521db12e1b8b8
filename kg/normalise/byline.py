"""Bylines in a text: where reporters and editors are named, and who they are."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.normalise import person_name, post

HAN = "一-鿿"
# （记者 甲 通讯员 乙）
BRACKET = re.compile(r"[（(【\[][^（）()\n]{0,40}?(?:记者|通讯员|编辑|作者)(?![会站])[^（）()\n]{0,60}[）)】\]]")
CREDIT = re.compile(r"[/／|｜丨](?<=[文图摄片字].)[^\n。；，]{1,30}")  # 文/某报记者 甲
SHOT = re.compile(rf"([{HAN}]{{2,3}})[ 　]*摄(?![{HAN}])")  # 甲 摄
REPORTER = re.compile(r"记者|通讯员")
MARK = re.compile(rf"(?<=[{HAN}])[：:/／ 　]+(?=[{HAN}])")  # 编辑：甲; 编辑 甲 校对 乙
GAP = re.compile(r"[ 　：:/／、，和\t]*")
LEAST, FOLLOWED = 5, -20


class Bylines(NamedTuple):
    """Stretches of text that only say who made it, and the names in them."""

    spans: tuple[tuple[int, int], ...]
    names: frozenset[str]


@cache
def _credits() -> tuple[str, ...]:
    """编辑, 校对 and the like: a colon, a slash or a space comes before the name."""
    return tuple(sorted(t.name for t in post.titles().values() if t.kind == "press"))


def _starts(text: str) -> Iterator[tuple[int, int]]:
    """Where a word for who made the text begins, and where the names after it may begin."""
    for match in REPORTER.finditer(text):
        yield match.span()
    for match in MARK.finditer(text):
        if text.endswith(_credits(), max(0, match.start() - 6), match.start()):
            yield match.start() - 2, match.end()


def bylines(text: str) -> Bylines:
    """Every byline of a text, wherever it stands."""
    spans = [m.span() for pattern in (BRACKET, CREDIT) for m in pattern.finditer(text)]
    names = {m.group(1) for m in SHOT.finditer(text)} if "摄" in text else set()
    for start, first in _starts(text):
        end = first
        while True:
            gap = GAP.match(text, end)
            name = person_name.name_at(text, gap.end() if gap else end)
            if name is None or name.score < (FOLLOWED if name.follower == "stop" else LEAST):
                break
            names.add(text[name.start : name.end])
            end = name.end
            spans.append((start, end))
    return Bylines(tuple(spans), frozenset(names))
