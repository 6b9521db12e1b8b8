"""The noun phrase that an amount measures, from the words around it: 119个|高频事项 -> 高频事项."""

from kg import catalogue
from kg.normalise.alternatives import alternatives
from kg.normalise.numeral import DIGIT
from kg.normalise.pattern import pattern
from kg.normalise.quantity import NO_UNIT, Amount

MEASURE_LENGTH = 20


def _breaks(place: str) -> set[str]:
    """The words that end a measured noun phrase on this side of it."""
    return {row["form"] for row in catalogue.lexicon("measure_breaks") if row["place"] in (place, "both")}


_NOUNS = rf"[^，。；：、！？（）()《》\s“”‘’%％{DIGIT}]"
BEHIND = pattern(rf"“[^“”]{{1,12}}”{_NOUNS}{{0,8}}|{_NOUNS}{{0,24}}")
LEADING = pattern(rf"{_NOUNS}{{0,30}}(?:”[^“”]{{1,12}}“)?")  # over the text backwards
RATE = "(?![率量数面度额值比])"  # 覆盖率 is no verb
FOLLOWED = pattern(alternatives(_breaks("after")) + RATE)
LED = frozenset(_breaks("before") | {"了", " ", "的"})
LED_ENDS = frozenset(form[-1] for form in LED)
LONGEST = max(map(len, LED))
LED_WITHIN = pattern(alternatives(form for form in LED if len(form) > 1) + RATE)
# between two amounts of one thing: 由22个工作日|压缩至|1个工作日
AMOUNT_BEFORE = pattern(rf"[{DIGIT}]$")
ANOTHER = pattern(r"^[年月日天周次个家项件]")
CHANGE = pattern(r"，?(?:[减压缩升降提增扩精合调优整][^，。；、\s]{0,3})?[到至为成]了?")


def measure(text: str, amount: Amount) -> str:
    """The noun phrase measured: behind a count, before a share, a time or a bare number, at most 20 characters."""
    counts = amount.unit.kind in ("count", "measure") and amount.unit is not NO_UNIT
    if counts and (found := _behind(text, amount.end)):
        return found
    led = _led(text, amount.start)
    return _ahead(led) or ("" if counts else _behind(text, amount.end)) or _trim(led)[-MEASURE_LENGTH:]


def _behind(text: str, end: int) -> str:
    found = BEHIND.match(text, end)
    words = found[0] if found else ""
    cut = FOLLOWED.search(words)
    return _trim(words[: cut.start()] if cut else words)[:MEASURE_LENGTH]


def _led(text: str, start: int) -> str:
    """The clause that leads up to an amount: 同比增长; of 3年接入 the 年 is another amount's."""
    found = LEADING.match(text[max(0, start - 30) : start][::-1])
    words = found[0][::-1] if found else ""
    before = start - len(words)
    return ANOTHER.sub("", words) if AMOUNT_BEFORE.search(text, max(0, before - 2), before) else words


def _ahead(words: str) -> str:
    """The noun phrase in the clause that leads up to an amount."""
    while words[-1:] in LED_ENDS and (length := _leading_end(words)):
        words = words[:-length]
    return _trim(LED_WITHIN.split(words)[-1])[-MEASURE_LENGTH:]


def _leading_end(words: str) -> int:
    """The length of the longest word at their end that leads up to an amount; 0 for none."""
    for length in range(LONGEST, 0, -1):
        if words[-length:] in LED:
            return length
    return 0


def _trim(words: str) -> str:
    """Without particles at the ends and the marks of a quotation that is not whole; one character is no noun phrase."""
    words = words.lstrip("的了也还又且都是 ").rstrip("的了也还又且都全是未约 ")
    words = words if words.count("“") == words.count("”") else words.strip("“”")
    return words if len(words) > 1 else ""
