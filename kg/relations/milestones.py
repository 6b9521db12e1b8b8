"""Dates of legislation (adopted, issued, in force) and of reforms and services (start, target)."""

import re
from collections.abc import Iterator, Sequence

from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic

IN_FORCE = re.compile(r"^[^，。；]{0,4}?(?:起|开始)?[^，。；]{0,6}?(?:施行|实施|生效|执行)")  # 自2021年7月1日起施行
ADOPTED = re.compile(r"通过")
ISSUED = re.compile(r"印发|发布|下发|出台|公布|颁布|成文|发出|签署|推出")
STARTED = re.compile(r"启动|上线|开通|启用|试运行|投入使用|正式运行|开始|实行|施行|实施|挂牌|成立|运营|推出|铺开")
STARTED_NEAR = 30
DUE = re.compile(r"^\.\.\/")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """Each date with the legislation or reform of its sentence, by the verb that goes with it."""
    current: Mention | None = None
    for sentence in scene.sentences:
        legislation = sentence.of("legislation")
        for time in sentence.of("time"):
            yield from _of_legislation(sentence, time, legislation or ([current] if current else []))
            yield from _of_initiative(sentence, time)
        if legislation:
            current = legislation[-1]


def _of_legislation(sentence: Sentence, time: Mention, legislation: Sequence[Mention]) -> Iterator[Relation]:
    if not legislation:
        return
    after = sentence.after(time, 14)
    nearest = min(legislation, key=lambda m: _distance(m, time))
    evidence = sentence.span
    if IN_FORCE.match(after):
        before = [m for m in legislation if m.span.end <= time.span.start]
        yield Relation("dateInForce", before[-1] if before else nearest, time, "", evidence, "milestone.in-force")
        return
    if not sentence.span.covers(nearest.span) or str(time.value).startswith(".."):
        return
    following = [m for m in legislation if m.span.start >= time.span.end]
    if not following:
        return
    between = sentence.between(time, following[0])
    if any(time.span.end <= t.span.start < following[0].span.start for t in sentence.of("time")):
        return
    if ADOPTED.search(between):
        yield Relation("dateAdopted", following[0], time, "", evidence, "milestone.adopted")
    elif ISSUED.search(between):
        yield Relation("dateIssued", following[0], time, "", evidence, "milestone.issued")


def _of_initiative(sentence: Sentence, time: Mention) -> Iterator[Relation]:
    initiatives = [
        m for m in sentence.of(*INITIATIVE) if not any(o.span.covers(m.span) for o in sentence.of("legislation"))
    ]
    if not initiatives:
        return
    nearest = min(initiatives, key=lambda m: _distance(m, time))
    if DUE.match(str(time.value)):
        for initiative in initiatives:
            yield Relation("targetDate", initiative, time, "", sentence.span, "milestone.due")
    elif _distance(nearest, time) <= STARTED_NEAR:
        words = sentence.stretch(nearest, time).quote + sentence.after(max(nearest, time, key=lambda m: m.span.end), 12)
        if STARTED.search(words):
            yield Relation("startDate", nearest, time, "", sentence.span, "milestone.started")


def _distance(a: Mention, b: Mention) -> int:
    return max(a.span.start - b.span.end, b.span.start - a.span.end, 0)
