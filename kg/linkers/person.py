"""Persons by their names: every mention of a name in an article is one person."""

from collections.abc import Sequence

from kg.model import Document, Mention, Topic


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Each person mention -> its name, as key and label."""
    return {m: ((m.value, m.value),) for m in mentions if m.kind == "person" and isinstance(m.value, str)}
