"""Counts, amounts, shares and times taken in a document -> mentions of kind indicator, value = Quantity.

A span is the number with its unit and the words of its bound (超5401万, 7个工作日内). Digits count as they stand;
a Chinese numeral counts where its unit says so (lexicon/units.csv: 十四项, not 一个), and a duration where the words
around it speak of time taken. Ordinals, dates, addresses and names with numbers in them do not count.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import replace

from kg import catalogue
from kg.model import Document, Mention, Quantity, Span
from kg.normalise import quantity
from kg.normalise.alternatives import alternatives
from kg.normalise.calendar_grammar import WITHIN_DAYS
from kg.normalise.measure import CHANGE, measure
from kg.normalise.numeral import DIGIT, HAN
from kg.normalise.pattern import pattern
from kg.normalise.quantity import Amount

_UNIT_OPENING = "".join(sorted({form[0] for form in quantity.UNITS}))
_COUNTABLE = rf"[{HAN}余多半至到\-－—~～{re.escape(_UNIT_OPENING)}]"
# a digit or Chinese numeral with something countable behind it, for digits behind all of them; not 25比16, 12333，
TRIGGER = pattern(
    rf"[{DIGIT}{HAN}半翻](?<![{DIGIT}.．,:][{DIGIT}])(?<![{HAN}][{HAN}])"
    rf"(?=[{DIGIT}{HAN}十半点分成番倍余多 ,.．至到—\-～{re.escape(_UNIT_OPENING)}])"
    rf"(?![{DIGIT}]{{3}}年|[{DIGIT}]?月|[{DIGIT}]?日(?!内|以内|之内|{WITHIN_DAYS.pattern}))"
    rf"(?:(?<![{DIGIT}])|(?=(?>[{DIGIT},.． ]*){_COUNTABLE}))"
)
_COUNTED = {form[0] for form, unit in quantity.UNITS.items() if unit.han_from <= 2}
ARTICLE = frozenset(_UNIT_OPENING) - _COUNTED - frozenset(HAN)
"""What makes 一 and 两 before it an article: the first character of units that need a larger numeral."""
HAN_NUMERALS = frozenset(HAN)
NAMED = frozenset("级号余多")
"""What makes a number without a unit a name: 12万级."""
TITLE = pattern(r"《[^《》\n]{1,120}(?:《[^《》\n]*》[^《》\n]*)*》")
SET_PHRASE = pattern(alternatives(catalogue.words("set_phrases")))
# 第3, 前10, 每10万, 数百, 5G, 1+16, 7×24
NO_AMOUNT = pattern(
    rf"(?:第|每|几|[A-Za-z.．+×xX*/#〔\[_@&]|(?<![目日此之以提当年月天])前|[A-Za-z0-9]-|[{DIGIT}][:时点]"
    rf"|第[{DIGIT}{HAN}]{{1,5}}[、和至到-])$"
)
NO_AMOUNT_ENDS = frozenset("第每几.．+×*/#〔[_@&前-:时点、和至到") | frozenset(string.ascii_letters)
ROUND_THE_CLOCK = pattern(r"(?:24|２４)个?小时|(?:365|３６５)天")
RECORD = pattern(r"[0-9]分[0-9]{1,2}秒")  # the time of a race
RACE = pattern(  # 男子100米、200米自由泳, 4×100米接力: what a contest is called
    rf"(?:[、和][{DIGIT}]+米)*(?:[四五六七八九十两三]项)?(?:个人|团体|男子|女子|混合)*"
    r"(?:自由泳|[蛙仰蝶]泳|混合泳|接力|跨?栏|障碍|短跑|长跑|赛跑|(?:半?决|预|[初复]|资格)赛|气?[步手]枪|跳[台板]|速滑)"
)
LESS = pattern("(?:压缩|缩短|缩减|压减|减少|降低|下降|节省|精简)了?近?$")  # 压缩一半
SHORTENED = pattern("缩短|压缩|延长|[由从]$|[减降]至?$")  # 缩短|3年
QUOTED = pattern("“[^“”。，！？]{0,14}$")


def _cues(place: str, taken: str) -> str:
    """The words beside a duration that say whether it is time taken."""
    rows = catalogue.lexicon("duration_cues")
    return alternatives(row["form"] for row in rows if row["place"] == place and row["taken"] == taken)


TAKES = pattern(_cues("before", "yes"))  # 压缩至|3天
DONE = pattern(".{0,6}?" + _cues("behind", "yes"))  # 3天|办结
LASTS = pattern(_cues("before", "no") + "$")  # 为期|3天
LATER = pattern(_cues("behind", "no"))  # 3天|后


def extract(document: Document) -> Iterator[Mention]:
    """The amounts of a document in text order; none overlaps another. A large number that is told without a unit here
    (办件逾589万) and with one there (超过589万件) has it in both places."""
    amounts = list(_amounts(document))
    units = {m.value.value: m.value.unit for m in amounts if isinstance(m.value, Quantity) and m.value.unit}
    for mention in amounts:
        told = mention.value
        if isinstance(told, Quantity) and not told.unit and told.value in units:
            yield replace(mention, value=replace(told, unit=units[told.value]))
        else:
            yield mention


def _amounts(document: Document) -> Iterator[Mention]:
    text = document.article.text
    titles = [match.span() for match in TITLE.finditer(text)]
    done = title = 0
    measured = ""
    for match in TRIGGER.finditer(text):
        pos = match.start()
        while title < len(titles) and titles[title][1] <= pos:
            title += 1
        if pos < done or (title < len(titles) and titles[title][0] < pos):
            continue
        if text[pos] in HAN_NUMERALS and (phrase := SET_PHRASE.match(text, pos)):
            done = phrase.end()
            continue
        if text[pos] in "一两" and text[pos + 1 : pos + 2] in ARTICLE:
            continue  # 一次, 一批
        amount = quantity.read(text, pos)
        if amount is None:
            continue
        rule = _rule(text, amount)
        if rule:
            if not (measured and done and CHANGE.fullmatch(text, done, amount.start)):
                measured = measure(text, amount)
            done = amount.end
            value = Quantity(amount.value, amount.unit.unit, amount.bound, measured)
            yield Mention("indicator", Span(amount.start, amount.end, text[amount.start : amount.end]), value, rule)


def _rule(text: str, amount: Amount) -> str:
    """Which rule takes this amount for an indicator; empty if none does."""
    start, end, unit = amount.start, amount.end, amount.unit
    number, exact = amount.number, amount.bound == "="
    digits = number[:1] not in HAN_NUMERALS
    if exact and ((not digits and amount.value < unit.han_from) or (number and quantity.is_bare(number))):
        return ""
    alone = unit is quantity.NO_UNIT
    if alone and (number[-1] not in "万亿余多" or amount.value < 10000 or text[end : end + 1] in NAMED):
        return ""  # 12345热线
    leads = text[start - 1 : start]
    if start == amount.at and leads in NO_AMOUNT_ENDS and NO_AMOUNT.search(text, max(0, start - 8), start):
        return ""
    if "秒" in text[end - 1 : end + 6] and RECORD.search(text, max(0, start - 8), end + 6):
        return ""  # 2小时13分53秒
    if text[end - 1 : end] == "米" and RACE.match(text, end):
        return ""
    if leads == "跑" and amount.value == 1:
        return ""  # 最多跑1次
    if not digits and leads in ("数", "零"):
        return ""  # 数百项
    if not digits and QUOTED.search(text, max(0, start - 15), start):
        return ""  # “一件事”
    if text[end : end + 1] == "”" and QUOTED.search(text, max(0, start - 15), start):
        return ""  # “上海扩大开放100条”
    if unit.kind in ("time", "period"):
        return _duration(text, amount, digits)
    if alone:
        return "indicator.number" if digits or not exact else ""
    if number == quantity.HALF and exact and not LESS.search(text, max(0, start - 4), start):
        return ""
    if unit.kind == "share":
        return "indicator.share"
    return f"indicator.{unit.kind}"


def _duration(text: str, amount: Amount, digits: bool) -> str:
    """A duration counts as time taken: digits with a short unit, anything else beside words that say so."""
    start, end, unit = amount.start, amount.end, amount.unit
    if LATER.match(text, end) or LASTS.search(text, max(0, start - 5), start):
        return ""
    if unit.unit == "日" and text[start - 1 : start] == "月":
        return ""
    within = text[amount.at : end].endswith(("内", "以内", "之内"))
    if ROUND_THE_CLOCK.match(text, amount.at) and not within:
        return ""
    takes = bool(TAKES.search(text, max(0, start - 10), start) or TAKES.search(text, start, amount.at))
    if unit.kind == "time":
        told = digits or takes or within or bool(DONE.match(text, end))
    elif unit.unit == "日":
        told = within or bool(WITHIN_DAYS.match(text, end))
    elif unit.unit == "年":
        told = amount.value < 100 and bool(SHORTENED.search(text[max(0, start - 6) : start]))
    else:
        told = takes or (within and bool(DONE.match(text, end)))
    return "indicator.duration" if told else ""
