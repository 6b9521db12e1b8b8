"""Region mentions -> GB/T 2260 codes, groups and zones, as the topic decided them."""

from collections.abc import Sequence

from kg import catalogue
from kg.model import Document, Mention, Topic


def _own_zone(ending: str, topic: Topic) -> str:
    """The listed zone of the home city that 高新区 alone means; empty if it has none."""
    names = (catalogue.regions()[home].short + ending for home in topic.homes.values() if home in catalogue.regions())
    return next((name for name in names if name in catalogue.zones()), "")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Key and official name of each; a name that several regions share and nothing decides keeps its own words.

    本市 without a known home names nothing, nor does 高新区 unless the home city has one.
    """
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        key = topic.regions.get(mention, "")
        if not key:
            value = str(mention.value)
            key = _own_zone(value[1:], topic) if value.startswith("@") else mention.span.quote
        if key:
            region = catalogue.regions().get(key)
            linked[mention] = ((key, region.name if region else key),)
    return linked
