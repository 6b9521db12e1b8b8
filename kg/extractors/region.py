"""Regions: divisions of GB/T 2260, groups of them, functional zones, and words for the article's own region.

A mention's value is the code (several that share the name: `320106|320302`), the name of a group or zone, or
`@province`, `@prefecture`, `@county` for 全省, 本市, 我区. Which of several codes is meant is topic.py's business.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg import catalogue, gazetteer
from kg.gazetteer import Name
from kg.model import Document, Mention, Span

DATELINE = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日(?:电|讯|[（(])")  # 新华社北京3月22日电
STOPS = "的了在是与和及、，。；：“”《》（）()！？将已把被对向从到为由于等\\s"
# 上海市+场 is 上海 and 市场, 江苏省+级 is 江苏 and 省级
SUFFIX_WORD = re.compile(r"[省市区县](?=[场民值级域块间情容])")
# one-character names only in runs (沪苏浙皖) that are no railway, index or plateau, or after 在 来 赴 (来沪)
ABBR_NOT_BEFORE = re.compile(r"[高铁线股指深澳藏]|高速|铁路|综指|走廊|通道|大湾区")
WEAK_ZONE = {"新区", "港区", "示范区", "开发区", "科学城", "科技城", "生态城", "产业园区", "先行示范区"}
FULL, SHORT, COUNTY_SHORT, TRAP = range(4)


class _Candidate(NamedTuple):
    start: int
    end: int
    value: str
    rule: str
    strength: int


@cache
def _organisation() -> re.Pattern[str]:
    """What makes 上海 in 上海男排, 广州银行, 上海某某有限公司 a part of another name."""
    tails: dict[str, list[str]] = {"near": [], "far": []}
    for row in catalogue.lexicon("organisation_tails"):
        tails[row["reach"]].append(re.escape(row["tail"]))
    near, far = ("|".join(sorted(tails[reach], key=lambda t: (-len(t), t))) for reach in ("near", "far"))
    return re.compile(rf"(?:{near})|[^{STOPS}]{{0,12}}?(?:{far})")


@cache
def _ordinary_words() -> frozenset[str]:
    """Short names that are words of their own (和平, 通道)."""
    return frozenset(row["phrase"] for row in catalogue.lexicon("region_traps") if row["kind"] == "word")


def _level(code: str) -> str:
    return catalogue.regions()[code].level


def _candidates(text: str) -> Iterator[_Candidate]:
    for name in (*gazetteer.find(text, "region"), *gazetteer.find(text, "region.former")):
        tail = SUFFIX_WORD.match(text, name.end - 1)
        if tail and name.end - name.start > 2:
            yield _Candidate(name.start, name.end - 1, "|".join(name.values), "region.short", SHORT)
        else:
            yield _Candidate(name.start, name.end, "|".join(name.values), "region.gazetteer", FULL)
    for table in ("group", "zone"):
        for name in gazetteer.find(text, table):
            yield _Candidate(name.start, name.end, name.values[0], f"region.{table}", FULL)
    ordinary = _ordinary_words()
    for name in gazetteer.find(text, "region.short"):
        wide = [code for code in name.values if _level(code) != "county"]
        if wide and text[name.start : name.end] not in ordinary:
            yield _Candidate(name.start, name.end, "|".join(_widest(wide)), "region.short", SHORT)
        else:
            yield _Candidate(name.start, name.end, "|".join(name.values), "region.short", COUNTY_SHORT)
    for name in gazetteer.find(text, "region.trap"):
        if text[name.start : name.end] not in ordinary:
            yield _Candidate(name.start, name.end, "", "", TRAP)


def _widest(codes: Iterable[str]) -> list[str]:
    """吉林 alone is the province, 海南 too."""
    codes = list(codes)
    return [c for c in codes if _level(c) == "province"] or codes


def _settle(text: str, candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Leftmost, then longest; at the same place what is surer."""
    kept: list[_Candidate] = []
    for item in sorted(candidates, key=lambda c: (c.start, -c.end, c.strength)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return [c for c in kept if c.strength != TRAP]


def _inside_other_name(text: str, item: _Candidate) -> bool:
    if DATELINE.match(text, item.end):
        return True
    return item.strength in (SHORT, COUNTY_SHORT) and _organisation().match(text, item.end) is not None


def _supported(text: str, items: list[_Candidate]) -> Iterator[_Candidate]:
    """All but the short names of counties that nothing in the article speaks for."""
    sure = {code for c in items if c.strength < COUNTY_SHORT for code in c.value.split("|") if code.isdigit()}
    within = {member for c in items if c.rule == "region.group" for member in catalogue.groups()[c.value].members}
    ordinary = _ordinary_words()
    previous: _Candidate | None = None
    for item in items:
        if item.strength < COUNTY_SHORT:
            previous = item
            yield item
            continue
        codes = item.value.split("|")
        adjacent = previous is not None and previous.end == item.start
        chained = [c for c in codes if adjacent and previous and set(catalogue.ancestors(c)) & set(previous.value.split("|"))]
        named = [c for c in codes if c in sure]
        near = [c for c in codes if (set(catalogue.ancestors(c)) & (sure | within)) or c in within]
        word = text[item.start : item.end] in ordinary
        city = len(codes) == 1 and catalogue.regions()[codes[0]].name.endswith("市")
        if chained or named or (not word and (near or city)):
            previous = item._replace(value="|".join(chained or named or near or codes))
            yield previous


def _abbreviations(text: str) -> Iterator[_Candidate]:
    """沪苏浙皖, 沪皖辽等地; not 沪宁高铁 or 沪深."""
    run: list[Name] = []
    for name in sorted(gazetteer.find(text, "region.abbr")):
        provinces = tuple(c for c in name.values if _level(c) == "province")
        if run and name.start != run[-1].end:
            yield from _run(text, run)
            run = []
        if provinces:
            run.append(name._replace(values=provinces))
    yield from _run(text, run)


def _run(text: str, run: list[Name]) -> Iterator[_Candidate]:
    if len(run) < 2 or ABBR_NOT_BEFORE.match(text, run[-1].end):
        return
    before = text[run[0].start - 1 : run[0].start]
    if len(run) < 3 and before and before not in "，、。；：“（ \n在与和及跨由":
        return
    for name in run:
        yield _Candidate(name.start, name.end, name.values[0], "region.abbr", SHORT)


def _zones(text: str, items: list[_Candidate]) -> Iterator[_Candidate]:
    """A region's name and a zone's tail: 徐州经济技术开发区, 江苏省赣榆经济开发区, 泰州医药高新技术产业开发区."""
    tails = gazetteer.longest(gazetteer.find(text, "zone.tail"))
    if not tails:
        return
    ends = {c.end: c for c in items}
    between = re.compile(rf"[^{STOPS}0-9A-Za-z]{{0,6}}")
    for tail in tails:
        if any(c.start <= tail.start and tail.end <= c.end for c in items):
            continue
        reach = 0 if text[tail.start : tail.end] in WEAK_ZONE else 6
        region = next((ends[e] for e in range(tail.start, max(tail.start - reach, 0) - 1, -1) if e in ends), None)
        if region is None or not between.fullmatch(text, region.end, tail.start):
            continue
        start = region.start
        while start in ends:
            start = ends[start].start
        yield _Candidate(start, tail.end, text[start : tail.end], "region.zone", FULL)


def extract(document: Document) -> Iterator[Mention]:
    """Every region named in the text, outside names of other things (南京东路, 上海男排, datelines)."""
    text = document.article.text
    items = _settle(text, _candidates(text))
    supported = list(_supported(text, items))
    zones = list(_zones(text, supported))
    for item in (*supported, *zones, *_abbreviations(text)):
        if item.rule == "region.zone" or not _inside_other_name(text, item):
            yield _mention(text, item)
    levels = {row["word"]: row["level"] for row in catalogue.lexicon("home_words")}
    for name in gazetteer.find(text, "home"):
        if not SUFFIX_WORD.match(text, name.end - 1):
            yield _mention(text, _Candidate(name.start, name.end, "@" + levels[name.values[0]], "region.home", SHORT))


def _mention(text: str, item: _Candidate) -> Mention:
    return Mention("region", Span(item.start, item.end, text[item.start : item.end]), item.value, item.rule)
