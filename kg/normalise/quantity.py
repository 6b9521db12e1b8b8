"""Words that name an amount -> value, unit and bound: 7.3万余次 -> 73000, 次, >; 超八成 -> 80, %, >.

A range (3至5个工作日) counts with its upper end and `<`. The words are data: `lexicon/units.csv`, `bounds.csv`.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kg import catalogue
from kg.normalise.alternatives import alternatives
from kg.normalise.numeral import DIGIT, HAN, HAN_DIGIT, LONGEST, NUMBER, number
from kg.normalise.pattern import pattern


class Unit(NamedTuple):
    """A row of units.csv."""

    unit: str
    """As it stands in a quantity: ％ -> %."""
    kind: str
    """count, share, money, measure, time or period."""
    multiplier: Decimal
    han_from: int
    """The least Chinese numeral that counts as a number with it, rather than as an article (一个)."""


class Amount(NamedTuple):
    """One amount read: `text[start:end]`."""

    start: int
    end: int
    value: Decimal
    unit: Unit
    bound: str
    number: str
    """The numeral as written."""
    at: int
    """Where the numeral begins, after the words of the bound."""


UNITS = {
    row["form"]: Unit(row["unit"], row["kind"], Decimal(row["multiplier"]), int(row["han_from"]))
    for row in catalogue.lexicon("units")
}
HALF = "一半"
"""The numeral of an amount that says 一半 or 半数."""
NO_UNIT = Unit("", "count", Decimal(1), 10000)
PERCENT, PER_MILLE, TIMES = UNITS["%"], UNITS["‰"], UNITS["倍"]
_AFTER = {row["form"]: row["bound"] for row in catalogue.lexicon("bounds") if row["place"] == "after"}


def _leading_bounds() -> dict[str, list[tuple[str, frozenset[str], str]]]:
    """By last character, longest first: words of a bound before a numeral, what may not precede them, the bound."""
    found: dict[str, list[tuple[str, frozenset[str], str]]] = {}
    for row in sorted(catalogue.lexicon("bounds"), key=lambda row: (-len(row["form"]), row["form"])):
        if row["place"] == "before":
            found.setdefault(row["form"][-1], []).append((row["form"], frozenset(row["not_after"]), row["bound"]))
    return found


_LEADING = _leading_bounds()
_LEADING_ENDS = frozenset(_LEADING) | frozenset("了 ")
_UNIT = alternatives(UNITS, not_before={row["form"]: row["not_before"] for row in catalogue.lexicon("units")})
_END = rf"(?P<after>{alternatives(_AFTER)}|内(?![部容外涵地资需设控]))?"
_MID = rf"(?P<mid>个[半多](?=小时|钟头)|以上(?={_UNIT}))?[ ]?"
_ONE = rf"(?P<number>(?>{NUMBER})|半){_MID}(?P<unit>{_UNIT})?(?P<plus>半(?![天夜数年]))?"
AMOUNT = pattern(_ONE + _END)  # 3197项, 7.3万余次, 一个半小时, 2100万以上人次
RANGE = pattern(rf"(?>{NUMBER})(?:{_UNIT})?(?:至|到|-|－|—{{1,2}}|~|～){_ONE}{_END}")  # 3至5个工作日
_RANGE_SIGNS = frozenset("至到-－—~～")  # no unit holds one of them
_STEPS = frozenset("从由")  # 从68%至99.6%: two amounts
# 三分之一, 八成五, 一半, 翻两番
SHARE = pattern(
    rf"(?:(?P<base>[{HAN}]{{1,2}})分之(?P<part>{NUMBER})"
    rf"|(?P<tenths>[{HAN_DIGIT}])成(?P<rest>[{HAN_DIGIT}半])?(?P<more>[余多])?(?![{HAN}不员立为果功熟交本就都效长分品因人年套片型绩才])"
    r"|(?P<half>一半|半数)"
    rf"|翻了?(?P<fold>[一两二三四])?[番倍](?!新)){_END}"
)
_SHARE_OPENING = frozenset(f"{HAN}半翻")
_BARE = frozenset("百千万亿余多")


def read(text: str, pos: int) -> Amount | None:
    """The amount whose numeral begins at `text[pos]`, with the words of its bound before and after; None if none."""
    ranged = False
    match = SHARE.match(text, pos) if text[pos] in _SHARE_OPENING else None
    if match:
        value, unit, written = _share(match)
        vague = match["more"] or "余" in written or "多" in written
    else:
        match = AMOUNT.match(text, pos)
        if not match:
            return None
        follows = text[match.end() : match.end() + 1]
        if follows in _RANGE_SIGNS and text[pos - 1 : pos] not in _STEPS and (both := RANGE.match(text, pos)):
            match, ranged = both, True
        written, mid, form = match.group("number", "mid", "unit")
        value = (
            _value(written, form, bool(match["plus"] or (mid and mid[-1] == "半"))) if len(written) <= LONGEST else None
        )
        unit = UNITS[form] if form else NO_UNIT
        vague = "余" in written or "多" in written or (mid and mid[-1] in "多上")
    if value is None:
        return None
    end, after = match.end(), match["after"]
    bound = _AFTER.get(after, "=") if after else "="
    if after == "内":
        if unit.kind in ("time", "period"):
            bound = "<"
        else:
            end -= 1
    if bound == "=" and ranged:
        bound = "<"
    if bound == "=" and vague:
        bound = ">"
    start = pos
    if pos and text[pos - 1] in _LEADING_ENDS and (led := _bound_before(text, pos)):
        start, bound = led
    return Amount(start, end, value, unit, bound, written, pos)


def _bound_before(text: str, pos: int) -> tuple[int, str] | None:
    """Where the words of a bound that lead up to `pos` begin, and the bound: 超过了|100."""
    end = pos - (text[pos - 1] == " ")
    end -= text[end - 1 : end] == "了"
    for form, not_after, bound in _LEADING.get(text[end - 1 : end], ()):
        if text.endswith(form, 0, end):
            start = end - len(form)
            if text[start - 1 : start] not in not_after:
                return start, bound
    return None


@lru_cache(maxsize=4096)  # the same amounts come again and again
def _value(written: str, unit: str | None, half: bool) -> Decimal | None:
    """A numeral in base units; `half` for 个半 and 半 behind it."""
    value = number(written)
    if value is None:
        return None
    if half:
        value += Decimal("0.5")
    if unit and UNITS[unit].multiplier != 1:
        value *= UNITS[unit].multiplier
    return _canonical(value)


def _share(m: re.Match[str]) -> tuple[Decimal | None, Unit, str]:
    """The value, unit and numeral of 三分之一, 八成五, 一半, 翻两番."""
    if m["base"]:
        base, part = number(m["base"]), number(m["part"])
        if not base or part is None:
            return None, PERCENT, ""
        if base == 1000:
            return _canonical(part), PER_MILLE, m["part"]
        return _canonical(round(part * 100 / base, 2)), PERCENT, m["part"]
    if m["tenths"]:
        share = number(f"{m['tenths']}成{m['rest'] or ''}")
        return (None if share is None else _canonical(share * 100)), PERCENT, m["tenths"]
    if m["half"]:
        return Decimal(50), PERCENT, HALF
    return Decimal(2) ** int(number(m["fold"] or "一") or 1), TIMES, m["fold"] or ""


def _canonical(value: Decimal) -> Decimal:
    """The same number in one form only, without exponent: 8310000000000, 0.5."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def is_bare(numeral: str) -> bool:
    """Whether a numeral is a mere order of magnitude (万套), which counts only with a bound."""
    return _BARE.issuperset(numeral)


def normalise(words: str) -> tuple[Decimal, str, str] | None:
    """Value, unit and bound of an amount that fills `words`, or None: 超5401万 -> 54010000, "", >."""
    for match in re.finditer(f"[{DIGIT}{HAN}半翻]", words):
        amount = read(words, match.start())
        if amount and amount.start == 0 and amount.end == len(words):
            return amount.value, amount.unit.unit, amount.bound
    return None
