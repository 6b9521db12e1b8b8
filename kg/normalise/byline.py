"""Bylines in a text: where reporters and editors are named, and who they are."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.normalise import person_name, post
from kg.normalise.pattern import pattern
from kg.normalise.post import Found

HAN = "一-鿿"
OPENED, CLOSED = pattern(r"[（(【\[][^（）()\n]{0,40}$"), pattern(r"[^（）()\n]{0,60}[）)】\]]")
SLASHES = "/／|｜丨"
CREDIT = pattern(r"[/／|｜丨](?<=[文图摄片字].)[^\n。；，]{1,30}")  # 文/某报记者 甲
SHOT = pattern(rf"摄(?![{HAN}])")  # 甲 摄
SHOOTER = pattern(rf"([{HAN}]{{2,3}})[ 　]*$")
REPORTERS = ("记者", "通讯员")  # a name may follow without a mark
AUTHORS = (*REPORTERS, "编辑", "作者")  # whose brackets hold a byline
MARK = pattern(rf"[：:/／ 　]+(?=[{HAN}])")  # 编辑：甲; 编辑 甲 校对 乙
GAP = pattern(r"[ 　：:/／、，和\t]*")
LEAST, FOLLOWED = 5, -20


class Bylines(NamedTuple):
    """Stretches of text that only say who made it, and the names in them."""

    spans: tuple[tuple[int, int], ...]
    names: frozenset[str]


def _starts(text: str, press: list[Found]) -> Iterator[tuple[int, int]]:
    """Where a word for who made the text begins, and where the names after it may begin."""
    for start, end, title in press:
        mark = MARK.match(text, end)
        if mark or title.name.endswith(REPORTERS):
            yield start, mark.end() if mark else end


def _brackets(text: str, press: list[Found]) -> Iterator[tuple[int, int]]:
    """（记者 甲 通讯员 乙）."""
    for start, end, title in press:
        opened = OPENED.search(text, max(0, start - 41), start) if title.name.endswith(AUTHORS) else None
        if opened and (closed := CLOSED.match(text, end)):
            yield opened.start(), closed.end()


def _credits(text: str) -> Iterator[tuple[int, int]]:
    """文/某报记者 甲."""
    if any(map(text.__contains__, SLASHES)):
        for match in CREDIT.finditer(text):
            yield match.span()


def _shooters(text: str) -> Iterator[str]:
    for match in SHOT.finditer(text):
        if shooter := SHOOTER.search(text, max(0, match.start() - 6), match.start()):
            yield shooter.group(1)


def bylines(text: str) -> Bylines:
    """Every byline of a text, wherever it stands."""
    press = [found for found in post.find(text) if found.title.kind == "press"]
    spans = [*_brackets(text, press), *_credits(text)]
    names = set(_shooters(text))
    for start, first in _starts(text, press):
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
