"""Reform/service partOf reform/service: a sub-measure or channel of the other."""

from collections.abc import Iterator

from kg import catalogue
from kg.context import INITIATIVE, Scene
from kg.model import Relation, Topic


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """By the name (“跨省通办”专窗), by nature (随申办 of 一网通办), or as measures of the reform in the title."""
    firsts = {m.value: m for m in scene.firsts(*INITIATIVE)}
    told: set[object] = set()
    for mention in scene.mentions:
        if mention.kind not in INITIATIVE:
            continue
        inner = next(scene.within(mention, *INITIATIVE), None)
        if inner and inner.value != mention.value and mention.value not in told:
            told.add(mention.value)
            yield Relation("partOf", mention, inner, "", mention.span, "part.name")
    for value, mention in firsts.items():
        known = catalogue.initiatives().get(str(value))
        whole = firsts.get(known.part_of) if known else None
        if whole and value not in told:
            told.add(value)
            yield Relation("partOf", mention, whole, "", mention.span, "part.known")
    main = topic.initiative
    if main is None or main.span.start >= len(scene.document.article.title):
        return
    for sentence in scene.sentences:
        for mention in sentence.of(*INITIATIVE):
            if mention.value != main.value and mention.value not in told:
                told.add(mention.value)
                yield Relation("partOf", mention, main, "", sentence.span, "part.title")
