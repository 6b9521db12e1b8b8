"""Indicator about entity (what a number speaks of) and asOf time."""

from collections.abc import Iterator, Sequence

from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The reform or service right behind the number or last named before it; else the article's main one, its
    agency or its home region."""
    current: Mention | None = None
    home = next(
        (m for m in scene.mentions if m.kind == "region" and topic.home and topic.regions.get(m) == topic.home),
        None,
    )
    for sentence in scene.sentences:
        initiatives = sentence.of(*INITIATIVE)
        for indicator in sentence.of("indicator"):
            subject = (
                _in_sentence(sentence, indicator, initiatives) or current or topic.initiative or home or topic.agency
            )
            if subject:
                yield Relation("about", indicator, subject, "", sentence.span, "about.nearest")
            time = _time(sentence, indicator)
            if time:
                yield Relation("asOf", indicator, time, "", sentence.stretch(indicator, time), "about.as-of")
        if initiatives:
            current = initiatives[-1]


def _in_sentence(sentence: Sentence, indicator: Mention, initiatives: Sequence[Mention]) -> Mention | None:
    behind = next((m for m in initiatives if 0 <= m.span.start - indicator.span.end <= 1), None)  # 104项“好办”
    if behind:
        return behind
    before = [m for m in initiatives if m.span.end <= indicator.span.start]
    if before:
        return before[-1]
    return initiatives[0] if initiatives else None


def _time(sentence: Sentence, indicator: Mention) -> Mention | None:
    before = [m for m in sentence.of("time") if m.span.end <= indicator.span.start]
    return before[-1] if before else None
