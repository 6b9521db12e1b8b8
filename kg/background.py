"""What holds everywhere -> quads of the default graph, the same for every article.

The ontology's terms; codes, names and containment of regions, groups and agencies.
"""

from collections.abc import Iterable
from functools import lru_cache

from kg import catalogue, vocab
from kg.terms import described, literal, ontology_quads, ref, supers, tail


def _neighbours(kind: str, key: str) -> tuple[tuple[str, str], ...]:
    """The entities that what holds everywhere of this one speaks of."""
    if kind == "agency":
        agency = catalogue.agencies().get(key)
        return tuple(("agency", name) for name in (agency.parent, agency.successor) if name) if agency else ()
    if group := catalogue.groups().get(key):
        return tuple(("region", code) for code in group.members)
    if zone := catalogue.zones().get(key):
        return (("region", zone.region),) if zone.region else ()
    return tuple(("region", code) for code in catalogue.ancestors(key))


@lru_cache(maxsize=65536)
def _everywhere(kind: str, key: str) -> tuple[str, ...]:
    """What holds everywhere of one region or agency, as tails; empty for one that no table lists."""
    others = _neighbours(kind, key)
    tails: list[str] = []
    names: tuple[str, ...] = ()
    label = key
    if kind == "agency" and key in catalogue.agencies():
        agency = catalogue.agencies()[key]
        names = agency.aliases
        for name, other in ((vocab.SUB_ORGANISATION, agency.parent), (vocab.REPLACED_BY, agency.successor)):
            if other:
                tails.append(tail(name, ref(kind, other)))
    elif group := catalogue.groups().get(key):
        names = group.aliases
        tails += [tail(vocab.CONTAINS, ref(*other)) for other in others]
    elif zone := catalogue.zones().get(key):
        names = zone.aliases
        within = (zone.region, *catalogue.ancestors(zone.region)) if zone.region else ()
        tails += [tail(vocab.CONTAINED_IN, ref(*other)) for other in others]
        tails += [tail(vocab.WITHIN, ref(kind, code)) for code in within]
    elif region := catalogue.regions().get(key):
        label, names = region.name, (region.short, *region.abbr)
        tails.append(tail(vocab.ADMIN_CODE, literal(key)))
        tails += [tail(name, literal(key)) for name in supers(vocab.ADMIN_CODE)]
        tails += [tail(vocab.CONTAINED_IN, ref(*other)) for other in others[:1]]
        tails += [tail(vocab.WITHIN, ref(*other)) for other in others]
    else:
        return ()
    tails += [tail(vocab.ALT_LABEL, literal(name, "@zh")) for name in names if name and name != label]
    return (*described(kind, key, label), *tails)


def background_quads(keys: Iterable[tuple[str, str]]) -> list[str]:
    """The lines of the default graph, sorted, each once.

    They are the ontology's terms, and what holds everywhere for the regions and agencies among `keys` (kind
    and key of entities) and for all that hold them.
    """
    lines = set(ontology_quads())
    waiting = {pair for pair in keys if pair[0] in ("region", "agency")}
    seen: set[tuple[str, str]] = set()
    while waiting:
        pair = waiting.pop()
        seen.add(pair)
        me = ref(*pair)
        lines.update(f"{me} {each} .\n" for each in _everywhere(*pair))
        waiting.update(set(_neighbours(*pair)) - seen)
    return sorted(lines)
