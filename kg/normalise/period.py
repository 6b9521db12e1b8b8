"""Stretches of time that are no year, month or day: five-year plans, decades, years back from now, eras.

“十四五”时期 -> 2021/2025, 上世纪80年代 -> 1980/1989, 三年来 -> 2018-07/2021-07, 党的十八大以来 -> 2012-11/..
"""

import re
from datetime import date

from kg.normalise import calendar_grammar as grammar
from kg.normalise.moment import Context, Reading, day_moment, months_after
from kg.normalise.numeral import integer

ERA_STARTS = frozenset(form[0] for form in grammar.ERAS)


def read(text: str, pos: int, published: date | None, context: Context | None) -> Reading | None:
    """Five-year plans, decades, years back from now, eras."""
    if text[pos] in "“九十" and (plan := grammar.PLAN.match(text, pos)):
        return _plan(plan, text, context)
    if (decade := grammar.DECADE.match(text, pos)) and (decade["century"] or "世纪" not in decade[0]):
        century = {"上": 20}.get(decade["century"] or "上") or integer(decade["century"]) or 20
        ten = integer(decade["ten"].replace("0", "").replace("０", "").replace("十", "") or "0") or 0
        start = (century - 1) * 100 + ten * 10
        return Reading(pos, decade.end(), f"{start}/{start + 9}", "date.decade", context)
    if (back := grammar.BACK.match(text, pos)) and (back["near"] or back["come"]):
        return _back(back, text, published, context)
    if text[pos] in ERA_STARTS and (era := grammar.ERA.match(text, pos)):
        return Reading(pos, era.end(), f"{grammar.ERAS[era['era']]}/..", "date.era", context)
    return None


def _plan(plan: re.Match[str], text: str, context: Context | None) -> Reading | None:
    name, part = plan["plan"], plan["part"]
    if not plan["open"] and (name not in grammar.BARE_PLANS and part not in ("时期", "期间")):
        return None
    if not plan["open"] and (
        grammar.NOT_A_PLAN.match(text, plan.end()) or text[plan.start() - 1 : plan.start()] in tuple('“"第')
    ):
        return None
    start, end = grammar.PLANS[name]
    value = {
        "末": f"{end}",
        "期末": f"{end}",
        "收官之年": f"{end}",
        "开局之年": f"{start}",
        "以来": f"{start}/..",
    }
    return Reading(plan.start(), plan.end(), value.get(part or "", f"{start}/{end}"), "date.plan", context)


def _back(back: re.Match[str], text: str, published: date | None, context: Context | None) -> Reading | None:
    now = day_moment(published) if published else context.latest if context else None
    before = text[max(0, back.start() - 2) : back.start()]
    if (
        now is None
        or not now.month
        or now.year < 1700
        or before.endswith(("第", "用", "时", "达", "了", "多", "余", "几", "数"))
    ):
        return None
    count = integer(back["count"]) if back["count"] else 0
    if count is None:
        return None
    months = 6 if back["half"] else count * (12 if back["unit"] == "年" else 1)
    if published and context and context.last == (published.year - count, 0, 0) and back["unit"] == "年":
        return Reading(back.start(), back.end(), f"{context.last.year}/{published.year}", "date.back", context)
    now = now._replace(day=0)
    return Reading(back.start(), back.end(), f"{months_after(now, -months).text()}/{now.text()}", "date.back", context)
