"""Words of the pages in two languages; names of things, dates and amounts as people write them."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from kg import catalogue
from kg.exporters import view
from kg.web.addresses import Thing

TABLES = (Path(view.__file__).parent / "words.csv", Path(__file__).parent / "words.csv")
"""Kinds and predicates are called what the offline view calls them."""
LANGUAGES = ("zh", "en")
TAIL = re.compile(r"[?~%]$")
PREDICATES = {  # the last part of a predicate's IRI, where the text half calls it otherwise
    "observationAbout": "about",
    "heldBy": "holdsPost",
}
LARGE = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["key"]: row for table in TABLES for row in catalogue.rows(table)}


class Names:
    """Words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    @property
    def chinese(self) -> bool:
        return self.language == "zh"

    def word(self, key: str, **filled: object) -> str:
        """The words of a key (of its `.single` for one), `{n}` and the like filled in; the key itself if unknown."""
        row = (_table().get(f"{key}.single") if str(filled.get("n")) == "1" else None) or _table().get(key)
        text = row[self.language] if row else key
        for name, value in filled.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def predicate(self, iri: str, inverse: bool = False) -> str:
        """What a predicate is called, read from its subject or (inverse) from its object."""
        local = re.split(r"[#/]", iri)[-1]
        name = PREDICATES.get(local, local)
        return self.word(f"{name}.of" if inverse else name)

    def thing(self, thing: Thing) -> str:
        """The name of an entity: of a region that of the catalogue, of a time in words, of others their key."""
        if thing.kind == "region":
            region = catalogue.regions().get(thing.key)
            return region.name if region else thing.key
        return self.when(thing.key) if thing.kind == "time" else thing.key

    def when(self, edtf: str) -> str:
        """EDTF level 1 in words: ../2021-10-31 -> 2021年10月31日前."""
        start, slash, end = edtf.partition("/")
        if not slash:
            return self._day(start)
        if start in ("", ".."):
            return self.word("edtf.before", date=self._day(end))
        if end in ("", ".."):
            return self.word("edtf.after", date=self._day(start))
        return self.word("edtf.between", a=self._day(start), b=self._day(end))

    def _day(self, text: str) -> str:
        year, month, day = ([*TAIL.sub("", text).split("-"), "", ""])[:3]
        if month in ("21", "22", "23", "24"):
            season = self.word(f"season.{month}")
            return f"{year}年{season}" if self.chinese else f"{season} {year}"
        known = [part for part in (year, month, day) if part and part != "XX"]
        if not self.chinese:
            return "-".join(known)
        spoken = f"{year[:3]}0年代" if year.endswith("X") and year[2] != "X" else f"{year.replace('X', '0')}年"
        return spoken + "".join(f"{int(p)}{u}" for p, u in zip(known[1:], "月日", strict=False) if p.isdigit())

    def number(self, value: str) -> str:
        """A decimal with thousands marked, or in 万 and 亿: 54015000 -> 5,401.5万."""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if self.chinese:
            for size, mark in LARGE:
                if abs(number) >= size:
                    return f"{_plain(number / size)}{mark}"
        return _plain(number)

    def amount(self, value: str, unit: str, bound: str) -> str:
        """A quantity in words: 73000, 次, > -> 超过 7.3万次."""
        gap = "" if self.chinese or not unit or unit in "%％‰" else " "
        text = f"{self.number(value)}{gap}{unit}"
        return self.word(f"bound.{bound}", n=text) if bound in ("<", ">", "~") else text


def _plain(number: Decimal) -> str:
    text = f"{number:,.4f}"
    return text.rstrip("0").rstrip(".")


def short(name: str, most: int = 10) -> str:
    """At most so many characters."""
    return name if len(name) <= most else name[: most - 1] + "…"
