"""Reform or service startDate, targetDate time: when it started or went live, by when it is to be done."""

from collections.abc import Iterator

from kg.context import Scene, Sentence, outermost
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern
from kg.passage import (
    CLAUSE,
    LISTED,
    Passage,
    Spoken,
    carried,
    is_general,
    listed,
    near,
    passages,
    pointed,
    subject,
    unnamed,
)

START = pattern(
    r"(?=[启上首开推投试先挂揭问铺起创成诞做正全建设实施落亮发运率获面破着第升确拉就迈提])"
    r"(?:(?P<once>启动|就此(?:开始|展开|启程)|拉开(?:了)?(?:大幕|序幕|帷幕)|启用|启航|启幕|上线|首发|开通|开设|推出|投入(?:使用|运行|运营|试运行|试用)|发起(?!人)|创办|起航|启程|揭幕|投用|试运行|先行先试|挂牌|揭牌|问世|面世|铺开|起步|破题|破冰|迈出(?:了)?(?:坚实)?(?:第一|一|首)步|提出(?=的[“‘]|，)|成[了为](?=[“‘][^”’，。；]{2,16}[”’](?:改革|制度|机制)?的(?:发端|起点|开端|起源|源头|雏形))|创设|"
    r"创立|成立|诞生|做成|首创|首推|首次试点|(?:率先|先行|首次|正式)(?:开展|搞起|搞|建起|办起|试水|组建|创建|打造|引入|尝试)|率先推行|(?:着手|率先|首次|首个|第一个|先行|开始)(?:探索|推进|建立)(?:建立|推行|实施|开展)?|获[批准](?:建设|开展|实施)|上?升[格级]?为国家战略|(?:率先|首次|正式)提出|第一个(?:推开|推行|推出|实施|试行)|开张|开窗|开市|正式(?:运行|运营|实施|推行|开放|落地|亮相|施行|提供(?:服务)?)|全面推开|开始(?:试点|试行|运行|运营|实施|推行|施行))"
    r"|(?P<lasting>试行|推开|推广|设立|建立|建成|开展|推行|实施|实行|落地|亮相|确立|发布(?![会厅])|运行|运营|先试(?!点)|(?<!改革)(?<![”’项])试点))"
)
"""`lasting` verbs also speak of what goes on: they start something only with words that say so, or with a month."""
BEGIN = pattern(r"起|开始|率先|首次|首先|首批|正式|全面|同步|先")
TRIED_IN = pattern(r"[便就即已先]?在[^，。；：]{2,12}")  # 2018年|在乌兰察布市|试点
THENCE = pattern(r"从此|就此|由此|随即|随之")
NO_START = pattern(
    r"后，|未|没有|拟|计划|要求|力争|争取|预计|有望|以来|至今|前[，]|截至|报道|获悉|消息|记者|近日|日前|讯|电[（(]|不断|持续|深入|继续|[：:]“|；"
    r"|通报|介绍|解释|表示|透露|强调|指出|鼓励|支持|允许"
)
HOPED = pattern(r"预计|力争|争取|有望|计划|拟")
TAIL = pattern(  # nothing else that was started stands behind the verb
    r"[了过]?(?:起来|下来)?(?:$|[，。；：、！？）)\n”]|试?运[行营]|交易|启用|试点|使用|以来|以后|之后|后|之日|至今|(?:视频)?(?:大会|会议)|的?(?:仪式|当天|首日)|那[年天]|上线|并|和|暨|[于至到在向从]|——|的一[项个种])"
)
SINCE = pattern(
    r"(?:启动|启用|上线|开通|推出|投用|运行|试点|推行|实施|施行|实行|开展|推开|开业|运营|落地|投入使用|亮相|问世)(?:以来|至今|后)?$"
)
BEGUN = pattern(r"(?:起步|始|启动|创立|诞生|上线|开通|创建|设立|建成|问世|发端|推出)于$")  # 长护险起步于|2017年
UNTIL = pattern(r"(?:截[至止]|截止到|[到至比较与据])$")
ABOUT_IT = pattern(  # 开展“最多跑一次”改革|督查, 发布一网通办|报告
    r"[”’]?(?:改革|工作|服务|试点|建设|政策|专题|专项)*的?(?:督查|督导|调研|培训|宣传|检查|评估|考核|座谈|竞赛|研讨|宣讲|报告|名单|清单|指南|规则|成果|情况|新闻发布会"
    r"|规范|(?:地方|国家|行业|团体|企业)?标准|导则|白皮书)"
)
LATER = pattern(r"第(?!一)[^，。；：]{1,5}[张个件份家批轮次][“‘]?$")  # 第3亿张|电子社保卡, 第二批|试点
ANNOUNCED = pattern(  # 2022年推出一批举措：施工图“自审承诺制”开始探索，…
    r"了?[^，。；：]{0,10}(?:举措|措施|改革|做法|服务|新政)：[^，。；：“]{0,6}“?"
)
NAMELY = pattern(r"[^，。；：]{0,8}，(?:它们)?(?:分别是|分别为|分别有|即|包括)[“‘]?")  # 三项服务上线，分别是A、B和C
CHOSEN = pattern(
    r"入选|入围|入列|进入|(?:决定|确定|批准|同意)在|获批|列入|列为|纳入|(?:确定|选|选定|认定|批准|定)为|成为|跻身|升格?为|承担|选择[^，。；：]{1,30}作为"
)
PILOT = pattern(r"(?:试点|试验|示范|先行)(?!村|镇|乡|街道|社区|单位|企业|学校|医院|项目)")
SPECIMEN = pattern(r"(?:首|第一|头一)[张枚本份单笔台辆][“‘]?$")  # 全国第一张|电子社保卡
STROKE = pattern(  # 集体土地入市的“第一槌”, 集中采购在南川开出第一标
    r"[”’]?(?:改革|试点|工作)?(?:的|在[^，。；：]{1,10})?(?:开出|落下|敲响|迎来|打响|签下|发出|完成|办理|办出)?了?[“‘]?(?:首|第一|头一)[槌标枪张单笔例份件]"
)
THIS = pattern(  # 开展了这项试点。, 今年4月上线的|这套系统，
    r"了?(?:这[项一]|该项|此项|上述)(?:工作|改革|试点|行动|探索|服务|措施|举措|政策|制度|机制)(?:$|[，。；！])"
    r"|的(?:这[项一套个款]|该)(?:平台|系统|应用|小程序|热线|改革|制度|机制|服务|举措)(?:$|[，。；！])"
)
PLANNED = pattern(r"力争|争取|确保|计划|预计|目标|要|将|不得|必须|拟|有望|力求|至少")
REACHED = pattern(r"(?:实现|完成|上线|推行|推开|建成|做到|覆盖|启用|建立)[^，。；]{0,6}$")
GOAL = pattern(r"(?:时间表|路线图|目标|分[两三四]步)[^，。；：]{0,6}：")  # 文件排出时间表：…；到2020年，…
OWN = pattern(  # 力争|年底前建成; 全部改革任务要在|年底前完成
    r"(?:[到至在于将要并也都须]|力争|争取|确保|计划|预计|要求|提出|明确|今后|下一步|按照?[^，。；：]{0,6}|全部|各项|所有|全[市省区国]|任务|事项|项目|工作|改革|试点|服务|平台|系统|热线|专窗|制度|机制|该[^，。；：]{2,4})*"
)
OTHERS = pattern(  # 11月前，|沿线30个路口将完成智能化改造: said of something else
    r"，?(?!全|各|所有|改革|试点|工作|任务|平台|系统|该|这|所有|其|力争|预计|计划|基本)[^，。；：]{2,14}?[0-9两三四五六七八九十]+[个家条所座处项][^，。；：]{2,6}?(?:将|要|须)"
    r"|，?[^，。；：]{2,14}(?:率|面积|产值|收入|占比|总量|蓄积量)[^，。；：]{0,4}(?:达|提高|提升|突破|超过|不低于|控制|降)"
)
USED = pattern(r"(?:登录|通过|借助|依托|利用)[^，。；：]{0,6}$")
NO_TARGET = pattern(r"反馈|报送|提交|报名|申报|意见|截止|申请|缴纳|领取|公布|发布|印发|出台|报告")
TERM = pattern(r"(?:完成时间|时限)：$")  # 完成时限：|2024年6月底
ITS_END = pattern(r"，?[^，。；]{0,4}(?:改革|试点|行动)(?:任务|工作|目标)")  # 到2020年底，改革任务基本完成
HORIZON = pattern(r"^(?:\d{4}/)?\d{4}$|-12-31$")
TOUCHING = pattern(r"[”’」]?(?:改革|服务|平台|系统|机制|制度|试点|热线|工程|行动|网站)?自?")
BARE = pattern(r"，[^，。；：]{0,6}")
NO_POINT = pattern(r"年内$|以来$|至今$")  # a time within which, not at which something starts
YEAR_SINCE = pattern(r"自|\d{4}年(?:\d{1,2}月)?以来")  # 2015年以来，…全面推行; not 今年以来
CLOSED = pattern(r"\d{4}(?:-\d{2}){0,2}/\d")
ACTORS = ("agency", "person", "legislation")
DAY = pattern(r"\d{4}-\d{2}-\d{2}")
AT_IT = pattern(
    r"(?:[^，。]{0,6}(?:会|活动|仪式|签约|论坛|现场|大会)(?:上|当天|现场)|现场|当[天日]|同[日时]|会议?期间)"
)
OPENING = ("“", "‘")
"""Between the words for what something is and its name: 健康码“南川码”."""
OBJECT_GAP = 22
TERM_GAP = 30


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What each verb of starting, and each time still to come, says of a reform or service."""
    if not scene.initiatives:
        return
    published = scene.document.article.published
    today = published.isoformat() if published else ""
    for passage in passages(scene, topic):
        started = list(_started(passage))
        yield from started
        yield from _due(passage, today, {r.object for r in started})
    yield from _same_day(scene, topic)


def _events(scene: Scene) -> Iterator[tuple[Sentence, Mention]]:
    """Sentences that tell of an event, 会上，…, and the day of it that the sentence before gives."""
    day: Mention | None = None
    paragraph = -1
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph, day = sentence.paragraph, None
        if sentence.times:
            only = sentence.times[0] if len(sentence.times) == 1 else None
            day = only if only and DAY.fullmatch(str(only.value)) else None
        elif day and AT_IT.match(sentence.span.quote):
            yield sentence, day


def _same_day(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """6月2日，市政府举行发布会。会上，“云客服”上线: what starts at an event starts on its day."""
    for sentence, day in _events(scene):
        words, offset = sentence.span.quote, sentence.span.start
        things = outermost(sentence.untitled(sentence.initiatives))
        passage = Passage(sentence, things, (), Spoken(None, {}, topic.initiative))
        for cue in START.finditer(words) if things else ():
            if cue.lastgroup != "once" or NO_START.search(words, 0, cue.start()):
                continue
            start, end = cue.start() + offset, cue.end() + offset
            before = (t for t in reversed(things) if t.span.end <= start)
            doer = next((t for t in before if not CLAUSE.search(passage.words(t.span.end, start))), None)
            for thing in _objects(passage, end) or listed(passage, doer):
                yield Relation("startDate", thing, day, "", sentence.span, "milestone.same-day")


def _started(passage: Passage) -> Iterator[Relation]:
    """What times with a verb in them (自8月上线以来) or behind one (始于2016年), and each verb of starting, say."""
    sentence = passage.sentence
    for time in passage.times:
        of_law = any(0 <= time.span.start - d.span.end <= 1 for d in sentence.documents)  # 《…》5月1日施行以来
        if SINCE.search(time.span.quote) and not of_law:
            thing = _touching(passage, time) or _behind(passage, time) or subject(passage, time, time.span.end)
            if thing is not None:
                yield Relation("startDate", thing, time, "", sentence.span, "milestone.since")
        if BEGUN.search(sentence.before(time, 4)):
            meant = is_general(passage, time.span.start) or pointed(passage, time)
            general = carried(passage, time) if meant else None
            thing = next(reversed(near(passage, time)), general)
            if thing is not None:
                yield Relation("startDate", thing, time, "", sentence.span, "milestone.begun")
    first = passage.times[0].span.end - sentence.span.start
    yield from _chosen(passage, first)
    yield from _specimen(passage)
    for cue in START.finditer(sentence.span.quote, first):
        start, end = cue.start() + sentence.span.start, cue.end() + sentence.span.start
        if any(m.span.start <= start < m.span.end and m.kind != "indicator" for m in sentence.mentions):
            continue
        when = _governing(passage, start)
        if when is None:
            continue
        things = _objects(passage, end)
        if cue.lastgroup == "lasting" and not _begins(passage, when, start):
            things = [thing for thing in things if str(thing.value).endswith("年")]  # 2019年，开展“环境提升年”行动
            if not things:
                continue
        if not things and TAIL.match(sentence.span.quote, cue.end()):
            things = listed(passage, subject(passage, when, start) or unnamed(passage, when, start))
            things += _enumerated(passage, end)
        elif not things and THIS.match(sentence.span.quote, cue.end()):
            things = listed(passage, carried(passage, when))
        for thing in things:
            if not (LATER.search(sentence.before(thing, 8)) or ABOUT_IT.match(sentence.after(thing, 12))):
                yield Relation("startDate", thing, _first(passage, when), "", sentence.span, "milestone.started")


def _chosen(passage: Passage, first: int) -> Iterator[Relation]:
    """2015年，入选全国农村土地制度改革试点: the pilot that a place was chosen for begins there."""
    sentence = passage.sentence
    if not passage.things or ("试" not in sentence.span.quote and "示范" not in sentence.span.quote):
        return
    for cue in CHOSEN.finditer(sentence.span.quote, first):
        start, end = cue.start() + sentence.span.start, cue.end() + sentence.span.start
        when = _governing(passage, start)
        if when is None:
            continue
        for thing in _objects(passage, end):
            if PILOT.search(thing.span.quote + sentence.after(thing, 8)):
                yield Relation("startDate", thing, when, "", sentence.span, "milestone.chosen")


def _specimen(passage: Passage) -> Iterator[Relation]:
    """12月3日，签发全国首张“免证码”: what begins with the first one of its kind."""
    sentence = passage.sentence
    if not passage.things or ("首" not in sentence.span.quote and "第一" not in sentence.span.quote):
        return
    for thing in passage.things:
        before = SPECIMEN.search(sentence.before(thing, 12))
        behind = STROKE.match(sentence.after(thing, 24))
        if not before and not behind:
            continue
        when = _governing(passage, thing.span.start)
        if when is not None and len(str(when.value)) >= len("2022-06"):
            yield Relation("startDate", thing, when, "", sentence.span, "milestone.specimen")


def _first(passage: Passage, time: Mention) -> Mention:
    """The first of the times listed with this one: 28日、31日先后挂牌."""
    for other in reversed(passage.times[: passage.times.index(time)]):
        if passage.words(other.span.end, time.span.start) != "、":
            break
        time = other
    return time


def _touching(passage: Passage, time: Mention) -> Mention | None:
    """“随申码”平台自2021年8月上线以来，…: what stands right in front of a time."""
    thing = next((t for t in reversed(passage.things) if t.span.end <= time.span.start), None)
    return thing if thing and TOUCHING.fullmatch(passage.words(thing.span.end, time.span.start)) else None


def _behind(passage: Passage, time: Mention) -> Mention | None:
    """自2021年8月上线以来，“随申码”…: what the words right behind a time speak of."""
    thing = next((t for t in passage.things if t.span.start >= time.span.end), None)
    return thing if thing and BARE.fullmatch(passage.words(time.span.end, thing.span.start)) else None


def _governing(passage: Passage, verb: int) -> Mention | None:
    """The last time before a verb, if it says when that was, and nothing says that it did not or not yet happen."""
    time = next((t for t in reversed(passage.times) if t.span.end <= verb), None)
    if (
        time is None
        or str(time.value).startswith("..")
        or CLOSED.match(str(time.value))
        or (NO_POINT.search(time.span.quote) and not YEAR_SINCE.match(time.span.quote))
    ):
        return None
    between = passage.words(time.span.end, verb)
    ahead = CLAUSE.split(_before(passage, time, 3))[-1]
    if NO_START.search(between) or UNTIL.search(ahead) or NO_START.search(ahead) or between.count("，") > 4:
        return None
    if HOPED.search(CLAUSE.split(_before(passage, time, 12))[-1]):
        return None
    return time


def _before(passage: Passage, time: Mention, length: int) -> str:
    """Up to `length` characters in front of a time, without the name of a reform: “山海计划”|从2012年起."""
    start = time.span.start - length
    thing = next((t for t in reversed(passage.things) if start < t.span.end <= time.span.start), None)
    if thing is None:
        return passage.words(start, time.span.start)
    return passage.words(start, thing.span.start) + passage.words(thing.span.end, time.span.start)


def _begins(passage: Passage, time: Mention, verb: int) -> bool:
    """Whether a verb such as 实施 means a beginning: 自5月起实施, 6月推行; not 2022年，全市推行, 6月，向全省推广."""
    between = passage.words(time.span.end, verb)
    value = str(time.value)
    if value.endswith("/..") or THENCE.search(CLAUSE.split(between)[-1]):
        return True
    if between.count("，") > 1 or passage.words(verb, verb + 2) == "推广":
        return False
    tried = TRIED_IN.fullmatch(between) and passage.words(verb, verb + 2) in ("试点", "试行")
    return bool(tried) or BEGIN.search(between) is not None or len(value) >= len("2022-06")


def _enumerated(passage: Passage, verb_end: int) -> list[Mention]:
    """What a verb's subject is said to consist of: 三项服务上线，分别是A、B和C."""
    behind = [t for t in passage.things if t.span.start >= verb_end]
    if not behind or not NAMELY.fullmatch(passage.words(verb_end, behind[0].span.start)):
        return []
    return [
        t for t in behind if not CLAUSE.search(passage.words(behind[0].span.end, t.span.start).replace("，以及", ""))
    ]


def _objects(passage: Passage, verb_end: int) -> list[Mention]:
    """What stands behind the verb, with all that is listed with it."""
    behind = [t for t in passage.things if t.span.start >= verb_end]
    if not behind:
        return []
    gap = passage.words(verb_end, behind[0].span.start)
    if ANNOUNCED.fullmatch(gap):
        return behind
    if len(gap) > OBJECT_GAP or CLAUSE.search(gap) or "以来" in gap:
        return []
    if ABOUT_IT.match(passage.sentence.after(behind[0], 10)):
        return []
    found = behind[:1]
    for thing in behind[1:]:
        gap = passage.words(found[-1].span.end, thing.span.start)
        if gap in OPENING:
            found.pop()
        elif not LISTED.fullmatch(gap):
            break
        found.append(thing)
    return found


def _due(passage: Passage, today: str, started: set[Mention | None]) -> Iterator[Relation]:
    """What is to be done by a time: the subject of its clause, else what the clauses behind it name, else what those
    before it do."""
    for index, time in enumerate(passage.times):
        ahead = passage.words(passage.sentence.span.start, time.span.start)
        goal = "：" in ahead and GOAL.search(ahead) is not None
        if TERM.search(passage.sentence.before(time, 6)):
            meant = carried(passage, time)
            if meant:
                yield Relation("targetDate", meant, time, "", passage.sentence.span, "milestone.term")
            continue
        if time in started or not (_ahead(passage, time, today) or (goal and _term(passage, time, today))):
            continue
        stop = passage.times[index + 1].span.start if index + 1 < len(passage.times) else passage.sentence.span.end
        behind = passage.words(time.span.end, stop).partition("；")[0]
        if NO_TARGET.search(behind[:TERM_GAP]):
            continue
        for thing in _aimed(passage, time, time.span.end + len(behind), today, goal):
            yield Relation("targetDate", thing, time, "", passage.sentence.span, "milestone.due")


def _ahead(passage: Passage, time: Mention, today: str) -> bool:
    """Whether a time is a term that lies ahead of the article."""
    value = str(time.value)
    end = value.rpartition("/")[2]
    if end == ".." or (today and end < today[: len(end)]):
        return False
    if value.startswith("../"):
        return True
    if not today or end <= today[: len(end)]:
        return False
    before = passage.sentence.before(time, 4)
    around = before + "|" + CLAUSE.split(passage.sentence.after(time, 24).lstrip("，"), 1)[0]
    return PLANNED.search(around) is not None or before.endswith(("到", "至"))


def _term(passage: Passage, time: Mention, today: str) -> bool:
    """Whether a time in a timetable is a term, be it over by now: 2017年底前, 到2020年."""
    value = str(time.value)
    if value.startswith("../") or passage.sentence.before(time, 1) in ("到", "至"):
        return True
    end = value.rpartition("/")[2]
    return bool(today) and end != ".." and end > today[: len(end)]


def _acting(passage: Passage, time: Mention) -> bool:
    """Whether somebody else acts in front of a time: not the reform's own plan."""
    main = str(passage.spoken.main.value) if passage.spoken.main else ""
    acting = [m for m in passage.sentence.mentions if m.kind in ACTORS and m.span.start < time.span.start]
    return any(m.kind != "legislation" or not main or main not in str(m.value) for m in acting)


def _bare(passage: Passage, time: Mention) -> bool:
    """Whether the clause of a time names nobody who acts in front of it: 力争|年底前; not 她家二宝|今年9月要上学."""
    clause = CLAUSE.split(passage.sentence.before(time, 24))[-1].rpartition(" ")[2]  # a headline has spaces for commas
    for region in passage.sentence.regions:
        clause = clause.replace(region.span.quote, "")
    others = OTHERS.match(passage.sentence.after(time, 24))
    return OWN.fullmatch(clause) is not None and not others and not _acting(passage, time)


def _horizon(passage: Passage, time: Mention, today: str) -> bool:
    """Whether a time is one that plans end with: 到2025年, 年底前."""
    until = passage.sentence.before(time, 1) in ("到", "至") and ITS_END.match(passage.sentence.after(time, 16))
    return bool(today) and (bool(until) or HORIZON.search(str(time.value)) is not None)


def _aimed(passage: Passage, time: Mention, stop: int, today: str, goal: bool) -> list[Mention]:
    """What is to be reached by a time; in a sentence that names nothing, what it carries on with."""
    first = time.span.start - len(passage.words(passage.sentence.span.start, time.span.start).rpartition("；")[2])
    before = [t for t in passage.things if first <= t.span.start < time.span.start]
    behind = [t for t in passage.things if time.span.end <= t.span.start < stop]
    behind = [t for t in behind if not USED.search(passage.sentence.before(t, 10))]
    done = [t for t in behind if REACHED.search(passage.sentence.before(t, 10))]
    chosen = near(passage, time)[-1:] or done[:1] or behind[:1] or before[-1:]
    if chosen and chosen[0] in before:
        at = before.index(chosen[0])
        while at and LISTED.fullmatch(passage.words(before[at - 1].span.end, before[at].span.start)):
            at -= 1
            chosen.insert(0, before[at])
    elif not chosen and goal:
        return [passage.spoken.main] if passage.spoken.main else []
    elif not chosen and not passage.things and _bare(passage, time):
        return listed(
            passage, carried(passage, time) if passage.spoken.last or _horizon(passage, time, today) else None
        )
    return chosen
