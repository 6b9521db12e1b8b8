"""Reform or service startDate, targetDate time: when it started or went live, by when it is to be done."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.context import Scene, Sentence
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern

START = pattern(
    r"(?=[启上首开推投试先挂揭问铺起创成诞做正全建设实施落亮发运率获面破着第升])"
    r"(?:(?P<once>启动|启用|启航|启幕|上线|首发|开通|开设|推出|投入(?:使用|运行)|投用|试运行|先行先试|挂牌|揭牌|问世|面世|铺开|起步|破题|创设|"
    r"创立|成立|诞生|做成|首创|首推|首次试点|(?:率先|先行|首次|正式)开展|率先推行|(?:着手|率先|首次|首个|第一个|先行|开始)(?:探索|推进|建立)(?:建立|推行|实施|开展)?|获[批准](?:建设|开展|实施)|上?升[格级]?为国家战略|(?:率先|首次)提出|开张|开窗|开市|正式(?:运行|运营|实施|推行|开放|落地|亮相|施行|提供(?:服务)?)|全面推开|开始(?:试点|试行|运行|实施|推行|施行))"
    r"|(?P<lasting>试行|推开|推广|设立|建立|建成|开展|推行|实施|实行|落地|亮相|发布(?![会厅])|运行|运营|先试(?!点)|试点))"
)
"""`lasting` verbs also speak of what goes on: they start something only with words that say so, or with a month."""
BEGIN = pattern(r"起|开始|率先|首次|首先|首批|正式|全面|同步|先")
THENCE = pattern(r"从此|就此|由此|随即|随之")
NO_START = pattern(
    r"未|没有|拟|计划|要求|力争|争取|预计|有望|以来|至今|前[，]|截至|报道|获悉|消息|记者|近日|日前|讯|电[（(]|不断|持续|深入|继续|[：:]“|；"
    r"|通报|介绍|解释|表示|透露|强调|指出|鼓励|支持|允许"
)
HOPED = pattern(r"预计|力争|争取|有望|计划|拟")
TAIL = pattern(  # nothing else that was started stands behind the verb
    r"[了过]?(?:起来)?(?:$|[，。；：、！？）)\n”]|试?运行|试点|使用|以来|以后|之后|后|之日|至今|(?:视频)?(?:大会|会议)|的?(?:仪式|当天|首日)|并|和|暨|[于至到在向从]|——)"
)
SINCE = pattern(r"(?:启动|启用|上线|开通|推出|投用|运行|试点|推行|实施|施行|实行|开展|推开)(?:以来|至今|后)?$")
BEGUN = pattern(r"(?:起步|始|启动|创立|诞生|上线|开通|创建|设立|建成|问世|发端|推出)于$")  # 长护险起步于|2017年
UNTIL = pattern(r"(?:截[至止]|截止到|[到至比较与据])$")
LATER = pattern(r"第(?!一)[^，。；：]{1,5}[张个件份家批轮次][“‘]?$")  # 第3亿张|电子社保卡, 第二批|试点
ANNOUNCED = pattern(  # 2022年推出一批举措：施工图“自审承诺制”开始探索，…
    r"了?[^，。；：]{0,10}(?:举措|措施|改革|做法|服务|新政)：[^，。；：“]{0,6}“?"
)
NAMELY = pattern(r"[^，。；：]{0,8}，(?:它们)?(?:分别是|分别为|分别有|即|包括)[“‘]?")  # 三项服务上线，分别是A、B和C
LISTED = pattern(r"(?:[”’]?(?:[、和及与]|以及|\d*项)+)?[“‘]?|[”’][“‘]")
CLAUSE = pattern(r"[，。；：！？—]")
GENERAL = pattern(  # 试点于2017年铺开, 首轮试点在6月启动
    r"(?:首[批轮]|第一[批轮]|这[项一]|整个|全[市省区国])?(?:试点|改革|变化|变革|探索)(?:工作)?(?:便|就|已|于|在|从|自|就此|由此|正式|全面|率先|[首率]?先|[在从][^，。；：]{1,12}|[始起][于步源]*)*$"
)
CHOSEN = pattern(
    r"入选|入围|入列|获批|列入|列为|纳入|(?:确定|选|选定|认定|批准|定)为|成为|跻身|升格?为|承担|作为"
)
PILOT = pattern(r"(?:试点|试验|示范|先行)(?!村|镇|乡|街道|社区|单位|企业|学校|医院|项目)")
SPECIMEN = pattern(r"(?:首|第一|头一)[张枚本份单笔台辆][“‘]?$")  # 全国第一张|电子社保卡
STROKE = pattern(  # 集体土地入市的“第一槌”, 集中采购在南川开出第一标
    r"[”’]?(?:改革|试点|工作)?(?:的|在[^，。；：]{1,10})?(?:开出|落下|敲响|迎来|打响|签下|发出|完成|办理|办出)?了?[“‘]?(?:首|第一|头一)[槌标枪张单笔例份件]"
)
THIS = pattern(r"了?(?:这[项一]|该项|此项|上述)(?:工作|改革|试点|行动|探索|服务|措施|举措|政策|制度|机制)(?:$|[，。；！])")
FIRST = pattern(r"[率首]先|先行|首批|首次|首个|第一批")
TRIED = pattern(r"试点|试行|先试|推行|推开|铺开|开展")
EMPTY = pattern(
    r"[“”]?(?:[其并于在从自已将由就也则便再先率首正式]|并于|已于|将于|随后|目前|开始|全面|陆续)*"
    r"(?:[在从][^，。；：]{1,14})?(?:[率首]?先|正式|全面|开始)*"
)
PLACES = pattern(r"^，?[、和等]*(?:[0-9两三四五六七八九十]+个?(?:省区市|省市|省份|城市|地区|省|市|区|县|地))?")
POINTING = pattern(
    r"(?:该|这一?[项个条套]?|此[项次]?|上述|本)(?:[^，。；：、的]{0,4}?)(?:平台|系统|门户|热线|专窗|窗口|大厅|制度|机制|改革|服务|模式|做法|品牌|举措|工程|行动|程序|App|APP|应用|专区)"
)
HEADS = pattern(r"平台|系统|门户|热线|专窗|窗口|大厅|专区|小程序|驿站")
PLANNED = pattern(r"力争|争取|确保|计划|预计|目标|要|将|不得|必须|拟|有望|力求|至少")
REACHED = pattern(r"(?:实现|完成|上线|推行|推开|建成|做到|覆盖|启用|建立)[^，。；]{0,6}$")
NO_TARGET = pattern(r"反馈|报送|提交|报名|申报|意见|截止|申请|缴纳|领取|公布|发布|印发|出台|报告")
HORIZON = pattern(r"^(?:\d{4}/)?\d{4}$|-12-31$")
BARE = pattern(r"，[^，。；：]{0,6}")
NO_POINT = pattern(r"年内$|以来$|至今$")  # a time within which, not at which something starts
CLOSED = pattern(r"\d{4}(?:-\d{2}){0,2}/\d")
ACTORS = ("agency", "person", "legislation")
OPENING = ("“", "‘")
"""Between the words for what something is and its name: 健康码“南川码”."""
OBJECT_GAP = 22
SUBJECT_GAP = 30


class _Spoken(NamedTuple):
    """What a sentence may leave out or point back to."""

    last: Mention | None
    """What the paragraph spoke of last."""
    by_head: dict[str, Mention]
    """热线, 平台 -> the last thing whose name ends so."""
    main: Mention | None
    """What the article is about."""


class _Place(NamedTuple):
    """A sentence with what can start, and when."""

    sentence: Sentence
    things: Sequence[Mention]
    times: Sequence[Mention]
    spoken: _Spoken

    def words(self, start: int, end: int) -> str:
        """The words from one offset in the article to another."""
        offset = self.sentence.span.start
        return self.sentence.span.quote[max(0, start - offset) : max(0, end - offset)]


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What each verb of starting, and each time still to come, says of a reform or service."""
    if not scene.initiatives:
        return
    published = scene.document.article.published
    today = published.isoformat() if published else ""
    last: Mention | None = None
    by_head: dict[str, Mention] = {}
    paragraph = -1
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            last = None
        things = _outermost(sentence.untitled(sentence.initiatives))
        times = sentence.untitled(sentence.times)
        if times:
            place = _Place(sentence, things, times, _Spoken(last, by_head, topic.initiative))
            started = list(_started(place))
            yield from started
            yield from _due(place, today, {r.object for r in started})
        for thing in things:
            by_head[str(thing.value)[-2:]] = thing
        if sentence.initiatives:
            last = (things or sentence.initiatives)[0]


def _outermost(things: Sequence[Mention]) -> Sequence[Mention]:
    """Not 一网通办 of “一网通办”总门户."""
    return [t for t in things if not any(o is not t and o.span.covers(t.span) for o in things)]


def _started(place: _Place) -> Iterator[Relation]:
    sentence = place.sentence
    for time in place.times:
        if SINCE.search(time.span.quote):
            thing = _behind(place, time) or _subject(place, time, time.span.end)
            if thing is not None:
                yield Relation("startDate", thing, time, "", sentence.span, "milestone.since")
        if BEGUN.search(sentence.before(time, 4)):
            general = _carried(place, time) if _general(place, time.span.start) else []
            for thing in _near(place, time)[-1:] or general:
                yield Relation("startDate", thing, time, "", sentence.span, "milestone.begun")
    first = place.times[0].span.end - sentence.span.start
    yield from _chosen(place, first)
    yield from _specimen(place)
    for cue in START.finditer(sentence.span.quote, first):
        start, end = cue.start() + sentence.span.start, cue.end() + sentence.span.start
        if any(m.span.start <= start < m.span.end and m.kind != "indicator" for m in sentence.mentions):
            continue
        when = _governing(place, start)
        if when is None or (cue.lastgroup == "lasting" and not _begins(place, when, start)):
            continue
        things = _objects(place, end)
        if not things and TAIL.match(sentence.span.quote, cue.end()):
            things = _listed(place, _subject(place, when, start) or _unnamed(place, when, start))
        elif not things and THIS.match(sentence.span.quote, cue.end()):
            things = _carried(place, when)
        for thing in things:
            if not LATER.search(sentence.before(thing, 8)):
                yield Relation("startDate", thing, _first(place, when), "", sentence.span, "milestone.started")


def _chosen(place: _Place, first: int) -> Iterator[Relation]:
    """2015年，入选全国农村土地制度改革试点: the pilot that a place was chosen for begins there."""
    sentence = place.sentence
    if "试" not in sentence.span.quote and "示范" not in sentence.span.quote:
        return
    for cue in CHOSEN.finditer(sentence.span.quote, first):
        start, end = cue.start() + sentence.span.start, cue.end() + sentence.span.start
        when = _governing(place, start)
        if when is None:
            continue
        for thing in _objects(place, end):
            if PILOT.search(thing.span.quote + sentence.after(thing, 8)):
                yield Relation("startDate", thing, when, "", sentence.span, "milestone.chosen")


def _specimen(place: _Place) -> Iterator[Relation]:
    """12月3日，签发全国首张“免证码”: what begins with the first one of its kind."""
    sentence = place.sentence
    if "首" not in sentence.span.quote and "第一" not in sentence.span.quote:
        return
    for thing in place.things:
        before = SPECIMEN.search(sentence.before(thing, 12))
        behind = STROKE.match(sentence.after(thing, 24))
        if not before and not behind:
            continue
        when = _governing(place, thing.span.start)
        if when is not None and len(str(when.value)) >= len("2022-06"):
            yield Relation("startDate", thing, when, "", sentence.span, "milestone.specimen")


def _first(place: _Place, time: Mention) -> Mention:
    """The first of the times listed with this one: 28日、31日先后挂牌."""
    for other in reversed(place.times[: place.times.index(time)]):
        if place.words(other.span.end, time.span.start) != "、":
            break
        time = other
    return time


def _carried(place: _Place, time: Mention) -> list[Mention]:
    """What the sentence spoke of before a time, else the paragraph, else the article."""
    before = [t for t in place.things if t.span.end <= time.span.start]
    thing = before[-1] if before else place.spoken.last or place.spoken.main
    return [thing] if thing else []


def _unnamed(place: _Place, time: Mention, verb: int) -> Mention | None:
    """What a reform's general name (试点于2017年铺开), or those who were first to try it out (三个片区率先试点), mean."""
    if any(time.span.end <= t.span.start and t.span.end <= verb for t in place.things):
        return None
    tried = FIRST.search(place.words(time.span.end, verb)) and TRIED.match(place.words(verb, verb + 2))
    if tried or _general(place, time.span.start) or _general(place, verb):
        return next(iter(_carried(place, time)), None)
    return None


def _general(place: _Place, end: int) -> bool:
    """Whether a clause up to some offset consists of the general name of a reform: 试点|于2017年铺开."""
    clause = CLAUSE.split(place.words(place.sentence.span.start, end))[-1]
    return GENERAL.match(clause) is not None


def _listed(place: _Place, thing: Mention | None) -> list[Mention]:
    """A thing with those listed before it: A改革和B改革同时启动."""
    if thing is None:
        return []
    found = [thing]
    for other in reversed([t for t in place.things if t.span.end <= thing.span.start]):
        if not LISTED.fullmatch(place.words(other.span.end, found[-1].span.start)):
            break
        found.append(other)
    return found


def _behind(place: _Place, time: Mention) -> Mention | None:
    """自2021年8月上线以来，“随申码”…: what the words right behind a time speak of."""
    thing = next((t for t in place.things if t.span.start >= time.span.end), None)
    return thing if thing and BARE.fullmatch(place.words(time.span.end, thing.span.start)) else None


def _governing(place: _Place, verb: int) -> Mention | None:
    """The last time before a verb, if it says when that was, and nothing says that it did not or not yet happen."""
    time = next((t for t in reversed(place.times) if t.span.end <= verb), None)
    if time is None or str(time.value).startswith("..") or CLOSED.match(str(time.value)) or NO_POINT.search(time.span.quote):
        return None
    between = place.words(time.span.end, verb)
    ahead = CLAUSE.split(place.sentence.before(time, 3))[-1]
    if NO_START.search(between) or UNTIL.search(ahead) or NO_START.search(ahead) or between.count("，") > 4:
        return None
    if HOPED.search(CLAUSE.split(place.sentence.before(time, 12))[-1]):
        return None
    return time


def _begins(place: _Place, time: Mention, verb: int) -> bool:
    """Whether a verb such as 实施 means a beginning: 自5月起实施, 6月推行; not 2022年，全市推行."""
    between = place.words(time.span.end, verb)
    value = str(time.value)
    if value.endswith("/..") or THENCE.search(CLAUSE.split(between)[-1]):
        return True
    if between.count("，") > 1:
        return False
    return BEGIN.search(between) is not None or len(value) >= len("2022-06")


def _objects(place: _Place, verb_end: int) -> list[Mention]:
    """What stands behind the verb, with all that is listed with it."""
    behind = [t for t in place.things if t.span.start >= verb_end]
    if not behind:
        return []
    gap = place.words(verb_end, behind[0].span.start)
    if ANNOUNCED.fullmatch(gap) or NAMELY.fullmatch(gap):
        return behind
    if len(gap) > OBJECT_GAP or CLAUSE.search(gap) or "以来" in gap:
        return []
    found = behind[:1]
    for thing in behind[1:]:
        gap = place.words(found[-1].span.end, thing.span.start)
        if gap in OPENING:
            found.pop()
        elif not LISTED.fullmatch(gap):
            break
        found.append(thing)
    return found


def _subject(place: _Place, time: Mention, verb: int) -> Mention | None:
    """Who the verb is said of: what stands before it in its clause or before its time; else what the clause points
    back to (该平台, 热线) or, saying nothing of its own, carries on with."""
    inner = [t for t in place.things if time.span.end <= t.span.start and t.span.end <= verb]
    if inner:
        return inner[-1] if not CLAUSE.search(place.words(inner[-1].span.end, verb)) else None
    between = place.words(time.span.end, verb)
    head = CLAUSE.split(between)[-1]
    before = [t for t in place.things if t.span.end <= time.span.start]
    if before and not CLAUSE.search(between):
        gap = place.words(before[-1].span.end, time.span.start)
        if len(gap) <= SUBJECT_GAP and not CLAUSE.search(gap):
            return before[-1]
    opening = CLAUSE.split(place.words(place.sentence.span.start, time.span.start))[-1]
    carried = before[-1] if before else place.spoken.last
    if POINTING.search(opening) or POINTING.search(head):
        return carried
    for noun in HEADS.findall(opening + head):
        if noun[-2:] in place.spoken.by_head:
            return place.spoken.by_head[noun[-2:]]
    bare = _without_places(place, time.span.end, verb).lstrip("，")
    if not EMPTY.fullmatch(opening) or not EMPTY.fullmatch(bare):
        return None
    return carried or (None if place.sentence.documents or place.things else place.spoken.main)


def _without_places(place: _Place, start: int, end: int) -> str:
    """The words from one offset to another without a list of regions: 天津、成都、苏州3个城市率先 -> 率先."""
    regions = [r for r in place.sentence.places if start <= r.span.start and r.span.end <= end]
    if not regions:
        return place.words(start, end)
    words = ""
    for region in regions:
        words += place.words(start, region.span.start)
        start = region.span.end
    return PLACES.sub("", words + place.words(start, end))


def _due(place: _Place, today: str, started: set[Mention | None]) -> Iterator[Relation]:
    """What is to be done by a time: the subject of its clause, else what the clauses behind it name, else what those
    before it do."""
    for index, time in enumerate(place.times):
        if time in started or not _ahead(place, time, today):
            continue
        stop = place.times[index + 1].span.start if index + 1 < len(place.times) else place.sentence.span.end
        behind = place.words(time.span.end, stop).partition("；")[0]
        if NO_TARGET.search(behind[:SUBJECT_GAP]):
            continue
        for thing in _aimed(place, time, time.span.end + len(behind), today):
            yield Relation("targetDate", thing, time, "", place.sentence.span, "milestone.due")


def _ahead(place: _Place, time: Mention, today: str) -> bool:
    """Whether a time is a term that lies ahead of the article."""
    value = str(time.value)
    end = value.rpartition("/")[2]
    if end == ".." or (today and end < today[: len(end)]):
        return False
    if value.startswith("../"):
        return True
    if not today or end <= today[: len(end)]:
        return False
    before = place.sentence.before(time, 4)
    around = before + "|" + CLAUSE.split(place.sentence.after(time, 24).lstrip("，"), 1)[0]
    return PLANNED.search(around) is not None or before.endswith(("到", "至"))


def _near(place: _Place, time: Mention) -> list[Mention]:
    """What stands before a time in its clause."""
    before = [t for t in place.things if t.span.end <= time.span.start]
    return [t for t in before if not CLAUSE.search(place.words(t.span.end, time.span.start))]


def _acting(place: _Place, time: Mention) -> bool:
    """Whether somebody else acts in front of a time: not the reform's own plan."""
    main = str(place.spoken.main.value) if place.spoken.main else ""
    acting = [m for m in place.sentence.mentions if m.kind in ACTORS and m.span.start < time.span.start]
    return any(m.kind != "legislation" or not main or main not in str(m.value) for m in acting)


def _horizon(time: Mention, today: str) -> bool:
    """Whether a time is one that plans end with: 到2025年, 年底前."""
    return bool(today) and HORIZON.search(str(time.value)) is not None


def _aimed(place: _Place, time: Mention, stop: int, today: str) -> list[Mention]:
    first = time.span.start - len(place.words(place.sentence.span.start, time.span.start).rpartition("；")[2])
    before = [t for t in place.things if first <= t.span.start < time.span.start]
    behind = [t for t in place.things if time.span.end <= t.span.start < stop]
    near = _near(place, time)
    done = [t for t in behind if REACHED.search(place.sentence.before(t, 10))]
    chosen = near[-1:] or done[:1] or behind[:1] or before[-1:]
    if chosen and chosen[0] in before:
        at = before.index(chosen[0])
        while at and LISTED.fullmatch(place.words(before[at - 1].span.end, before[at].span.start)):
            at -= 1
            chosen.insert(0, before[at])
    elif not chosen and not place.things:
        if not _acting(place, time):
            return [place.spoken.last] if place.spoken.last else _carried(place, time) if _horizon(time, today) else []
    return chosen
