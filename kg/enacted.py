"""Reforms and services named where they are put into force: 推行X制度, 列为X试点, 开展X专项治理, 全国首个X平台.

What a name cannot be, generic words and what says how things are managed, is told here too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import catalogue
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation
from kg.quotation import STOPS, Hit, not_names, overlap

GENERIC_START = pattern(
    r"全[省市区县]|全国(?:[0-9]|推|铺)|要|须|应当|需要|必须|可以|[各本该此这那其某每一二三四五六七八九十两多几0-9]|有关|相关|重大|重要|上述|以下|新的|我国|我们|他们"
)
GENERIC_INSIDE = pattern(
    r"同属|来自|高水平|[要须应用靠抓谈说讲看促谋比]改革|比(?:制度|试点)|接入平台|[两三四五六七八九十][大轮]|重大改革|这样|解释|解决|接下来|负责|难题|这一|这轮|本轮|新一轮|所有|首个|首批|第一|多个|其他|各类|各级|不断|更加|什么|如何|可以|能够|已经|正在|召开|举行|着力|大力|(?<![高中初平均同])等|[0-9]{4}年|[0-9][个家件款项台辆名]"
)
COMPOUND = pattern(  # 推行首问负责、限时办结和责任追究制度
    r"(?:实施|推行|实行|试行|探索建立)([^，。；：“”《》的\n]{3,14}、[^，。；：“”《》的\n]{2,20}?(?:制度|机制))(?=[，。；])"
)
SCHEME = pattern(  # has a name behind these verbs: 推行限时办结制度, 实施护理培训计划, 列为医养结合试点
    rf"(?:推行|实施|推出|创立|首创|试行|建起|共建|启动)了?(?:实施|推行|建立)?([^{STOPS}0-9]{{4,18}}(?:制度|机制))$"
    rf"|(?:实施|启动|推出)了?(?:实施)?([^{STOPS}0-9]{{5,14}}(?:计划|工程))$"
    r"|(?:推出|推行|首推|首创)了?(?!个性|多元|多样|优质|便民|精准|贴心|暖心|高效|全方位|全链条|一系列|更多|新)"
    rf"([^{STOPS}0-9]{{4,12}}(?:服务|一卡通))$"
    rf"|(?:开展|启动|承担)[了着]?(?:[^{STOPS}0-9]{{0,4}}(?:首批|第[一二三四五]批))?([^{STOPS}0-9]{{4,18}}试点)$"
    rf"|(?:[定列评确]为|列入|入[选围]|获[批评]|命名为|承担|成为)(?:了|全[国省市]|国家级|省级|[^{STOPS}0-9]{{0,3}}(?:首批|第[一二三四五]批)|[0-9]+个|建设|设立|开展)*"
    rf"([^{STOPS}0-9]{{5,16}}试点|[^{STOPS}0-9]{{3,14}}(?:改革|创新|建设|管理|治理|综合)(?:试验|实验|示范|先行)区)$"
    rf"|(?:设立|创建|建设|打造)(?:了|首个|首批)?([^{STOPS}0-9]{{3,14}}(?:改革|创新|发展)(?:综合)?(?:试验|实验|示范|先行)区)$"
)
SYSTEM = pattern(  # 实行目标年薪制，
    rf"(?:实行|推行|试行)了?([^{STOPS}0-9]{{2,8}}(?<![体机编控管限强定研抑牵建法税学公双有份])制)(?=[，。；：、\s]|$)"
)
SCHEME_HEAD = pattern(
    r"(?:制度|机制|计划|工程|服务|一卡通)(?=[，。；：、工\s]|$)|试点(?=(?:建设)?(?:[，。；、工任城地区单市县\s]|$))|(?:试验|实验|示范|先行)区(?=[，。；、]|$)"
)
ZONE = pattern(  # 国家科技成果转移转化示范区
    rf"((?:国家|全国)(?![级首第自])[^{STOPS}0-9]{{0,10}}(?:改革|文明|转化|合作|融合发展|治理)[^{STOPS}0-9]{{0,4}}(?:试验|实验|示范|先行)区)"
)
ZONES = ("试验区", "实验区", "示范区", "先行区")  # 全国林长制改革示范区 is no 林长制改革
OFFERED = ("服务", "一卡通")
PRACTISED = pattern(  # 推行要素式审判，; 试行规划代立项、区域评估，: what is put into practice, with all that is listed
    rf"(?:推行|试行)了?((?:[^{STOPS}0-9]{{3,14}}[、和])*[^{STOPS}0-9]{{4,14}})(?=[，。；])"
)
NO_PRACTICE = pattern(
    r".{1,3}服务$|[这该此其]|一[家个种项批系]|[更不很较]|全[市省县区]|各|.*(?:[的了着过]|什么|方面|工作|举措|措施|做法|经验|政策)$"
)
FIRST = pattern(  # 建成全国第一个网上评标中心: what is the first of its kind has a name
    rf"(?<![是为系])(?:全[国省市区县]|国内|省内)(?:首个|首家|第一个|第一家)([^{STOPS}0-9]{{4,20}}?"
    r"(?:(机制|制度|试点|联盟)|平台|系统|数据库|热线|(?:审批|服务|政务|治理|调解|指挥|管理|受理|评标)中心))(?=[，。；、\s]|$)"
)
CAMPAIGNS = pattern(  # 开展App违法违规收集使用个人信息专项治理
    r"(?:开展|启动|部署|实施|组织)(?:了|全国|全省|全市)?([^，。；：、“”《》的\n]{4,30}?专项(?:(?:治理|整治|执法|执行|清理|打击|检查|监督|提升)?行动|治理|整治|斗争|工作))"
)
SYSTEMS = pattern(r"制度?、")  # 首问负责制、限时办结制和容缺受理制度 are three
NUMBERED = pattern(  # 五大应用场景，分别是掌上挂号、诊间付费和床旁结算; 三大行动：强链补链行动、育苗壮苗行动、添绿行动
    r"[两三四五六七八九十]大(?:应用|数字)?(场景|应用|行动|工程)[^，。；：、“\n]{0,10}，?(?:分别[是为]|即|包括|：)"
    r"([^，。；：、“”《》的了\n]{3,14}(?:、[^，。；：、“”《》的了\n]{3,14})+(?:，?以及[^，。；：、“”《》的了\n]{3,14})?)(?=[，。；\n]|$)"
)
ITEM = pattern(r"(?![及和])(?:(?!以及|和[^、]*$)[^，、])+")  # the last of them behind 和
LONG_ITEM = pattern(r"(?!及)(?:(?!以及)[^，、])+")  # 核酸检测和疫苗接种，以及智慧急救: 和 is inside a name
USED = ("场景", "应用")  # what people use; the others are done


@cache
def _managing() -> re.Pattern[str]:
    """What no mechanism is named by: 工作协调推进机制."""
    return pattern(rf"(?:{alternation(catalogue.words('management_words'))})+(?:机制|制度)")


def is_generic(name: str) -> bool:
    """Whether words are too general for a name: 全省改革, 有关制度, 第一批试点."""
    return GENERIC_START.match(name) is not None or GENERIC_INSIDE.search(name) is not None


def _names_something(name: str) -> bool:
    """Whether it is neither generic, nor a slogan, nor says how things are managed: 工作协调推进机制."""
    return not (is_generic(name) or name in not_names() or _managing().fullmatch(name))


def enacted(text: str, known: Sequence[Hit]) -> Iterator[Hit]:
    """The names that a verb or a number puts into force; schemes only where no known name stands."""
    yield from (hit for hit in _behind_verbs(text, COMPOUND, "initiative.compound") if not SYSTEMS.search(hit.value))
    yield from _behind_verbs(text, CAMPAIGNS, "initiative.campaign") if "专项" in text else ()
    schemes = [*_schemes(text), *_behind_verbs(text, SYSTEM, "initiative.system")]
    zones = _behind_verbs(text, ZONE, "initiative.zone") if any(map(text.__contains__, ZONES)) else ()
    schemes += [zone for zone in zones if not overlap(schemes, zone.start, zone.end)]
    ends = {hit.end for hit in known}
    for hit in schemes:
        if not overlap(known, hit.start, hit.end) or (hit.value.endswith(ZONES) and hit.end not in ends):
            yield hit
    yield from _firsts(text)
    yield from _numbered(text)


def _behind_verbs(text: str, names: re.Pattern[str], rule: str) -> Iterator[Hit]:
    """The names that stand behind a verb, as the pattern's group."""
    for match in names.finditer(text):
        yield Hit(match.start(1), match.end(1), "reform", match.group(1), rule)


def practised(text: str, known: Sequence[Hit]) -> Iterator[Hit]:
    """推行要素式审判: what is put into practice without a noun that ends names, where nothing in it is known."""
    for match in PRACTISED.finditer(text):
        if overlap(known, *match.span(1)):
            continue
        for item in ITEM.finditer(text, *match.span(1)):
            name = item.group()
            if not NO_PRACTICE.match(name) and _names_something(name):
                yield Hit(*item.span(), "reform", name, "initiative.practised")


def _schemes(text: str) -> Iterator[Hit]:
    """推行限时办结制度, 先行开展便民服务体系建设试点: what is put into force under a name."""
    for head in SCHEME_HEAD.finditer(text):
        match = SCHEME.search(text, max(0, head.start() - 26), head.end())
        if match:
            name = match.group(match.lastindex or 1)
            if _names_something(name):
                kind = "service" if head.group() in OFFERED else "reform"
                yield Hit(head.end() - len(name), head.end(), kind, name, "initiative.scheme")


def _firsts(text: str) -> Iterator[Hit]:
    """建成全国第一个网上评标中心."""
    for match in FIRST.finditer(text):
        kind = "reform" if match.group(2) else "service"
        yield Hit(match.start(1), match.end(1), kind, match.group(1), "initiative.first")


def _numbered(text: str) -> Iterator[Hit]:
    """The members of a numbered set, in which each has a name: 三大行动：强链补链行动、育苗壮苗行动、添绿行动."""
    for match in NUMBERED.finditer(text):
        head, members = match.groups()
        for item in (LONG_ITEM if "以及" in members else ITEM).finditer(text, *match.span(2)):
            name = item.group()
            if len(name) > 2 and (head in USED or name.endswith(head)):
                yield Hit(*item.span(), "service" if head in USED else "reform", name, "initiative.numbered")
