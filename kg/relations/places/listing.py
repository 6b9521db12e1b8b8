"""Enumerations of places: 首批试点包括…, N个城市：…, a list line by line under a heading."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import catalogue
from kg.context import Scene, Sentence, firsts
from kg.model import Mention
from kg.normalise.pattern import pattern
from kg.relations.places.clause import LONG_LIST, STOP, follows, is_field, is_outer

CUE = pattern(
    r"包括|榜上有名|上榜|入选|入围|日程|名单|获批|列入|纳入|确定|选[定择]|遴选|加入|扩[大至]|推开|铺开|连[在成]|互认|互通|携手|联手"
    r"|分别|覆盖|启用|开通|推广|试[点行]|先行(?!区)|新增|参与签|签[订约署]|涵盖|涉及|进驻|开进|分赴|管(?![委理控制])|遍布"
)
COUNT = pattern(  # 10个城市：, 这29个城市中，
    r"[0-9两三四五六七八九十]个?(?:[^，。；：、]{0,6}(?:市|省|县|区|城市)：|(?:城市|省份|地区|[省市县区])中，)"
)
BATCH = pattern(r"(?:首|第[一二三四五])批")  # 第一批试点在天津和海南启动；江西、湖北成为第二批
HEADING = pattern(r"(?:如下|名单|分别[是为])[^。]{0,4}[：:]?$")  # 试点开发区如下：
JOINER = pattern(r"[的、，和与及以]*(?:以及|还有)?[^。；]{0,4}")


def lists(scene: Scene, lead: Sequence[Mention]) -> Iterator[tuple[Sentence, Sequence[Mention], list[Mention]]]:
    """The lists of places in one part of a sentence with a verb of spreading, or line by line under a heading. They are
    about what this part names of the article's lead, or one other initiative in front of them, else about what the
    paragraph named last if that alone is of the lead, else about the lead."""
    headed = False
    values = {m.value for m in lead}
    paragraph, last = -1, lead
    for sentence in scene.sentences:
        regions = sentence.places
        if sentence.paragraph != paragraph:
            paragraph, last = sentence.paragraph, lead
        if headed and regions and not CUE.search(sentence.span.quote):
            yield sentence, lead, [r for r in regions if not is_outer(sentence, r, regions)]
            continue
        headed = HEADING.search(sentence.span.quote) is not None
        opened = False
        for start, end in _parts(sentence) if len(regions) >= LONG_LIST else ():
            listed = _listed(sentence, [r for r in regions if start <= r.span.start < end])
            if not listed or not (opened or _is_told(sentence, listed, start, end)):
                continue
            opened = opened or "：" in sentence.before(listed[0], listed[0].span.start - start)
            named = firsts(m for m in sentence.initiatives if start <= m.span.start < end)
            own = [m for m in named if m.value not in values]
            if not own or (len(own) == 1 and own[0].span.end <= listed[-1].span.start):
                inner = [r for r in listed if not is_outer(sentence, r, regions) and not is_field(sentence, r)]
                right = [m for m in named if follows(sentence, listed[-1], m)]  # 在A、B试行“甲”，须扫“乙”
                yield sentence, right or named or last, inner
        if sentence.initiatives:
            named = firsts(sentence.initiatives)
            last = named if len(named) == 1 and named[0].value in values else lead


def _parts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where the parts of a sentence between semicolons begin and end."""
    start = sentence.span.start
    for part in sentence.span.quote.split("；"):
        yield start, start + len(part)
        start += len(part) + 1


def _listed(sentence: Sentence, places: Sequence[Mention]) -> list[Mention]:
    """Those of some places that stand beside another one; not 武汉 of a bank far behind 山西、安徽、江西等省."""
    places = [r for r in places if not _is_whole(r, places)]
    joined = {r for a, b in pairwise(places) if JOINER.fullmatch(sentence.between(a, b)) for r in (a, b)}
    return [r for r in places if r in joined]


def _is_whole(region: Mention, places: Sequence[Mention]) -> bool:
    """G60科创走廊 beside 嘉兴: a group of regions is no member of a list of what lies in it."""
    group = catalogue.groups().get(str(region.value))
    return group is not None and any(
        code in group.members for r in places for code in (str(r.value), *catalogue.ancestors(str(r.value)))
    )


def _is_told(sentence: Sentence, listed: Sequence[Mention], start: int, end: int) -> bool:
    """Whether the part of a sentence from `start` to `end` says that something comes to the places listed: in the words
    between the commas around them, as a count or as a batch. Two are a list if those words call them a batch."""
    if len(listed) < 2:
        return False
    quote, offset = sentence.span.quote, sentence.span.start
    part = quote[start - offset : end - offset]
    fore = max(quote.rfind(mark, 0, listed[0].span.start - offset) for mark in "，；")
    stop = STOP.search(quote, listed[-1].span.end - offset + 1)  # 南京、滁州、扬州，都是试点城市
    around = quote[fore + 1 : stop.start() if stop else None]
    if len(listed) < LONG_LIST:
        return BATCH.search(around) is not None
    return any(cue.search(words) for cue, words in ((CUE, around), (COUNT, part), (BATCH, part)))
