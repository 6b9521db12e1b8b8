"""Names of court reports that hide the given name: 钟某江, 陈某, 李某某."""

from collections.abc import Iterator

from kg.normalise import person_name, post
from kg.normalise.pattern import pattern

SOME = pattern(r"某某?")
OTHER = pattern(r"[种个些地市区县省镇村街路年月日天时企公单部方项条类款家位名人次件期点校院店]")  # 某市, 某公司
CHARGED = tuple("因犯")  # 钟某江|因抢劫获刑
COMMON = 20  # surnames below that are often other words: 任, 于


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where such names begin and end."""
    for match in SOME.finditer(text):
        if end := _end(text, match.start(), match.end()):
            yield match.start() - 1, end


def _end(text: str, some: int, end: int) -> int:
    """Where the name with 某 at `some` ends, 0 if it is none: 曾任某公司; 杨某胫骨骨折 is about 杨某."""
    start = some - 1
    if start < 0 or text[start] not in person_name.firsts() or OTHER.match(text, end):
        return 0
    before = text[start - 1 : start]
    short, longer = text[start:end], text[start : end + 1]
    apart = not person_name.is_chinese(before) or before in person_name.BEFORE or text.count(short) > 1
    if not (apart or post.ending_at(text, start)) and person_name.surname_score(text[start]) < COMMON:
        return 0
    grows = (
        len(short) == 2
        and person_name.is_chinese(longer[-1])
        and person_name.score(longer) > 0
        and not person_name.follower(text, end)
        and (
            text.count(longer) == text.count(short) > 1
            or person_name.follower(text, end + 1)
            or text.startswith(CHARGED, end + 1)
        )
    )
    return end + bool(grows)
