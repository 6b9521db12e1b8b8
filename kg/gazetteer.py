"""Known names in a text: one automaton over every table, run once a text.

Extractors ask for the names of the tables they know; which of two overlapping names holds is their business.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import catalogue


class Name(NamedTuple):
    """A known name in a text: `text[start:end]`, and what it stands for in its table."""

    start: int
    end: int
    values: tuple[str, ...]


def _regions() -> Iterator[tuple[str, str, str]]:
    for region in catalogue.regions().values():
        yield region.name, "region", region.code
        if region.short and region.short != region.name:
            yield region.short, "region.short", region.code
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
