"""Legislation concerns reform/service: what the document is about."""

from collections.abc import Iterator

from kg.context import INITIATIVE, Scene
from kg.model import Relation, Topic


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What its title names; and what the sentences that it is the subject of speak about."""
    for legislation in scene.mentions:
        if legislation.kind != "legislation":
            continue
        for inner in scene.within(legislation, *INITIATIVE):
            yield Relation("concerns", legislation, inner, "", legislation.span, "concerns.title")
    for sentence in scene.sentences:
        subject = next((m for m in sentence.of("legislation") if m.span.start - sentence.span.start <= 2), None)
        if subject is None:
            continue
        for initiative in sentence.of(*INITIATIVE):
            if initiative.span.start >= subject.span.end:
                yield Relation(
                    "concerns",
                    subject,
                    initiative,
                    "",
                    sentence.stretch(subject, initiative),
                    "concerns.subject",
                )
