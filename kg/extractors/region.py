"""Regions: divisions of GB/T 2260, groups of them, functional zones, and words for the article's own region.

A mention's value is the code (several that share the name: `320106|320302`), the name of a group or zone, or
`@province`, `@prefecture`, `@county` for 全省, 本市, 我区. Which of several codes is meant is topic.py's business.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg import catalogue, gazetteer, seat
from kg.gazetteer import Name, Place
from kg.model import Document, Mention, Span
from kg.normalise.pattern import pattern

DATELINE = pattern(
    r"[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日(?:电|讯|[（(])"
)  # 新华社北京3月22日电
STOPS = "的了在是与和及、，。；：“”《》（）()！？将已把被对向从到为由于等\\s"
# one-character names only in runs (沪苏浙皖) that are no railway, index or plateau, or after 在 来 赴 (来沪)
ABBR_NOT_BEFORE = pattern(r"[高铁线股指深澳藏]|高速|铁路|综指|走廊|通道|大湾区")
PAIR_BEFORE = pattern(r"^$|[，、。；：“（\s在与和及跨由]$")
PAIR_AFTER = pattern(r"[、，。；：”）\s等两]|协同|联动|合作|一体|跨省|政务|地区|$")  # 沪浙两地, 川渝通办 is a name
BETWEEN = pattern(rf"(?!.*(?:[法检]|院|局|委|政府|厅))[^{STOPS}0-9A-Za-z]{{0,6}}")  # not 浦东新区|法院|自贸区法庭
COMPANY = pattern(r"[^，。；：、的在和与《》“”（）\n]{2,16}?(?:有限(?:责任)?公司|股份公司)")  # 深圳市|中洲置地有限公司
STREET = pattern(r"[东南西北中]?[一二三四五六七八九十]?路(?![径线子演桥])|大道|大街|步行街")  # 中山|南一路
NATURE = pattern(r".湖(?![南北州])|国[际家内外]")  # 鄱阳|湖畔, 黎|安国|际学校
RULES = {
    "region": "region.gazetteer",
    "region.former": "region.former",
    "region.short": "region.short",
    "group": "region.group",
    "zone": "region.zone",
}
# 高新区 as a word of its own is the home city's: 在高新区先行先试, not 国家高新区, 各高新区
OWN_BEFORE = pattern(r"^$|[、，。；：（\s在和与及到由从向赴]$")
LIST_JOINTS = ("、", "和", "与", "及")
ON_RAILS = ("站", "线")  # 青浦新城|站
JOINED = ("—", "-", "－")  # 江宁—博望跨界一体化发展示范区
ZONED = pattern("(?:示范|先行|合作|试验|先导)区")
BEFORE_ZONE = pattern(rf"[^{STOPS}]{{2,16}}$")
BY_TWO = pattern("一体化|合作|融合|协同|经济|产业|毗邻|跨界|^$")
"""What says that a zone is one of two places: 甬绍|一体化合作|先行区, 合淮|合作区."""


@cache
def _organisation() -> re.Pattern[str]:
    """What makes 上海 in 上海男排, 广州银行, 上海某某有限公司 a part of another name."""
    tails: dict[str, list[str]] = {"near": [], "far": [], "not": []}
    for row in catalogue.lexicon("organisation_tails"):
        tails[row["reach"]].append(re.escape(row["tail"]))
    near, far = ("|".join(sorted(tails[reach], key=lambda t: (-len(t), t))) for reach in ("near", "far"))
    return pattern(rf"(?:{near})|[^{STOPS}]{{0,12}}?(?:{far})")


@cache
def _zone_tails() -> dict[str, dict[str, str]]:
    return {row["tail"]: row for row in catalogue.lexicon("zone_tails")}


@cache
def _no_name() -> re.Pattern[str]:
    """Words that no organisation's name holds: 浙江|推动|银行业开放, 广东|公立|医院, 蚌埠|3市|入选医保基金."""
    generic = (row["tail"] for row in catalogue.lexicon("organisation_tails") if row["reach"] == "not")
    return pattern("|".join((r"[0-9两三四五六七八九十]+[个家市省县区地]", *generic, *catalogue.words("agency_breaks"))))


def _inside_other_name(text: str, place: Place) -> bool:
    """Whether a place's name is a part of another one: 上海男排, 中山南一路, 鄱阳湖."""
    if DATELINE.match(text, place.end):
        return True
    if place.table not in ("region.short", "group"):
        return False
    if STREET.match(text, place.end) or (not place.sure and NATURE.match(text, place.end - 1)):
        return True
    name = _organisation().match(text, place.end)
    return name is not None and not _no_name().search(name.group())


def _supported(text: str) -> Iterator[Place]:
    """All but the short names of counties that nothing in the article speaks for."""
    places = gazetteer.places(text)
    sure = {code for p in places if p.sure for code in p.value.split("|")}
    groups = {p.value for p in places if p.table == "group"}
    within = {member for group in groups for member in catalogue.groups()[group].members}
    previous: Place | None = None
    for index, place in enumerate(places):
        if place.sure:
            previous = place
            yield place
            continue
        codes = place.value.split("|")
        outer = set(previous.value.split("|")) if previous and previous.end == place.start else set()
        word = text[place.start : place.end] in gazetteer.ordinary_words()
        # 杭州西湖 is the district, 山东泰山 is no place in Tai'an
        chained = [c for c in codes if outer.intersection(catalogue.ancestors(c)[: 1 if word else None])]
        named = [c for c in codes if c in sure]
        near = [c for c in codes if c in within or not sure.isdisjoint(catalogue.ancestors(c))]
        beside = (*places[max(0, index - 1) : index], *places[index + 1 : index + 2])
        listed = _listed(text, place, beside, sure) if word else []
        city = len(codes) == 1 and catalogue.regions()[codes[0]].name.endswith("市")
        if chained or named or listed or (not word and (near or city)):
            previous = place._replace(value="|".join(chained or named or listed or near or codes))
            yield previous


def _listed(text: str, place: Place, beside: Sequence[Place], sure: set[str]) -> list[str]:
    """西湖 in 西湖、拱墅: the codes whose city the article names and that stand in a list with a neighbour in it."""
    neighbours = [
        p for p in beside if text[p.end : place.start] in LIST_JOINTS or text[place.end : p.start] in LIST_JOINTS
    ]
    parents = {
        catalogue.regions()[c].parent for p in neighbours for c in p.value.split("|") if c in catalogue.regions()
    }
    return [c for c in place.value.split("|") if catalogue.regions()[c].parent in parents & sure]


def _abbreviations(text: str) -> Iterator[Mention]:
    """沪苏浙皖, 沪皖辽等地; not 沪宁高铁, 沪深, nor the letters of 辽宁."""
    letters = gazetteer.find(text, "region.abbr")
    if not any(a.end == b.start for a, b in pairwise(letters)):
        return
    spans = [(p.start, p.end) for p in gazetteer.places(text)] + gazetteer.traps(text)
    inside = {at for start, end in spans for at in range(start, end)}
    run: list[Name] = []
    for name in letters:
        if name.start in inside:
            continue
        if run and name.start != run[-1].end:
            yield from _run(text, run)
            run = []
        run.append(name)
    yield from _run(text, run)


def _run(text: str, run: list[Name]) -> Iterator[Mention]:
    """The letters of a run; two alone (新京报) or one twice (宁宁云) are too often part of a word."""
    start, end = (run[0].start, run[-1].end) if run else (0, 0)
    if len(run) < 2 or len({name.values for name in run}) < len(run) or ABBR_NOT_BEFORE.match(text, end):
        return
    if len(run) == 2 and not (PAIR_AFTER.match(text, end) and PAIR_BEFORE.search(text, max(0, start - 1), start)):
        return
    for name in run:
        yield _mention(text, name.start, name.end, name.values[0], "region.abbr")


def _zones(text: str, places: Sequence[Place]) -> Iterator[Mention]:
    """A region's name and a zone's tail: 徐州经济技术开发区, 江苏省赣榆经济开发区, 泰州医药高新技术产业开发区."""
    tails = gazetteer.longest(gazetteer.find(text, "zone.tail"))
    if not tails:
        return
    ends = {p.end: p for p in places}
    for tail in tails:
        if (
            any(p.start <= tail.start and tail.end <= p.end for p in places)
            or text[tail.end : tail.end + 1] in ON_RAILS
        ):
            continue
        row = _zone_tails()[text[tail.start : tail.end]]
        reach = 6 if row["reach"] == "far" else 0
        region = next((ends[e] for e in range(tail.start, max(tail.start - reach, 0) - 1, -1) if e in ends), None)
        if region is None or not BETWEEN.fullmatch(text, region.end, tail.start):
            continue
        start = region.start
        while start in ends or (text[start - 1 : start] in JOINED and start - 1 in ends):
            start = ends[start if start in ends else start - 1].start
        value = text[start : tail.start] + (row["full"] or row["tail"])
        yield _mention(text, start, tail.end, value, "region.zone")


def _lettered_zones(text: str, places: Sequence[Place]) -> Iterator[Mention]:
    """甬绍一体化合作先行区 in a text that names 宁波 and 绍兴: zones called after letters of two or three places."""
    tails = list(ZONED.finditer(text))
    if not tails:
        return
    regions = [catalogue.regions()[code] for p in places for code in p.value.split("|") if code in catalogue.regions()]
    letters = {letter for region in regions for letter in (region.name[0], *region.abbr)}
    named = {at for p in places for at in range(p.start, p.end)}
    for tail in tails:
        before = BEFORE_ZONE.search(text, max(0, tail.start() - 16), tail.start())
        for start in range(before.start(), tail.start() - 1) if before else ():
            run = next((n for n in (3, 2) if letters.issuperset(text[start : start + n])), 0)
            if run and named.isdisjoint((start, start + 1)) and BY_TWO.search(text[start + run : tail.start()]):
                yield _mention(text, start, tail.end(), text[start : tail.end()], "region.lettered-zone")
                break


def _own_zones(text: str) -> Iterator[Mention]:
    """高新区 without its city's name: `@` and the official ending, for the linker to look up."""
    for tail in gazetteer.find(text, "zone.tail"):
        full = _zone_tails()[tail.values[0]]["full"]
        if full and OWN_BEFORE.search(text, max(0, tail.start - 1), tail.start):
            yield _mention(text, tail.start, tail.end, "@" + full, "region.own-zone")


def extract(document: Document) -> Iterator[Mention]:
    """Every region named in the text, outside names of other things (南京东路, 上海男排, datelines)."""
    text = document.article.text
    places = list(_supported(text))
    for place in places:
        if not _inside_other_name(text, place) and not COMPANY.match(text, place.end):
            yield _mention(text, place.start, place.end, place.value, RULES[place.table])
    yield from _zones(text, places)
    yield from _lettered_zones(text, places)
    yield from _own_zones(text)
    yield from _abbreviations(text)
    for name in gazetteer.find(text, "home"):
        if not gazetteer.SUFFIX_WORD.match(text, name.end - 1):
            yield _mention(text, name.start, name.end, "@" + seat.home_levels()[name.values[0]], "region.home")


def _mention(text: str, start: int, end: int, value: str, rule: str) -> Mention:
    return Mention("region", Span(start, end, text[start:end]), value, rule)
