"""Counts, amounts, shares and times taken in a document -> mentions of kind indicator, value = Quantity.

A span is the number with its unit and the words of its bound (超5401万, 7个工作日内). Digits count as they stand;
a Chinese numeral counts where its unit says so (lexicon/units.csv: 十四项, not 一个), and a duration where the words
around it speak of time taken. Ordinals, dates, addresses and names with numbers in them do not count.
"""

import re
from collections.abc import Iterator

from kg import catalogue
from kg.model import Document, Mention, Quantity, Span
from kg.normalise import quantity
from kg.normalise.numeral import DIGIT, HAN
from kg.normalise.quantity import Amount

_UNIT_OPENING = "".join(sorted({form[0] for form in quantity.UNITS}))
# a digit or Chinese numeral with something countable behind it
TRIGGER = re.compile(
    rf"[{DIGIT}{HAN}半翻](?<![{DIGIT}.．,:][{DIGIT}])(?<![{HAN}][{HAN}])"
    rf"(?=[{DIGIT}{HAN}十点分成番倍余多 ,.．至到—\-～{re.escape(_UNIT_OPENING)}])"
)
TITLE = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]*》[^《》\n]*)*》")
SET_PHRASE = re.compile("|".join(sorted(catalogue.words("set_phrases"), key=lambda phrase: (-len(phrase), phrase))))
# 第3, 前10, 每10万, 数百, 5G, 1+16, 7×24
NOT_BEFORE = re.compile(
    rf"(?:第|每|几|[A-Za-z.．+×xX*/#〔\[_@&]|(?<![目日此之以提当年月天])前|[A-Za-z0-9]-|No|{DIGIT}:"
    rf"|第[{DIGIT}{HAN}]{{1,5}}[、和至到-]|跑|[{DIGIT}][时点:]|年第)$"
)
ROUND_THE_CLOCK = re.compile(r"(?:24|２４)个?小时|(?:365|３６５)天")
# time taken: words before and behind a duration
TAKES = re.compile(
    "压缩|缩短|缩减|压减|减少|减至|减到|降至|降到|降为|延长|仅|只需|只要|只用|最快|最短|最多|最长|平均|用时|耗时|时限|时长"
    "|时间|周期|提速|不超过|不到|承诺|原来|由|从|至少"
)
DONE = re.compile(
    ".{0,6}?(?:办结|办好|办成|办完|办妥|完成|缩短|压缩|缩减|减少|压减|出证|拿证|拿到|领取|领证|审批|搞定|就|即可|取证|取件|反馈|答复|响应)"
)
LESS = re.compile("(?:压缩|缩短|缩减|压减|减少|降低|下降|节省|精简)了?近?$")  # 压缩一半
SPAN_OF_TIME = re.compile("(?:为期|历时|连续|累计|长达|有效期|期限)[为是]?$")
LATER = re.compile("(?:后|前|来|里|间|以后|之后|以前|之前|以来|的?(?:公示|培训|比赛|行程|假期|会期))")
QUOTED = re.compile("“[^“”。，！？]{0,14}$")


def _breaks(place: str) -> str:
    """The words that end a measured noun phrase, as alternatives, longest first."""
    forms = {row["form"] for row in catalogue.lexicon("measure_breaks") if row["place"] in (place, "both")}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_NOUNS = rf"[^，。；：、！？（）()《》\s“”‘’%％{DIGIT}]"
AFTER = re.compile(rf"“[^“”]{{1,12}}”{_NOUNS}{{0,8}}|{_NOUNS}{{0,24}}")
BEFORE = re.compile(rf"(?:{_NOUNS}{{0,30}}|“[^“”]{{1,12}}”{_NOUNS}{{0,16}})$")
RATE = "(?![率量数面度额值比])"  # 覆盖率 is no verb
FOLLOWED = re.compile(f"(?:{_breaks('after')}){RATE}")
LED = re.compile(f"(?:{_breaks('before')}|[了 的])$")
LED_WITHIN = re.compile("(?:" + "|".join(form for form in _breaks("before").split("|") if len(form) > 1) + ")" + RATE)
# between two amounts of one thing: 由22个工作日|压缩至|1个工作日
CHANGE = re.compile(r"，?(?:[减压缩升降提增扩精合调优整][^，。；、\s]{0,3})?[到至为成]了?")
MEASURE_LENGTH = 20


def extract(document: Document) -> Iterator[Mention]:
    """The amounts of a document in text order; none overlaps another."""
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
        if phrase := SET_PHRASE.match(text, pos):
            done = phrase.end()
            continue
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
    if start == amount.at and NOT_BEFORE.search(text, max(0, start - 8), start):
        return ""
    digits = not amount.number or amount.number[0] not in HAN
    if not digits and text[start - 1 : start] in ("数", "零"):
        return ""  # 数百项
    if not digits and QUOTED.search(text, max(0, start - 15), start):
        return ""  # “一件事”
    if text[end : end + 1] == "”" and QUOTED.search(text, max(0, start - 15), start):
        return ""  # “上海扩大开放100条”
    if quantity.is_bare(amount.number) and amount.number and amount.bound == "=":
        return ""
    if unit.kind in ("time", "period"):
        return _duration(text, amount, digits)
    if unit is quantity.NO_UNIT:
        scaled = amount.number[-1] in "万亿余多" and amount.value >= 10000
        named = text[end : end + 1] in tuple("级号余多")
        return "indicator.number" if scaled and not named and (digits or amount.bound != "=") else ""
    if amount.number == quantity.HALF and amount.bound == "=" and not LESS.search(text, max(0, start - 4), start):
        return ""
    if unit.kind == "share":
        return "indicator.share"
    if digits or amount.bound != "=" or amount.value >= unit.han_from:
        return f"indicator.{unit.kind}"
    return ""


def _duration(text: str, amount: Amount, digits: bool) -> str:
    """A duration counts as time taken: digits with a short unit, anything else beside words that say so."""
    start, end, unit = amount.start, amount.end, amount.unit
    if LATER.match(text, end) or SPAN_OF_TIME.search(text, max(0, start - 5), start):
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
        told = within
    elif unit.unit == "年":
        told = amount.value < 100 and bool(
            re.search("缩短|压缩|延长|[由从]$|[减降]至?$", text[max(0, start - 6) : start])
        )
    else:
        told = takes or (within and bool(DONE.match(text, end)))
    return "indicator.duration" if told else ""


def measure(text: str, amount: Amount) -> str:
    """The noun phrase measured: behind a count, before a share, a time or a bare number, at most 20 characters."""
    after, before = _behind(text, amount.end), _ahead(text, amount.start)
    counted = amount.unit.kind in ("count", "measure") and amount.unit is not quantity.NO_UNIT
    first, second = (after, before) if counted else (before, after)
    return first or second or _trim(_led(text, amount.start))[-MEASURE_LENGTH:]


def _behind(text: str, end: int) -> str:
    found = AFTER.match(text, end)
    words = found[0] if found else ""
    cut = FOLLOWED.search(words)
    return _trim(words[: cut.start()] if cut else words)[:MEASURE_LENGTH]


def _led(text: str, start: int) -> str:
    """The clause that leads up to an amount: 同比增长."""
    found = BEFORE.search(text, max(0, start - 30), start)
    return found[0] if found else ""


def _ahead(text: str, start: int) -> str:
    words = _led(text, start)
    while cut := LED.search(words):
        words = words[: cut.start()]
    return _trim(LED_WITHIN.split(words)[-1])[-MEASURE_LENGTH:]


def _trim(words: str) -> str:
    """Without particles at the ends, and without the marks of a quotation that is not whole."""
    words = words.lstrip("的了也还又且都是 ").rstrip("的了也还又且都全是未约 ")
    return words if words.count("“") == words.count("”") else words.strip("“”")
