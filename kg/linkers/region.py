"""Region mentions -> GB/T 2260 codes, groups and zones, as the topic decided them."""

from collections.abc import Sequence
from functools import cache

from kg import catalogue
from kg.model import Document, Mention, Topic


@cache
def _zones() -> dict[tuple[str, str], str]:
    """(code of a region, ending) -> the name of its zone: 420600, 高新技术产业开发区 -> 襄阳高新技术产业开发区."""
    endings = {row["full"] for row in catalogue.lexicon("zone_tails") if row["full"]}
    zones = catalogue.zones().values()
    return {
        (zone.region, ending): zone.name
        for zone in zones
        for ending in endings
        if zone.name == catalogue.regions()[zone.region].short + ending
    }


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Key and official name of each; a name that several regions share and nothing decides keeps its own words.

    本市 without a known home names nothing, nor does 高新区 unless the home city has one.
    """
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        key = topic.regions.get(mention, "")
        if not key:
            value = str(mention.value)
            own = (_zones().get((home, value[1:])) for home in topic.homes.values())
            key = next(filter(None, own), "") if value.startswith("@") else mention.span.quote
        if key:
            region = catalogue.regions().get(key)
            linked[mention] = ((key, region.name if region else key),)
    return linked
