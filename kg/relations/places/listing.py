"""Enumerations of places: 首批试点包括…, N个城市：…, a list line by line under a heading."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.context import Scene, Sentence, firsts
from kg.model import Mention
from kg.normalise.pattern import pattern
from kg.relations.places.clause import LONG_LIST, is_field, is_outer

LIST_CUE = pattern(
    r"包括|榜上有名|上榜|入选|入围|日程|名单|获批|列入|纳入|确定|选[定择]|遴选|加入|扩[大至]|推开|铺开|连[在成]|互认|互通|携手|联手"
    r"|分别|覆盖|启用|开通|推广|试点|参与签|签[订约署]|涵盖|涉及|进驻|开进|分赴|管(?![委理控制])|遍布|命名|授牌|获评"
    r"|[0-9两三四五六七八九十]个?(?:[^，。；：、]{0,6}(?:市|省|县|区|城市)：|(?:城市|省份|地区|[省市县区])中，)"
)
HEADING = pattern(r"(?:如下|名单|分别[是为])[^。]{0,4}[：:]?$")  # 试点开发区如下：
JOINER = pattern(r"[的、，和与及以]*(?:以及|还有)?[^。；]{0,4}")


def lists(scene: Scene, lead: Sequence[Mention]) -> Iterator[tuple[Sentence, Sequence[Mention], list[Mention]]]:
    """The lists of places in one sentence with a verb of spreading, or line by line under a heading. They are about the
    one initiative that the sentence names in front of them, else about the article's lead."""
    headed = False
    values = {m.value for m in lead}
    for sentence in scene.sentences:
        regions = sentence.places
        if headed and regions and not LIST_CUE.search(sentence.span.quote):
            yield sentence, lead, [r for r in regions if not is_outer(sentence, r, regions)]
            continue
        headed = HEADING.search(sentence.span.quote) is not None
        if len(regions) < LONG_LIST:
            continue
        own = firsts(m for m in sentence.initiatives if m.value not in values)
        if len(own) > 1 or (own and own[0].span.end > regions[-1].span.start):
            continue
        joined = sum(JOINER.fullmatch(sentence.between(a, b)) is not None for a, b in pairwise(regions))
        if joined >= LONG_LIST - 1 and LIST_CUE.search(sentence.span.quote):
            inner = [r for r in regions if not is_outer(sentence, r, regions) and not is_field(sentence, r)]
            yield sentence, own or lead, inner
