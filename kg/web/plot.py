"""Numbers -> places in small drawings: percent of the width across, pixels down, so that text never scales."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

BARS = 96
"""Most months that one drawing shows."""


class Bar(NamedTuple):
    """A column of a chart."""

    label: str
    amount: int
    left: float
    width: float
    height: float
    """Percent of the tallest."""


class Tick(NamedTuple):
    """A mark on the axis of time."""

    label: str
    left: float


class Axis:
    """An axis of time from the first to the last day, in percent."""

    def __init__(self, first: date, last: date) -> None:
        margin = max(timedelta(days=20), (last - first) * 3 / 100)
        self._first = first - margin if first - date.min > margin else date.min
        end = last + margin if date.max - last > margin else date.max
        self._days = max(1, (end - self._first).days)

    def at(self, day: date) -> float:
        """Where a day stands."""
        return round(100 * (day - self._first).days / self._days, 2)

    def years(self, most: int) -> list[Tick]:
        """Marks at the starts of years, every second, fifth ... one if there are many; of months in a short axis."""
        start, end = self._first, self._first + timedelta(days=self._days)
        days = [date(year, 1, 1) for year in range(start.year + 1, end.year + 1)]
        if len(days) < 2:
            months = [date(y, m, 1) for y in (start.year, start.year + 1) for m in range(1, 13)]
            days = [day for day in months if start < day <= end]
            step = max(1, -(-len(days) // most))
            return [Tick(f"{day:%Y-%m}", self.at(day)) for day in days[::step]]
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if len(days) / s <= most), 200)
        return [Tick(str(day.year), self.at(day)) for day in days if day.year % step == 0]


def months(counts: dict[str, int]) -> list[Bar]:
    """A column a month (2021-07), none left out between the first and the last; by year if there are too many."""
    if not counts:
        return []
    periods = _between(min(counts), max(counts))
    if len(periods) > BARS:
        years: dict[str, int] = {}
        for month, count in counts.items():
            years[month[:4]] = years.get(month[:4], 0) + count
        counts, periods = years, [str(year) for year in range(int(min(years)), int(max(years)) + 1)]
    width, most = 100 / len(periods), max(counts.values())
    return [
        Bar(p, counts.get(p, 0), round(i * width, 3), round(width * 0.82, 3), round(100 * counts.get(p, 0) / most, 1))
        for i, p in enumerate(periods)
    ]


def _between(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    found = [first]
    while found[-1] < last:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(f"{year:04}-{month:02}")
    return found


class Point(NamedTuple):
    """A number at its day."""

    left: float
    top: float
    label: str
    title: str
    link: str


class Line(NamedTuple):
    """One measure over time."""

    title: str
    points: tuple[Point, ...]
    low: str
    high: str
    first: str
    last: str
    zero: bool
    """Whether the foot of the drawing is nought."""


def places(values: Sequence[tuple[date, float]]) -> tuple[list[tuple[float, float]], bool]:
    """Percent across and percent down of numbers over time; from nought if the least is below half of the largest."""
    first, last = min(day for day, _ in values), max(day for day, _ in values)
    days = max(1, (last - first).days)
    low, high = min(v for _, v in values), max(v for _, v in values)
    zero = 0 <= low < high / 2 or low == high
    foot = min(0.0, low) if zero else low
    span = (high - foot) or 1.0
    return [
        (round(6 + 88 * (day - first).days / days, 2), round(88 - 76 * (v - foot) / span, 2)) for day, v in values
    ], zero
