"""Legislation by its full title; the extractor has already put it in place of short names."""

import re
from collections.abc import Sequence

from kg.model import Document, Mention, Topic

STATE = "中华人民共和国"
SPACE = re.compile(r"\s+")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Each legislation mention -> its full title, as key and label.

    A law that the article calls both 行政许可法 and 中华人民共和国行政许可法 is one, under the longer title.
    """
    values = [m.value for m in mentions if m.kind == "legislation" and isinstance(m.value, str)]
    titles = {SPACE.sub("", value) for value in values}
    found: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        if mention.kind == "legislation" and isinstance(mention.value, str):
            title = SPACE.sub("", mention.value)
            full = STATE + title if STATE + title in titles else title
            found[mention] = ((full, full),)
    return found
