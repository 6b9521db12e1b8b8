"""Known names in a text: one automaton over every table, run once a text.

Extractors ask for the names of the tables they know; `places` settles which of overlapping regions' names holds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import catalogue


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
SUFFIX_WORD = re.compile(r"[省市区县](?=[场民值级域块间情容])")


def _regions() -> Iterator[tuple[str, str, str]]:
    for region in catalogue.regions().values():
        yield region.name, "region", region.code
        if region.short and region.short != region.name:
            yield region.short, "region.short", region.code
            if region.level != "province" and region.name != region.short + region.name[-1]:
                yield region.short + region.name[-1], "region", region.code  # 积石山县, 恩施州
        for abbr in region.abbr:
            yield abbr, "region.abbr", region.code
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
    yield from _lexicon("home_words", "home")
    yield from _lexicon("zone_tails", "zone.tail")
    yield from _lexicon("agency_tails", "agency.tail")
    yield from _lexicon("initiative_heads", "initiative.head")


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]]:
    """The automaton, and for each of its patterns what it stands for: ((table, values), ...)."""
    meanings: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for form, table, value in _entries():
        meanings[form][table][value] = None
    forms = sorted(meanings)
    tables = tuple(tuple((t, tuple(v)) for t, v in meanings[form].items()) for form in forms)
    return AhoCorasick(forms, matchkind=MatchKind.Standard), tables


@lru_cache(maxsize=4)
def _scan(text: str) -> Mapping[str, Sequence[Name]]:
    automaton, tables = _automaton()
    found: dict[str, list[Name]] = defaultdict(list)
    for pattern, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for table, values in tables[pattern]:
            found[table].append(Name(start, end, values))
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
    """Regions' short names that are words of their own (和平, 通道)."""
    return frozenset(row["phrase"] for row in catalogue.lexicon("region_traps") if row["kind"] == "word")


def _widest(codes: Iterable[str]) -> list[str]:
    """吉林 alone is the province, 海南 too."""
    codes = list(codes)
    return [c for c in codes if catalogue.regions()[c].level == "province"] or codes


def _candidates(text: str) -> Iterator[Place]:
    """Every name of a region, group or zone; and as table `region.trap` the longer words that swallow one."""
    for table in ("region", "region.former"):
        for name in find(text, table):
            if name.end - name.start > 2 and SUFFIX_WORD.match(text, name.end - 1):
                yield Place(name.start, name.end - 1, "|".join(name.values), "region.short", True)
            else:
                yield Place(name.start, name.end, "|".join(name.values), table, True)
    for table in ("group", "zone"):
        for name in find(text, table):
            yield Place(name.start, name.end, name.values[0], table, True)
    for name in find(text, "region.short"):
        wide = [code for code in name.values if catalogue.regions()[code].level != "county"]
        if wide and text[name.start : name.end] not in ordinary_words():
            yield Place(name.start, name.end, "|".join(_widest(wide)), "region.short", True)
        else:
            yield Place(name.start, name.end, "|".join(name.values), "region.short", False)
    for name in find(text, "region.trap"):
        if text[name.start : name.end] not in ordinary_words():
            yield Place(name.start, name.end, "", "region.trap", True)


@lru_cache(maxsize=4)
def places(text: str) -> tuple[Place, ...]:
    """The regions' names in text order, none overlapping: the longest hold, words that swallow a name are gone."""
    kept: list[Place] = []
    taken: set[int] = set()
    for place in sorted(_candidates(text), key=lambda p: (p.start - p.end, not p.sure, p.start, p.table)):
        if taken.isdisjoint(range(place.start, place.end)):
            taken.update(range(place.start, place.end))
            kept.append(place)
    return tuple(sorted(p for p in kept if p.table != "region.trap"))
