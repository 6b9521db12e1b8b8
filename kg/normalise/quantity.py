"""Words that name an amount -> value, unit and bound: 7.3万余次 -> 73000, 次, >; 超八成 -> 80, %, >.

A range (3至5个工作日) counts with its upper end and `<`. The words are data: `lexicon/units.csv`, `bounds.csv`.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from kg import catalogue
from kg.normalise.alternatives import alternatives
from kg.normalise.numeral import DIGIT, HAN, HAN_DIGIT, NUMBER, number


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
_BOUNDS = {(row["place"], row["form"]): row["bound"] for row in catalogue.lexicon("bounds")}


_UNIT = alternatives(UNITS, not_before={row["form"]: row["not_before"] for row in catalogue.lexicon("units")})
_AFTER = alternatives(form for place, form in _BOUNDS if place == "after")
_LED = tuple(sorted((form for place, form in _BOUNDS if place == "before"), key=lambda form: (-len(form), form)))
_NOT_AFTER = {row["form"]: row["not_after"] for row in catalogue.lexicon("bounds") if row["place"] == "before"}
_LED_ENDS = frozenset(form[-1] for form in _LED) | frozenset("了 ")
_ONE = rf"(?P<number>(?>{NUMBER})|半)(?P<mid>个[半多](?=小时|钟头))?[ ]?(?P<unit>{_UNIT})?(?P<plus>半(?![天夜数年]))?"
_SHARE = (
    rf"(?P<base>[{HAN}]{{1,2}})分之(?P<part>{NUMBER})"
    rf"|(?P<tenths>[{HAN_DIGIT}])成(?P<rest>[{HAN_DIGIT}半])?(?P<more>[余多])?(?![{HAN}不员立为果功熟交本就都效长分品因人年套片型绩才])"
    r"|(?P<half>一半|半数)"
    r"|翻了?(?P<fold>[一两二三四])?[番倍](?!新)"
)
_RANGE = rf"(?:(?P<low>(?>{NUMBER}))(?:{_UNIT})?(?:至|到|-|－|—{{1,2}}|~|～))?"
_END = rf"(?P<after>{_AFTER}|内(?![部容外涵地资需设控]))?"
# 3197项, 7.3万余次, 八成五, 三分之一, 一个半小时; and with a lower end: 3至5个工作日
SINGLE = re.compile(f"(?:{_SHARE}|{_ONE}){_END}")
AMOUNT = re.compile(f"(?:{_SHARE}|{_RANGE}{_ONE}){_END}")
_MORE = re.compile("[余多]")
_BARE = frozenset("百千万亿")


def read(text: str, pos: int) -> Amount | None:
    """The amount whose numeral begins at `text[pos]`, with the words of its bound before and after; None if none."""
    steps = pos > 0 and text[pos - 1] in "从由"  # 从68%至99.6%: two amounts
    match = (SINGLE if steps else AMOUNT).match(text, pos)
    if not match:
        return None
    value, unit, written = _value(match)
    if value is None:
        return None
    end = match.end()
    bound = _BOUNDS.get(("after", match["after"] or ""), "=")
    if match["after"] == "内":
        if unit.kind in ("time", "period"):
            bound = "<"
        else:
            end -= 1
    if bound == "=" and not steps and match["low"]:
        bound = "<"
    if bound == "=" and (
        (match["more"] or _MORE.search(match["number"] or match["part"] or "")) or (match["mid"] or "").endswith("多")
    ):
        bound = ">"
    start = pos
    if pos and text[pos - 1] in _LED_ENDS and (led := _bound_before(text, pos)):
        start, bound = led
    if unit.multiplier != 1:
        value *= unit.multiplier
    return Amount(start, end, _canonical(value), unit, bound, written, pos)


def _bound_before(text: str, pos: int) -> tuple[int, str] | None:
    """Where the words of a bound that lead up to `pos` begin, and the bound: 超过了|100."""
    end = pos - (text[pos - 1] == " ")
    end -= text[end - 1 : end] == "了"
    for form in _LED:
        if text.endswith(form, 0, end):
            start = end - len(form)
            if text[start - 1 : start] not in tuple(_NOT_AFTER[form]):
                return start, _BOUNDS["before", form]
    return None


def _value(m: re.Match[str]) -> tuple[Decimal | None, Unit, str]:
    if m["base"]:
        base, part = number(m["base"]), number(m["part"])
        if not base or part is None:
            return None, PERCENT, ""
        if base == 1000:
            return part, PER_MILLE, m["part"]
        return round(part * 100 / base, 2), PERCENT, m["part"]
    if m["tenths"]:
        share = number(f"{m['tenths']}成{m['rest'] or ''}")
        return (None if share is None else share * 100), PERCENT, m["tenths"]
    if m["half"]:
        return Decimal(50), PERCENT, HALF
    if m["number"] is None:
        return Decimal(2) ** int(number(m["fold"] or "一") or 1), TIMES, m["fold"] or ""
    value = number(m["number"])
    unit = UNITS[m["unit"]] if m["unit"] else NO_UNIT
    if value is not None and ((m["mid"] or "").endswith("半") or m["plus"]):
        value += Decimal("0.5")
    return value, unit, m["number"]


def _canonical(value: Decimal) -> Decimal:
    """The same number in one form only, without exponent: 8310000000000, 0.5."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def is_bare(numeral: str) -> bool:
    """Whether a numeral is a mere order of magnitude (万套), which counts only with a bound."""
    return all(character in _BARE for character in _MORE.sub("", numeral))


def normalise(words: str) -> tuple[Decimal, str, str] | None:
    """Value, unit and bound of an amount that fills `words`, or None: 超5401万 -> 54010000, "", >."""
    for match in re.finditer(f"[{DIGIT}{HAN}半翻]", words):
        amount = read(words, match.start())
        if amount and amount.start == 0 and amount.end == len(words):
            return amount.value, amount.unit.unit, amount.bound
    return None
