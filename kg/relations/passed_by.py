"""Legislation passedBy agency: who adopted, issued or published it."""

import re
from collections.abc import Iterator

from kg.context import Scene, Sentence
from kg.model import Mention, Relation, Topic

ACT = re.compile(  # 印发《…》, 审议通过了《…》
    r"印发|发布|下发|出台|通过|制定|公布|颁布|起草|签署|批准|发出|编制|推出|审议|公开征求|形成"
)
NOT_ISSUER = re.compile(r"我们|决策|部署|要求|精神|落实|根据|按照|依据|有关规定")  # 落实国务院部署，我们起草了《…》
AFTER = re.compile(r"[》]?[^，。；]{0,8}?(?:由|经)")  # 《…》由国务院办公厅印发
JOINT = re.compile(r"(?:[、和与及]|以及|会同|联合|等\d*(?:个)?(?:部门|单位)?)+")
VOTE = re.compile(r"(?:表决|审议|全票|会议)[^，。；]{0,6}通过|通过了?(?:本|该|这|《|决定|条例|规定|办法)")
CONGRESS = re.compile(r"人大|人民代表大会")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The agencies in front of the verb, all joint issuers; a congress that votes on the document spoken of; else the
    one whose name begins the title."""
    told: set[object] = set()
    current: Mention | None = None
    for sentence in scene.sentences:
        documents = sentence.of("legislation")
        for legislation in documents:
            for agency in _issuers(sentence, legislation):
                told.add(legislation.value)
                evidence = sentence.stretch(agency, legislation)
                yield Relation("passedBy", legislation, agency, "", evidence, "passed.verb")
        if current and not documents and VOTE.search(sentence.span.quote):
            for agency in sentence.of("agency"):
                if CONGRESS.search(agency.span.quote):
                    told.add(current.value)
                    yield Relation("passedBy", current, agency, "", sentence.span, "passed.vote")
        current = documents[-1] if documents else current
    for legislation in scene.firsts("legislation"):
        inner = next(scene.within(legislation, "agency"), None)
        if inner and legislation.value not in told and inner.span.start - legislation.span.start <= 1:
            yield Relation("passedBy", legislation, inner, "", legislation.span, "passed.title")


def _issuers(sentence: Sentence, legislation: Mention) -> Iterator[Mention]:
    documents = sentence.of("legislation")
    agencies = [m for m in sentence.of("agency") if not any(o.span.covers(m.span) for o in documents)]
    before = [a for a in agencies if a.span.end <= legislation.span.start]
    if not before:
        for agency in agencies:
            if agency.span.start >= legislation.span.end and AFTER.match(sentence.between(legislation, agency)):
                yield agency
        return
    between = sentence.between(before[-1], legislation)
    crossed = any(before[-1].span.end <= o.span.start < legislation.span.start for o in documents)
    if crossed or not ACT.search(between) or NOT_ISSUER.search(between):
        return
    yield before[-1]
    for left, right in zip(before[-2::-1], before[:0:-1], strict=True):
        if not JOINT.fullmatch(sentence.between(left, right)):
            break
        yield left
