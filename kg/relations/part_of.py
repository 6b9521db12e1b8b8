"""Reform/service partOf reform/service: a sub-measure or channel of the other."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence, firsts
from kg.model import Mention, Relation, Span, Topic
from kg.normalise.pattern import pattern
from kg.relations.parts.hosting import hosted
from kg.relations.parts.measures import measures
from kg.relations.parts.wording import ADDING, PART_WORD, added, joined, listed
from kg.topic import around

THIS = pattern(  # 这项改革也是…; 它是…; …，是…
    r"(?:这|该|此)[一项个]*(?:改革|制度|政策|做法|举措|机制|服务|行动|试点|模式|平台|系统|热线|应用|小程序|工程|中心)|(?<!其)它|(?:^|，)这?[也还更]?是"
)
TOOL = pattern(
    r"(?:这|该|此)[一项个款]*(?:平台|系统|热线|应用|小程序)"
)  # what was named last, not the article's reform
BEING = pattern(r"(?<!不)(?:是|作为|属于|成为|看作|视为|当作|列为|称得上)[^，。；]{0,12}$")  # …是深化X改革的一项举措
COORDINATE = pattern(r"[”’」]?(?:改革)?(?:[、和与及]|以及)[^，。；：]*")  # “放管服”改革、“互联网+政务服务”
KIND = pattern(
    r"[“”]*(?:深化|新一轮|新)?(?:[“”]|改革|试点|工作|服务|综合|数字|线上|政务|登记|制度|机制|模式|系统|热线|平台|全国|企业)*"
)
LISTED = pattern(r"[”’」]?(?:[、和与及]|以及)[“‘「]?|”“")
ON = pattern(r"[在到][“‘「]?$")
ONLINE = pattern(r"[”’」]?[^，。；]{0,8}(?:上线|开通|运行)")  # 应用在“江州通”上线
SHORT = 20
OPENING = 4
"""How long a sentence may be that tells what its paragraph is about, and how far in the reform stands: 二、X改革。"""
OFTEN = 3
SHARE = 0.3
"""How much of all that is named a reform must be that the tables know no parts of, to be what its article is about."""
BROAD = 3
"""A reform of which so many others are parts is no measure of another one unless the tables say so."""


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
    clauses = [(s, s.untitled(s.initiatives)) for s in scene.telling if len(s.initiatives) > 1]
    for sentence, initiatives in clauses:
        for part, whole, rule in chain(joined(sentence, initiatives), hosted(sentence, initiatives)):
            yield from say(part, whole, rule, sentence.stretch(part, whole))
    for value, mention in named.items():
        natural = next((name for name in _wholes(str(value)) if name in named), "")
        if natural and (natural not in _umbrellas() or _is_told_with(scene, mention, named[natural], topic)):
            yield from say(mention, named[natural], "part.known")
    brands = {str(m.span.quote): m for m in named.values()}
    for mention in scene.initiatives:
        brand, dot, _ = str(mention.value).partition("·")
        if dot and brand in brands:  # “清朗·打击网络谣言”
            yield from guess(mention, brands[brand], "part.series")
        inner = next(scene.within(mention, *INITIATIVE), None)
        if inner is not None and not _is_same(mention, inner):
            yield from guess(mention, inner, "part.name")
    for sentence, initiatives in clauses:
        for part, whole, rule in chain(added(sentence, initiatives), listed(sentence, initiatives)):
            yield from guess(part, whole, rule, sentence.stretch(part, whole))
    main = topic.initiative
    last: Mention | None = None
    for sentence in scene.telling:
        outer = _told_of_this(sentence)
        meant = last if outer and last and TOOL.search(sentence.before(outer, 40)) else main
        if outer and meant:
            yield from say(meant, outer, "part.this", sentence.span)
        last = sentence.initiatives[-1] if sentence.initiatives else last
    for part, whole, evidence in _under_leads(scene, main):
        yield from guess(part, whole, "part.lead", evidence)
    if main:
        for part in measures(scene, main):
            yield from guess(part, main, "part.measure")
    if main and _is_umbrella(scene, main):
        beside = _beside(scene, main)
        for sentence in scene.telling:
            for mention in sentence.initiatives:
                if mention.value not in beside and not _stands_alone(mention, main, topic):
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
    if any(LISTED.fullmatch(sentence.between(lead, m)) for m in sentence.initiatives[1:]):
        return None
    at_head = lead.span.start - sentence.span.start <= OPENING
    return lead if at_head and lead.kind == "reform" and (main is None or lead.value != main.value) else None


def _is_same(outer: Mention, inner: Mention) -> bool:
    """Whether a longer name adds no more than a word for its kind: “南川通”数字平台, 南川医改试点 of 南川医改."""
    return outer.kind == inner.kind and KIND.fullmatch(outer.span.quote.replace(inner.span.quote, "")) is not None


def _told_of_this(sentence: Sentence) -> Mention | None:
    """What the reform spoken of is said to be a part of where a word points to it: 这项改革是深化X改革的一项举措."""
    whole = next(iter(sentence.untitled(sentence.initiatives)), None)
    if whole is None:
        return None
    words = sentence.span.quote[: whole.span.start - sentence.span.start]
    said = BEING.search(words) and THIS.search(words) and PART_WORD.match(sentence.after(whole, 24))
    return whole if said else None


def _stands_alone(mention: Mention, main: Mention, topic: Topic) -> bool:
    """Whether a known reform is no part of what the article is about: it is of another region, as broad as the main
    one, beside it in a third one, or the main one is none that is known for its many parts."""
    known = catalogue.initiatives().get(str(mention.value))
    if known is None:
        return False
    breadth = _breadth()[str(main.value)]
    beside = known.part_of and known.part_of == next(_wholes(str(main.value)), "")
    return beside or known.region not in around(topic) or breadth <= BROAD or _breadth()[known.name] >= BROAD


def _beside(scene: Scene, main: Mention) -> set[object]:
    """What an article sets beside its main reform, not under it: what its title or a list names together with it
    (“甲”和“乙”都是试点; but “甲”改革推出“乙”), another name of it, and where its offers go online (在“江州通”上线)."""
    title = scene.document.article.title
    headed = [m for m in scene.initiatives if m.span.start < len(title)]
    beside: set[object] = {m.value for m in headed if not ADDING.search(title[main.span.end : m.span.start])}
    stem = KIND.sub("", main.span.quote)
    for sentence in scene.telling:
        for first, second in pairwise(sentence.initiatives):
            if main.value in (first.value, second.value) and LISTED.fullmatch(sentence.between(first, second)):
                beside |= {first.value, second.value}
        for mention in sentence.initiatives:
            name = KIND.sub("", mention.span.quote)
            if (name and name in stem) or _is_channel(sentence, mention):
                beside.add(mention.value)
    return beside


def _is_channel(sentence: Sentence, mention: Mention) -> bool:
    """Whether a service is where something else goes online: 应用在“江州通”上线."""
    channel = mention.kind == "service" and ON.search(sentence.before(mention, 4))
    return bool(channel) and ONLINE.match(sentence.after(mention, 12)) is not None


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


def _is_umbrella(scene: Scene, main: Mention) -> bool:
    """Whether the article is about this reform as a whole: it stands in the title and leads in the body, and other
    initiatives are by nature parts of it."""
    if main.span.start >= len(scene.document.article.title):
        return False
    if main.kind != "reform":
        return False
    count = sum(m.value == main.value for m in scene.initiatives)
    return count >= (OFTEN if main.value in _breadth() else max(OFTEN + 1, len(scene.initiatives) * SHARE))
