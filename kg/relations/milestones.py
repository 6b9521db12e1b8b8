"""Dates of legislation (adopted, issued, in force) and of reforms and services (start, target)."""

import re
from collections.abc import Iterator, Sequence

from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Relation, Topic

IN_FORCE = re.compile(r"[^，。；]{0,4}?(?:起|开始)?[^，。；]{0,6}?(?:施行|实施|生效|执行)")  # 自2021年7月1日起施行
ADOPTED = re.compile(r"通过")
ISSUED = re.compile(r"印发|发布|下发|出台|公布|颁布|发出|签署|推出")
SIGNED = re.compile(r"(?:成文|印发|发布|公布)(?:日期|时间)?[为是：]?$")  # 成文日期为2022年1月5日
SINCE = re.compile(r"(?:发布|公布|颁布|印发|出台)")  # 《实施条例》自1997年7月3日发布以来
HEARSAY = re.compile(r"报道|获悉|消息|记者|近日|日前|此前|讯")  # the date is the report's, not the document's
STARTED = re.compile(
    r"启动|上线|开通|启用|试运行|投入使用|投用|正式运行|开始(?:试点|运行|实施|推行|施行)|挂牌|揭牌|首发|问世|铺开|"
    r"起[^，。；]{0,4}?(?:实施|施行|实行|推行)|"
    r"全面(?:实施|推行|推开)"
)
NOT_STARTED = re.compile(
    r"(?:开通|上线|启动|启用|运行|实施)[^，。；]{0,3}(?:满|以来|至今|[一二三四五六七八九十0-9]+周?年)"
)
NEAR = 30
DUE = re.compile(r"\.\./")
INTERVAL = re.compile(r"\d{4}(?:-\d{2}){0,2}/\d")
CLAUSE_GROUP = "；"


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """Each date with the legislation or reform of its sentence, by the verb that goes with it."""
    current: Mention | None = None
    for sentence in scene.sentences:
        legislation = sentence.of("legislation")
        for time in sentence.of("time"):
            yield from _of_legislation(sentence, time, legislation, current)
            yield from _of_initiative(sentence, time, topic)
        if legislation:
            current = legislation[-1]


def _of_legislation(
    sentence: Sentence, time: Mention, documents: Sequence[Mention], current: Mention | None
) -> Iterator[Relation]:
    before = [m for m in documents if m.span.end <= time.span.start]
    following = [m for m in documents if m.span.start >= time.span.end]
    subject = before[-1] if before else following[0] if following else current
    if subject is None:
        return
    after = sentence.after(time, 14)
    if IN_FORCE.match(after):
        yield Relation("dateInForce", subject, time, "", sentence.span, "milestone.in-force")
        return
    if DUE.match(str(time.value)):
        return
    if before and (SIGNED.search(sentence.before(time, 8)) or SINCE.search(time.span.quote + after[:3])):
        yield Relation("dateIssued", subject, time, "", sentence.span, "milestone.issued")
    elif following:
        between = sentence.between(time, following[0])
        if HEARSAY.search(between) or _another_between(sentence, time, following[0]):
            return
        if ADOPTED.search(between):
            yield Relation("dateAdopted", following[0], time, "", sentence.span, "milestone.adopted")
        elif ISSUED.search(between):
            yield Relation("dateIssued", following[0], time, "", sentence.span, "milestone.issued")
    elif not documents and current and re.match(r"[^，。；]{0,8}(?:表决|审议)?通过", after):
        yield Relation("dateAdopted", current, time, "", sentence.span, "milestone.voted")


def _another_between(sentence: Sentence, time: Mention, document: Mention) -> bool:
    return any(time.span.end <= t.span.start < document.span.start for t in sentence.of("time"))


def _of_initiative(sentence: Sentence, time: Mention, topic: Topic) -> Iterator[Relation]:
    documents = sentence.of("legislation")
    initiatives = [m for m in sentence.of(*INITIATIVE) if not any(d.span.covers(m.span) for d in documents)]
    if DUE.match(str(time.value)):
        for initiative in initiatives:
            if CLAUSE_GROUP not in sentence.stretch(initiative, time).quote:
                yield Relation("targetDate", initiative, time, "", sentence.span, "milestone.due")
        return
    if INTERVAL.match(str(time.value)):
        return
    nearest = min(initiatives, key=lambda m: _distance(m, time), default=_spoken_of(sentence, topic))
    if nearest is None or (initiatives and _distance(nearest, time) > NEAR):
        return
    if initiatives:
        words = sentence.stretch(nearest, time).quote + sentence.after(max(nearest, time, key=_end), 12)
    else:
        words = sentence.after(time, 30)
    if STARTED.search(words) and not NOT_STARTED.search(words):
        yield Relation("startDate", nearest, time, "", sentence.span, "milestone.started")


def _spoken_of(sentence: Sentence, topic: Topic) -> Mention | None:
    """热线 alone means the hotline that the article is about."""
    main = topic.initiative
    if main and main.kind == "service" and str(main.value)[-2:] in sentence.span.quote:
        return main
    return None


def _end(mention: Mention) -> int:
    return mention.span.end


def _distance(a: Mention, b: Mention) -> int:
    return max(a.span.start - b.span.end, b.span.start - a.span.end, 0)
