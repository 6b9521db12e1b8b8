"""Reform/service partOf reform/service: a sub-measure or channel of the other."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence, firsts
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern
from kg.topic import around

INCLUDES = pattern(r"包括|包含|涵盖|分为|有.{0,4}项|其中|：")  # X主要包括A、B; X：设立A，建立B
WITHIN = pattern(
    r"^[“”]?(?:改革|工作|建设|方面|领域|框架|体系|条件)*(?:方面|领域|框架下|条件下的|中|上|下)[，“]?"
)  # 在X方面，…
BEFORE_WITHIN = pattern(r"在[^，。；]{0,6}$|“$")
PUSHING = pattern(r"(?:深化|开展|推进|实施|推动|落实|依托|围绕)[^，。；、]{0,8}$")  # 深化X改革，推行A
IS_PART = pattern(  # “汇企通”是“一网通办”改革的自选动作
    r"[”’」]?(?:改革|平台|服务)?(?:，)?(?:是|作为|属于)[^。；]{0,12}[“‘「]?"
)
PART_WORD = pattern(r"[^。；]{0,16}?(?:组成部分|部分|配套|举措|内容|一环|抓手|载体|延伸|动作|一步|子|板块|模块|分支)")
HOSTED = pattern(  # “合肥通”客户端开设“随手拍”栏目; 城市大脑的“外企直通车”场景
    r"[”’」]?(?:APP|App|app|客户端|平台|小程序|移动端|网站)?(?:的|(?:内|中|上|里|还|已|均)*(?:开设|设立|设置|设有|设|推出|上线|新增|增设|开通|嵌入|叠加)了?)?[“‘「]?"
)
HOSTED_WORD = pattern(r"[”’」](?:[一-鿿]{0,4})?(?:栏目|专栏|专区|模块|频道|功能|场景|板块|入口|应用|码)")
COORDINATE = pattern(r"[”’」]?(?:改革)?(?:[、和与及]|以及)[^，。；：]*")  # “放管服”改革、“互联网+政务服务”
OFTEN = 3
SHARE = 0.3
"""How much of all that is named a reform must be that the tables know no parts of, to be what its article is about."""
BROAD = 3
"""A reform of which so many others are parts is no measure of another one unless the tables say so."""
ADDING = pattern(r"推行|推出|实行|建立|设立|探索|试行|开设|增设|开通|上线|打造|做到|实现")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """By the name (“跨省通办”专窗), by nature (随申办 of 一网通办), by the sentence's build, or as a measure of the
    reform that the whole article is about."""
    whole_of: dict[object, object] = {}

    def say(part: Mention, whole: Mention, rule: str, sentence: Sentence | None = None) -> Iterator[Relation]:
        if part.value == whole.value or part.value in whole_of or whole_of.get(whole.value) == part.value:
            return
        whole_of[part.value] = whole.value
        evidence = sentence.stretch(part, whole) if sentence else part.span
        yield Relation("partOf", part, whole, "", evidence, rule)

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
            yield from say(mention, brands[brand], "part.series")
        for inner in scene.within(mention, *INITIATIVE):
            yield from say(mention, inner, "part.name")
            break
    for sentence in scene.telling:
        if len(sentence.initiatives) > 1:
            for part, whole, rule in _built(sentence):
                yield from say(part, whole, rule, sentence)
    main = topic.initiative
    if main and _is_umbrella(scene, main):
        for sentence in scene.telling:
            for mention in sentence.initiatives:
                if not _stands_alone(mention, main, topic):
                    yield from say(mention, main, "part.topic")


def _stands_alone(mention: Mention, main: Mention, topic: Topic) -> bool:
    """A reform as broad as the main one, or of another region, is not part of what the article is about."""
    known = catalogue.initiatives().get(str(mention.value))
    if known is None:
        return False
    return known.region not in around(topic) or _breadth()[known.name] >= min(BROAD, _breadth()[str(main.value)])


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


def _built(sentence: Sentence) -> Iterator[tuple[Mention, Mention, str]]:
    """What the build of one sentence says: lists, 在…方面, and what a reform's clause adds."""
    initiatives = sentence.untitled(sentence.initiatives)
    for at, whole in enumerate(initiatives[:-1]):
        rest = [m for m in initiatives[at + 1 :] if m.span.start >= whole.span.end]
        if not rest:
            continue
        after = sentence.after(whole, 40)
        between = sentence.between(whole, rest[0])
        if IS_PART.fullmatch(between) and PART_WORD.match(sentence.after(rest[0], 24)):
            yield whole, rest[0], "part.said"
            continue
        if whole.kind == "service" and HOSTED.fullmatch(between) and HOSTED_WORD.match(sentence.after(rest[0], 10)):
            yield rest[0], whole, "part.hosted"
            continue
        if WITHIN.match(after) and BEFORE_WITHIN.search(sentence.before(whole, 8)):
            yield from ((part, whole, "part.within") for part in rest)
            return
        if INCLUDES.search(between):
            yield from ((part, whole, "part.list") for part in rest)
            return
        if PUSHING.search(sentence.before(whole, 14)) and "改革" in str(whole.value) + after[:4]:
            part = rest[0]
            if "，" in between and "；" not in between and ADDING.search(between) and "改革" not in str(part.value):
                yield part, whole, "part.clause"


def _is_umbrella(scene: Scene, main: Mention) -> bool:
    """Whether the article is about this reform as a whole: it stands in the title and leads in the body, and other
    initiatives are by nature parts of it."""
    if main.span.start >= len(scene.document.article.title):
        return False
    if main.kind != "reform":
        return False
    count = sum(m.value == main.value for m in scene.initiatives)
    return count >= (OFTEN if main.value in _breadth() else max(OFTEN + 1, len(scene.initiatives) * SHARE))
