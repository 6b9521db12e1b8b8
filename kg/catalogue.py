"""The data tables as rows: what exists in the domain (ontology/*.csv) and what belongs to the language (lexicon/*.csv).

Both halves read it: the text half finds the names, the graph half writes what holds everywhere (codes, containment).
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).parent
ONTOLOGY = _PACKAGE / "ontology" if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parent / "ontology"
"""Folder of the ontology's files: inside the wheel, or beside the package in a checkout."""
LEXICON = _PACKAGE / "lexicon"


class Region(NamedTuple):
    """A row of regions.csv: an administrative division of GB/T 2260."""

    code: str
    name: str
    short: str
    abbr: tuple[str, ...]
    level: str
    """province, prefecture or county."""
    parent: str
    """Code of the direct parent; empty for a province."""


class Group(NamedTuple):
    """A row of groups.csv: a named group of regions."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]


class Zone(NamedTuple):
    """A row of zones.csv: a functional zone (new area, development zone, free trade zone)."""

    name: str
    aliases: tuple[str, ...]
    region: str


class Agency(NamedTuple):
    """A row of agencies.csv: an organ of the central state or party."""

    name: str
    aliases: tuple[str, ...]
    bare: tuple[str, ...]
    """Short forms that a local body may share (发改委)."""
    parent: str
    successor: str


class Initiative(NamedTuple):
    """A row of initiatives.csv: a named reform or public service."""

    name: str
    aliases: tuple[str, ...]
    quoted: tuple[str, ...]
    """Names that count only inside quotation marks (一件事)."""
    kind: str
    region: str
    part_of: str
    implementer: str


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _cells(path: Path) -> Iterator[list[str]]:
    """The cells of a CSV file, the header first; lines that start with `#` above it are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader((next(line for line in file if not line.startswith("#")),))
        yield from csv.reader(file)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column name."""
    header, *lines = _cells(path)
    for line in lines:
        yield dict(zip(header, line, strict=True))


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicon/NAME.csv`."""
    return tuple(rows(LEXICON / f"{name}.csv"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of `lexicon/NAME.csv`."""
    return tuple([line[0] for line in _cells(LEXICON / f"{name}.csv")][1:])


@cache
def regions() -> dict[str, Region]:
    """Every current region by code."""
    return {
        r["code"]: Region(r["code"], r["name"], r["short"], _split(r["abbr"]), r["level"], r["parent"])
        for r in rows(ONTOLOGY / "regions.csv")
    }


@cache
def former_regions() -> tuple[tuple[str, str, str], ...]:
    """Former names still met: (name, short name or empty, code of today's region)."""
    return tuple((r["name"], r["short"], r["current"]) for r in rows(ONTOLOGY / "regions_former.csv"))


@cache
def groups() -> dict[str, Group]:
    """Every named group of regions by name."""
    return {
        r["name"]: Group(r["name"], _split(r["aliases"]), _split(r["members"])) for r in rows(ONTOLOGY / "groups.csv")
    }


@cache
def zones() -> dict[str, Zone]:
    """Every listed functional zone by name."""
    return {r["name"]: Zone(r["name"], _split(r["aliases"]), r["region"]) for r in rows(ONTOLOGY / "zones.csv")}


@cache
def agencies() -> dict[str, Agency]:
    """Every central organ by official name."""
    return {
        r["name"]: Agency(r["name"], _split(r["aliases"]), _split(r["bare"]), r["parent"], r["successor"])
        for r in rows(ONTOLOGY / "agencies.csv")
    }


@cache
def initiatives() -> dict[str, Initiative]:
    """Every known reform and service by canonical name."""
    return {
        r["name"]: Initiative(
            r["name"], _split(r["aliases"]), _split(r["quoted"]), r["kind"], r["region"], r["part_of"], r["implementer"]
        )
        for r in rows(ONTOLOGY / "initiatives.csv")
    }


@cache
def ancestors(code: str) -> tuple[str, ...]:
    """Codes of the regions that hold this one, nearest first: 320509 -> (320500, 320000)."""
    found = []
    parent = regions()[code].parent if code in regions() else ""
    while parent:
        found.append(parent)
        parent = regions()[parent].parent
    return tuple(found)


@cache
def municipalities() -> frozenset[str]:
    """The provinces without prefectures below them, which their own 市 means: 上海市."""
    divided = {r.parent for r in regions().values() if r.level == "prefecture"}
    return frozenset(code for code, r in regions().items() if r.level == "province" and code not in divided)
