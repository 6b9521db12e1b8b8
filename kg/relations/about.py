"""Indicator about entity (what a number speaks of) and asOf time."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.clauses import Clause, Clauses, cut, spoken
from kg.context import Scene, Sentence, outermost
from kg.model import Mention, Quantity, Relation, Topic
from kg.normalise.pattern import pattern

BESIDE = pattern("[“”的]")  # what may stand between a number and the name it counts
AMONG = pattern(r"其中|包括|分别")
OF_THESE = pattern(  # 其中|小学520所, 这54场发布会里|，线上占30场, but not 两年里
    r"在?(?:这?其中|这?当中|这些[^，。；：]{1,8}[中里]|"
    r"这?[0-9一二三四五六七八九十两]+(?![0-9]|[个多]?[年月天日周])[^，。；：]{1,8}[中里])"
)
GENERAL = pattern("试点(?!示范)|改革(?![之以]?[前后]|开放|委|办|局|领导|发展|创新)")  # 全市320个村完成改革
ANEW = pattern("[； ]")  # behind it, or in the next part of a headline, another may act
THIS_SERVICE = pattern("(?:该|这[一款个项]*|此)(?:App|APP|应用|小?程序|软件|平台|系统|服务|门户)")
FOUNDED = pattern("[^，。；：的]{0,4}(?:成立|挂牌|揭牌|亮牌|启用|设立|组建|运行|运转|开放|办公)")  # 审批局|挂牌
FOUNDS = pattern("(?:成立|设立|组建|建成|建立|启用|挂牌|新设)了?[^，。；：]{0,6}$")
INTRODUCES = pattern(  # “南川通”|推出“秒批”, not “南川通”接入国家平台
    r"(?:推出|上线|开通|开设|新增|增设|设立|设置|新设|打造|建成|建立|搭建|启动|推行|推广|实行|实施|发布|开发|升级|叠加|组建|"
    r"试点|探索|开展)了?[^，。；：]{0,8}$"
)
OPENING = 3
REACH = 12
"""How many clauses before its own may say what a number is about."""
TOPIC = "about.topic"
LARGE = 5
"""From here on a number of the title that comes again in the body is taken for the same one."""
HEADS = pattern(r"平台|系统|热线|窗口|大厅|专区|程序|驿站|专席")  # 热线 alone: the hotline spoken of before
ARTICLES = frozenset(("条", "章", "款", "编", "节"))
OF_DOCUMENT = pattern(r"全文|共|全篇|条款|规定|办法|条例|法规")
WHOLE_TEXT = pattern("全文|全篇|通篇")
TERRITORIAL = pattern(  # what only a territory has
    r"生产总值|GDP|人口|面积|森林覆盖率|(?:预算|财政|税收)收入|固定资产投资|进出口|外资|内资|(?:市场|商事|经营)主体|亩均税收"
)
OFFICE = ("审批局", "中心", "大厅")
"""How the name of a body with counters ends: its windows and matters are what is counted."""
ITSELF = pattern(r"它|其(?!中|他|余|它)|该")


class _Said(NamedTuple):
    """What the text has spoken of before a number."""

    current: Mention | None
    """The paragraph's last reform or service, or office founded."""
    service: Mention | None
    """The text's last service, be it but a means."""
    document: Mention | None


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What each number is about and when it held; the same number in title and body is about one thing: the first that
    is more than the topic."""
    title_end = len(scene.document.article.title)
    told = list(_told(scene, topic))
    same: dict[object, list[Relation]] = {}
    for relation in told:
        if amount := _large(relation):
            same.setdefault(amount, []).append(relation)
    for relation in told:
        group = same.get(_large(relation), ())
        if len(group) > 1 and group[0].subject.span.end <= title_end:
            chosen = next((one for one in group if one.rule != TOPIC), group[0])
            yield replace(relation, object=chosen.object)
        else:
            yield relation


def _large(relation: Relation) -> tuple[object, str] | None:
    """Value and unit of a number that is told to be about something and is hardly twice the same by chance."""
    amount = relation.subject.value
    if relation.predicate != "about" or not isinstance(amount, Quantity) or amount.value < LARGE:
        return None
    return amount.value, amount.unit


def _told(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The reform or service right behind the number, else the subject of its clause, of the clauses before it, of the
    paragraph, else the article's main reform or service, or the home region or the agency of its title."""
    whole = _whole(scene, topic)
    current: Mention | None = None
    service: Mention | None = None
    document: Mention | None = None
    counted: Mention | None = None
    heads: dict[str, Mention] = {}
    paragraph = -1
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            current = counted = None
        initiatives = outermost(sentence.untitled(sentence.initiatives))
        told = spoken(sentence, initiatives)
        if indicators := sentence.indicators:
            parts = cut(sentence, indicators[-1].span.start)
            starts = [m.span.start for m in sentence.mentions]
            clauses = Clauses(scene, sentence, topic, initiatives, told, heads, parts, starts)
            said = _Said(current, service, document)
            last = counted if OF_THESE.match(sentence.span.quote) else None
            for indicator in indicators:
                found, rule = _subject(clauses, indicator, said, last)
                if found is None:
                    found, rule = whole, TOPIC
                if found:
                    last = counted = found
                    yield Relation("about", indicator, found, "", sentence.span, rule)
                time = _time(sentence, indicator)
                if time:
                    yield Relation("asOf", indicator, time, "", sentence.stretch(indicator, time), "about.as-of")
        current = _current(sentence, told, topic) or current
        service = next((m for m in reversed(initiatives) if m.kind == "service"), service)
        document = sentence.documents[-1] if sentence.documents else document
        _remember(heads, sentence, initiatives, current)


def _remember(
    heads: dict[str, Mention], sentence: Sentence, initiatives: Sequence[Mention], current: Mention | None
) -> None:
    """Keeps what a sentence names by what may point back to it: 热线, 中心, or 该局 for an office founded."""
    for initiative in initiatives:
        heads[str(initiative.value)[-2:]] = initiative
    for agency in sentence.agencies:
        if agency.span.quote.endswith(OFFICE):
            heads[agency.span.quote[-2:]] = agency
    if current and current.kind == "agency":
        heads["该" + current.span.quote[-1]] = current


def _headline(scene: Scene, mention: Mention | None) -> Mention | None:
    """A mention that stands in the title, or in a text without one."""
    title_end = len(scene.document.article.title)
    return mention if mention and (not title_end or mention.span.start < title_end) else None


def _whole(scene: Scene, topic: Topic) -> Mention | None:
    """What an article as a whole is about: its main reform or service, but the zone or group of its title rather than
    a reform that only the body names (长三角示范区五年…), else the home region or the agency of its title."""
    if topic.initiative is None:
        return _headline(scene, scene.home(topic)) or _headline(scene, topic.agency)
    zones = scene.headed_zones()
    return _headline(scene, topic.initiative) or (zones[0] if len(zones) == 1 else topic.initiative)


def _current(sentence: Sentence, told: Sequence[Mention], topic: Topic) -> Mention | None:
    """What a paragraph goes on to speak of after a sentence: the article's main reform or service if the sentence
    names it, else the one that it begins with, else its last; without any the office that it tells the founding of.
    `told`: its reforms and services that are more than a means (登录“南川通”办理)."""
    if not told:
        return next((agency for agency in sentence.agencies if _founded(sentence, agency)), None)
    main = topic.initiative
    if main and (named := next((m for m in told if m.value == main.value), None)):
        return named
    opens = told[0].span.start - sentence.span.start < OPENING
    return told[0 if opens else -1]


def _founded(sentence: Sentence, agency: Mention) -> bool:
    """Whether a sentence tells the founding of an office: 南川市行政审批局挂牌, 设立市政务服务中心."""
    if not agency.span.quote.endswith(OFFICE):
        return False
    behind = FOUNDED.match(sentence.after(agency, 8))
    return behind is not None or FOUNDS.search(sentence.before(agency, 10)) is not None


def _subject(clauses: Clauses, indicator: Mention, said: _Said, last: Mention | None) -> tuple[Mention | None, str]:
    """What a number is about, and the rule that says so; `last`: what the one before it in the sentence is about."""
    sentence, initiatives = clauses.sentence, clauses.initiatives
    start, end = indicator.span.start, indicator.span.end
    for initiative in initiatives:
        gap = initiative.span.start - end
        if gap == 0 or (gap == 1 and BESIDE.match(sentence.span.quote, end - sentence.span.start)):  # 104项“好办”
            return initiative, "about.behind"
    at = bisect_left(clauses.clauses, Clause(start + 1, 0)) - 1
    earlier, here = clauses.clauses[max(0, at - REACH) : at], clauses.clauses[at]
    ahead = sentence.span.quote[here.start - sentence.span.start : start - sentence.span.start]
    inside = clauses.named(here, initiatives)
    for initiative in reversed(inside):
        if initiative.span.end <= start:
            return initiative, "about.clause"
    if last and AMONG.match(ahead):
        return last, "about.among"
    subject = clauses.subject(here)
    if document := _counted_document(clauses, indicator, ahead, subject, said):
        return document, "about.articles"
    if inside and not (subject and subject.kind == "legislation"):
        return next((m for m in inside if m in clauses.told), inside[0]), "about.clause"
    if subject and not (subject.kind == "region" and _gives_way(clauses, here, ahead, earlier, said)):
        return subject, "about.subject"
    for noun in HEADS.findall(ahead) if clauses.heads else ():
        if noun in clauses.heads:
            return clauses.heads[noun], "about.head"
    before = _before(clauses, here, ahead, earlier, said) if earlier else (None, "")
    if before[0]:
        return before
    if last and (OF_THESE.match(sentence.span.quote) or (not said.current and _did(sentence, last, start))):
        return last, "about.among"
    if said.service and THIS_SERVICE.match(sentence.span.quote):
        return said.service, "about.head"
    if said.current:
        return said.current, "about.carried"
    return _later(clauses, start), "about.later"


def _did(sentence: Sentence, body: Mention, start: int) -> bool:
    """Whether a number at an offset goes on with what one body did that the sentence names alone:
    市公安局推出新举措10批，惠及8万人."""
    if body.kind != "agency" or len({agency.value for agency in sentence.agencies}) != 1:
        return False
    offset = sentence.span.start
    return ANEW.search(sentence.span.quote, sentence.agencies[-1].span.end - offset, start - offset) is None


def _later(clauses: Clauses, start: int) -> Mention | None:
    """The first reform that the sentence names behind a number; a service there is only one of its means, unless the
    article has no other subject."""
    later = next((m for m in clauses.initiatives if m.span.start > start), None)
    return None if later and later.kind == "service" and clauses.topic.initiative else later


def _general(clauses: Clauses, here: Clause) -> bool:
    """Whether a sentence speaks of the article's main reform by its general name, up to the end of a clause:
    全市320个村完成改革."""
    end = here.end - clauses.sentence.span.start
    return clauses.topic.initiative is not None and GENERAL.search(clauses.sentence.span.quote, 0, end) is not None


def _gives_way(clauses: Clauses, here: Clause, ahead: str, earlier: Sequence[Clause], said: _Said) -> bool:
    """Whether a region that a clause begins with is only where the reform goes on that its paragraph or its sentence
    speaks of: …河长制…。全市配齐河长18名, but not 全市生产总值."""
    if TERRITORIAL.search(ahead):
        return False
    if said.current or _general(clauses, here):
        return True
    return any(clauses.named(clause, clauses.initiatives) for clause in earlier)


def _counted_document(
    clauses: Clauses, indicator: Mention, ahead: str, subject: Mention | None, said: _Said
) -> Mention | None:
    """The document whose parts a number counts: 《办法》共62条, 全文分9个部分; `ahead`: its clause up to the number."""
    documents = clauses.sentence.documents
    document = documents[-1] if documents else said.document
    if document is None or not isinstance(indicator.value, Quantity):
        return None
    of_document = subject is document or OF_DOCUMENT.search(ahead) or (documents and "提出" in ahead)
    if indicator.value.unit in ARTICLES and of_document:
        return document
    return document if WHOLE_TEXT.match(ahead) else None


def _before(
    clauses: Clauses, here: Clause, ahead: str, earlier: Sequence[Clause], said: _Said
) -> tuple[Mention | None, str]:
    """What the clauses before speak of, the nearest first; `ahead`: the number's clause up to it. A region holds its
    ground where the number or its own clause speaks of what only a territory has (全市人口950万人，增长2%), and gives
    way to the reform that the sentence speaks of."""
    own = ITSELF.match(ahead) is not None  # the clause goes on with 它 or 其
    place: Mention | None = None
    told = clauses.told if clauses.told and clauses.told[0].span.start < here.start else clauses.initiatives
    for clause in reversed(earlier):
        if named := clauses.named(clause, told):
            first = own or _opened(clauses.sentence, clause, named)
            return named[0 if first else -1], "about.clause-before"
        if document := clauses.document(clause):
            return document, "about.document"
        subject = clauses.subject(clause)
        if subject and subject.kind == "region":
            if TERRITORIAL.search(clauses.words(clause)):
                return subject, "about.subject-before"
            place = place or subject
        elif subject and (subject.kind != "agency" or subject.span.quote.endswith(OFFICE)):
            return subject, "about.subject-before"
    if place is None or (said.current and not TERRITORIAL.search(ahead)) or _general(clauses, here):
        return None, ""
    return place, "about.subject-before"


def _opened(sentence: Sentence, clause: Clause, named: Sequence[Mention]) -> bool:
    """Whether a clause speaks of the first thing that it names: it opens with it and introduces none by it."""
    opens = named[0].span.start - clause.start < OPENING
    return opens and not INTRODUCES.search(sentence.before(named[-1], 10))


def _time(sentence: Sentence, indicator: Mention) -> Mention | None:
    """The last time before a number."""
    start = indicator.span.start
    return next((t for t in reversed(sentence.times) if t.span.start < start), None)
