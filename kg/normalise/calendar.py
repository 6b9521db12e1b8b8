"""Chinese calendar expressions -> EDTF level 1, against the day of publication and the dates before them.

10月底前 -> ../2021-10-31, 今年一季度 -> 2023-01/2023-03, 自2021年5月1日起 -> 2021-05-01/..
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from kg import edtf
from kg.normalise import calendar_grammar as grammar
from kg.normalise import period
from kg.normalise.moment import Context, Moment, Reading, day_moment, interval, months_after
from kg.normalise.numeral import integer, positional
from kg.normalise.pattern import pattern

FIRST_YEAR, LAST_YEAR = 1600, 2199  # 3000年 in news is a length of time


NAMED = pattern(r"[^，。！？；：”]{1,8}”")


class _Point(NamedTuple):
    first: Moment
    last: Moment
    end: int
    rule: str
    excluded: bool
    """Whether 前 behind it means the day before it begins: 8月前, 春节前; not 4月22日前, 8月底前."""


class _Reader:
    """Reads the point at one place of a text."""

    __slots__ = ("context", "end", "pos", "published", "text")

    def __init__(self, text: str, pos: int, published: date | None, context: Context | None) -> None:
        self.text, self.pos, self.published, self.context = text, pos, published, context
        self.end = pos

    def point(self) -> _Point | None:
        """The year, month, day or part of a year that begins here."""
        match = grammar.POINT.match(self.text, self.pos)
        if not match or match.end() == self.pos:
            return None
        self.end = end = match.end()
        try:
            found = self._resolve(match)
        except (ValueError, OverflowError):
            return None
        if found is None:
            return None
        first, last, rule = found
        if not (FIRST_YEAR <= first.year <= last.year <= LAST_YEAR and first.is_real() and last.is_real()):
            return None
        if last.day:
            excluded = bool(match["holiday"])
        else:
            part = match["part"] or match["yend"] or match["mpart"] or match["first"]
            excluded = not part and self.text[end - 1] not in "底末"
        return _Point(first, last, end, rule, excluded)

    def _resolve(self, m: re.Match[str]) -> tuple[Moment, Moment, str] | None:
        if m["iso"]:
            moment = Moment(*(integer(part) or 0 for part in re.split(r"[-/.．]", m["iso"])))
            return moment, moment, "date.absolute"
        if m["rday"]:
            return self._day_word(m["rday"])
        if m["week"]:
            return self._weekday(m["week"], m["weekday"])
        year, rule = self._year(m)
        if year is None and (m["year"] or m["ryear"]):
            return None
        if m["same"]:
            return self._same(year) if m["ryear"] else None
        if m["part"] or m["yend"]:
            start, end = (int(part) for part in grammar.WORDS[m["part"] or m["yend"]].value.split("/"))
            year = year or self._lean(start, 300 if end == 12 and start == end else 183)
            if not year:
                return None
            if (start, end) == (1, 12):  # 年内
                return Moment(year), Moment(year), rule or "date.part"
            return Moment(year, end if m["close"] else start), Moment(year, end), rule or "date.part"
        if m["first"]:
            return self._first(m["first"], year, rule)
        if m["holiday"]:
            return self._holiday(m, year)
        if m["month"] or m["rmonth"]:
            return self._month(m, year, rule)
        if m["day"]:
            return None if year else self._bare_day(m)
        return (Moment(year), Moment(year), rule) if year else None

    def _year(self, m: re.Match[str]) -> tuple[int | None, str]:
        if m["year"]:
            return positional(m["year"].replace("Ｏ", "〇")), "date.absolute"
        if not m["ryear"]:
            return None, ""
        word = grammar.WORDS[m["ryear"]]
        if word.kind == "year before" and self.context and self._near("。！？\n"):
            return self.context.last.year + int(word.value), "date.context"
        if word.kind != "year of the text":
            return (self.published.year + int(word.value) if self.published else None), "date.relative"
        return (self.context.last.year + int(word.value) if self.context else None), "date.context"

    def _lean(self, month: int, slack: int = 62) -> int | None:
        """The year of a month that names none; `slack` is how many days ahead of publication it may lie."""
        before, published = self.context, self.published
        if before and self.pos - before.end <= 1:
            return before.last.year + (before.last.month > month and self.text[before.end : self.pos] not in "、和及与")
        if before and published is None:
            return before.last.year
        if published is None:
            return None
        if before and self._near("。！？\n"):
            if before.last.year < published.year:
                return before.last.year + (before.last.month > month)
            if before.last.year == published.year and published.month < before.last.month < month:
                return published.year  # 9月1日转换; …定于11月1日
        suffix, future = self._outlook()
        ahead = (date(published.year, month, 1) - published).days
        if (suffix == "deadline" and ahead < -213) or (suffix == "start" and ahead < -300):
            return published.year + 1  # in December, 1月底前 and 1月1日起 mean the year to come
        told = before is not None and before.last.year < published.year and before.last.month < month
        if before and told and ahead > 0 and not (suffix or future) and self._near("\n"):
            return before.last.year  # in March 2021: 2019年1月…。5月，办公厅发文
        if suffix == "start":
            slack = max(slack, 213 if future else 92)
        elif suffix == "deadline" or future:
            return published.year
        return published.year - (ahead > slack)

    def _outlook(self) -> tuple[str, bool]:
        """What follows (deadline for 前, start for 起, or nothing), and whether the words around look forward."""
        suffix = grammar.SUFFIX.match(self.text, self.end)
        follows = self.text[self.end : self.end + 1]
        kind = "deadline" if suffix and suffix["deadline"] else "start" if follows == "起" else ""
        around = self.text[max(0, self.pos - 10) : self.pos + 18]
        return kind, bool(grammar.FUTURE.search(around))

    def _near(self, breaks: str) -> bool:
        """Whether none of these marks stands between the last date and here."""
        if not self.context:
            return False
        between = self.text[self.context.end : self.pos]
        return not any(mark in between for mark in breaks)

    def _day_word(self, form: str) -> tuple[Moment, Moment, str] | None:
        word = grammar.WORDS[form]
        told = self.context.day if self.context and word.kind in grammar.TEXT_DAYS else None
        if word.kind == "same day" and told is None:
            return None  # 三地同日揭牌: in a headline, the same as each other
        if word.kind == "day of the sentence" and not self._near("。！？\n"):
            told = None  # 5月14日公布，即日施行; …。即日起受理
        if self.text[self.pos - 1 : self.pos] == "“" and NAMED.match(self.text, self.end):
            return None  # “今日水情”: a name
        passing = self.pos and self.text[self.pos - 1] not in grammar.CLAUSE
        if passing and word.kind in grammar.TEXT_DAYS and word.value != "0":
            return None  # 次日送达 in passing
        base = told.first() if told else self.published
        if base is None:
            return None
        moment = day_moment(base + timedelta(days=int(word.value)))
        return moment, moment, "date.relative" if word.kind == "day" else "date.context"

    def _weekday(self, week: str, weekday: str) -> tuple[Moment, Moment, str] | None:
        if not self.published:
            return None
        monday = self.published + timedelta(days=7 * int(grammar.WORDS[week].value) - self.published.weekday())
        if weekday == "末":
            return (
                day_moment(monday + timedelta(days=5)),
                day_moment(monday + timedelta(days=6)),
                "date.weekday",
            )
        moment = day_moment(monday + timedelta(days="一二三四五六日".index(weekday.replace("天", "日"))))
        return moment, moment, "date.weekday"

    def _same(self, year: int | None) -> tuple[Moment, Moment, str] | None:
        """去年同期: the last stretch of time, in that year."""
        before = self.context
        if year is None:
            return None
        if before is None or not self._near("\n"):
            return Moment(year), Moment(year), "date.same"
        shift = year - before.last.year
        return (
            before.first._replace(year=before.first.year + shift),
            before.last._replace(year=year),
            "date.same",
        )

    def _first(self, words: str, year: int | None, rule: str) -> tuple[Moment, Moment, str] | None:
        """前10个月: from January on."""
        count = integer(words[1:].removesuffix("月").removesuffix("个").replace("两", "二"))
        if count is None or not 1 <= count <= 12:
            return None
        if year is None and self.published:
            year = self.published.year - (count > self.published.month)
        return (Moment(year, 1), Moment(year, count), rule or "date.part") if year else None

    def _holiday(self, m: re.Match[str], year: int | None) -> tuple[Moment, Moment, str] | None:
        festival, day = grammar.HOLIDAYS[m["holiday"]]
        following = self.text[m.end() : m.end() + 2]
        quoted = self.text[self.pos - 1 : self.pos] == "“" and following[:1] == "”"
        if (
            year is None
            and not quoted
            and not grammar.SUFFIX.match(self.text, m.end())
            and following not in ("当天", "当日")
        ):
            return None  # 春节淡季: the season, no day
        if year is None and self.published:
            year = self._lean(int(day[:2]) if day else (2 if festival in ("春节", "除夕", "元宵节") else 9), 183)
        full = f"{year:04}-{day}" if year and day else grammar.LUNAR.get((year or 0, festival))
        if not full or m["tail"]:
            return (Moment(year), Moment(year), "date.absolute") if year and m["year"] else None
        moment = day_moment(date.fromisoformat(full))
        return moment, moment, "date.holiday"

    def _month(self, m: re.Match[str], year: int | None, rule: str) -> tuple[Moment, Moment, str] | None:
        if m["rmonth"]:
            word = grammar.WORDS[m["rmonth"]]
            base = (day_moment(self.published) if self.published else None) if word.kind == "month" else None
            if word.kind != "month" and self.context:
                base = self.context.last
            if base is None or not base.month or year:
                return None
            moment, rule = (
                months_after(base, int(word.value)),
                "date.relative" if word.kind == "month" else "date.context",
            )
        else:
            month = integer(m["month"].replace("元", "一")) or 0
            if not 1 <= month <= 12 or (
                not m["month"][0].isdigit() and self.text[self.pos - 1 : self.pos] in tuple("每第个")
            ):
                return None
            year = year or self._lean(month)
            if not year:
                return None
            moment, rule = Moment(year, month), rule or "date.month"
        if m["day"]:
            moment = Moment(moment.year, moment.month, integer(m["day"]) or 99)
        return moment, moment, rule

    def _bare_day(self, m: re.Match[str]) -> tuple[Moment, Moment, str] | None:
        """27日: in the month of the last date nearby, else in that of publication or the one before."""
        day = integer(m["day"]) or 99
        before, published = self.context, self.published
        if self.text[self.pos - 1 : self.pos] in grammar.NO_BEFORE_DAY and self.pos:
            return None
        if (not m["day"][0].isdigit() and day < 10) or grammar.WITHIN_DAYS.match(self.text, m.end()):
            return None
        leans = before is not None and before.last.month > 0
        if before and published and before.last.first() > published and not self._near("。！？\n"):
            leans = False  # 年底将至。法院23日召开发布会: in the month of the article, not in December
        report = self.text[max(0, self.pos - 2) : self.pos] == "记者" or grammar.REPORT.match(self.text, m.end())
        if before and leans and (published is None or (self._near("\n") and not report)):
            moment = Moment(before.last.year, before.last.month, day)
            if self._outlook()[0] == "deadline" and before.last.last().day > day:
                moment = months_after(moment, 1)._replace(day=day)
            return moment, moment, "date.context"
        if published is None:
            return None
        moment = Moment(published.year, published.month, day)
        if day > published.day and (report or self._outlook() == ("", False)):
            moment = months_after(moment, -1)._replace(day=day)
        return moment, moment, "date.day"


def read(text: str, pos: int, published: date | None = None, context: Context | None = None) -> Reading | None:
    """The expression that begins at `text[pos]` (自 and 从 before it join it), or None."""
    before = text[max(0, pos - 2) : pos]
    leads = before[-1:]
    if leads in grammar.NO_BEFORE_DATE or before in ("每年", "历年", "每月"):
        return None
    if leads.isascii() and leads.isalnum() and text[pos].isdecimal():
        return None
    point = _Reader(text, pos, published, context).point()
    if point is None:
        return period.read(text, pos, published, context)
    first, last, end, rule, excluded = point
    if text[end : end + 1] in ("（", "(") and last.day:
        inside = _Reader(text, end + 1, published, context).point()
        if inside and text[inside.end : inside.end + 1] in ("）", ")") and inside.last.day:
            if inside.last.day != last.day:  # 今天（26日） in news of the 27th: the figure holds
                first, last = inside.first, inside.last
            end = inside.end + 1
    after = grammar.RANGE.match(text, end)
    ranged = False
    if after:
        lean = Context(last, last, last if last.day else None, after.end(), last)
        until = _Reader(text, after.end(), published, lean).point()
        if until and first.first() < until.last.last():
            last, end, excluded = until.last, until.end, until.excluded
            rule, ranged = "date.range", True
    if text[end : end + 2] in ("期间", "时期"):
        end += 2
    latest = max(last, context.latest) if context else last
    value, start = interval(first, last), pos
    suffix = grammar.SUFFIX.match(text, end)
    since = leads == "自"
    if suffix and suffix["deadline"]:
        until_day = last.first() - timedelta(days=1) if excluded and not ranged else last.last()
        end = suffix.end()
        over = published and until_day < published and not last.day
        if not over or suffix["deadline"] == "前":  # 2018年6月之前，办证要跑三趟: back then, no term
            value, rule = f"../{until_day.isoformat()}", "date.deadline"
    elif grammar.AT_LATEST.search(text, max(0, pos - 4), pos):
        value, rule = f"../{last.last().isoformat()}", "date.deadline"
    elif (suffix or since) and not ranged:
        value, rule = f"{first.text()}/..", "date.start"
        end = suffix.end() if suffix else end
        start -= since or leads == "从"
    if rule == "date.same":  # a comparison; what follows goes on from where the text was
        return Reading(start, end, value, rule, context)
    named = last.day and not value.startswith("..") and not ranged and before not in ("截至", "截止")
    day = last if named else context.day if context else None
    return Reading(start, end, value, rule, Context(first, last, day, end, latest))


def normalise(words: str, published: date | None = None, context: date | None = None) -> str | None:
    """The EDTF of an expression that fills `words`, or None; `context` is the last day named before it.

    Only what `edtf.bounds` accepts comes out.
    """
    day = day_moment(context) if context else None
    lean = Context(day, day, day, -2, day) if day else None
    pos = len(words) - len(words.lstrip("自从"))
    reading = read(words, pos, published, lean) if words else None
    if reading is None or reading.end != len(words):
        return None
    edtf.bounds(reading.edtf)
    return reading.edtf
