"""What a source says of its date -> the calendar day in China.

A time with a zone is moved to China's (UTC+8 all year since 1992); without one it is China's already.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from kg.normalise.pattern import pattern

CHINA = timezone(timedelta(hours=8))
_EARLIEST, _LATEST = date(1949, 10, 1), date(2100, 1, 1)
"""Days outside are slips or the zero of some clock."""

DAY = pattern(  # 2021年7月27日 09:30 · 2021/7/27 · 2021-7-27 23:00:00 +0000 · 2024-03-01-08:20:00
    r"(?<!\d)(\d{4})\s*[年/.\-－]\s*(\d{1,2})\s*[月/.\-－]\s*(\d{1,2})(?!\d)\s*[日号]?"
    r"(?:[\sT,\-]*(\d{1,2})[:：时](\d{1,2})(?:[:：分]\d{1,2}秒?(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
DIGITS = pattern(r"(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?", re.ASCII)  # 20210727 · 202107271030 · 20210727103000
UNIX = pattern(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?", re.ASCII)  # 1627378391 · 1627378391000 (milliseconds)
MONTH = pattern(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.ASCII)  # Tue, 27 Jul 2021 09:33:11 GMT
ZONE_APART = pattern(r"\s+(?=[+-]\d{2}:?\d{2}$)")  # 2018-12-03 09:00:00 +0800
CHINA_STANDARD_TIME = pattern(r"\bCST\b")  # Tue Jul 27 17:33:11 CST 2021, as Java writes it; never US Central here


def published_day(written: str) -> date | None:
    """The day in China that a date as written names; None if it names none."""
    written = written.strip()
    if not written or len(written) > 200:
        return None
    day = _day(written)
    return day if day is not None and _EARLIEST <= day <= _LATEST else None


@lru_cache(maxsize=1024)  # a page states its day in many places, and many pages the same
def _day(written: str) -> date | None:
    try:
        return _calendar_day(written)
    except (ValueError, OverflowError):
        return None


def _calendar_day(written: str) -> date | None:
    if digits := DIGITS.fullmatch(written):
        return date(int(digits[1]), int(digits[2]), int(digits[3]))
    if unix := UNIX.fullmatch(written):
        return datetime.fromtimestamp(int(unix[1]), CHINA).date()
    if MONTH.search(written):
        from email.utils import parsedate_to_datetime

        return _in_china(parsedate_to_datetime(CHINA_STANDARD_TIME.sub("+0800", written)))
    try:
        return _in_china(datetime.fromisoformat(ZONE_APART.sub("", written)))
    except ValueError:
        return _loose(written)


def _loose(written: str) -> date | None:
    """The first year, month and day in other words or order of digits than ISO 8601 has."""
    found = DAY.search(written)
    if found is None:
        return None
    year, month, day, hour, minute, zone = found.groups()
    moment = datetime(int(year), int(month), int(day), int(hour or 0) % 24, int(minute or 0))
    if zone is None:
        return moment.date()
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return _in_china(moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)))
    return _in_china(moment.replace(tzinfo=UTC))


def _in_china(moment: datetime) -> date:
    return (moment if moment.tzinfo is None else moment.astimezone(CHINA)).date()
