"""Years, months and days as Chinese names them, and what one read expression leaves to those after it."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Moment(NamedTuple):
    """A year, a month or a day; the parts that are not said are 0."""

    year: int
    month: int = 0
    day: int = 0

    def text(self) -> str:
        """As EDTF: 2021, 2021-07, 2021-07-27."""
        return _text(self)

    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """Its last day."""
        if self.day:
            return self.first()
        year, month = (self.year, self.month + 1) if 0 < self.month < 12 else (self.year + 1, 1)
        return date(year, month, 1) - timedelta(days=1)

    def is_real(self) -> bool:
        """Whether the calendar has it: not 30 February, not month 13."""
        try:
            self.first()
        except (ValueError, OverflowError):
            return False
        return True


@lru_cache(maxsize=1024)  # articles name the same days again and again
def _text(moment: Moment) -> str:
    year, month, day = moment
    months, days = f"-{month:02}" if month else "", f"-{day:02}" if day else ""
    return f"{year:04}{months}{days}"


class Context(NamedTuple):
    """The last date read, which later words lean on (同年, 次日, 23日)."""

    first: Moment
    last: Moment
    day: Moment | None
    """The last full day so far."""
    end: int
    """Where the expression ended."""
    latest: Moment
    """The latest moment so far: the present of a text without a publication date."""


class Reading(NamedTuple):
    """One expression read: `text[start:end]`, its EDTF, the rule, and the context for what follows."""

    start: int
    end: int
    edtf: str
    rule: str
    context: Context | None


def day_moment(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def months_after(moment: Moment, count: int) -> Moment:
    """A month so many months later (earlier if negative)."""
    index = moment.year * 12 + moment.month - 1 + count
    return Moment(index // 12, index % 12 + 1)


def interval(first: Moment, last: Moment) -> str:
    if first == last:
        return first.text()
    return f"{first.text()}/{last.text()}"
