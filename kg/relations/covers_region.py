"""Reform/service coversRegion region: where it applies."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic

TOUCHING = re.compile(r"(?!首个|首家|第一|各地)[^，。；：、“”]{0,6}[“‘「]?")  # 长三角“跨省通办”, 大丰首推“零审批开工”
ACTING = re.compile(  # 南湖区与吴江区启动“政务通办”
    r"[^。；]{0,10}?(?:推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|率先|首推|首创|深化|推进|探索)"
    r"[^，。；]{0,8}[“‘「]?"
)
ACTED = re.compile(r"^[”’」]?[^。；]{0,24}?(?:由|在|从)[^，。；]{0,4}$")  # “零审批开工”由大丰区最先推出
LIST_CUE = re.compile(r"包括|分别|覆盖|启用|开通|推广|试点|参与签|签[订约署]|涵盖|涉及")
HEADING = re.compile(r"(?:如下|名单|分别[是为])[^。]{0,4}[：:]?$")  # 试点开发区如下：
JOINER = re.compile(r"[的、，和与及以]*(?:以及|还有)?[^。；]{0,4}")
TOGETHER = re.compile(r"[、和与及]|以及")
OUTER = re.compile(r"[的省市]?")  # 浙江的嘉兴
LONG_LIST = 3
NATIONAL = re.compile(r"中国|国家|全国")  # a national service is not the city's that an article happens to speak of


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """Named with the region; by nature; for the lead's reforms the regions of a list; else the article's home."""
    told: set[object] = set()
    for sentence in scene.sentences:
        natural = {initiative: region for region, initiative in _by_nature(sentence)}
        named = [(r, i, "covers.named") for r, i in _named(sentence) if i not in natural]
        for region, initiative, rule in (*named, *((r, i, "covers.known") for i, r in natural.items())):
            told.add(initiative.value)
            yield Relation("coversRegion", initiative, region, "", sentence.stretch(region, initiative), rule)
    everywhere = [m for m in scene.firsts("region") if not str(m.value).startswith("@")]
    for initiative in scene.firsts(*INITIATIVE):
        for region in _lettered(initiative, everywhere):
            told.add(initiative.value)
            yield Relation("coversRegion", initiative, region, "", initiative.span, "covers.letters")
    lead = _lead(scene, topic)
    for sentence, regions in _lists(scene, {m.value for m in lead}):
        for initiative in lead:
            told.add(initiative.value)
            for region in regions:
                yield Relation("coversRegion", initiative, region, "", sentence.span, "covers.list")
    home = next((m for m in scene.mentions if topic.home and topic.regions.get(m) == topic.home), None)
    if home is None:
        return
    for sentence in scene.sentences:
        subject = _subject(sentence, topic)
        region, rule = (subject, "covers.subject") if subject else (home, "covers.home")
        for initiative in sentence.of(*INITIATIVE):
            if initiative.value not in told and not NATIONAL.match(str(initiative.value)):
                told.add(initiative.value)
                yield Relation("coversRegion", initiative, region, "", sentence.span, rule)


def _regions(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.of("region") if not str(m.value).startswith("@")]


def _named(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    regions = _regions(sentence)
    for initiative in sentence.of(*INITIATIVE):
        inner = [r for r in regions if initiative.span.covers(r.span)]
        before = [r for r in regions if r.span.end <= initiative.span.start]
        after = [r for r in regions if r.span.start >= initiative.span.end]
        if inner:
            yield inner[-1], initiative
        elif before and _touches(sentence, before[-1], initiative):
            yield before[-1], initiative
            for left, right in zip(before[-2::-1], before[:0:-1], strict=True):
                if not TOGETHER.fullmatch(sentence.between(left, right)) and left.span.end != right.span.start:
                    break
                if not OUTER.fullmatch(sentence.between(left, right)):
                    yield left, initiative
        elif after and ACTED.match(sentence.between(initiative, after[0])):
            first = _innermost(sentence, after)
            yield first, initiative
            for left, right in pairwise(after[after.index(first) :]):
                if not TOGETHER.fullmatch(sentence.between(left, right)):
                    break
                yield right, initiative


def _lettered(initiative: Mention, regions: Sequence[Mention]) -> list[Mention]:
    """遂宁 and 潼南 of “遂潼速办”: the article's regions whose letters the name begins with, at least two."""
    found: list[Mention] = []
    if any(r.span.quote[:2] == initiative.span.quote[:2] for r in regions):  # 合肥通 is no 合 and 肥
        return found
    for letter in initiative.span.quote[:4]:
        named = next((r for r in regions if r not in found and letter in _letters(r)), None)
        if named is None:
            break
        found.append(named)
    return found if len(found) > 1 else []


def _letters(region: Mention) -> set[str]:
    known = catalogue.regions().get(str(region.value))
    return (
        {region.span.quote[0], *known.abbr} if known and known.level != "province" else set(known.abbr if known else ())
    )


def _touches(sentence: Sentence, region: Mention, initiative: Mention) -> bool:
    between = sentence.between(region, initiative)
    return TOUCHING.fullmatch(between) is not None or ACTING.fullmatch(between) is not None


def _innermost(sentence: Sentence, regions: Sequence[Mention]) -> Mention:
    """大丰区 of 盐城市大丰区."""
    last = regions[0]
    for region in regions[1:]:
        if region.span.start != last.span.end:
            break
        last = region
    return last


def _by_nature(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """A known initiative and its home region in one sentence: 浙江 … “最多跑一次”."""
    for initiative in sentence.of(*INITIATIVE):
        known = catalogue.initiatives().get(str(initiative.value))
        home = next((r for r in _regions(sentence) if known and known.region and r.value == known.region), None)
        if home:
            yield home, initiative


def _subject(sentence: Sentence, topic: Topic) -> Mention | None:
    """保康县 of 保康县组建了“背篓代办队”: a part of the home region that the sentence begins with."""
    first = next((r for r in _regions(sentence) if r.span.start - sentence.span.start <= 1), None)
    inner = first and topic.home in catalogue.ancestors(topic.regions.get(first, ""))
    return first if inner else None


def _lead(scene: Scene, topic: Topic) -> list[Mention]:
    """The reforms of the title and of the first paragraph; they are what a list of places is about."""
    title_end = len(scene.document.article.title)
    title = [m for m in scene.firsts(*INITIATIVE) if m.span.start < title_end]
    line_end = scene.document.article.text.find("\n", title_end + 1)
    first = [m for s in scene.sentences if title_end <= s.span.start < line_end for m in s.of(*INITIATIVE)]
    return list({m.value: m for m in (*first, *title)}.values())[:3]


def _lists(scene: Scene, lead: set[object]) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Enumerations of places: in one sentence with a verb of spreading, or line by line under a heading."""
    headed = False
    for sentence in scene.sentences:
        regions = _regions(sentence)
        if headed and regions and not LIST_CUE.search(sentence.span.quote):
            yield sentence, [r for r in regions if not _is_outer(sentence, r, regions)]
            continue
        headed = HEADING.search(sentence.span.quote) is not None
        other = any(m.value not in lead for m in sentence.of(*INITIATIVE))
        joined = sum(JOINER.fullmatch(sentence.between(a, b)) is not None for a, b in pairwise(regions))
        if joined >= LONG_LIST - 1 and not other and LIST_CUE.search(sentence.span.quote):
            yield sentence, [r for r in regions if not _is_outer(sentence, r, regions)]


def _is_outer(sentence: Sentence, region: Mention, regions: Sequence[Mention]) -> bool:
    """江苏省 in 江苏省常州市, 浙江 in 浙江的嘉兴、杭州, 南京市 in 南京市——…: only the smaller ones count."""
    following = next((r for r in regions if r.span.start >= region.span.end), None)
    if following is None:
        return False
    between = sentence.between(region, following)
    if between.startswith(("—", "：", ":")):
        return True
    codes = str(following.value).split("|")
    return OUTER.fullmatch(between) is not None and any(str(region.value) in catalogue.ancestors(c) for c in codes)
