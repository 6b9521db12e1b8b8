"""How Chinese says a date: the patterns that `calendar` reads with, made from the words of the lexicon.

The words are data: `lexicon/calendar.csv`, `holidays.csv`, `lunar_festivals.csv`, `plans.csv`, `eras.csv`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kg import catalogue
from kg.normalise.alternatives import alternatives
from kg.normalise.numeral import DIGIT
from kg.normalise.pattern import pattern

_D = f"[{DIGIT}]"
_HAN = "一二三四五六七八九"
_TO = "(?:至|到|—{1,2}|--?|－|–|~|～)"
_MORE = f"(?:{_TO}|[、和及与])"
_YEAR = rf"(?:[12１２]{_D}{{3}}|[一二][〇○零Ｏ{_HAN}]{{3}})"
_MONTH = rf"(?:[01０１]?{_D}|十[一二]?|[{_HAN}元])"
_DAY = rf"(?:[0-3０-３]?{_D}|[二三]?十[{_HAN}]?|[{_HAN}])"
_COUNT = rf"(?:{_D}{{1,2}}|[二三四五六七八九]?十[{_HAN}]?|[{_HAN}两])"
_TERM = "(?:赛季|学年|财年)"


class _Word(NamedTuple):
    kind: str
    value: str


def _forms(*kinds: str) -> str:
    """The words of these kinds, each with what may not stand around it."""
    rows = [row for row in catalogue.lexicon("calendar") if row["kind"] in kinds]
    return alternatives(
        (row["form"] for row in rows),
        {row["form"]: row["not_after"] for row in rows},
        {row["form"]: f"[{row['not_before']}]" for row in rows if row["not_before"]},
    )


TEXT_DAYS = ("day of the text", "same day", "day of the sentence")
WORDS = {
    row["form"]: _Word(row["kind"], row["value"])
    for row in catalogue.lexicon("calendar")
    if row["kind"] != "part of a month"
}
HOLIDAYS = {row["form"]: (row["festival"], row["day"]) for row in catalogue.lexicon("holidays")}
LUNAR = {(int(row["year"]), row["festival"]): row["day"] for row in catalogue.lexicon("lunar_festivals")}
PLANS = {row["form"]: (int(row["start"]), int(row["end"])) for row in catalogue.lexicon("plans")}
ERAS = {row["form"]: row["start"] for row in catalogue.lexicon("eras")}


# 2021-06-23 | 2021年6月23日下午, 今年6月, 去年底, 上半年, 10月底, 23日, 昨天, 本周五, 国庆节
POINT = pattern(
    rf"(?:(?P<iso>{_D}{{4}}([-/.．]){_D}{{1,2}}\2{_D}{{1,2}}(?!{_D}))"
    rf"|(?P<rday>{_forms('day', *TEXT_DAYS)})"
    rf"|(?P<week>{_forms('week')})(?P<weekday>[一二三四五六日天末])"
    rf"|(?:(?P<year>{_YEAR})(?:年度?(?!来|历史|代|龄)|{_TERM}|(?={_MORE}{_YEAR}(?:年|{_TERM})))"
    rf"|(?P<ryear>{_forms('year', 'year before', 'year of the text')})(?!{_D}{{1,3}}岁))?"
    rf"(?:(?P<same>(?<=年)同期)|(?P<yend>(?<=年)(?:{_forms('end of a year')}))"
    rf"|(?P<first>(?<![此目以之日当提])[前头](?:{_COUNT}个|[两二三四五六七八九十2-9]|1[012])月)"
    rf"|(?P<part>{_forms('part of a year')})(?P<close>(?<=度)[末底])?|(?P<holiday>{alternatives(HOLIDAYS)})"
    rf"|(?:(?P<month>{_MONTH})(?:月份?(?![龄均票租薪嫂供饼球]|一[个次位件项周天])|(?=(?:{_MORE}{_MONTH}){{1,5}}月))"
    rf"|(?P<rmonth>{_forms('month', 'month of the text')}))?"
    rf"(?:(?P<day>{_DAY})(?:日|(?<=月{_D})号|(?<=月{_D}{_D})号|(?=(?:{_MORE}{_DAY}){{1,5}}日(?!内)))"
    rf"(?!内|以内|之内|游|龄|均|以上|以下|期|常|报(?!道))"
    rf"|(?P<mpart>(?<=[月份])(?:{_forms('part of a month')})))?))"
    rf"(?:{_forms('time of day')})?(?P<tail>期间|时期|假期|长假)?"
)
RANGE = pattern(f"起?(?:一直|持续|延续|做)*{_TO}")
# 前, 之前 | 起, 以来, 后, 发布以来
SUFFIX = pattern(
    r"(?P<deadline>[以之]?前(?![往台后身来沿景端述期提线言者因任瞻]"
    rf"|[{DIGIT}{_HAN}十两]+[个季名位]))"
    r"|(?P<start>起(?![草诉来初码点步止伏底])|开始|[以之]后|以来|后(?![来续期备勤台半面年])|至今"
    r"|[^，。；：、！？（）“”《》0-9０-９\s]{1,12}?以来)"
)
# “十四五”时期, “十三五”末
PLAN = pattern(
    rf"(?P<open>[“\"])?(?P<plan>{alternatives(PLANS)})(?(open)[”\"])"
    r"(?!规划(?!期)|纲要|计划|发展规划|国民经济)(?:规划)?(?P<part>时期|期间|期末|期|末|收官之年|开局之年|以来)?"
)
BARE_PLANS = frozenset(row["form"] for row in catalogue.lexicon("plans") if row["bare"])
NOT_A_PLAN = pattern(f"[{_HAN}十百个]")  # after 十四五: 十四五个
# 近三年, 三年来, 过去五年, 4个月来, 半年来
BACK = pattern(
    rf"(?:(?P<near>(?<!将)近|过去|最近)?(?P<count>{_COUNT})|(?P<half>半))(?P<unit>年|(?<!半)个月)(?P<come>以?来(?!自))?(?![级期多内代级度])"
)
# 20世纪90年代, 上世纪八十年代, 90年代; not 90年代初
DECADE = pattern(
    rf"(?P<century>{_D}{{2}}|二十一?|十九|上)?(?:世纪)?(?P<ten>[0-9０-９一二三四五六七八九][0０十])年代(?![初中末])"
)
# 党的十八大以来
ERA = pattern(rf"(?P<era>{alternatives(ERAS)})(?:召开)?以来")
FUTURE = pattern("将|拟|计划|预计|力争|有望|确保|争取|即将|届时|起施行|起实施|起执行|起生效")
REPORT = pattern("(?:上午|下午|晚)?(?:从|电|讯|获悉|了解)")


_WORDS = sorted(form for form in {*WORDS, *HOLIDAYS, *ERAS, "上世纪"} if len(form) > 1)
_OPENING = "".join(sorted({form[0] for form in _WORDS}))
_SECOND = "".join(sorted({form[1] for form in _WORDS}))
_N = f"[{DIGIT}{_HAN}十〇○零Ｏ两元]"
# no expression begins otherwise: 2021年, 5月, 23日, 3至5月, 三年来, 80年代, 近三年, 前5个月, “十四五, 去年
_BEGINNING = (
    rf"[{DIGIT}{_HAN}十两半](?:"
    rf"{_N}{{3}}(?:年|{_TERM}|[-/.．]{_D}|{_MORE}{_N})|{_N}{{0,2}}(?:{_MORE}{_N}{{1,3}}){{0,5}}[月日]"
    rf"|{_N}{{0,2}}(?:年以?来|个月以?来|世纪)|{_N}{{1,4}}年代)"
    rf"|(?:近|过去|最近)(?:{_N}{{1,3}}|半)(?:年|个月)|[前头]{_N}{{1,3}}个?月"
    rf"|“?{alternatives(PLANS)}|{alternatives(_WORDS)}"
)
# two characters are looked at cheaply, then the beginning that the first of them opens
_TRIGGER = pattern(
    rf"[“{DIGIT}{_HAN}十两半近过最头{_OPENING}](?<!{_D}{_D})"
    rf"(?=[{DIGIT}{_HAN}十〇○零年月日号世个去近至到—\-－–~～、和及与{_SECOND}])(?<=(?={_BEGINNING}).)"
)


def places(text: str) -> Iterator[int]:
    """Every place where an expression may begin."""
    for match in _TRIGGER.finditer(text):
        yield match.start()


AT_LATEST = pattern(r"(?:最[迟晚][在于到]?|不[迟晚]于)$")  # 最迟在|2024年首季
NO_BEFORE_DATE = frozenset("每第〔[.")
WITHIN_DAYS = pattern(r"办[完结好]|出证")  # 没有特别程序的1日|办完: takes a day
NO_BEFORE_DAY = frozenset("月满近每第前后头共用余多约超达仅过少续期时起为")
CLAUSE = frozenset("于，。；：！？、\n“（ ")
