"""Legislation passedBy agency: who adopted, issued or published it."""

from collections.abc import Iterator, Sequence

from kg import catalogue
from kg.context import Scene, Sentence, counted, firsts, pointed
from kg.meetings import beside, decisions
from kg.model import Mention, Relation, Span, Topic
from kg.normalise.pattern import pattern
from kg.topic import seat

ACT = pattern(  # 印发《…》, 审议通过了《…》
    r"印发|发布|下发|出台|先有|通过|制定|公布|颁布|起草|签[署订下]|批[准复]|发出|编制|推出|审议|公开征求|形成|(?<!新)修[改订]的"
)
NOT_ISSUER = pattern(  # 落实国务院部署，我们起草了《…》; 县农办主任介绍，县里出台《…》
    r"我们|，(?:总局|[省市县区州镇乡]里|当地|该[省市县区州])|(?:决策|部署|要求|精神|有关规定)(?=[，、和及的]|$)|落实|根据|按照|依据"
)
CONSENT = pattern(  # 市人大常委会在取得全国人大常委会的授权后，通过《…》
    r"(?:的[^，。；的]{0,6})?(?:授权|批准|同意|指导|支持|领导|部署)(?:之?后|之?下)"
)
AFTER = pattern(r"[》]?(?:已?于?[0-9年月日]{2,12})?[^，。；]{0,8}?(?:由|经)")  # 《…》于4月10日由国务院办公厅印发
GRANTED = pattern(r"[》]?(?:（[^（）]*）)?(?:日前|近日)?[已将]?(?:获得?|拿到|得到|取得)了?")  # 《…》获|国务院批复
BY_ORDER = pattern(r"》?(?:（[^（）]*）)?[^，。；]{0,12}?以")  # 《…》以|国务院|令第783号公布
ORDER = pattern(r"令(?:第?[0-9]+号)?的?(?:形式)?(?:予以|正式)?(?:公布|发布|颁布)")
GRANT = pattern(r"(?:正式)?(?:批[准复]|同意|审定)")
ITSELF = pattern(  # 文件|由省委办公厅、省政府办公厅联合印发
    r"(?:^|[，；])(?:文件|全文|方案|通知|意见|办法|条例|规定|规划|计划|决定|它|(?:该|这[份部项个])[^，。；]{2,5})[^，。；]{0,4}由$"
)
BY_THEM = pattern(r"[^，。；、]{0,12}?(?:印发|发布|公布|下发|出台|制定|颁布|通过|批[准复])")
SENT = pattern(r"^[^，。；]{0,6}(?:把|将|就)[^，。；]{0,4}《?$")  # 市政府|把《…》|印发各区
SIGNS = pattern(r"，?在《?")  # 两省政府|在《…》|上签字
SIGNED = pattern(r"》?(?:（[^（）]*）)?上(?:共同)?签[字了]")
SENDS = pattern(r"》?(?:（[^（）]*）)?(?:印发|发到|下发|发给|公布|发布|公之于众|(?:向社会|公开)[^，。；]{0,6}征[求集])")
JOINT = pattern(r"(?:[、和与及]|以及|牵头，|会同|联合|等\d*(?:个)?(?:部门|单位)?)+")
ALLIED = pattern(r"(?<=并)(?:联合|会同)$")  # 交通运输部先后印发…，并联合财政部出台《…》
VOTE = pattern(r"(?:表决|审议|全票|会议)[^，。；]{0,6}通过|通过了?(?:本|该|这|《|决定|条例|规定|办法)")
OWN = pattern(r"(?:等[^，。；]{0,4}(?:部门|部委|单位|家))?的?《?")  # 国家卫生计生委等7部委《…》, 市政府的《…》
SAME = pattern(r"通过[^，。；]{0,6}同名(?:的)?(?:规定|条例|决定|办法|意见)")  # 三省人大常委会通过同名规定
JOINED = pattern(r"[《、和 \u3000]?")  # 教育部、上海市人民政府
PRINTED = pattern(r"关于印发《?(.+?)》?的通知$")
GOES_ON = pattern(  # 出台《A》，此后又在此基础上制定《B》
    r"》?(?:（[^（）]*）)?[，；](?:[^，。；]{0,12}，){0,2}[^，。；由经]{0,20}(?:出台|印发|制定|发布|下发|修订|编制|公布|推出)了?《?"
)
SUBJECT = 40
AT_HOME = pattern(r"([省市县区州])里[^，。；《]{0,6}(?:印发|出台|制定|发布|下发|公布)[^，。；]{0,4}《?$")
REVISES = pattern(r"[^，。；]{0,6}修[改订]了?《?")
TOLD = ("绍，", "示，", "说，", "露，", "出，")
CONGRESS = pattern(r"人大|人民代表大会")


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The body whose meeting adopted it; the agencies in front of the verb, all joint issuers; a congress that votes on
    the document spoken of; for a printed notice its sender; else the one whose name begins the title."""
    if not scene.of("legislation") or not scene.of("agency"):
        return
    told: set[object] = set()
    decided: set[Mention] = set()
    for meeting, sentence, legislation in decisions(scene):
        decided.add(legislation)
        told.add(legislation.value)
        yield Relation("passedBy", legislation, meeting.agency, "", sentence.span, "passed.meeting")
    current: Mention | None = None
    named: Sequence[Mention] = []
    for sentence in scene.telling:
        documents, agencies = sentence.documents, sentence.agencies
        issued: tuple[Mention, Sequence[Mention]] | None = None
        for legislation in documents:
            if legislation in decided:
                continue
            issuers = (
                list(_issuers(sentence, legislation))
                or _counted(sentence, legislation, named)
                or _pointed(scene, topic, sentence, legislation)
                or _at_home(scene, topic, sentence, legislation)
                or _inherited(scene, sentence, legislation, issued)
            )
            issued = legislation, issuers
            for agency in issuers:
                told.add(legislation.value)
                evidence = sentence.stretch(agency, legislation) if sentence.span.covers(agency.span) else sentence.span
                yield Relation("passedBy", legislation, agency, "", evidence, "passed.verb")
        if current and not documents and "由" in sentence.span.quote:
            for agency in _by_whom(sentence):
                told.add(current.value)
                yield Relation("passedBy", current, agency, "", sentence.span, "passed.itself")
        vote = (VOTE if not documents else SAME).search(sentence.span.quote) if agencies else None
        current = documents[-1] if documents else current
        if current and vote:
            for agency in agencies:
                if CONGRESS.search(agency.span.quote):
                    told.add(current.value)
                    yield Relation("passedBy", current, agency, "", sentence.span, "passed.vote")
        named = agencies if len(agencies) > 1 else named
    yield from _printed(scene)
    for legislation in firsts(scene.of("legislation")):
        named = _titled(scene, legislation)
        if named and (legislation.value not in told or "关于" in legislation.span.quote):
            for agency in named:
                yield Relation("passedBy", legislation, agency, "", legislation.span, "passed.title")


def _printed(scene: Scene) -> Iterator[Relation]:
    """The document that the article itself is the notice of: 苏州市人民政府办公室关于印发…实施方案的通知."""
    title = scene.document.article.title
    match = PRINTED.search(title)
    agency = next(iter(scene.of("agency")), None)
    if match is None or agency is None or agency.span.end != match.start():
        return
    printed = next((d for d in scene.of("legislation") if str(d.value) == match.group(1)), None)
    if printed:
        yield Relation("passedBy", printed, agency, "", Span(0, len(title), title), "passed.printed")


def _titled(scene: Scene, legislation: Mention) -> list[Mention]:
    """Whose names a title begins with: 中共北京市委 北京市人民政府关于…的意见."""
    title = legislation.span.quote
    found: list[Mention] = []
    end = 0
    for agency in scene.within(legislation, "agency"):
        start = agency.span.start - legislation.span.start
        if not JOINED.fullmatch(title[end:start]):
            break
        end = agency.span.end - legislation.span.start
        found.append(agency)
    return found


def _counted(sentence: Sentence, legislation: Mention, named: Sequence[Mention]) -> Sequence[Mention]:
    """五部门印发《…》: the five that the text named together before."""
    ahead = sentence.before(legislation, SUBJECT)
    end = counted(ahead, named)
    return named if end is not None and _issues(ahead, end) else ()


def _pointed(scene: Scene, topic: Topic, sentence: Sentence, legislation: Mention) -> Sequence[Mention]:
    """该局印发《…》."""
    ahead = sentence.before(legislation, SUBJECT)
    that = pointed(scene, topic, ahead, legislation.span.start)
    return [that[0]] if that and _issues(ahead, that[1]) else []


def _at_home(scene: Scene, topic: Topic, sentence: Sentence, legislation: Mention) -> Sequence[Mention]:
    """去年市里印发的《…》: the home's government, if the text names it."""
    home = AT_HOME.search(sentence.before(legislation, SUBJECT))
    region = catalogue.regions().get(topic.home)
    if home is None or region is None or not region.name.endswith(home.group(1)):
        return []
    return [a for a in scene.of("agency") if a.span.quote.endswith("政府") and seat(a, topic) == topic.home][:1]


def _inherited(
    scene: Scene, sentence: Sentence, legislation: Mention, issued: tuple[Mention, Sequence[Mention]] | None
) -> Sequence[Mention]:
    """印发《A》和《B》; 出台《A》，此后又制定《B》: B's issuers are A's, unless its title names its own."""
    if issued is None or _titled(scene, legislation):
        return ()
    place = next(scene.within(legislation, "region"), None)
    if place and place.span.start <= legislation.span.start + 1 and not any(">" in str(a.value) for a in issued[1]):
        return ()  # 国务院印发的《A》和《安徽省A实施方案》
    first = issued[0]
    acting = any(
        first.span.end <= m.span.start < legislation.span.start for m in (*sentence.agencies, *sentence.places)
    )
    goes_on = not acting and GOES_ON.fullmatch(sentence.between(first, legislation))
    return issued[1] if goes_on or beside(sentence, first, legislation) else ()


def _by_whom(sentence: Sentence) -> Sequence[Mention]:
    """文件由省委办公厅、省政府办公厅联合印发: those who issued the document spoken of."""
    agencies = sentence.agencies
    for at, first in enumerate(agencies):
        if not ITSELF.search(sentence.before(first, 24)):
            continue
        found = [first]
        for agency in agencies[at + 1 :]:
            if not JOINT.fullmatch(sentence.between(found[-1], agency)):
                break
            found.append(agency)
        return found if BY_THEM.match(sentence.after(found[-1], 24)) else ()
    return ()


def _issues(words: str, start: int = 0) -> bool:
    """Whether the words between a body and a document say, from `start` on, that the body issues it."""
    return ACT.search(words, start) is not None and NOT_ISSUER.search(words, start) is None


def _issuers(sentence: Sentence, legislation: Mention) -> Iterator[Mention]:
    documents, agencies = sentence.documents, sentence.untitled(sentence.agencies)
    after = next((a for a in agencies if a.span.start >= legislation.span.end), None)
    if after and BY_ORDER.fullmatch(sentence.between(legislation, after)) and ORDER.match(sentence.after(after, 24)):
        yield after
        return
    before = [a for a in agencies if a.span.end <= legislation.span.start and not CONSENT.match(sentence.after(a, 16))]
    if not before:
        for agency in agencies:
            if agency.span.start < legislation.span.end:
                continue
            gap = sentence.between(legislation, agency)
            if AFTER.match(gap) or (GRANTED.fullmatch(gap) and GRANT.match(sentence.after(agency, 6))):
                yield agency
        return
    between = sentence.between(before[-1], legislation)
    places = (p for p in sentence.places if before[-1].span.end <= p.span.start and p.span.end < legislation.span.start)
    if any(sentence.before(place, 2) in TOLD and ACT.search(sentence.between(place, legislation)) for place in places):
        return  # 某司司长介绍，浙江已出台《…》
    crossed = any(before[-1].span.end <= o.span.start < legislation.span.start for o in documents)
    behind = sentence.after(legislation, 40)
    sends = (SENT.search(between) and SENDS.match(behind)) or (SIGNS.fullmatch(between) and SIGNED.match(behind))
    revises = REVISES.fullmatch(between) and CONGRESS.search(before[-1].span.quote)
    if (crossed or not (_issues(between) or revises)) and not OWN.fullmatch(between) and not sends:
        return
    yield before[-1]
    for left, right in zip(before[-2::-1], before[:0:-1], strict=True):
        between = sentence.between(left, right)
        if not JOINT.fullmatch(between) and not ALLIED.search(between):
            break
        yield left
