"""Legislation concerns reform/service: what the document is about."""

from collections.abc import Iterator, Sequence

from kg import context
from kg.context import INITIATIVE
from kg.model import Document, Mention, Relation, Topic


def relate(document: Document, mentions: Sequence[Mention], topic: Topic) -> Iterator[Relation]:
    """What its title names; and what the sentences that it is the subject of speak about."""
    for legislation in mentions:
        if legislation.kind != "legislation":
            continue
        for inner in mentions:
            if inner.kind in INITIATIVE and legislation.span.covers(inner.span):
                yield Relation("concerns", legislation, inner, "", legislation.span, "concerns.title")
    for sentence in context.sentences(document, mentions):
        subject = next((m for m in sentence.of("legislation") if m.span.start - sentence.span.start <= 2), None)
        if subject is None:
            continue
        for initiative in sentence.of(*INITIATIVE):
            if initiative.span.start >= subject.span.end:
                yield Relation("concerns", subject, initiative, "", sentence.stretch(subject, initiative), "concerns.subject")
