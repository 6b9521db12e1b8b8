"""Reform/service implementedBy agency: who launched, runs or leads it."""

from collections.abc import Iterator, Sequence

from kg import catalogue
from kg.context import NATIONAL, Scene, Sentence, counted, firsts, pointed
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern
from kg.topic import around

ACTION = pattern(  # 公安部实施…, 市大数据中心牵头…
    r"推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|推进|推动|深化|建设|建立|打造|牵头|负责|印发|发布|下发|决定|部署|"
    r"要求|同意|介绍|表示|明确|提出|落实|组织|运行|主办|联合|推广|创新|探索|扎实|优化|改革|窗口|做成|共建|创设|签订|合作|建成|开设|设立"
)
# congresses, courts and party committees make law and policy, they do not run reforms
NO_EXECUTIVE = pattern(
    r"人大|人民代表大会|党中央|中共中央$|法院|检察院|监察|[省市区县州]委(?:$|.*办)|党组$|政协|新闻办"
)
REACH, SUBJECT_REACH = 60, 140
LEAD = 120
"""Within how many characters of the body the agency that the article speaks for is named first."""
OFTEN = 3
OFFICE = pattern(r"(?:政府|[省市区县州]委|国务院|中央|国)办(?:公[厅室])?$")
"""What issues papers; it counts where it is said to act, not as the one that the article speaks for."""
TRIES = pattern(
    r"[^，。；：、“《]{0,8}(?:组织|启动|开展|部署|推进)[^，。；：“《]{0,6}(?:试点|改革)"
)  # 先后组织两批试点
LEADERSHIP = ("党中央、", "共中央、")  # 党中央、国务院: in whose spirit others act
PERSONS = pattern(r"副?书记|常委|委员|副?秘书长")
OTHERS = ("有关", "相关", "各", "所属")  # 国务院有关部门 is not the State Council
WITH = pattern(r"(?:[、和与及同]|以及|会同|联合|携手)+|[^。；]{0,24}，该[局部委厅署]会同")
BY = pattern(r"[”’」]?[^。；，]{0,12}?由")  # “异地同标”由省市场监管局、市市场监管局共同牵头
DONE = pattern(r"[^，。；]{0,6}?(?:牵头|推出|负责|实施|建设|开发|运营|主办|承办|监制|管理|搭建|发起|组织)")
THIS = pattern(
    r"(?:这项|该项|这一|此项)[^，。；]{0,4}(?:试点|改革|制度|服务|平台|机制|工作|做法|举措)"
)  # 同意开展这项试点


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The agency that acts in front of the reform in its sentence; else the agency the article speaks for; else, of the
    main one, the home government; and the known one, if the article names it."""
    if not scene.initiatives or not scene.of("agency"):
        return
    told: set[object] = set()
    for agency, initiative, sentence in _acting(scene, topic):
        told.add(initiative.value)
        yield Relation("implementedBy", initiative, agency, "", sentence.span, "implemented.acting")
    speaker = _speaker(scene, topic)
    for sentence in scene.telling if speaker else ():
        for initiative in sentence.initiatives:
            if speaker and initiative.value not in told and _speaks_of(speaker, initiative, sentence, topic):
                told.add(initiative.value)
                yield Relation("implementedBy", initiative, speaker, "", sentence.span, "implemented.topic")
    main = topic.initiative
    government = _government(scene, topic)
    if main and government and main.value not in told and not NATIONAL.match(main.span.quote):
        told.add(main.value)
        yield Relation("implementedBy", main, government, "", main.span, "implemented.government")
    for initiative in firsts(scene.initiatives):
        known = catalogue.initiatives().get(str(initiative.value))
        if known is None:
            continue
        for agency in (m for m in scene.of("agency") if m.value == known.implementer):
            yield Relation("implementedBy", initiative, agency, "", initiative.span, "implemented.known")


def _speaks_of(speaker: Mention, initiative: Mention, sentence: Sentence, topic: Topic) -> bool:
    """Not of what its sentence places elsewhere; a local body only of local things, of services only its own."""
    if ">" in str(speaker.value):
        known = catalogue.initiatives().get(str(initiative.value))
        if NATIONAL.match(initiative.span.quote) or (known and known.region in catalogue.ancestors(topic.home)):
            return False
        if initiative.kind == "service" and not speaker.span.quote.startswith(initiative.span.quote[:2]):
            return False
    elif any(region in topic.regions for region in sentence.regions):
        return False
    here = around(topic)
    return all(topic.regions.get(region, "") in here for region in sentence.regions)


def _executive(agency: Mention) -> bool:
    return NO_EXECUTIVE.search(agency.span.quote) is None


def _acts(sentence: Sentence, agency: Mention) -> bool:
    """Whether a sentence may say what an agency does: 北京市委首次提出…, not 市委书记 nor 国务院有关部门."""
    after = sentence.after(agency, 4)
    if agency.span.quote.endswith("委") and not _executive(agency):
        return PERSONS.match(after) is None
    if sentence.before(agency, 4) in LEADERSHIP:
        return False
    return _executive(agency) and not after.startswith(OTHERS)


def _together(sentence: Sentence, agencies: Sequence[Mention], last: Mention) -> Iterator[Mention]:
    """The agency and those that act with it: 市公安局和市人社局, 市政务服务中心联合市公安局."""
    yield last
    at = agencies.index(last)
    for left, right in zip(agencies[:at][::-1], agencies[1 : at + 1][::-1], strict=True):
        if not WITH.fullmatch(sentence.between(left, right)):
            return
        yield left


def _speaker(scene: Scene, topic: Topic) -> Mention | None:
    """The topic's agency, if it runs things and the article names it more than in passing."""
    agency = topic.agency
    if agency is None or not _executive(agency) or OFFICE.search(agency.span.quote):
        return None
    agencies = scene.of("agency")
    count = sum(m.value == agency.value for m in agencies)
    title_end = len(scene.document.article.title)
    first = next((m for m in agencies if m.span.start >= title_end), agency)
    leads = first.value == agency.value and first.span.start < title_end + LEAD
    alone = len({m.value for m in agencies}) == 1
    return agency if agency.span.start < title_end or count >= OFTEN or (leads and (count > 1 or alone)) else None


def _reach(sentence: Sentence, agency: Mention) -> int:
    """How far what an agency does may be named behind it: further if the sentence begins with it."""
    return SUBJECT_REACH if agency.span.start - sentence.span.start <= 1 else REACH


def _counted(sentence: Sentence, initiative: Mention, named: Sequence[Mention]) -> Sequence[Mention]:
    """四部门将开展专项治理: the four that the text named together before."""
    ahead = sentence.before(initiative, REACH)
    end = counted(ahead, named)
    return named if end is not None and ACTION.search(ahead, end) else ()


def _pointed(scene: Scene, topic: Topic, sentence: Sentence, initiative: Mention) -> Iterator[Mention]:
    """该局还推出X: the body that is pointed to acts."""
    ahead = sentence.before(initiative, REACH)
    that = pointed(scene, topic, ahead, initiative.span.start)
    if that and _executive(that[0]) and ACTION.search(ahead, that[1]):
        yield that[0]


def _elsewhere(sentence: Sentence, agency: Mention, initiative: Mention) -> bool:
    """国务院办公厅推广武汉市“三办”改革: the region right before the name says whose it is."""
    code = next((str(r.value) for r in sentence.places if 0 <= initiative.span.start - r.span.end <= 1), "")
    return bool(code) and code not in str(agency.value).partition(">")[0].split("+")


def _government(scene: Scene, topic: Topic) -> Mention | None:
    """The government of the region that the article is about, if the article names it: it runs what is done there."""
    value = f"{topic.home}>政府"
    return next((m for m in scene.of("agency") if topic.home and m.value == value), None)


def _acting(scene: Scene, topic: Topic) -> Iterator[tuple[Mention, Mention, Sentence]]:
    """Agency and reform of one sentence with a verb of doing between them; 这项改革 is the reform named last."""
    last: Mention | None = None
    named: Sequence[Mention] = ()
    for sentence in scene.telling:
        initiatives = sentence.initiatives
        if not sentence.agencies:
            for initiative in initiatives:
                bodies = (*_counted(sentence, initiative, named), *_pointed(scene, topic, sentence, initiative))
                yield from ((a, initiative, sentence) for a in bodies)
            last = initiatives[0] if initiatives else last
            continue
        if len(sentence.agencies) > 1:
            named = sentence.agencies
        agencies = [a for a in sentence.untitled(sentence.agencies) if _acts(sentence, a)]
        for initiative in initiatives:
            before = [a for a in agencies if -_reach(sentence, a) <= a.span.end - initiative.span.start <= 0]
            after = [a for a in agencies if a.span.start >= initiative.span.end]
            if (
                before
                and ACTION.search(sentence.between(before[-1], initiative))
                and not _elsewhere(sentence, before[-1], initiative)
            ):
                yield from ((a, initiative, sentence) for a in _together(sentence, before, before[-1]))
            elif (
                after
                and BY.fullmatch(sentence.between(initiative, after[0]))
                and DONE.match(sentence.after(after[-1], 12))
            ):
                yield from ((a, initiative, sentence) for a in _together(sentence, after, after[-1]))
            elif not before:
                yield from ((a, initiative, sentence) for a in _pointed(scene, topic, sentence, initiative))
        if last and agencies and not initiatives:
            rest = sentence.after(agencies[0], REACH)
            this = THIS.search(rest)
            if this and ACTION.search(rest[: this.start()]):
                yield agencies[0], last, sentence
        if topic.initiative and agencies and not initiatives and TRIES.match(sentence.after(agencies[0], 24)):
            yield agencies[0], topic.initiative, sentence
        last = initiatives[0] if initiatives else last
