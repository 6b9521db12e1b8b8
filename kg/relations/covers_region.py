"""Reform/service coversRegion region: where it applies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import catalogue
from kg.context import NATIONAL, Scene, Sentence, firsts
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern

TOUCHING = pattern(r"(?!首个|首家|第一|各地)[^，。；：、“”]{0,6}[“‘「]?")  # 长三角“跨省通办”, 昆山首推“拿地即开工”
ACTING = pattern(  # 嘉善与吴江启动“毗邻通办”
    r"[^。；]{0,10}?(?:推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|率先|首推|首创|深化|推进|探索)"
    r"[^，。；]{0,16}[“‘「]?"
)
ACTED = pattern(r"^[”’」]?[^。；]{0,24}?(?:由|在|从)[^，。；]{0,4}$")  # “拿地即开工”由昆山最先推出
SPREAD = pattern(
    r"(?:在|扩[到至大展]+|推广[到至]|拓展[到至]|延伸[到至]|覆盖|辐射)(?:了|全?)?(?:先|率先|先行)?$"
)  # 扩到北京、河北
RANKED = pattern(r"(?:率先|首[个家创批推]|第一)")  # 嘉兴在浙江率先…: done in 嘉兴, not in all of 浙江
PARTS = pattern(r"省?(?:[两二三四五六七八九十]+|[0-9]+)个?(?:市|县|区|地|城市|区县|县区|县市)(?![长场级])")
TRIED = pattern(
    r"(?:(?:等|[0-9两三四五六七八九十]+个[区县市省城])[^，。；]{0,12}?)?(?:先行|率先|先|同步|全面)?(?:试|推|启用|上线|落地|运行|起步|铺开|实施|开展|两地|三地|四地|等|，|。|$)"
)
TRYING = pattern(  # 天津、成都、苏州3个城市率先试点
    r"等?(?:[0-9]+|[两三四五六七八九十]+)?个?(?:省区市|省市|省份|城市|地区|省|市|区|县|地)?(?:率先|先行|首批|已经?|先|同步|正在)*"
    r"(?:开展|启动|进行)?了?试[点行]"
)
LIST_CUE = pattern(
    r"包括|榜上有名|上榜|入选|入围|日程|名单|获批|列入|纳入|确定|选[定择]|遴选|加入|扩[大至]|推开|铺开|连[在成]|互认|互通|携手|联手|分别|覆盖|启用|开通|推广|试点|参与签|签[订约署]|涵盖|涉及"
)
HEADING = pattern(r"(?:如下|名单|分别[是为])[^。]{0,4}[：:]?$")  # 试点开发区如下：
JOINER = pattern(r"[的、，和与及以]*(?:以及|还有)?[^。；]{0,4}")
JOINT = pattern(r"[、和与及的省市]{0,2}")
CLAUSE = pattern(r"(?:^|[；。])[^，。；]{0,2}$")  # where a region is the subject of its clause
STOP = pattern(r"[，。；]")
TOGETHER = pattern(r"[、和与及]|以及")
OUTER = pattern(r"[的省市]?")  # 浙江的嘉兴
LONG_LIST = 3


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """Named with the region; by nature; for the lead's reforms the regions of a list; else the article's home."""
    if not scene.initiatives:
        return
    told: set[object] = set()
    for sentence in scene.telling:
        if not sentence.initiatives or not sentence.places:
            continue
        natural = {initiative: region for region, initiative in _by_nature(sentence, topic)}
        named = [(r, i, "covers.named") for r, i in _named(sentence) if i not in natural]
        for region, initiative, rule in (*named, *((r, i, "covers.known") for i, r in natural.items())):
            told.add(initiative.value)
            yield Relation("coversRegion", initiative, region, "", sentence.stretch(region, initiative), rule)
    for sentence, initiative, regions in _spread(scene):
        told.add(initiative.value)
        for region in regions:
            evidence = sentence.span
            yield Relation("coversRegion", initiative, region, "", evidence, "covers.spread")
    letters = _letters(scene)
    for initiative in firsts(scene.initiatives) if len(letters) > 1 else ():
        for region in _lettered(initiative, letters):
            told.add(initiative.value)
            yield Relation("coversRegion", initiative, region, "", initiative.span, "covers.letters")
    lead = _lead(scene, topic)
    for sentence, regions in _lists(scene, {m.value for m in lead}) if lead else ():
        for initiative in lead:
            told.add(initiative.value)
            for region in regions:
                yield Relation("coversRegion", initiative, region, "", sentence.span, "covers.list")
    for initiative in firsts(scene.initiatives):
        if initiative.value not in told:
            known = catalogue.initiatives().get(str(initiative.value))
            code = known.region if known else ""
            place = next((m for m in scene.of("region") if code and m.value == code), None)
            if place:
                told.add(initiative.value)
                yield Relation("coversRegion", initiative, place, "", initiative.span, "covers.known")
    home = scene.home(topic)
    if home is None or _is_national(scene, topic):
        return
    for sentence in scene.telling:
        for initiative in sentence.initiatives:
            if initiative.value not in told and not NATIONAL.match(str(initiative.value)):
                told.add(initiative.value)
                subject = _subject(sentence, topic)
                region, rule = (subject, "covers.subject") if subject else (home, "covers.home")
                yield Relation("coversRegion", initiative, region, "", sentence.span, rule)


def _named(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    regions = sentence.places
    for initiative in sentence.initiatives:
        inner = [r for r in regions if initiative.span.covers(r.span)]
        before = [r for r in regions if r.span.end <= initiative.span.start and not _is_rank(sentence, r)]
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


def _spread(scene: Scene) -> Iterator[tuple[Sentence, Mention, list[Mention]]]:
    """Where the reform named last is tried or has spread to: 今年3月试点扩到北京、河北等12个省区市."""
    last: Mention | None = None
    for sentence in scene.sentences:
        initiatives = sentence.initiatives
        for group in _groups(sentence) if sentence.places else ():
            after = sentence.after(group[-1], 24)
            trying = TRYING.match(after) if len(group) > 1 else None
            if not trying and not (SPREAD.search(sentence.before(group[0], 8)) and TRIED.match(after)):
                continue
            before = [i for i in initiatives if i.span.end <= group[0].span.start]
            subject = before[-1] if before else None if initiatives else last
            if trying:
                subject = next((i for i in initiatives if _follows(sentence, group[-1], i)), subject or last)
            if subject:
                yield sentence, subject, [r for r in group if not _is_outer(sentence, r, group)]
        if initiatives:
            last = initiatives[0] if len({i.value for i in initiatives}) == 1 else None
        elif last and "\n" in scene.document.article.text[sentence.span.end : sentence.span.end + 2]:
            last = None


def _follows(sentence: Sentence, region: Mention, initiative: Mention) -> bool:
    """Whether an initiative stands behind a region in its clause."""
    return initiative.span.start >= region.span.end and not STOP.search(sentence.between(region, initiative))


def _groups(sentence: Sentence) -> Iterator[list[Mention]]:
    """The regions of a sentence, those that stand in one list together."""
    group: list[Mention] = []
    for region in sentence.places:
        if group and not JOINT.fullmatch(sentence.between(group[-1], region)):
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def _letters(scene: Scene) -> dict[str, list[Mention]]:
    """The article's regions by the letters they go by in names: 遂 of 遂宁, 渝 of 重庆; a province by its own alone."""
    letters: dict[str, list[Mention]] = defaultdict(list)
    for region in firsts(scene.of("region")):
        known = catalogue.regions().get(str(region.value))
        for letter in known.abbr if known else ():
            letters[letter].append(region)
        if known and known.level != "province":
            letters[region.span.quote[0]].append(region)
    return letters


def _lettered(initiative: Mention, letters: dict[str, list[Mention]]) -> list[Mention]:
    """遂宁 and 潼南 of “遂潼速办”: the article's regions whose letters the name begins with, at least two."""
    found: list[Mention] = []
    name = initiative.span.quote
    for letter in name[:4]:
        named = next((r for r in letters.get(letter, ()) if r not in found), None)
        if named is None or named.span.quote[:2] == name[:2]:  # 合肥通 is no 合 and 肥
            break
        found.append(named)
    return found if len(found) > 1 else []


def _touches(sentence: Sentence, region: Mention, initiative: Mention) -> bool:
    between = sentence.between(region, initiative)
    if CLAUSE.search(sentence.before(region, 3)) and "；" not in between and "，" not in between:
        return True
    return TOUCHING.fullmatch(between) is not None or ACTING.fullmatch(between) is not None


def _is_rank(sentence: Sentence, region: Mention) -> bool:
    """嘉兴在浙江率先…, 浙江四市…: done in a part of the region."""
    if PARTS.match(sentence.after(region, 6)):
        return True
    return sentence.before(region, 1) == "在" and RANKED.match(sentence.after(region, 3)) is not None


def _innermost(sentence: Sentence, regions: Sequence[Mention]) -> Mention:
    """吴江区 of 苏州市吴江区."""
    last = regions[0]
    for region in regions[1:]:
        if region.span.start != last.span.end:
            break
        last = region
    return last


def _by_nature(sentence: Sentence, topic: Topic) -> Iterator[tuple[Mention, Mention]]:
    """A known initiative and its home region in one sentence: 浙江 … “最多跑一次”; not a reform in an article on a part
    of that region, which tells it as it is there."""
    for initiative in sentence.initiatives:
        known = catalogue.initiatives().get(str(initiative.value))
        home = next((r for r in sentence.places if r.value == known.region), None) if known and known.region else None
        part = known is not None and known.region in catalogue.ancestors(topic.home)
        if home and not (part and initiative.kind == "reform"):
            yield home, initiative


def _is_national(scene: Scene, topic: Topic) -> bool:
    """An organ of the state speaks, and the places in the text are its examples, unless the title names the place."""
    central = topic.agency is not None and str(topic.agency.value) in catalogue.agencies()
    title_end = len(scene.document.article.title)
    return central and not any(m.span.start < title_end for m in scene.of("region"))


def _subject(sentence: Sentence, topic: Topic) -> Mention | None:
    """保康县 of 保康县组建了“背篓代办队”: a part of the home region that the sentence begins with."""
    first = next((r for r in sentence.places if r.span.start - sentence.span.start <= 1), None)
    inner = first and topic.home in catalogue.ancestors(topic.regions.get(first, ""))
    return first if inner else None


def _lead(scene: Scene, topic: Topic) -> list[Mention]:
    """The reforms of the title and of the first paragraph; they are what a list of places is about."""
    title_end = len(scene.document.article.title)
    title = [m for m in firsts(scene.initiatives) if m.span.start < title_end]
    line_end = scene.document.article.text.find("\n", title_end + 1)
    first = [m for s in scene.telling if title_end <= s.span.start < line_end for m in s.initiatives]
    lead = list({m.value: m for m in (*first, *title) if not _is_of_group(scene, m)}.values())[:3]
    return [m for m in lead if m.kind == "reform"] or lead  # a window's places are its own


def _is_of_group(scene: Scene, initiative: Mention) -> bool:
    """长三角一体化发展 is about the whole group, whatever places an article on it lists."""
    inside = scene.within(initiative, "region")
    return initiative.kind == "reform" and any(region.value in catalogue.groups() for region in inside)


def _lists(scene: Scene, lead: set[object]) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Enumerations of places: in one sentence with a verb of spreading, or line by line under a heading."""
    headed = False
    for sentence in scene.sentences:
        regions = sentence.places
        if headed and regions and not LIST_CUE.search(sentence.span.quote):
            yield sentence, [r for r in regions if not _is_outer(sentence, r, regions)]
            continue
        headed = HEADING.search(sentence.span.quote) is not None
        if len(regions) < LONG_LIST or any(m.value not in lead for m in sentence.initiatives):
            continue
        joined = sum(JOINER.fullmatch(sentence.between(a, b)) is not None for a, b in pairwise(regions))
        if joined >= LONG_LIST - 1 and LIST_CUE.search(sentence.span.quote):
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
