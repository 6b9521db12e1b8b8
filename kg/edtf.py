"""Dates in EDTF, level 1 (https://www.loc.gov/standards/datetime/): which strings are one, and their days.

Both halves use it: the text half checks what it made, the graph half writes the bounds.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

DATE = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?", re.ASCII)  # 2021-06-23, 202X
DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/\.\.)?", re.ASCII)  # 2021-07-01, 2021-07-01/..
UNSPECIFIED = re.compile(r"[0-9]{4}|[0-9]{3}X|[0-9]{2}XX", re.ASCII)  # 2021, 202X, 20XX
SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}  # spring .. winter -> first of its three months
OPEN = ("", "..")  # unknown, open


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _date(text: str) -> tuple[date, date]:
    """First and last day of one date without `/`."""
    match = DATE.fullmatch(text)
    if not match or not UNSPECIFIED.fullmatch(match[1]):
        raise ValueError(f"not an EDTF date: {text!r}")
    year, month, day = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in SEASONS and day is None and first == last:
        start = date(first, SEASONS[month], 1)
        end = (start + timedelta(days=89)).replace(day=1)
        return start, _last(end.year, end.month)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError(f"not an EDTF date: {text!r}")
        return date(first, 1, 1), date(last, 12, 31)
    if first != last or "X" in month:
        raise ValueError(f"not an EDTF date: {text!r}")
    if day in (None, "XX"):
        return date(first, int(month), 1), _last(first, int(month))
    full = date(first, int(month), int(day))
    return full, full


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that an EDTF string allows; an open or unknown end is None.

    `2021-10` -> 2021-10-01, 2021-10-31; `../2021-10-31` -> None, 2021-10-31. A season is three months from
    March, June, September or December on. Raises ValueError for what is no EDTF of level 1, an interval that
    ends before it begins, and years outside 1..9999.
    """
    start, slash, end = edtf.partition("/")
    try:
        if not slash:
            return _date(start)
        if start in OPEN and end in OPEN:
            raise ValueError(f"an interval without ends: {edtf!r}")
        first = None if start in OPEN else _date(start)[0]
        last = None if end in OPEN else _date(end)[1]
    except ValueError as error:
        raise ValueError(f"not an EDTF date: {edtf!r}") from error
    if first and last and last < first:
        raise ValueError(f"an interval that ends before it begins: {edtf!r}")
    return first, last


def day(edtf: str) -> str | None:
    """The one full day that a date or its open start names (`2021-07-01`, `2021-07-01/..`), or None."""
    match = DAY.fullmatch(edtf)
    return match[1] if match else None
