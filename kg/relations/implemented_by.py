"""Reform/service implementedBy agency: who launched, runs or leads it."""

import re
from collections.abc import Iterator

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic

ACTION = re.compile(  # 公安部实施…, 市大数据中心牵头…
    r"推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|推进|推动|深化|建设|建立|打造|牵头|负责|印发|发布|决定|部署|要求|同意|介绍|表示|明确|提出|落实|组织|运行|主办|联合|推广|创新|探索|扎实|优化|改革"
)
REACH = 60


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """An agency that acts in front of the reform in its sentence; else the article's agency for the main reform."""
    told: set[object] = set()
    for sentence in scene.sentences:
        for agency, initiative in _acting(sentence):
            told.add(initiative.value)
            yield Relation(
                "implementedBy",
                initiative,
                agency,
                "",
                sentence.stretch(agency, initiative),
                "implemented.acting",
            )
    for initiative in scene.firsts(*INITIATIVE):
        known = catalogue.initiatives().get(str(initiative.value))
        agency = next(
            (m for m in scene.mentions if m.kind == "agency" and known and m.value == known.implementer), None
        )
        if agency and initiative.value not in told:
            told.add(initiative.value)
            yield Relation("implementedBy", initiative, agency, "", initiative.span, "implemented.known")
    if topic.initiative and topic.agency and topic.initiative.value not in told:
        evidence = topic.agency.span
        yield Relation("implementedBy", topic.initiative, topic.agency, "", evidence, "implemented.topic")


def _acting(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    legislation = [m.span for m in sentence.of("legislation")]
    for initiative in sentence.of(*INITIATIVE):
        before = [
            a
            for a in sentence.of("agency")
            if a.span.end <= initiative.span.start
            and initiative.span.start - a.span.end <= REACH
            and not any(span.covers(a.span) for span in legislation)
        ]
        if before and ACTION.search(sentence.between(before[-1], initiative)):
            yield before[-1], initiative
