"""Known names in a text: one automaton over every table, run once a text.

Extractors ask for the names of the tables they know; `places` settles which of overlapping regions' names holds.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg import catalogue
from kg.normalise.pattern import pattern


class Name(NamedTuple):
    """A known name in a text: `text[start:end]`, and what it stands for in its table."""

    start: int
    end: int
    values: tuple[str, ...]


class Place(NamedTuple):
    """A region's name in a text, or a group's or zone's."""

    start: int
    end: int
    value: str
    """Codes that share the name, joined by `|`; a group's or zone's name."""
    table: str
    """region, region.former, region.short, group or zone."""
    sure: bool
    """False for a county's short name, which is often an ordinary word or another place's."""


# 上海市+场 is 上海 and 市场, 江苏省+级 is 江苏 and 省级
SUFFIX_WORD = pattern(r"[省市区县](?=[场民值级域块间情容])")
# 县 and 和县 are words everywhere: a name of two characters begins where a word does, and no title goes on (代县长)
BRIEF_BEFORE = pattern(r"(?:^|[^一-鿿]|[在到由从与及对向为至往赴是的以把让])$")
BRIEF_AFTER = pattern(r"[长级域处城区直乡镇委官情]")
# 云南+山区 is no 南山区, 上海+城市 no 海城市
LANDSCAPE = pattern(r"[一-鿿](?:[山城港湖林牧海矿库园]区|城市)$")


def _regions() -> Iterator[tuple[str, str, str]]:
    for region in catalogue.regions().values():
        yield region.name, "region", region.code
        if region.short and region.short != region.name:
            yield region.short, "region.short", region.code
            if region.level != "province" and region.name != region.short + region.name[-1]:
                yield region.short + region.name[-1], "region", region.code  # 积石山县, 恩施州
        for letter in region.abbr if region.level == "province" else ():
            yield letter, "region.abbr", region.code
    for name, short, code in catalogue.former_regions():
        yield name, "region.former", code
        if short and short != name:
            yield short, "region.short", code


def _groups() -> Iterator[tuple[str, str, str]]:
    for group in catalogue.groups().values():
        for form in (group.name, *group.aliases):
            yield form, "group", group.name
    for zone in catalogue.zones().values():
        for form in (zone.name, *zone.aliases):
            yield form, "zone", zone.name


def _agencies() -> Iterator[tuple[str, str, str]]:
    for agency in catalogue.agencies().values():
        for form in (agency.name, *agency.aliases):
            yield form, "agency", agency.name
        for form in agency.bare:
            yield form, "agency.bare", agency.name
    for row in catalogue.lexicon("agency_patterns"):
        yield row["form"], "agency.form", row["form"]


def _initiatives() -> Iterator[tuple[str, str, str]]:
    for initiative in catalogue.initiatives().values():
        for form in (initiative.name, *initiative.aliases):
            if form not in initiative.quoted:
                yield form, "initiative", initiative.name
        for form in initiative.quoted:
            yield form, "initiative.quoted", initiative.name


def _lexicon(name: str, table: str) -> Iterator[tuple[str, str, str]]:
    for form in catalogue.words(name):
        yield form, table, form


def _entries() -> Iterator[tuple[str, str, str]]:
    """Every (form, table, value)."""
    yield from _regions()
    yield from _groups()
    yield from _agencies()
    yield from _initiatives()
    yield from _lexicon("region_traps", "region.trap")
    for row in catalogue.lexicon("home_words"):
        if row["kind"] == "word":
            yield row["word"], "home", row["word"]
    yield from _lexicon("zone_tails", "zone.tail")
    for row in catalogue.lexicon("agency_tails"):
        if row["kind"] == "strong":
            yield row["tail"], "agency.tail", row["tail"]
    yield from _lexicon("initiative_heads", "initiative.head")


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]]:
    """The automaton, and for each of its patterns what it stands for: ((table, values), ...)."""
    meanings: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for form, table, value in _entries():
        meanings[form][table][value] = None
    forms = sorted(meanings)
    tables = tuple(tuple((t, tuple(v)) for t, v in meanings[form].items()) for form in forms)
    automaton = AhoCorasick(forms, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    return automaton, tables


@lru_cache(maxsize=4)
def _scan(text: str) -> Mapping[str, Sequence[Name]]:
    automaton, tables = _automaton()
    found: dict[str, list[Name]] = {}
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for table, values in tables[number]:
            if table in found:
                found[table].append(Name(start, end, values))
            else:
                found[table] = [Name(start, end, values)]
    return found


def find(text: str, table: str) -> Sequence[Name]:
    """Every name of `table` in `text`, overlapping ones too, by the order of their ends.

    Tables: region, region.short, region.abbr, region.former, region.trap, group, zone, zone.tail, home, agency,
    agency.bare, agency.form, agency.tail, initiative, initiative.quoted, initiative.head.
    """
    return _scan(text).get(table, ())


def longest(names: Sequence[Name]) -> list[Name]:
    """The names that no longer one covers or cuts off from the left: leftmost, then longest."""
    kept: list[Name] = []
    end = -1
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if name.start >= end:
            kept.append(name)
            end = name.end
    return kept


@cache
def ordinary_words() -> frozenset[str]:
    """Regions' names that are words of their own (和平, 通道, 老城区)."""
    return frozenset(row["phrase"] for row in catalogue.lexicon("region_traps") if row["kind"] == "word")


@cache
def _short(form: str, codes: tuple[str, ...]) -> tuple[str, bool]:
    """What a short name means, and whether it surely does: 吉林 alone is the province; of counties it is not sure."""
    wide = [code for code in codes if catalogue.regions()[code].level != "county"]
    if not wide or form in ordinary_words():
        return "|".join(codes), False
    return "|".join([code for code in wide if catalogue.regions()[code].level == "province"] or wide), True


def _full(text: str, table: str, begins: Set[int], ends: Set[int]) -> Iterator[Place]:
    """Names as they stand in the tables of today's and former regions."""
    for name in find(text, table):
        start, end, values = name
        length = end - start
        if length == 2:
            if not (start in ends or BRIEF_BEFORE.search(text, max(0, start - 1), start)):
                continue
            if end not in begins and BRIEF_AFTER.match(text, end):
                continue
        elif SUFFIX_WORD.match(text, end - 1) or (
            length == 3 and start not in ends and start + 1 in ends and LANDSCAPE.match(text, start, end)
        ):
            continue
        sure = length > 3 or text[start:end] not in ordinary_words()
        yield Place(start, end, "|".join(values), table, sure)


def _candidates(text: str) -> Iterator[Place]:
    """Every name of a region, group or zone."""
    shorts = find(text, "region.short")
    fulls = find(text, "region")
    ends = {name.end for names in (shorts, fulls) for name in names}
    begins = {name.start for names in (shorts, fulls) for name in names}
    for table in ("region", "region.former"):
        yield from _full(text, table, begins, ends)
    for table in ("group", "zone"):
        for name in find(text, table):
            yield Place(name.start, name.end, name.values[0], table, True)
    for start, end, values in shorts:
        value, sure = _short(text[start:end], values)
        yield Place(start, end, value, "region.short", sure)


def traps(text: str) -> list[tuple[int, int]]:
    """Where words stand that hold a region's name and do not mean it (南通过, 医保定点): starts and ends."""
    words = ordinary_words()
    return [(n.start, n.end) for n in find(text, "region.trap") if text[n.start : n.end] not in words]


def _order(place: Place, text: str) -> tuple[int, bool, bool, int, str]:
    """The longest hold; of equally long ones the sure, the one that is no word of its own, the first."""
    start, end, _, table, sure = place
    return start - end, not sure, not sure and text[start:end] in ordinary_words(), start, table


@lru_cache(maxsize=4)
def places(text: str) -> tuple[Place, ...]:
    """The regions' names in text order, none overlapping: the longest hold; what a longer word swallows is none."""
    swallowed = sorted(traps(text))
    starts = [start for start, _ in swallowed]
    reached = [0, *accumulate((end for _, end in swallowed), max)]  # how far those reach that begin so early
    kept: list[Place] = []
    taken: set[int] = set()
    for place in sorted(_candidates(text), key=lambda p: _order(p, text)):
        reach = range(place.start, place.end)
        if taken.isdisjoint(reach) and place.end > reached[bisect_right(starts, place.start)]:
            taken.update(reach)
            kept.append(place)
    return tuple(sorted(kept))
