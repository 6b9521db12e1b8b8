"""Legislation concerns reform/service: what the document is about."""

from collections.abc import Iterator

from kg.context import INITIATIVE, Scene
from kg.model import Mention, Relation, Topic

OFTEN = 3


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What its title names; and, for the document that an article is about, what the paragraphs speak of whose
    subject it is."""
    for legislation in scene.mentions:
        if legislation.kind == "legislation":
            for inner in scene.within(legislation, *INITIATIVE):
                yield Relation("concerns", legislation, inner, "", legislation.span, "concerns.title")
    subject: Mention | None = None
    line_end = 0
    text = scene.document.article.text
    for sentence in scene.sentences:
        if sentence.span.start > line_end:
            line_end = text.find("\n", sentence.span.start)
            line_end = len(text) if line_end < 0 else line_end
            opening = next((m for m in sentence.of("legislation") if m.span.start - sentence.span.start <= 2), None)
            subject = opening if opening and _is_main(scene, opening) else None
        if subject:
            for initiative in sentence.of(*INITIATIVE):
                yield Relation("concerns", subject, initiative, "", initiative.span, "concerns.subject")


def _is_main(scene: Scene, legislation: Mention) -> bool:
    same = [m for m in scene.mentions if m.kind == "legislation" and m.value == legislation.value]
    return len(same) >= OFTEN or same[0].span.start < len(scene.document.article.title)
