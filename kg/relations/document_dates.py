"""Legislation dateAdopted, dateIssued, dateInForce time: the verb decides which, the nearest time before it when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from kg.context import NUMERALS, Scene, Sentence
from kg.meetings import beside, decisions
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern

CUE = pattern(
    r"(?P<dateInForce>施行|实施|生效|执行|试行)"
    r"|(?P<dateAdopted>(?:表决|审议|讨论|全票|高票|一致)(?:并)?通过|通过(?=[了《，。；、）)并本该]|的《|$)|批[准复](?:同意|实施|了)?(?=《)|修[订改]了?(?=《))"
    r"|(?P<dateIssued>(?:印|制)发|发[到给](?=各|全)|下发|发布(?![会厅])|出台|公布|颁布|颁发|发出|签[署订下]|公之于众|推出|公开征求|向社会(?:公开)?征[求集]|(?:向社会|对外|正式)公开(?!征求))"
)
DATED = pattern(r"(?:成文|落款|印发|发布|公布|发文|颁布)(?:日期|时间)?[为是于：:]*$")  # 成文日期为2022年1月5日
SIGNED = pattern(r"(?:成文|落款|印发|发文)(?:日期|时间)[为是于：:]*$")  # 文件落款日期是2022年1月5日
SINCE = pattern(  # 自1997年7月3日发布以来
    r"(?:(?P<dateInForce>施行|实施|生效)|(?P<dateIssued>发布|公布|颁布|印发|出台))(?:以来|至今|后)"
)
HEARSAY = pattern(r"报道|获悉|消息|记者|近日|日前|此前|近期|讯|电")  # the time is the report's, not the document's
NOW = pattern(r"现[予将]")  # 已于7月20日经会议同意，现予印发: on the day below the text
FUTURE = pattern(r"计划|拟|将|预计|有望|提请|争取|力争|最快|尽快|适时|准备|之前(?!的)|未")
FROM = pattern(r"起|开始|正式|统一|同步|同时|之日")
IN_BRACKETS = pattern(r"（[^（）]*）")
THESE = pattern(
    r"^，(?:该|本|这[部项个]|[两三四各]地)?(?:条例|规定|办法|决定|意见|法规|文件|新规)"
)  # 5月1日起，三地条例同步施行
MADE = pattern(r"，?(?:经|由|新)[^，。；]{1,40}的《?")  # 7月1日，经市人大常委会修改的《…》开始施行
FROM_BEFORE = pattern(r"(?:[自从于]|将|已|定于)$")
ISSUES = pattern(r"印发.+通知$")  # the day in a line of its own is the day of issue
AT_END = pattern(  # nothing else that was issued or passed stands behind the verb
    r"了?(?:$|[，。；：、！？）)\n”]|实施|施行|执行|以来|以后|之后|后|至今|并|和|及|意见|[到给至]?各"
    r"|(?:本|该|这|各自|自己)[^，。；]{0,6}(?:条例|规定|决定|办法|文件|方案|法规|意见))"
)
UNDER = pattern(r"(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|围绕|对照|结合)[^，。；]{0,6}《?$")
KIND = pattern(r"(?:该|这[份部项个]|上述)?(条例|规定|规则|办法|意见|方案|通知|决定|规划|计划)(?![书组])")
AT_TAIL = pattern(r"[（(][^（）()]*[）)]$")  # 决定（草案）
COUNTED = pattern(
    r"([两二三四五六七八九十])[部份项件个](?:地方性?|新)?(?:条例|法规|规章|规定|规则|办法|意见|文件|决定)"
)
NOTICE = pattern(r"^了?(?:公告|通告|公示|通知)[，：]")  # 5月14日发出公告，《…》即日施行
LIST_MARKS = ("、", "和", "及")
OBJECT_GAP = 30
LITTLE = 10
"""How many characters there may be between a document's verb and what stands in front of it."""
CARRIED = 3
"""How many sentences a document stays the subject of those that name none."""
SPOKEN = pattern(r"[，。；：]")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What each verb of adopting, issuing and taking effect says of a document; of two times for one event of one
    document only the finer counts."""
    found = list(_all(scene)) if scene.of("legislation") else []
    values = {(r.predicate, r.subject.value, str(r.object.value)) for r in found if r.object}
    for relation in found:
        time = str(relation.object.value) if relation.object else ""
        if not any(
            _finer(other, time)
            for predicate, document, other in values
            if predicate == relation.predicate and document == relation.subject.value
        ):
            yield relation


def _finer(time: str, other: str) -> bool:
    """2021-05-01 is finer than 2021-05, 2022-09-22 than 2022-09-21/2022-09-30."""
    day, coarse = time.removesuffix("/.."), other.removesuffix("/..")
    start, _, end = coarse.partition("/")
    return day != coarse and (day.startswith(coarse + "-") or ("/" not in day and bool(end) and start <= day <= end))


def _all(scene: Scene) -> Iterator[Relation]:
    decided: set[Mention] = set()
    for meeting, sentence, document in decisions(scene):
        if meeting.time:
            decided.add(document)
            yield Relation("dateAdopted", document, meeting.time, "", sentence.span, "dates.meeting")
    current: Mention | None = None
    together: Sequence[Mention] = ()
    kinds: dict[str, Mention] = {}  # 决定 -> the last decision
    age = 0
    for sentence in scene.sentences:
        documents = sentence.documents
        times = sentence.untitled(sentence.times)
        if (
            times
            and current
            and times[0].span.quote == sentence.span.quote
            and ISSUES.search(scene.document.article.title)
        ):
            yield Relation("dateIssued", current, times[0], "", sentence.span, "dates.signed")
        if times and (documents or current):
            yield from _dated(sentence, documents, times, current)
            spoken = [] if documents else _spoken(sentence, together, kinds, current)
            for relation in _told(sentence, documents, times, spoken):
                if relation.predicate != "dateAdopted" or relation.subject not in decided:
                    yield relation
        if documents:
            current, age = documents[-1], 0
            kinds |= {AT_TAIL.sub("", str(document.value))[-2:]: document for document in documents}
            if len(documents) > 1:
                together = documents
        else:
            age += 1
            current = current if age < CARRIED else None


def _dated(
    sentence: Sentence, documents: Sequence[Mention], times: Sequence[Mention], current: Mention | None
) -> Iterator[Relation]:
    """《…》，成文日期为2022年1月5日; 《…》自1997年7月3日发布以来."""
    for time in times:
        before = next((d for d in reversed(documents) if d.span.end <= time.span.start), None)
        since = SINCE.search(time.span.quote)
        if since and before:
            yield Relation(str(since.lastgroup), before, time, "", sentence.span, "dates.written")
        elif before and DATED.search(sentence.before(time, 8)):
            yield Relation("dateIssued", before, time, "", sentence.span, "dates.written")
        elif current and not documents and SIGNED.search(sentence.before(time, 8)):
            yield Relation("dateIssued", current, time, "", sentence.span, "dates.signed")


def _spoken(
    sentence: Sentence, together: Sequence[Mention], kinds: dict[str, Mention], current: Mention | None
) -> Sequence[Mention]:
    """What a sentence that names no document speaks of: the two named together before (两部条例都将施行), the last one
    of the kind that it begins with (决定自12月28日起施行), else the last one."""
    number = COUNTED.search(sentence.span.quote) if together else None
    if number and NUMERALS.get(number.group(1)) == len(together):
        return together
    kind = KIND.match(sentence.span.quote)
    meant = kinds.get(kind.group(1), current) if kind else current
    return [meant] if meant else []


def _told(
    sentence: Sentence, documents: Sequence[Mention], times: Sequence[Mention], spoken: Sequence[Mention]
) -> Iterator[Relation]:
    text, offset = sentence.span.quote, sentence.span.start
    for cue in CUE.finditer(text, times[0].span.end - offset):
        start = cue.start() + offset
        time = next((t for t in reversed(times) if t.span.end <= start), None)
        if time is None or any(d.span.start <= start < d.span.end for d in documents):
            continue
        predicate = str(cue.lastgroup)
        between = text[time.span.end - offset : cue.start()]
        if "；" in between or HEARSAY.search(between) or NOW.search(between):
            continue
        if predicate == "dateInForce":
            if not _from(sentence, time, documents, start):
                continue
        elif (
            time.span.quote.endswith("来")
            or str(time.value).startswith("..")
            or FUTURE.search(sentence.before(time, 8) + between)
        ):
            continue
        meant, days = list(_meant(sentence, documents, spoken, cue)), _listed(sentence, times, time)
        if len(meant) == len(days):  # 两部条例先后于12月、1月公布: one each
            pairs: Iterable[tuple[Mention, Mention]] = zip(meant, days, strict=True)
        else:
            pairs = product(meant, days)
        for document, day in pairs:
            yield Relation(predicate, document, day, "", sentence.span, "dates.verb")


def _listed(sentence: Sentence, times: Sequence[Mention], last: Mention) -> Sequence[Mention]:
    """A time with those listed right before it, in text order: 9月24日、25日分别表决通过."""
    found = [last]
    for time in reversed(times[: times.index(last)]):
        if sentence.between(time, found[0]) not in LIST_MARKS:
            break
        found.insert(0, time)
    return found


def _from(sentence: Sentence, time: Mention, documents: Sequence[Mention], verb: int) -> bool:
    """Whether a time right before 施行 says from when: 自…起, 于…, or with nothing but the document between them."""
    inner = [d for d in documents if time.span.end <= d.span.start and d.span.end <= verb]
    if inner:
        return _around(sentence, time, inner, verb)
    offset = sentence.span.start
    between = THESE.sub("", IN_BRACKETS.sub("", sentence.span.quote[time.span.end - offset : verb - offset]))
    if len(between) > 14 or SPOKEN.search(between):
        return False
    return (
        str(time.value).endswith("/..")
        or bool(FROM.match(between))
        or not between
        or FROM_BEFORE.search(sentence.before(time, 3)) is not None
    )


def _around(sentence: Sentence, time: Mention, inner: Sequence[Mention], verb: int) -> bool:
    """Whether there is little but documents between a time and a verb: 7月1日，经会议修改的《A》《B》开始施行."""
    ahead, behind = sentence.between(time, inner[0]), sentence.after(inner[-1], verb - inner[-1].span.end)
    gaps = (IN_BRACKETS.sub("", sentence.between(one, other)).partition("（")[0] for one, other in pairwise(inner))
    if CUE.search(ahead) or any(SPOKEN.search(gap) for gap in gaps):
        return False
    if MADE.fullmatch(ahead):
        return len(behind) <= LITTLE
    return len(IN_BRACKETS.sub("", ahead + behind)) <= LITTLE


def _meant(
    sentence: Sentence, documents: Sequence[Mention], spoken: Sequence[Mention], cue: re.Match[str]
) -> Iterator[Mention]:
    """The verb's object with all that is listed with it; else its subject; else the document spoken of before."""
    text, offset = sentence.span.quote, sentence.span.start
    start, end = cue.start() + offset, cue.end() + offset
    behind = [d for d in documents if d.span.start >= end]
    if behind:
        gap = text[end - offset : behind[0].span.start - offset]
        if len(gap) <= OBJECT_GAP and not SPOKEN.search(NOTICE.sub("", gap)):
            yield behind[0]
            for left, right in pairwise(behind):
                if not beside(sentence, left, right):
                    break
                yield right
            return
    if not AT_END.match(text, end - offset):
        return
    before = [d for d in documents if d.span.end <= start]
    subjects = before[-1:] if before else () if documents else spoken
    since = before[-1].span.end if before else offset
    if any(since <= m.span.start < start for m in sentence.initiatives):
        return
    for document in reversed(before[:-1]):
        if not beside(sentence, document, subjects[0]):
            break
        subjects = [document, *subjects]
    if not (before and UNDER.search(sentence.before(subjects[0], 12))):
        yield from subjects
