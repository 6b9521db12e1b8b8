"""Reform/service coversRegion region: where it applies."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic

TOUCHING = re.compile(r"[“‘「的]?(?:政务服务)?[“‘「]?$")  # 长三角“跨省通办”
PLACE_OF_ACTION = re.compile(  # 在广东推行“一网通办”; 由盐城市大丰区最先推出
    r"^[^。；，]{0,12}?(?:推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|落地|推广|率先|首推|首创|深化|推进|探索)"
)
LIST_CUE = re.compile(r"包括|分别|如下|覆盖|启用|开通|推广|试点|参与|签[订约署]|联合|涵盖|涉及|在.{0,6}等")
JOINER = re.compile(r"^[的、，和与及以]*(?:以及|还有)?[^。；]{0,4}$")
LONG_LIST = 3


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """Named with the region; else, for the main reform, the regions of a list; else the article's home region."""
    told: set[object] = set()
    for sentence in scene.sentences:
        for region, initiative in _named(sentence):
            told.add(initiative.value)
            yield Relation("coversRegion", initiative, region, "", sentence.stretch(region, initiative), "covers.named")
    if topic.initiative:
        for sentence in scene.sentences:
            for region in _listed(sentence):
                told.add(topic.initiative.value)
                yield Relation("coversRegion", topic.initiative, region, "", sentence.span, "covers.list")
    home = next(
        (m for m in scene.mentions if m.kind == "region" and topic.home and topic.regions.get(m) == topic.home),
        None,
    )
    if home is None:
        return
    for sentence in scene.sentences:
        for initiative in sentence.of(*INITIATIVE):
            if initiative.value not in told:
                told.add(initiative.value)
                yield Relation("coversRegion", initiative, home, "", sentence.span, "covers.home")


def _named(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    regions = [m for m in sentence.of("region") if not str(m.value).startswith("@")]
    for initiative in sentence.of(*INITIATIVE):
        for region in regions:
            if initiative.span.covers(region.span):
                yield region, initiative
            elif region.span.end <= initiative.span.start:
                between = sentence.between(region, initiative)
                if len(between) <= 6 and TOUCHING.fullmatch(between):
                    yield region, initiative


def _listed(sentence: Sentence) -> list[Mention]:
    """The regions of an enumeration that a verb of spreading introduces."""
    regions = [m for m in sentence.of("region") if not str(m.value).startswith("@")]
    if len(regions) < LONG_LIST or not LIST_CUE.search(sentence.span.quote):
        return []
    joined = sum(bool(JOINER.match(sentence.between(a, b))) for a, b in pairwise(regions))
    if joined < LONG_LIST - 1:
        return []
    return [m for m in regions if not _contains_next(sentence, m, regions)]


def _contains_next(sentence: Sentence, region: Mention, regions: Sequence[Mention]) -> bool:
    """江苏省 in 江苏省常州市, 浙江 in 浙江的嘉兴、杭州: only the smaller counts."""
    return any(
        str(region.value) in catalogue.ancestors(code)
        for other in regions
        if other.span.start >= region.span.end and other.span.start - region.span.end <= 12
        for code in str(other.value).split("|")
    )
