"""What the sentences of an article speak of: who is meant where a clause names nothing, points back or lists."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.context import Scene, Sentence, outermost
from kg.model import Mention, Topic
from kg.normalise.pattern import pattern

CLAUSE = pattern(r"[，。；：！？—]")
LISTED = pattern(  # “免申即享”服务和“云客服”, 104项“好办”、123项“快办”
    r"(?:[”’]?(?:改革|服务|平台|制度|机制|窗口)?(?:[、和及与]|，?以及|\d*项)+)?[“‘]?|[”’][“‘]"
)
GENERAL = pattern(  # 试点于2017年铺开, 首轮试点在6月启动
    r"(?:首[批轮]|第一[批轮]|这[项一]|整个|全[市省区国])?(?:试点|改革|变化|变革|探索)(?:工作)?(?:便|就|已|于|在|从|自|就此|由此|正式|全面|率先|[首率]?先|[在从][^，。；：]{1,12}|[始起][于步源]{0,2}){0,4}$"
)
FIRST = pattern(r"[率首]先|先行|首批|首次|首个|第一批")
TRIED = pattern(r"试点|试行|先试|推行|推开|铺开|开展")
FOUNDED = pattern(r"成立|挂牌|揭牌|设立|创立|诞生|建成|建立")  # said of places and bodies, too
EMPTY = pattern(
    r"[“”]?(?:[其并于在从自已将由就也则便再先率首正式]|并于|已于|将于|随后|目前|开始|全面|陆续)*"
    r"(?:[在从][^，。；：]{1,14})?(?:[率首]?先|正式|全面|开始)*"
)
PLACES = pattern(r"^，?[、和等]*(?:[0-9两三四五六七八九十]+个?(?:省区市|省市|省份|城市|地区|省|市|区|县|地))?")
POINTING = pattern(
    r"(?:该|这一?[项个条套]?|此[项次]?|上述|本)(?:[^，。；：、的]{0,4}?)(?:平台|系统|门户|热线|专窗|窗口|大厅|制度|机制|改革|服务|模式|做法|品牌|举措|工程|行动|程序|App|APP|应用|专区)|[前后]者"
)
HEADS = pattern(
    r"(?:[0-9两三四五六七八九十多]+个[^，。；：]{0,6}?)?(?:平台|系统|门户|热线|专窗|窗口|大厅|专区|小程序|驿站|联盟)"
)
NOUN = pattern(
    r"[”’」](?:[^，。；：、的]{0,8}?)(平台|系统|门户|热线|专窗|窗口|小程序)(?![^，。；：、的]{0,6}(?:平台|系统|窗口))"
)
IS_ONE = pattern(r"[”’」]?(?:改革|平台|系统|服务|应用)?[就正也]?是[^，。；]{0,8}")
SUBJECT_GAP = 30


class Spoken(NamedTuple):
    """What a sentence may leave out or point back to."""

    last: Mention | None
    """What the paragraph spoke of last."""
    by_head: dict[str, Mention]
    """热线, 平台 -> the last thing whose name ends so."""
    main: Mention | None
    """What the article is about."""


class Passage(NamedTuple):
    """A sentence with what can start, and when."""

    sentence: Sentence
    things: Sequence[Mention]
    times: Sequence[Mention]
    spoken: Spoken

    def words(self, start: int, end: int) -> str:
        """The words from one offset in the article to another."""
        offset = self.sentence.span.start
        return self.sentence.span.quote[max(0, start - offset) : max(0, end - offset)]


def passages(scene: Scene, topic: Topic) -> Iterator[Passage]:
    """The sentences with a time, each with what it may leave out."""
    last: Mention | None = None
    by_head: dict[str, Mention] = {}
    paragraph = -1
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            last = None
        things = outermost(sentence.untitled(sentence.initiatives))
        times = sentence.untitled(sentence.times)
        if times:
            yield Passage(sentence, things, times, Spoken(last, by_head, topic.initiative))
        for thing in things:
            by_head[str(thing.value)[-2:]] = thing
            noun = NOUN.match(sentence.after(thing, 14))
            if noun:
                by_head[noun.group(1)[-2:]] = thing
        if sentence.initiatives:
            last = (things or sentence.initiatives)[0]


def near(passage: Passage, time: Mention) -> list[Mention]:
    """What stands before a time in its clause."""
    before = [t for t in passage.things if t.span.end <= time.span.start]
    return [t for t in before if not CLAUSE.search(passage.words(t.span.end, time.span.start))]


def carried(passage: Passage, time: Mention) -> Mention | None:
    """What the sentence spoke of before a time, else the paragraph, else the article."""
    before = [t for t in passage.things if t.span.end <= time.span.start]
    return before[-1] if before else passage.spoken.last or passage.spoken.main


def pointed(passage: Passage, time: Mention) -> bool:
    """Whether the clause of a time points back to a reform: 这项工程|始于2017年."""
    return POINTING.search(CLAUSE.split(passage.sentence.before(time, 24))[-1]) is not None


def unnamed(passage: Passage, time: Mention, verb: int) -> Mention | None:
    """What is meant by the general name of a reform (试点于2017年铺开) or by who tries first (三个片区率先试点)."""
    if any(time.span.end <= t.span.start and t.span.end <= verb for t in passage.things):
        return None
    tried = FIRST.search(passage.words(time.span.end, verb)) and TRIED.match(passage.words(verb, verb + 2))
    if tried or is_general(passage, time.span.start) or is_general(passage, verb):
        return carried(passage, time)
    return None


def is_general(passage: Passage, end: int) -> bool:
    """Whether a clause up to some offset consists of the general name of a reform: 试点|于2017年铺开."""
    clause = CLAUSE.split(passage.words(passage.sentence.span.start, end))[-1]
    return GENERAL.match(clause) is not None


def listed(passage: Passage, thing: Mention | None) -> list[Mention]:
    """A thing with those listed before it: A改革和B改革同时启动."""
    if thing is None:
        return []
    found = [thing]
    for other in reversed([t for t in passage.things if t.span.end <= thing.span.start]):
        if not LISTED.fullmatch(passage.words(other.span.end, found[-1].span.start)):
            break
        found.append(other)
    return found


def subject(passage: Passage, time: Mention, verb: int) -> Mention | None:
    """Who the verb is said of: what stands before it in its clause or before its time; else what the clause points
    back to (该平台, 热线) or, saying nothing of its own, carries on with."""
    inner = [t for t in passage.things if time.span.end <= t.span.start and t.span.end <= verb]
    if inner:
        return inner[-1] if not CLAUSE.search(passage.words(inner[-1].span.end, verb)) else None
    between = passage.words(time.span.end, verb)
    head = CLAUSE.split(between)[-1]
    before = [t for t in passage.things if t.span.end <= time.span.start]
    if before and not CLAUSE.search(between):
        gap = passage.words(before[-1].span.end, time.span.start)
        if len(gap) <= SUBJECT_GAP and not CLAUSE.search(gap):
            return _described(passage, before)
    opening = CLAUSE.split(passage.words(passage.sentence.span.start, time.span.start))[-1]
    earlier = _described(passage, before) if before else passage.spoken.last
    if POINTING.search(opening) or POINTING.search(head):
        return earlier
    for noun in HEADS.findall(opening + head):
        if noun[-2:] in passage.spoken.by_head and "个" not in noun:
            return passage.spoken.by_head[noun[-2:]]
    said = passage.words(time.span.end, verb).lstrip("，")
    bare = _without_places(passage, time.span.end, verb).lstrip("，")
    if not EMPTY.fullmatch(opening) or not EMPTY.fullmatch(bare):
        return None
    if FOUNDED.match(passage.words(verb, verb + 2)):
        return earlier if bare == said else None
    return earlier or (None if passage.sentence.documents or passage.things else passage.spoken.main)


def _described(passage: Passage, before: Sequence[Mention]) -> Mention:
    """“营商110” of “营商110”是“12345”热线的企业专席，2021年11月启用: of two that 是 joins the first is meant."""
    if len(before) > 1 and IS_ONE.fullmatch(passage.words(before[-2].span.end, before[-1].span.start)):
        return before[-2]
    return before[-1]


def _without_places(passage: Passage, start: int, end: int) -> str:
    """The words from one offset to another without a list of regions: 天津、成都、苏州3个城市率先 -> 率先."""
    regions = [r for r in passage.sentence.places if start <= r.span.start and r.span.end <= end]
    if not regions:
        return passage.words(start, end)
    words = ""
    for region in regions:
        words += passage.words(start, region.span.start)
        start = region.span.end
    return PLACES.sub("", words + passage.words(start, end))
