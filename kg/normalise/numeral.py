"""Numerals -> Decimal: ASCII, full-width and Chinese digits, with 万 and 亿, decimals, shares and halves.

The value is the plain number: 1.5亿 -> 150000000, 八成 -> 0.8, 三分之一 -> 1/3, 一倍半 -> 1.5.
"""

from decimal import Decimal
from functools import lru_cache

from kg.normalise.pattern import pattern

DIGIT = "0-9０-９"
HAN_DIGIT = "〇○零一二两三四五六七八九"
HAN = f"{HAN_DIGIT}十百千万亿"

ARABIC = rf"[{DIGIT}]+(?:,[{DIGIT}]{{3}})*(?![{DIGIT}])(?:[.．][{DIGIT}]+)?"  # 1,234.5
SCALE = "[十百千]?万亿|[十百千]?[万亿]|百(?!分)|千(?![瓦克米])"  # the 千万 of 3千万
NUMBER = (
    rf"(?:(?:{ARABIC})[余多]?[ ]?(?:{SCALE})?)+[余多]?"
    rf"|(?:(?!千瓦|百分)[{HAN}])+(?:[余多][万亿]+)?(?:点[{HAN_DIGIT}]+[万亿]*)?[余多]?"
)
"""Source of a pattern for one number, 余 and 多 included: 4500多万, 1亿3000万, 三千五百余."""

LONGEST = 40
"""Characters of the longest numeral that is read: beyond it stands no amount but a code or a filler."""

_PLAIN = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_VALUES = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_VALUES |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}

_VAGUE = pattern("[余多 ]")
_PART = pattern(r"([0-9,]+(?:\.[0-9]+)?)([十百千万亿]*)")  # 4500万
_FRACTION = pattern(r"(.+)分之(.+)")  # 三分之一
_TENTHS = pattern(r"(.+)成(.?)")  # 八成, 八成五
_HALF = pattern(r"(.+)半")  # 一倍半, 一个半
_TIMES = pattern(r"(.+?)[倍个]?")


def plain(words: str) -> str:
    """Full-width digits, point and comma -> ASCII; everything else as it was."""
    return words.translate(_PLAIN)


def positional(words: str) -> int | None:
    """Digits read one by one: 二〇二一 -> 2021, ２０２１ -> 2021; None if a character is no digit."""
    if len(words) > LONGEST:
        return None
    digits = plain(words)
    if digits.isdecimal():
        return int(digits)
    value = 0
    for character in words:
        if character not in _VALUES:
            return None
        value = value * 10 + _VALUES[character]
    return value if words else None


def number(words: str) -> Decimal | None:
    """A numeral -> its value, 余 and 多 passed over; None for what is none, or is vague (三四)."""
    if len(words) > LONGEST:
        return None
    if words.isdecimal():
        return Decimal(words)
    words = _VAGUE.sub("", plain(words))
    if words.isdecimal():
        return Decimal(words)
    if len(words) == 1:
        return _han(words) if words != "半" else Decimal("0.5")
    if found := _FRACTION.fullmatch(words):
        below, above = number(found[1]), number(found[2])
        return above / below if above is not None and below else None
    if (found := _TENTHS.fullmatch(words)) and found[2] != "半":
        tens, ones = number(found[1]), number(found[2]) if found[2] else Decimal(0)
        return tens / 10 + ones / 100 if tens is not None and ones is not None else None
    if (found := _HALF.fullmatch(words)) and (times := _TIMES.fullmatch(found[1])):
        whole = number(times[1].removesuffix("成"))
        if whole is None:
            return None
        return (whole + Decimal("0.5")) / 10 if times[1].endswith("成") else whole + Decimal("0.5")
    return _arabic(words) if words[:1].isdigit() else _han(words)


def integer(words: str) -> int | None:
    """A numeral without fraction -> int: 十四 -> 14, ０７ -> 7; None for anything else."""
    return _whole(words) if len(words) <= LONGEST else None


@lru_cache(maxsize=1024)  # the same few come again and again
def _whole(words: str) -> int | None:
    value = number(words)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _arabic(words: str) -> Decimal | None:
    total, end = Decimal(0), 0
    for part in _PART.finditer(words):
        if part.start() != end:
            return None
        scale = 1
        for character in part[2]:
            scale *= _POWERS.get(character) or _SECTIONS[character]
        total += Decimal(part[1].replace(",", "")) * scale
        end = part.end()
    return total if end == len(words) else None


def _han(words: str) -> Decimal | None:
    whole, point, fraction = words.partition("点")
    if point:
        tail = fraction.rstrip("万亿")
        decimals, head = positional(tail), _integer(whole)
        if decimals is None or head is None:
            return None
        scale = 1
        for character in fraction[len(tail) :]:
            scale *= _SECTIONS[character]
        return (head + Decimal(decimals).scaleb(-len(tail))) * scale
    value = _integer(words)
    return None if value is None else Decimal(value)


def _integer(words: str) -> int | None:
    if not words:
        return None
    if all(character in _VALUES for character in words) and len(words) > 1:
        return positional(words) if len(words) >= 3 or words[0] in "零〇○" else None
    total = section = 0
    digit: int | None = None
    power = 0
    for character in words:
        if character in _VALUES:
            if digit:
                return None
            digit = _VALUES[character]
        elif character in _POWERS:
            power = _POWERS[character]
            section += (1 if digit is None or (digit == 0 and power == 10) else digit) * power
            digit = None
        elif character in _SECTIONS:
            scale = _SECTIONS[character]
            section += digit or 0
            if not section and not total:
                section = 1
            total = (total + section) * scale if scale > total else total + section * scale
            section, digit, power = 0, None, scale
        else:
            return None
    if digit and power >= 100 and words[-2] in "百千万亿" and words[-1] not in "零〇○":
        digit *= power // 10
    return total + section + (digit or 0)
