"""Legislation passedBy agency: who adopted, issued or published it."""

import re
from collections.abc import Iterator

from kg.context import Scene, Sentence
from kg.model import Mention, Relation, Topic

ACT = re.compile(  # 印发《…》, 审议通过了《…》
    r"印发|发布|下发|出台|通过|制定|公布|颁布|起草|签署|批准|发出|编制|推出|审议|公开征求|对外|形成"
)
AFTER = re.compile(r"^[》]?[^，。；]{0,8}?(?:由|经)")  # 《…》由国务院办公厅印发
JOINT = re.compile(r"^(?:[、和与及]|以及|会同|联合|等|等\d*(?:个)?(?:部门|单位))+$")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The agencies in front of the verb, all joint issuers; else the one whose name begins the title."""
    told: set[object] = set()
    for sentence in scene.sentences:
        for legislation in sentence.of("legislation"):
            for agency in _issuers(sentence, legislation):
                told.add(legislation.value)
                yield Relation(
                    "passedBy", legislation, agency, "", sentence.stretch(agency, legislation), "passed.verb"
                )
    for legislation in scene.firsts("legislation"):
        inner = next(scene.within(legislation, "agency"), None)
        if inner and legislation.value not in told and inner.span.start - legislation.span.start <= 1:
            yield Relation("passedBy", legislation, inner, "", legislation.span, "passed.title")


def _issuers(sentence: Sentence, legislation: Mention) -> Iterator[Mention]:
    agencies = [m for m in sentence.of("agency") if not any(o.span.covers(m.span) for o in sentence.of("legislation"))]
    before = [a for a in agencies if a.span.end <= legislation.span.start]
    if before:
        between = sentence.between(before[-1], legislation)
        crossed = any(before[-1].span.end <= o.span.start < legislation.span.start for o in sentence.of("legislation"))
        if ACT.search(between) and not crossed:
            yield before[-1]
            for left, right in zip(before[-2::-1], before[:0:-1], strict=True):
                if not JOINT.match(sentence.between(left, right)):
                    break
                yield left
            return
    for agency in agencies:
        if agency.span.start >= legislation.span.end and AFTER.match(sentence.between(legislation, agency)):
            yield agency
