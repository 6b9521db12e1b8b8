"""Region mentions -> GB/T 2260 codes, groups and zones, as the topic decided them."""

from collections.abc import Sequence

from kg import catalogue
from kg.model import Document, Mention, Topic


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Key and official name of each; a name that several regions share and nothing decides keeps its own words.

    本市 without a known home names nothing.
    """
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        key = topic.regions.get(mention, "")
        if not key and not str(mention.value).startswith("@"):
            key = mention.span.quote
        if key:
            region = catalogue.regions().get(key)
            linked[mention] = ((key, region.name if region else key),)
    return linked
