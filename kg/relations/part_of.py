"""Reform/service partOf reform/service: a sub-measure or channel of the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence, firsts
from kg.model import Mention, Relation, Span, Topic
from kg.normalise.pattern import pattern
from kg.topic import around

OPENS = r"(?:开设|增设|设立|设置|设有|设|开辟|推出|上线|新增|开通|嵌入|内设)"
ROOM = r"(?:栏目|专栏|专区|模块|频道|功能|场景|板块|入口|应用|专席|专线|分厅|旗舰店|服务体系)"
INCLUDES = pattern(r"(?:包括|包含|涵盖|分为|有.{0,4}项|其中|：)[^。；]{0,15}$")  # X主要包括A、B; X：设立A，建立B
WITHIN = pattern(
    r"^[“”]?(?:改革|工作|建设|方面|领域|框架|体系|条件)*(?:方面|领域|框架下|条件下的|中|上(?!线)|下)[，“]?"
)  # 在X方面，…
BEFORE_WITHIN = pattern(r"在[^，。；]{0,6}$|“$")
PUSHING = pattern(r"(?:深化|开展|推进|实施|推动|落实|依托|围绕|启动)[^，。；、]{0,8}$")  # 深化X改革，推行A
IS_PART = pattern(  # “汇企通”是“一网通办”改革的自选动作; “川渝通办”只是“六个一”当中的一项
    r"[”’」]?[一-鿿]{0,8}，?[这也还既正就则都便只已被]*"
    r"(?<!不)(?:是|作为|属于|成为|列为|看作|视为|当作|当成|称得上)(?!以)[^，。；]{0,12}[“‘「]?"
)
MEASURE = (
    r"(?:组成部分|部分|配套|举措|措施|内容|一环|环节|抓手|载体|延伸|动作|一步|子|板块|模块|分支"
    r"|一项|重头戏|突破口|切入点|实践|创新)"
)
PART_WORD = pattern(rf"[^，。；]{{0,16}}?{MEASURE}")
THIS = pattern(  # 这项改革也是…; 它是…; …，是…
    r"(?:这|该|此)[一项个]*(?:改革|制度|政策|做法|举措|机制|服务|行动|试点|模式)|(?<!其)它|(?:^|，)这?[也还更]?是"
)
BEING = pattern(r"(?<!不)(?:是|作为|属于|成为|看作|视为|当作)[^，。；]{0,12}$")  # …是深化X改革的一项举措
AS_PART = pattern(r"作为[^，。；]{0,10}$")
AS_PART_OF = pattern(rf"[^，。；]{{0,8}}的[^，。；]{{0,6}}?{MEASURE}(?:之一)?，[^，。；]{{0,12}}$")
MEMBERS = pattern(r"[”’」]?(?:等|在内的)[^，。；“]{0,8}[“‘「]?")  # “信易贷”“信易租”等“信易+”产品
BRACKETED = pattern(r"[”’」]?[^，。；（）“]{0,4}（[“‘「]?")  # “三票”（林票、碳票）
AND = pattern(r"[”’」]?(?:[、和与及]|以及)?[“‘「]?")
MERGED = pattern(  # 两条热线已整合到X平台; not X平台整合了A
    r"[”’」]?[^，。；“”]{0,4}[已将均都也]*(?:统一|全部|进一步|一并)?"
    r"(?:(?:整合|归并|合并)[到进入至为成]|并入|融入|嵌入|入驻)了?[“‘「]?"
)
HOSTED = pattern(  # “合肥通”客户端开设“随手拍”栏目; 城市大脑的“外企直通车”场景
    rf"[”’」]?(?:APP|App|app|客户端|平台|小程序|移动端|网站)?(?:的|(?:内|中|上|里|还|已|均)*{OPENS}了?)?[“‘「]?"
)
HOSTED_WORD = pattern(rf"[”’」](?:[一-鿿]{{0,4}})?(?:{ROOM}|码)")
OPENED = pattern(rf"{OPENS}(?:了|的|有)?[^，。；“”]{{0,4}}[“‘「]?$")
ONLINE = pattern(r"上线了?[“‘「]?$")
ROOMS = pattern(rf"[”’」]?(?:[、和与及]?“[^”]{{1,12}}”)*[^，。；“”]{{0,8}}{ROOM}")
SUBJECT = pattern(  # “合肥通”打通多个部门的数据，新设…: what a clause begins with
    r"(?:^|[，。；：说])(?:(?!通过|依托|利用|借助|登录|打开|接入|在|对|把|将|经|设|推|建|打造|上线)[^，。；、：]){0,12}$"
)
BUILT_ON = pattern(  # 依托X平台搭建了A; 在X上线的A
    r"[”’」]?[一-鿿]{0,6}(?:APP|App)?，?[上中里内]?(?:开发|建设|搭建|打造|推出|上线|开设|建立|开通|建成|设立|增设)+[了的]?[“‘「]?"
)
BASE = pattern(r"(?:依托|基于|在)[^，。；]{0,6}$")
END = pattern(  # “一网通办”移动端“随申办”
    r"[”’」]?(?:改革|平台|服务)?的?(?:移动端|手机端|掌上端|客户端|小程序|手机版)[“‘「]"
)
BEARING = pattern(  # 以A为载体的X
    r"[”’」]?[一-鿿]{0,4}为(?:主要|重要|主|核心)?(?:渠道|载体|抓手|依托|平台|突破口|切入点|支撑)的[^，。；]{0,8}"
)
BEARER = pattern(r"以[^，。；]{0,4}$")
COORDINATE = pattern(r"[”’」]?(?:改革)?(?:[、和与及]|以及)[^，。；：]*")  # “放管服”改革、“互联网+政务服务”
TRIAL = pattern(r"[”’」]?(?:改革)?(?:国家|全国|全省|省级|先行)?(?:试点|示范)")
KIND = pattern(
    r"[“”]*(?:深化|新一轮|新)?(?:[“”]|改革|试点|工作|服务|综合|数字|线上|政务|登记|制度|机制|模式|系统|热线|平台|全国|企业)*"
)
REACH = 8
"""How many names further on a service is still what opens things."""
SHORT = 20
OPENING = 4
"""How long a sentence may be that tells what its paragraph is about, and how far in the reform stands: 二、X改革。"""
OFTEN = 3
SHARE = 0.3
"""How much of all that is named a reform must be that the tables know no parts of, to be what its article is about."""
BROAD = 3
"""A reform of which so many others are parts is no measure of another one unless the tables say so."""
ADDING = pattern(r"建成|建起|搭建|推动|启动|推行|推出|实行|建立|设立|探索|试行|开设|增设|开通|上线|打造|做到|实现")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """By the name (“跨省通办”专窗), by nature (随申办 of 一网通办), by the sentence's build, or as a measure of the
    reform that the whole article is about."""
    whole_of: dict[object, object] = {}

    def say(part: Mention, whole: Mention, rule: str, evidence: Span | None = None) -> Iterator[Relation]:
        if part.value == whole.value or whole_of.get(whole.value) == part.value:
            return
        whole_of[part.value] = whole.value
        yield Relation("partOf", part, whole, "", evidence or part.span, rule)

    def guess(part: Mention, whole: Mention, rule: str, evidence: Span | None = None) -> Iterator[Relation]:
        if part.value not in whole_of:
            yield from say(part, whole, rule, evidence)

    named: dict[object, Mention] = {m.value: m for m in firsts(scene.initiatives)}
    for value, mention in named.items():
        natural = next((name for name in _wholes(str(value)) if name in named), "")
        if natural and (natural not in _umbrellas() or _is_told_with(scene, mention, named[natural], topic)):
            whole_of[value] = natural
            yield Relation("partOf", mention, named[natural], "", mention.span, "part.known")
    brands = {str(m.span.quote): m for m in named.values()}
    for mention in scene.initiatives:
        brand, dot, _ = str(mention.value).partition("·")
        if dot and brand in brands:  # “清朗·打击网络谣言”
            yield from guess(mention, brands[brand], "part.series")
        inner = next(scene.within(mention, *INITIATIVE), None)
        if inner is not None and not _is_same(mention, inner):
            yield from guess(mention, inner, "part.name")
    for sentence in scene.telling:
        if len(sentence.initiatives) > 1:
            initiatives = sentence.untitled(sentence.initiatives)
            for part, whole, rule in chain(_joined(sentence, initiatives), _hosted(sentence, initiatives)):
                yield from say(part, whole, rule, sentence.stretch(part, whole))
            for part, whole, rule in chain(_added(sentence, initiatives), _listed(sentence, initiatives)):
                yield from guess(part, whole, rule, sentence.stretch(part, whole))
    main = topic.initiative
    if main:
        for sentence in scene.telling:
            outer = _told_of_this(sentence, main)
            if outer is not None:
                yield from say(main, outer, "part.this", sentence.span)
    for part, whole, evidence in _under_leads(scene, main):
        yield from guess(part, whole, "part.lead", evidence)
    if main and _is_umbrella(scene, main):
        for sentence in scene.telling:
            for mention in sentence.initiatives:
                if not _stands_alone(mention, main, topic):
                    yield from guess(mention, main, "part.topic")


def _under_leads(scene: Scene, main: Mention | None) -> Iterator[tuple[Mention, Mention, Span]]:
    """What a paragraph names whose short first sentence is about another reform than the article:
    二、员额管理。推行“定岗入额”…"""
    lead: Mention | None = None
    paragraph = 0
    for sentence in scene.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            lead = _lead(sentence, main)
        if lead is not None:
            for mention in sentence.initiatives:
                if mention.value not in (lead.value, main and main.value) and _breadth()[str(mention.value)] < BROAD:
                    yield mention, lead, mention.span


def _lead(sentence: Sentence, main: Mention | None) -> Mention | None:
    """The reform that a short sentence begins with, if it is not what the article is about anyway."""
    if not sentence.initiatives or len(sentence.span.quote) > SHORT:
        return None
    lead = sentence.initiatives[0]
    at_head = lead.span.start - sentence.span.start <= OPENING
    return lead if at_head and lead.kind == "reform" and (main is None or lead.value != main.value) else None


def _is_same(outer: Mention, inner: Mention) -> bool:
    """Whether a longer name adds no more than a word for its kind: “南川通”数字平台, 南川医改试点 of 南川医改."""
    return outer.kind == inner.kind and KIND.fullmatch(outer.span.quote.replace(inner.span.quote, "")) is not None


def _told_of_this(sentence: Sentence, main: Mention) -> Mention | None:
    """What the main reform is said to be a part of where a word points to it: 这项改革是深化X改革的一项举措."""
    for whole in sentence.untitled(sentence.initiatives):
        if whole.value == main.value:
            return None
        words = sentence.span.quote[: whole.span.start - sentence.span.start]
        if BEING.search(words) and THIS.search(words) and PART_WORD.match(sentence.after(whole, 24)):
            return whole
        return None
    return None


def _stands_alone(mention: Mention, main: Mention, topic: Topic) -> bool:
    """Whether a known reform is no part of what the article is about: it is of another region, as broad as the main
    one, beside it in a third one, or the main one is none that is known for its many parts."""
    known = catalogue.initiatives().get(str(mention.value))
    if known is None:
        return False
    breadth = _breadth()[str(main.value)]
    beside = known.part_of and known.part_of == next(_wholes(str(main.value)), "")
    return beside or known.region not in around(topic) or breadth <= BROAD or _breadth()[known.name] >= BROAD


@cache
def _breadth() -> Counter[str]:
    """How many known initiatives are by nature parts of each."""
    return Counter(i.part_of for i in catalogue.initiatives().values() if i.part_of)


@cache
def _umbrellas() -> frozenset[str]:
    """放管服: the parts of its parts have parts. Hardly a reform is no part of it, and few texts mean to say so."""
    layered = Counter(i.part_of for i in catalogue.initiatives().values() if i.part_of and i.name in _breadth())
    return frozenset(name for name, count in layered.items() if count >= BROAD)


def _is_told_with(scene: Scene, part: Mention, whole: Mention, topic: Topic) -> bool:
    """Whether an article on the part, or one of its sentences, names the whole with it."""
    if topic.initiative and topic.initiative.value == part.value:
        return True
    for sentence in scene.telling:
        parts = [m for m in sentence.initiatives if m.value == part.value]
        wholes = [m for m in sentence.initiatives if m.value == whole.value]
        if parts and wholes:
            first, second = sorted((parts[0], wholes[0]), key=lambda m: m.span.start)
            return not COORDINATE.fullmatch(sentence.between(first, second))
    return False


def _wholes(name: str) -> Iterator[str]:
    """What a known initiative is by nature a part of, and that in turn: 随申码 of 随申办 of 一网通办."""
    known = catalogue.initiatives().get(name)
    while known and known.part_of:
        yield known.part_of
        known = catalogue.initiatives().get(known.part_of)


def _pairs(initiatives: Sequence[Mention]) -> Iterator[tuple[int, Mention, Mention]]:
    """Each with the next one that does not lie in it, and its own place."""
    for at, first in enumerate(initiatives[:-1]):
        after = next((m for m in initiatives[at + 1 :] if m.span.start >= first.span.end), None)
        if after is not None:
            yield at, first, after


def _joined(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """What the words between two names say: A是X的一环; 作为X的抓手，A; A、B等X; X（A、B）; A整合到X; 以A为载体的X."""
    for at, first, second in _pairs(initiatives):
        between = sentence.between(first, second)
        if IS_PART.fullmatch(between) and PART_WORD.match(sentence.after(second, 24)):
            yield first, second, "part.said"
        elif AS_PART.search(sentence.before(first, 14)) and AS_PART_OF.fullmatch(between):
            yield second, first, "part.as"
        elif MEMBERS.fullmatch(between):
            yield from ((part, second, "part.members") for part in _chain(sentence, initiatives[: at + 1]))
        elif MERGED.fullmatch(between):
            yield from ((part, second, "part.merged") for part in _chain(sentence, initiatives[: at + 1]))
        elif BEARING.fullmatch(between) and BEARER.search(sentence.before(first, 6)):
            yield first, second, "part.bearer"
        elif END.fullmatch(between):
            yield second, first, "part.end"
        elif BRACKETED.fullmatch(between):
            close = sentence.span.quote.find("）", second.span.start - sentence.span.start) + sentence.span.start
            yield from ((part, first, "part.bracket") for part in initiatives[at + 1 :] if part.span.end <= close)


def _chain(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[Mention]:
    """The last one and those that are listed with it: A、“B”和C."""
    last: Mention | None = None
    for mention in reversed(initiatives):
        if last is not None and not AND.fullmatch(sentence.between(mention, last)):
            return
        yield mention
        last = mention


def _hosted(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """A service and what it holds: “合肥通”开设“随手拍”栏目; 依托X平台搭建了A."""
    for at, whole, part in _pairs(initiatives):
        between = sentence.between(whole, part)
        if whole.kind == "service" and HOSTED.fullmatch(between) and HOSTED_WORD.match(sentence.after(part, 10)):
            yield part, whole, "part.hosted"
        elif BUILT_ON.fullmatch(between) and BASE.search(sentence.before(whole, 10)):
            yield part, whole, "part.built"
        elif whole.kind == "service" and SUBJECT.search(sentence.before(whole, 10)):
            yield from (
                (inner, whole, "part.opened") for inner in _opened(sentence, whole, initiatives[at + 1 : at + REACH])
            )


def _opened(sentence: Sentence, whole: Mention, later: Sequence[Mention]) -> Iterator[Mention]:
    """What a service opens further on in its sentence: “好帮通”打通数据，设“电费快办”和“水费快办”两个专区."""
    last: Mention | None = None
    for inner in later:
        if "；" in sentence.between(whole, inner) or _other_acts(sentence, whole, inner):
            return
        listed = last is not None and AND.fullmatch(sentence.between(last, inner))
        last = inner if listed or OPENED.search(sentence.before(inner, 12)) else None
        online = ONLINE.search(sentence.before(inner, 4))
        if last is not None and (online or ROOMS.match(sentence.after(inner, 30))):
            yield inner


def _other_acts(sentence: Sentence, whole: Mention, inner: Mention) -> bool:
    """Whether a clause between the two has a subject of its own: “好帮通”扩容，市医保局上线“医保通”."""
    between = (
        m for m in chain(sentence.agencies, sentence.places) if whole.span.end <= m.span.start < inner.span.start
    )
    return any(sentence.before(m, 1) == "，" for m in between)


def _added(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """What a reform's clause adds: 深化X改革，推行A; 作为X改革试点，该区推行A."""
    for _, whole, part in _pairs(initiatives):
        between = sentence.between(whole, part)
        pushed = PUSHING.search(sentence.before(whole, 14)) and "改革" in str(whole.value) + sentence.after(whole, 4)
        adds = "，" in between and "；" not in between and ADDING.search(between)
        if AS_PART.search(sentence.before(whole, 14)) and TRIAL.match(sentence.after(whole, 8)) and "；" not in between:
            yield part, whole, "part.trial"
        elif pushed and adds and "改革" not in str(part.value):
            yield part, whole, "part.clause"


def _listed(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """All that follows: 在X方面，A、B; X包括A、B."""
    for at, whole, part in _pairs(initiatives):
        within = WITHIN.match(sentence.after(whole, 40)) and BEFORE_WITHIN.search(sentence.before(whole, 8))
        if within or INCLUDES.search(sentence.between(whole, part)):
            rest = (m for m in initiatives[at + 1 :] if m.span.start >= whole.span.end)
            yield from ((inner, whole, "part.within" if within else "part.list") for inner in rest)
            return


def _is_umbrella(scene: Scene, main: Mention) -> bool:
    """Whether the article is about this reform as a whole: it stands in the title and leads in the body, and other
    initiatives are by nature parts of it."""
    if main.span.start >= len(scene.document.article.title):
        return False
    if main.kind != "reform":
        return False
    count = sum(m.value == main.value for m in scene.initiatives)
    return count >= (OFTEN if main.value in _breadth() else max(OFTEN + 1, len(scene.initiatives) * SHARE))
