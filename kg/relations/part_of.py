"""Reform/service partOf reform/service: a sub-measure or channel of the other."""

from collections.abc import Iterator, Sequence

from kg import catalogue, context
from kg.context import INITIATIVE
from kg.model import Document, Mention, Relation, Topic


def relate(document: Document, mentions: Sequence[Mention], topic: Topic) -> Iterator[Relation]:
    """By the name (“跨省通办”专窗), by nature (随申办 of 一网通办), or as measures of the reform in the title."""
    firsts = {m.value: m for m in context.firsts(mentions, *INITIATIVE)}
    told: set[object] = set()
    for mention in mentions:
        if mention.kind not in INITIATIVE:
            continue
        inner = next(
            (m for m in mentions if m.kind in INITIATIVE and m.span != mention.span and mention.span.covers(m.span)), None
        )
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
    if main is None or main.span.start >= len(document.article.title):
        return
    for sentence in context.sentences(document, mentions):
        for mention in sentence.of(*INITIATIVE):
            if mention.value != main.value and mention.value not in told:
                told.add(mention.value)
                yield Relation("partOf", mention, main, "", sentence.span, "part.title")
