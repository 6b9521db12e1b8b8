"""Legislation by its full title; the extractor has already put it in place of short names."""

from collections.abc import Sequence

from kg.model import Document, Mention, Topic
from kg.normalise.pattern import pattern

STATE = "中华人民共和国"
SPACE = pattern(r"\s+")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Each legislation mention -> its full title, as key and label.

    A law that the article calls both 行政许可法 and 中华人民共和国行政许可法 is one, under the longer title.
    """
    titles = {m: SPACE.sub("", str(m.value)) for m in mentions}
    known = set(titles.values())
    full = {m: STATE + title if STATE + title in known else title for m, title in titles.items()}
    return {m: ((title, title),) for m, title in full.items()}
