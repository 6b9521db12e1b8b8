"""Reform/service coversRegion region: where it applies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from kg import catalogue
from kg.context import NATIONAL, Scene, Sentence, firsts
from kg.model import Mention, Relation, Span, Topic
from kg.normalise.pattern import pattern
from kg.relations.places.clause import MEANS, OUTER, follows, groups, is_deed, is_divided, is_field, is_outer
from kg.relations.places.company import joint
from kg.relations.places.listing import lists
from kg.relations.places.spreading import POINTING, spread, throughout
from kg.topic import seat

TOUCHING = pattern(r"(?!首个|首家|首批|第一|各地)[^，。；：、“”]{0,6}[“‘「]?")  # 长三角“跨省通办”, 昆山首推“拿地即开工”
ACTING = pattern(  # 嘉善与吴江启动“毗邻通办”
    r"(?:[^。；]{0,10}?|[^，。；：“的]{0,24}?)"
    r"(?:推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|率先|首推|首创|深化|推进|探索|入选|获批|列入|列为|确定为|定为"
    r"|承担|承接|建立|建成|打造|创新|创设|设立|组建)[^，。；]{0,16}[“‘「]?"
)
FRAMED, FRAME = pattern(r"(?:^|[。；\n])在$"), pattern(r"，[^，。；：、“”]{0,4}[“‘「]")  # 在杭州余杭区，“绿色直播间”
ACTED = pattern(r"^[”’」]?[^。；]{0,24}?(?:由|在|从|落地|落户|进驻|入驻)[^，。；]{0,4}$")  # “拿地即开工”由昆山最先推出
VENUE = pattern(  # “乐办”改革现场会在鹤壁召开, “乐办”事项数在浙江省居首: where people meet or what is compared
    r"[^，。；]{0,4}(?:召开|举行|举办|开幕|闭幕|签[约署订]|居(?![民家])|排[名在第]|名列|位[居列]|最[高低多少好快优]|第一(?![个批家])|首位|领先)"
)
CLAUSE = pattern(r"(?:^|[；。])[^，。；]{0,2}$")  # where a region is the subject of its clause
BEGINNING = pattern(  # in front of whom a sentence is about: “, 近年来，, 去年5月在
    r".?|[^，。；]{0,8}(?:[年月日来前后中]|期间|如今|此外|同时|方面)，?在?"
)
RESIDENTS = pattern(r"[市县区]?(?:[市居村农渔]?民|的?[^，。；的]{0,4}(?:先生|女士|大爷|大妈|老人))")  # 如皋市民王先生
OPENING = pattern(r"(?:^|[；。，日月年前后]|以来|近日)[“‘「]?(?:其中|而|如|像|以及|当时)?，?$")
DOING = pattern(  # 来安县主动对接南京: who acts; 来安县村民老王说: where somebody lives
    r"[^，。；：的]{0,10}?(?:推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|率先|首推|首创|深化|推进|探索|建|打造|创|设|签|联合"
    r"|携手|共同|联手|牵手|合作|将|已|通过|以|把|依托|加快|发布|出台|印发|召开|成立|挂牌|选|列|获|承担|作为)"
)
IS = pattern(r"[也正曾还均都又]?(?:是|作为|成为|系|为)[^，。；]{0,16}[“‘「]?")
PILOT = pattern(r"[”’」]?(?:改革|工作)?的?[^，。；、]{0,6}试点(?:[市县区省城地之]|(?=[，。；]))")
ISSUING = pattern(r"[^，。]{0,3}?(?:印发|出台|发布|提出|决定|推行|推出|启动|部署)")
TOGETHER = pattern(r"[、和与及]|以及")
MARKS = pattern(r"[“”‘’「」]+")
WINDOW = pattern(r"(?:窗口?|专区|自助机|终端)[”’]?$")

Place = tuple[Mention, Mention, Span, str]
"""An initiative, a region where it applies, the words that say so, and the rule."""


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What the text says of an initiative and a place; where it says nothing, what its nature or name says, else where
    the subject of its clause, its paragraph and last the article as a whole are."""
    if not scene.initiatives:
        return
    told: set[object] = set()
    for initiative, region, evidence, rule in chain(
        _beside(scene, topic),
        _stated(scene, topic),
        _lettered(scene),
        _listed(scene),
        _by_name(scene, told),
        _around(scene, topic, told),
    ):
        told.add(initiative.value)
        yield Relation("coversRegion", initiative, region, "", evidence, f"covers.{rule}")


def _beside(scene: Scene, topic: Topic) -> Iterator[Place]:
    """Named with the region in one sentence, or at home there and the sentence names its home."""
    for sentence in scene.telling:
        if not sentence.initiatives or not sentence.places:
            continue
        natural = {initiative: region for region, initiative in _by_nature(sentence, topic)}
        named = [(r, i, "named") for r, i in _named(sentence) if i not in natural]
        for region, initiative, rule in (*named, *((r, i, "known") for i, r in natural.items())):
            yield initiative, region, sentence.stretch(region, initiative), rule


def _stated(scene: Scene, topic: Topic) -> Iterator[Place]:
    """What several places do together, what is done in all of a region, what spreads from place to place."""
    for sentence, initiative, regions in joint(scene, topic):
        for region in regions:
            yield initiative, region, sentence.span, "joint"
    for sentence, initiative, region in _pilots(scene):
        yield initiative, region, sentence.stretch(region, initiative), "pilot"
    for sentence, initiative, region in throughout(scene, topic):
        yield initiative, region, sentence.span, "throughout"
    for sentence, initiative, regions in spread(scene):
        for region in regions:
            yield initiative, region, sentence.span, "spread"


def _pilots(scene: Scene) -> Iterator[tuple[Sentence, Mention, Mention]]:
    """衢州 of 衢州是浙江省“最多跑一次”改革的先行试点市."""
    for sentence in scene.telling:
        if not sentence.initiatives or not sentence.places or "试点" not in sentence.span.quote:
            continue
        for initiative in (i for i in sentence.initiatives if PILOT.match(sentence.after(i, 20))):
            regions = (r for r in sentence.places if IS.fullmatch(sentence.between(r, initiative)))
            yield from ((sentence, initiative, region) for region in regions)


def _lettered(scene: Scene) -> Iterator[Place]:
    """Where the letters of places begin the name."""
    letters = _letters(scene)
    for initiative in firsts(scene.initiatives) if len(letters) > 1 else ():
        for region in _spelled(initiative, letters):
            yield initiative, region, initiative.span, "letters"


def _listed(scene: Scene) -> Iterator[Place]:
    """The places of lists."""
    for sentence, initiatives, regions in lists(scene, _lead(scene)):
        for initiative in initiatives:
            for region in regions:
                yield initiative, region, sentence.span, "list"


def _by_name(scene: Scene, told: set[object]) -> Iterator[Place]:
    """Where what the text says nothing of is at home, if it names that place, or what the name of a window says."""
    for initiative in firsts(scene.initiatives):
        if initiative.value in told:
            continue
        known = catalogue.initiatives().get(str(initiative.value))
        code = known.region if known else ""
        place = next((m for m in scene.of("region") if code and m.value == code), None)
        inner = list(scene.within(initiative, "region"))
        if place:
            yield initiative, place, initiative.span, "known"
        elif inner and WINDOW.search(initiative.span.quote):
            yield initiative, inner[-1], initiative.span, "named"


def _around(scene: Scene, topic: Topic, told: set[object]) -> Iterator[Place]:
    """Where an initiative is told of: the place of its clause's subject, of its paragraph, of the whole article."""
    home = None if _is_national(scene, topic) else _home(scene, topic)
    paragraph, part = -1, _Part(topic)
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph, part = sentence.paragraph, _Part(topic)
        for initiative in sentence.initiatives:
            if initiative.value in told or NATIONAL.match(str(initiative.value)):
                continue
            subject = _subject(sentence, initiative, topic)
            if not subject and not sentence.places:
                subject = part.alone
            wider = None if subject else _wider(scene, sentence, initiative, topic)
            for region in subject or ([wider or home] if home else ()):
                yield initiative, region, sentence.span, "subject" if subject else "home"
        for place in sentence.places:
            if not any(name.span.covers(place.span) for name in sentence.initiatives):  # 龙游 of “龙游通”
                part.take(place)


def _wider(scene: Scene, sentence: Sentence, initiative: Mention, topic: Topic) -> Mention | None:
    """沈阳市 of 沈阳市政府提出“一次不用跑” in an article on a district of it: what a government above does."""
    before = [a for a in sentence.agencies if a.span.end <= initiative.span.start]
    acts = before and before[-1].span.quote.endswith("政府") and ISSUING.match(sentence.after(before[-1], 6))
    code = seat(before[-1], topic) if acts else ""
    if code not in catalogue.ancestors(topic.home):
        return None
    return next((m for m in scene.of("region") if topic.regions.get(m) == code), None)


class _Part:
    """The one part of the home region that a paragraph speaks of: 如皋 in one on it within an article on 南通."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._wider = ("", topic.home, *catalogue.ancestors(topic.home))
        self._parts: dict[str, Mention] = {}
        self.alone: list[Mention] = []
        """It, if it is the only part so far and nothing wider was named since."""

    def take(self, place: Mention) -> None:
        """Takes in the paragraph's next place."""
        code = self._topic.regions.get(place, "")
        if code not in self._wider:
            self._parts.setdefault(code, place)
        inside = self._topic.home and self._topic.home in catalogue.ancestors(code)
        self.alone = list(self._parts.values()) if inside and len(self._parts) == 1 else []


def _named(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    regions = sentence.places
    for initiative in sentence.initiatives:
        inner = [r for r in regions if initiative.span.covers(r.span)]
        before = [
            r
            for r in regions
            if r.span.end <= initiative.span.start and not is_divided(sentence, r) and not is_field(sentence, r)
        ]
        after = [r for r in regions if r.span.start >= initiative.span.end]
        if inner and not (inner[-1].value in catalogue.groups() and WINDOW.search(initiative.span.quote)):
            yield inner[-1], initiative
        elif (
            before
            and not POINTING.search(sentence.before(before[-1], 30))
            and _touches(sentence, before[-1], initiative)
        ):
            yield before[-1], initiative
            for left, right in zip(before[-2::-1], before[:0:-1], strict=True):
                if not TOGETHER.fullmatch(sentence.between(left, right)) and left.span.end != right.span.start:
                    break
                letters = left.span.end == right.span.start and len(left.span.quote) == 1  # 苏浙沪
                if letters or not OUTER.fullmatch(sentence.between(left, right)):
                    yield left, initiative
        elif after and ACTED.match(sentence.between(initiative, after[0])):
            first = _innermost(sentence, after)
            if VENUE.match(sentence.after(first, 12)) or any(follows(sentence, first, i) for i in sentence.initiatives):
                continue
            yield first, initiative
            for left, right in pairwise(after[after.index(first) :]):
                if not TOGETHER.fullmatch(sentence.between(left, right)):
                    break
                yield right, initiative


def _touches(sentence: Sentence, region: Mention, initiative: Mention) -> bool:
    """Whether what follows a region is what is there or what it does: 昆山首推“拿地即开工”; a service that it only uses
    is not: 贵阳市民可登录“云上办”."""
    between = sentence.between(region, initiative)
    if initiative.kind == "service" and MEANS.search(between[-12:]):
        return False
    if CLAUSE.search(sentence.before(region, 3)) and "；" not in between and "，" not in between:
        return True
    if between[:1] == "：" and len(between) < 8:  # 淮北市相山区：深化“三统一”改革
        ahead = sentence.before(region, 12)
        return not ahead or any(ahead == outer.span.quote for outer in sentence.places)
    if FRAME.fullmatch(between) and FRAMED.search(_ahead(sentence, region)):
        return True
    return TOUCHING.fullmatch(between) is not None or ACTING.fullmatch(between) is not None


def _ahead(sentence: Sentence, region: Mention) -> str:
    """The words before a region and those that it lies in: 在|杭州|余杭区."""
    start = region
    while outer := next((r for r in sentence.places if r.span.end == start.span.start), None):
        start = outer
    return sentence.before(start, 3)


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


def _spelled(initiative: Mention, letters: dict[str, list[Mention]]) -> list[Mention]:
    """遂宁 and 潼南 of “遂潼速办”, 崇明 and 启东 of 长三角“一网通办”崇启专窗: the article's regions, at least two, by
    whose letters the name begins or its part behind a quotation mark does."""
    for name in MARKS.split(initiative.span.quote):
        found: list[Mention] = []
        for letter in name[:4]:
            named = next((r for r in letters.get(letter, ()) if r not in found), None)
            if named is None or named.span.quote[:2] == name[:2]:  # 合肥通 is no 合 and 肥
                break
            found.append(named)
        if len(found) > 1:
            return found
    return []


def _subject(sentence: Sentence, initiative: Mention, topic: Topic) -> list[Mention]:
    """保康县 of 保康县组建了“背篓代办队”, 南京、滁州 of 南京、滁州签下协议，建成“跨界一窗”: those who act in its
    clause or one before it; not what the article's home lies in."""
    group = next((g for g in reversed(list(groups(sentence))) if g[-1].span.end <= initiative.span.start), None)
    if group is None:
        return []
    codes = [topic.regions.get(region, "") for region in group]
    inner = [region for region in group if not is_outer(sentence, region, group)]
    if topic.home in catalogue.ancestors(codes[0]) and BEGINNING.fullmatch(sentence.before(group[0], 13)):
        return [] if RESIDENTS.match(sentence.after(group[-1], 12)) else inner
    if any(code in catalogue.ancestors(topic.home) for code in codes):
        return []
    acts = OPENING.search(sentence.before(group[0], 4)) and DOING.match(sentence.after(group[-1], 16))
    return inner if acts and is_deed(sentence.between(group[-1], initiative)) else []


def _home(scene: Scene, topic: Topic) -> Mention | None:
    """What the article is about as a whole; 兰州新区 if its title names that zone and nothing that does not hold it."""
    title_end = len(scene.document.article.title)
    places = [m for m in scene.of("region") if m.span.end <= title_end and not str(m.value).startswith("@")]
    zones = catalogue.zones()
    zone = next((m for m in places if m.value in zones), None)
    others = [m for m in places if zone and m.value != zone.value]
    if zone and all(m.span.end == zone.span.start and m.value == topic.home for m in others):
        return zone
    return scene.home(topic)


def _is_national(scene: Scene, topic: Topic) -> bool:
    """An organ of the state speaks, and the places in the text are its examples, unless the title names the place."""
    central = topic.agency is not None and str(topic.agency.value) in catalogue.agencies()
    title_end = len(scene.document.article.title)
    return central and not any(m.span.start < title_end for m in scene.of("region"))


def _lead(scene: Scene) -> list[Mention]:
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
