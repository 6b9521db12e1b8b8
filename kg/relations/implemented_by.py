"""Reform/service implementedBy agency: who launched, runs or leads it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kg import catalogue
from kg.context import INITIATIVE, NATIONAL, Scene, Sentence, counted, firsts, pointed
from kg.model import Mention, Relation, Topic
from kg.relations.deeds.hands import Acting, entitled, executive, in_charge, in_hands, joined, together
from kg.relations.deeds.wording import (
    ACTION,
    BODY,
    BY,
    CITED,
    COMMITTEE,
    CONSENTS,
    DONE,
    GOVERNING,
    GOVERNMENT,
    INSTRUMENT,
    IS,
    LEAD,
    LEADERSHIP,
    MEETING,
    MEETS,
    OFFICE,
    OFTEN,
    OTHERS,
    OWNER,
    PERSONS,
    REACH,
    REPORTED,
    SPEECH,
    SPIRIT,
    SUBJECT_REACH,
    TELLS,
    THIS,
    TITLED,
    TITLES,
    TOURS,
    TRIES,
    UNIT,
    VISITS,
    WORK,
)
from kg.topic import around, seat


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The agency that acts in its sentence or shares its name; else the agency that the article speaks for; and the
    known one, if the article says so. The main one is also the speaker's; if none but governments have a hand in it,
    that of the department that tells of it; else the home government's."""
    if not scene.initiatives or not scene.of("agency"):
        return
    told: dict[object, set[Mention]] = defaultdict(set)
    for agency, initiative, sentence in _acting(scene, topic):
        told[initiative.value].add(agency)
        yield Relation("implementedBy", initiative, agency, "", sentence.span, "implemented.acting")
    for agency, initiative in _named_after(scene):
        told[initiative.value].add(agency)
        yield Relation("implementedBy", initiative, agency, "", initiative.span, "implemented.name")
    main, speaker = topic.initiative, _speaker(scene, topic)
    for sentence in scene.telling if speaker else ():
        for initiative in sentence.initiatives:
            open_ = _is_main(initiative, topic) or not told[initiative.value]
            if speaker and open_ and _speaks_of(speaker, initiative, sentence, topic):
                told[initiative.value].add(speaker)
                yield Relation("implementedBy", initiative, speaker, "", sentence.span, "implemented.topic")
    known = list(_known(scene, topic))
    titled = any(a.span.end <= len(scene.document.article.title) and _is_main(i, topic) for a, i in known)
    if (
        main
        and not titled
        and all(GOVERNING.search(a.span.quote) or OFFICE.search(a.span.quote) for a in told[main.value])
    ):
        for agency, sentence in _source(scene, topic):
            told[main.value].add(agency)
            yield Relation("implementedBy", main, agency, "", sentence.span, "implemented.source")
    government = _government(scene, topic)
    if main and government and not told[main.value] and not NATIONAL.match(main.span.quote):
        yield Relation("implementedBy", main, government, "", main.span, "implemented.government")
    for agency, initiative in known:
        yield Relation("implementedBy", initiative, agency, "", initiative.span, "implemented.known")


def _is_main(initiative: Mention, topic: Topic) -> bool:
    return topic.initiative is not None and topic.initiative.value == initiative.value


def _named_after(scene: Scene) -> Iterator[tuple[Mention, Mention]]:
    """One is named after the other: 国家移民管理局APP, 浙江省“大综合一体化”行政执法改革专班."""
    agencies = [a for a in firsts(scene.of("agency")) if executive(a)]
    bodies = [a for a in agencies if BODY.search(a.span.quote)]
    for initiative in firsts(scene.initiatives):
        if initiative.kind == "service":
            yield from ((a, initiative) for a in agencies if initiative.span.quote.startswith(a.span.quote))
        yield from ((a, initiative) for a in bodies if str(initiative.value) in a.span.quote)


def _known(scene: Scene, topic: Topic) -> Iterator[tuple[Mention, Mention]]:
    """The known agency of the main reform, if the article names it, and of others if a sentence names both: that the
    article cites a paper of the State Council does not make all its 放管服 the Council's."""
    together = {(i.value, a.value) for s in scene.telling if s.agencies for i in s.initiatives for a in s.agencies}
    for initiative in firsts(scene.initiatives):
        known = catalogue.initiatives().get(str(initiative.value))
        if known and (_is_main(initiative, topic) or (initiative.value, known.implementer) in together):
            yield from ((a, initiative) for a in scene.of("agency") if a.value == known.implementer)


def _speaks_of(speaker: Mention, initiative: Mention, sentence: Sentence, topic: Topic) -> bool:
    """Not of what its sentence places elsewhere; a local body only of local things, of services only its own."""
    if ">" in str(speaker.value):
        if NATIONAL.match(initiative.span.quote) or _is_frame(initiative, topic):
            return False
        if initiative.kind == "service" and not speaker.span.quote.startswith(initiative.span.quote[:2]):
            return False
    else:
        local = initiative.kind == "service" and topic.home and not NATIONAL.match(initiative.span.quote)
        if local or any(region in topic.regions for region in sentence.regions):
            return False
    own = (a for a in sentence.agencies if a.value == speaker.value)
    if _is_others(initiative, speaker, sentence) or any(_consents(sentence, a, initiative) for a in own):
        return False
    here = around(topic)
    return all(topic.regions.get(region, "") in here for region in sentence.regions)


def _is_others(initiative: Mention, speaker: Mention, sentence: Sentence) -> bool:
    """Whether it belongs to somebody else: to the institution named right before it (南川大学“圆梦计划”), or, of
    services, to the central body that is known to run it."""
    known = catalogue.initiatives().get(str(initiative.value))
    if known and known.kind == "service" and known.implementer in catalogue.agencies():
        return not str(speaker.value).startswith(known.implementer)
    return OWNER.search(sentence.before(initiative, 8)) is not None


def _is_frame(initiative: Mention, topic: Topic) -> bool:
    """A programme of a region around the home, or of the whole State Council, in which a local body does its own:
    推进…，是深化“放管服”改革的需要. Not what the article is mainly about."""
    known = catalogue.initiatives().get(str(initiative.value))
    if known is None:
        return False
    whole = known.implementer == "国务院" and not _is_main(initiative, topic)
    return whole or known.region in catalogue.ancestors(topic.home)


def _acts(sentence: Sentence, agency: Mention) -> bool:
    """Whether a sentence may say what an agency does: 北京市委首次提出…, not 市委书记 nor 国务院有关部门."""
    after = sentence.after(agency, 40)
    if SPIRIT.match(after) or ("来" in after and VISITS.match(after)) or CITED.search(sentence.before(agency, 14)):
        return False
    if COMMITTEE.search(agency.span.quote):
        return PERSONS.match(after) is None
    if sentence.before(agency, 4) in LEADERSHIP:
        return False
    council = agency.value == "国务院" and after.startswith("部门")
    return executive(agency) and not council and not OTHERS.match(after)


def _speaker(scene: Scene, topic: Topic) -> Mention | None:
    """The topic's agency, if it runs things, does not come as a visitor, and is named more than in passing."""
    agency = topic.agency
    if agency is None or not executive(agency) or OFFICE.search(agency.span.quote):
        return None
    agencies = scene.of("agency")
    named = [m for m in agencies if m.value == agency.value]
    text, title_end = scene.document.article.text, len(scene.document.article.title)
    if any(VISITS.match(text, m.span.end) for m in named):
        return None
    first = next((m for m in agencies if m.span.start >= title_end), agency)
    leads = first in named and first.span.start < title_end + LEAD
    alone = all(str(m.value).startswith(str(agency.value)) for m in agencies)  # it and its units
    often = len(named) >= OFTEN or agency.span.start < title_end
    return agency if often or (leads and (len(named) > 1 or alone)) else None


def _source(scene: Scene, topic: Topic) -> Iterator[tuple[Mention, Sentence]]:
    """The first department of the home region that tells of its work, with those that tell together with it:
    市医保局局长张宁介绍, 记者从市交通委、市公安局获悉."""
    zone = scene.home(topic)
    home = topic.home or (str(zone.value) if zone else "")
    for sentence in scene.telling if home else ():
        agencies = sentence.untitled(sentence.agencies)
        for agency, following in zip_longest(agencies, agencies[1:]):
            tells = TELLS.match(sentence.after(agency, 40)) if _is_department(agency, home, topic) else None
            ends = agency.span.end + tells.end() if tells else 0
            if tells and _acts(sentence, agency) and not (following and following.span.start < ends):
                yield from ((a, sentence) for a in together(sentence, agencies, agency))
                return


def _is_department(agency: Mention, home: str, topic: Topic) -> bool:
    """Whether an agency is a department of the home region: 市医保局; not the government, a committee or a squad."""
    return seat(agency, topic) == home and not any(p.search(agency.span.quote) for p in (GOVERNING, OFFICE, UNIT))


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
    if that and executive(that[0]) and ACTION.search(ahead, that[1]):
        yield that[0]


def _doers(sentence: Sentence, agencies: Sequence[Mention], initiative: Mention) -> Sequence[Mention]:
    """Those of a sentence's acting agencies who do a reform: 市人社局、市医保局推出X, X由市人社局牵头,
    X是市人社局的创新举措."""
    before = [a for a in agencies if -_reach(sentence, a) <= a.span.end - initiative.span.start <= 0]
    doers = list(together(sentence, agencies, before[-1])) if before and _does(sentence, before[-1], initiative) else []
    after = [a for a in agencies if a.span.start >= initiative.span.end]
    if after:
        words, bodies = sentence.between(initiative, after[0]), joined(sentence, after)
        by = BY.fullmatch(words) and DONE.match(sentence.after(bodies[-1], 24))
        if by or (not doers and IS.fullmatch(words) and WORK.match(sentence.after(bodies[-1], 40))):
            doers += bodies
    return doers


def _is_unit(agency: Mention) -> bool:
    """Whether it is a department of a body, or a centre of a ministry."""
    value = str(agency.value)
    centre = value.endswith("中心") and ">" not in value and value not in catalogue.agencies()
    return centre or UNIT.search(agency.span.quote) is not None


def _does(sentence: Sentence, agency: Mention, initiative: Mention) -> bool:
    """Whether the words between an agency and a reform behind it say that the agency does it: 市人社局推出X."""
    words = sentence.between(agency, initiative)
    if initiative.kind == "service" and words in ("", "“"):
        return True  # 崇川区行政服务中心“毗邻通办”窗口
    if _is_unit(agency) and SPEECH.search(words):  # 社会事务司司长介绍X: it is the ministry's
        return False
    if (
        TITLED.match(words)
        or TOURS.search(words)
        or INSTRUMENT.search(words)
        or _elsewhere(sentence, agency, initiative)
    ):
        return False
    if _other_subject(sentence, agency, initiative) or _consents(sentence, agency, initiative):
        return False
    if MEETS.search(words) and MEETING.match(sentence.after(initiative, 24)):
        return True
    told = TITLES.sub("《》", words)  # 市财政局审议了《推进X方案》: 推进 is no deed of it
    passes = told.endswith("《》") and "通过" in told and GOVERNMENT.search(agency.span.quote)
    return ACTION.search(told) is not None or bool(passes)


def _other_subject(sentence: Sentence, agency: Mention, initiative: Mention) -> bool:
    """省数据局局长说，滁州与来安共建的X…: what is told begins with a place or a reform of its own."""
    told = REPORTED.search(sentence.between(agency, initiative))
    start = agency.span.end + told.end() if told else 0
    for mention in (*sentence.places, *sentence.initiatives) if told else ():
        if start <= mention.span.start <= start + 1 and mention.span.end <= initiative.span.start:
            return mention.kind != "region" or _is_foreign(mention, agency)
    return False


def _consents(sentence: Sentence, agency: Mention, initiative: Mention) -> bool:
    """国家林草局批复同意安徽创建X: what a place is allowed to do is no deed of who allows it."""
    between = (p for p in sentence.places if agency.span.end <= p.span.start and p.span.end <= initiative.span.start)
    return any(CONSENTS.search(sentence.between(agency, p)) and str(p.value) not in _codes(agency) for p in between)


def _elsewhere(sentence: Sentence, agency: Mention, initiative: Mention) -> bool:
    """国务院办公厅推广武汉市“三办”改革: the region right before the name says whose it is."""
    place = next((r for r in sentence.places if 0 <= initiative.span.start - r.span.end <= 1), None)
    return place is not None and str(place.value).isdigit() and str(place.value) not in _codes(agency)


def _is_foreign(region: Mention, agency: Mention) -> bool:
    """Whether a region is not the one whose agency it is; open if the agency is of none."""
    codes = _codes(agency)
    return codes[0].isdigit() and str(region.value) not in codes


def _codes(agency: Mention) -> list[str]:
    """The codes of the regions of a local agency; of a central one its name."""
    return str(agency.value).partition(">")[0].split("+")


def _government(scene: Scene, topic: Topic) -> Mention | None:
    """The government of the region that the article is about, if the article names it: it runs what is done there."""
    value = f"{topic.home}>政府"
    return next((m for m in scene.of("agency") if topic.home and m.value == value), None)


def _parts(scene: Scene, initiatives: Sequence[Mention]) -> set[Mention]:
    """Those that stand in the name of another one: who opens “出生一件事” has not made the whole 一件事."""
    return {i for o in initiatives for i in scene.within(o, *INITIATIVE) if i.value != o.value}


def _acting(scene: Scene, topic: Topic) -> Iterator[Acting]:
    """Agency and reform of one sentence that says who does it; 这项改革 is the reform named last."""
    last: Mention | None = None
    named: Sequence[Mention] = ()
    headed = {m.paragraph: m.initiatives[0] for m in reversed(scene.telling) if m.initiatives}
    for sentence in scene.telling:
        initiatives = sentence.initiatives
        if not sentence.agencies:
            for initiative in initiatives:
                meant = (*_counted(sentence, initiative, named), *_pointed(scene, topic, sentence, initiative))
                yield from ((a, initiative, sentence) for a in meant)
            last = initiatives[0] if initiatives else last
            continue
        if len(sentence.agencies) > 1:
            named = sentence.agencies
        agencies = [a for a in sentence.untitled(sentence.agencies) if _acts(sentence, a)]
        parts = _parts(scene, initiatives)
        for initiative in (i for i in initiatives if i not in parts):
            yield from ((a, initiative, sentence) for a in entitled(sentence, initiative))
            bodies = _doers(sentence, agencies, initiative) or tuple(_pointed(scene, topic, sentence, initiative))
            yield from ((a, initiative, sentence) for a in bodies)
        if last and agencies and not initiatives:
            rest = sentence.after(agencies[0], REACH)
            this = THIS.search(rest)
            if this and ACTION.search(rest[: this.start()].replace("推广", "")):
                yield agencies[0], last, sentence
        if not initiatives:
            yield from in_hands(sentence, topic.initiative or last, last)
            if sentence.paragraph in headed:
                yield from in_charge(sentence, headed[sentence.paragraph])
        if topic.initiative and agencies and not initiatives and TRIES.match(sentence.after(agencies[0], 24)):
            yield agencies[0], topic.initiative, sentence
        last = initiatives[0] if initiatives else last
