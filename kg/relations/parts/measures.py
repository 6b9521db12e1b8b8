"""Measures of the reform that a whole article is about: it counts them, sets them as headings, or calls the reform or
service that takes them by its bare kind (平台还开发了A)."""

from collections.abc import Iterator, Sequence

from kg.context import Scene, Sentence, outermost
from kg.model import Mention
from kg.normalise.pattern import pattern
from kg.relations.parts.wording import AND

COUNT = (
    r"(?:[0-9]{1,2}|[两二三四五六七八九十几])(?:大|项|个|种|类)[^，。；“]{0,6}"
    r"(?:场景|措施|举措|机制|改革|任务|服务|模式|应用|行动|工程|做法|制度)"
)
COUNTED = pattern(rf"{COUNT}[^。；]{{0,16}}?(?:分别[是为]|包括|：|——|即|，一是)[“‘「]?[^，。；]{{0,6}}$")  # 三类服务：A
ARE_COUNTED = pattern(rf"[”’」]?这?{COUNT}")  # A、B、C三种模式
NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING = pattern(  # 二、A; 第二是A
    rf"(?:第?{NUMERAL}、|第{NUMERAL}[条项个]?是|（{NUMERAL}）|[0-9]{{1,2}}[.．、])[^，。；]{{0,6}}$"
)
EXPLAINED = pattern(r"[”’」]?，?(?:就?是指|指的是|就是|即是?[^，。])")
TAKES = r"(?:[开增]设|设[立置有]|开辟|推出|上线|新增|开[通发]|嵌入|内设|创新|建立)了?[^，。“；]{0,6}[“‘「]?$"
TAKEN = pattern(TAKES)
BARE = pattern(  # 平台把供需两头连在一起，并开发了A
    r"(?:^|[，。；：])(?:该|这个|这一)?(平台|热线|系统|小程序|APP|中心|网站)[^，。；“”]{0,16}(?:，[^，。；“”]{0,16}){0,2}"
    + TAKES
)
COUNTING = pattern(r"[一二三四五六]是")
LEADS = pattern(r"[：:]$|改革|做法|举措|措施|方面|环环相扣")
ENTRY, ENTERED = (
    pattern(r"(?:改革|试点)(?:从|以)[“‘]?$"),
    pattern(r"[”’]?(?:改革)?(?:切入|入手|破题|起步|为?突破|为切入)"),
)
OPENING = 12
"""How far into its sentence a name may stand that is a heading."""
KIND = 4
"""Within how many characters behind a name the word for its kind stands: “好帮通”APP."""


def measures(scene: Scene, main: Mention) -> Iterator[Mention]:
    """What an article tells of as a measure of its main reform or service."""
    titled = main.span.start < len(scene.document.article.title)
    name = str(main.value) + scene.document.article.text[main.span.start : main.span.end + KIND]
    headings: list[Mention] = []
    for sentence in scene.telling:
        if not sentence.initiatives:
            continue
        initiatives = outermost(sentence.untitled(sentence.initiatives))
        if titled:
            yield from _counted(sentence, initiatives, main)
            headings += [m for m in initiatives if _heads(sentence, m)]
            yield from (m for m in initiatives if _enters(sentence, m))
        if main.kind == "service":
            yield from (m for m in initiatives if _is_taken(sentence, m, name))
    if len(headings) > 1 and all(m.value != main.value for m in headings):
        yield from headings
    if titled:
        yield from _enumerated(scene, main)


def _enumerated(scene: Scene, main: Mention) -> Iterator[Mention]:
    """What the paragraphs name in which a text counts up what the main reform does: 几招环环相扣：|一是药品。…"""
    counted: dict[int, list[Mention]] = {}
    lead, first, paragraph = "", -1, -1
    for sentence in scene.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if COUNTING.match(sentence.span.quote):
                counted[paragraph] = []
                first = paragraph if first < 0 else first
        if first < 0:
            lead = sentence.span.quote
        if paragraph in counted:
            counted[paragraph] += sentence.initiatives
    named = [m for paragraph in counted.values() for m in paragraph]
    if len(counted) > 1 and LEADS.search(lead) and all(m.value != main.value for m in named):
        yield from named


def _words_before(sentence: Sentence, mention: Mention) -> str:
    return sentence.span.quote[: mention.span.start - sentence.span.start]


def _heads(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is a numbered heading, 二、A, or what its sentence explains: “A”，就是…"""
    at = mention.span.start - sentence.span.start
    explained = at <= 1 and EXPLAINED.match(sentence.after(mention, 8))
    return bool(explained) or (at <= OPENING and HEADING.match(_words_before(sentence, mention)) is not None)


def _enters(sentence: Sentence, mention: Mention) -> bool:
    """Whether the article's reform begins with it: 改革从|公立医院改革|切入."""
    return (
        ENTRY.search(sentence.before(mention, 8)) is not None and ENTERED.match(sentence.after(mention, 8)) is not None
    )


def _counted(sentence: Sentence, initiatives: Sequence[Mention], main: Mention) -> Iterator[Mention]:
    """What a sentence counts: 推出三类服务：A、B、C; A、B、C三种模式, unless the main reform is one of them."""
    listed: list[Mention] = []
    announced = False
    for mention in initiatives:
        if listed and not AND.fullmatch(sentence.between(listed[-1], mention)):
            listed, announced = [], False
        listed.append(mention)
        announced = announced or COUNTED.search(sentence.before(mention, 48)) is not None
        if announced:
            yield mention
        elif len(listed) > 1 and ARE_COUNTED.match(sentence.after(mention, 16)):
            yield from (listed if all(m.value != main.value for m in listed) else ())


def _is_taken(sentence: Sentence, mention: Mention, name: str) -> bool:
    """Whether the article's service, called by its kind alone, takes something up: 热线推出A, after 江州12345热线."""
    bare = BARE.search(_words_before(sentence, mention)) if TAKEN.search(sentence.before(mention, 12)) else None
    return bare is not None and bare.group(1) in name
