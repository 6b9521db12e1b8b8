"""Reforms and services: known by name, by what stands in quotation marks, or by the noun that ends the name.

The value is the canonical name: a known one's from initiatives.csv, else the words without quotation marks.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import catalogue, gazetteer, tagger
from kg.gazetteer import Name
from kg.model import Document, Mention, Span
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation
from kg.quotation import (
    CLOSING,
    LONGER,
    OPENING,
    QUOTED,
    STOPS,
    TAGGED,
    Hit,
    across_marks,
    heads,
    not_names,
    overlap,
    quotations,
    themes,
)

LEFT = pattern(rf"[^{STOPS}]{{1,18}}$")
RIGHT = pattern(
    rf"[{STOPS}中上下后前方已正再又迈获]|试[点水]|工作|任务|要求|办理|落[实地]|取得|进入|情况|期间|成效|进展|结果|历时|为期|启动|收官|"
    r"扎实|稳步|全面|持续|加速|提速|成为|带来|走[进向出过]|初见|按下|跑出|破题|顺利|先行|率先|$"
)
GENERIC_START = pattern(
    r"全[省市区县]|全国(?:[0-9]|推|铺)|要|须|应当|需要|必须|可以|[各本该此这那其某每一二三四五六七八九十两多几0-9]|有关|相关|重大|重要|上述|以下|新的|我国|我们|他们"
)
GENERIC_INSIDE = pattern(
    r"同属|来自|高水平|[要须应用靠抓谈说讲看促谋比]改革|[两三四五六七八九十][大轮]|重大改革|这样|解释|解决|接下来|负责|难题|这一|这轮|本轮|新一轮|所有|首个|首批|第一|多个|其他|各类|各级|不断|更加|什么|如何|可以|能够|已经|正在|召开|举行|着力|大力|(?<![高中初平均同])等|[0-9]{4}年|[0-9][个家件款项台辆名]"
)
COUNTED = pattern(r"[0-9]个|[0-9]项$|^(?:全国|国家|中国)$")  # 全国33个|农村土地制度改革试点
NATIONWIDE = pattern(r"全国|国家|中国")  # where the name of a national platform begins
COMPOUND = pattern(  # 推行首问负责、限时办结和责任追究制度
    r"(?:实施|推行|实行|试行|探索建立)([^，。；：“”《》的\n]{3,14}、[^，。；：“”《》的\n]{2,20}?(?:制度|机制))(?=[，。；])"
)
SCHEME = pattern(  # has a name behind these verbs: 推行限时办结制度, 实施护理培训计划, 列为医养结合试点
    rf"(?:推行|实施|推出|创立|首创|试行|建起|共建|启动)了?(?:实施|推行|建立)?([^{STOPS}0-9]{{4,18}}(?:制度|机制))$"
    rf"|(?:实施|启动|推出)了?(?:实施)?([^{STOPS}0-9]{{5,14}}(?:计划|工程))$"
    r"|(?:推出|推行|首推|首创)了?(?!个性|多元|多样|优质|便民|精准|贴心|暖心|高效|全方位|全链条|一系列|更多|新)"
    rf"([^{STOPS}0-9]{{4,12}}(?:服务|一卡通))$"
    rf"|(?:开展|启动|承担)了?([^{STOPS}0-9]{{5,14}}(?:建设|改革|创新|管理)试点)$"
    r"|(?:[定列评确]为|列入|入[选围]|获[批评]|命名为|承担|成为)(?:了|全[国省市]|国家级|省级|(?:国家|全国|全省)?(?:首批|第[一二三四五]批)|[0-9]+个|建设|设立|开展)*"
    rf"([^{STOPS}0-9]{{5,16}}试点|[^{STOPS}0-9]{{3,14}}(?:改革|创新|建设|管理|治理|综合)(?:试验|实验|示范|先行)区)$"
)
SCHEME_HEAD = pattern(
    r"(?:制度|机制|计划|工程|服务|一卡通)(?=[，。；：、工\s]|$)|试点(?=[，。；、工任城地区单市县\s]|$)|(?:试验|实验|示范|先行)区(?=[，。；、]|$)"
)
OFFERED = ("服务", "一卡通")
PRACTISED = pattern(  # 推行要素式审判，; 试行规划代立项、区域评估，: what is put into practice, with all that is listed
    rf"(?:推行|试行)了?((?:[^{STOPS}0-9]{{3,14}}[、和])*[^{STOPS}0-9]{{4,14}})(?=[，。；])"
)
NO_PRACTICE = pattern(
    r".{1,3}服务$|[这该此其]|一[家个种项批系]|[更不很较]|全[市省县区]|各|.*(?:[的了着过]|什么|方面|工作|举措|措施|做法|经验|政策)$"
)
ACTS = pattern(
    rf"(?:建成|搭建|建起|建立|构建|打造|设立|开设|增设|开发|上线|推出|开通|启用|借助|依托|利用)了?(?=[^{STOPS}]*$)"
)
FIRST = pattern(  # 建成全国第一个网上评标中心: what is the first of its kind has a name
    rf"(?:全[国省市区县]|国内|省内)(?:首个|首家|第一个|第一家)([^{STOPS}0-9]{{4,20}}?"
    r"(?:(机制|制度|试点|联盟)|平台|系统|数据库|热线|(?:审批|服务|政务|治理|调解|指挥|管理|受理|评标)中心))(?=[，。；、\s]|$)"
)
OFFICES = pattern(r"(?:全[国省市区县])?[一-鿿]{2,4}系统")  # 全国民政系统: what a ministry has below it
WHOLE_REGION = pattern(r"全[省市区县].{5}")  # 全省数据治理智能工作平台
PLUS = pattern(r".\+|\+[一-鿿]")  # 人工智能+ in 人工智能+政务服务
NAMING = pattern(r"[”’」』]?(?:改革|机制|制度|模式)")  # 容缺办理 is an everyday word, 容缺办理机制 a name
PUT = ("推行", "实行", "试行", "首创", "推出")  # 实行告知承诺
ALONE = ("strong", "own")  # 网上办事大厅, 企业服务专区
HOLDERS = ("中心", "热线", "局")
MODIFIED = ("改革", "行动")
CLAUSE_START = "，。；：、\n \u3000"
DOUBTFUL = ("initiative.everyday", "initiative.quoted-shape")
APPS = ("APP", "App", "app")
APP_END = pattern(r"[“”，。；、：！？）\s的上中里可已也及和与]|$")
CAMPAIGNS = pattern(  # 开展App违法违规收集使用个人信息专项治理
    r"(?:开展|启动|部署|实施)(?:了|全国|全省|全市)?([^，。；：、“”《》的\n]{4,30}?专项(?:治理|整治|行动|斗争|工作)(?:行动)?)"
)
BODY = pattern(r"(?:(?:专项|工作|领导|协调|推进)*(?:小组|专班)|联席会议|指挥部|办公室)")  # 文化体制改革专项小组
CAMPAIGN = pattern(r"专项(?:整治|行动|斗争)")
SYSTEMS = pattern(r"制度?、")  # 首问负责制、限时办结制和容缺受理制度 are three
PLACED = pattern(r"（([一-鿿]{2,4})）")  # 信用中国（河南）
WIDE = pattern(r"(?:全国|国家)[^的了在是将被对向从到由共有0-9、，。；：“”《》（）\s]{2,24}$")  # 全国…监管与服务综合平台
LIVE = pattern(
    r"(?:在[^，。；]{2,10})?(?:已经?|正式|全面|同步|成功|今[日天])*(?:上线|启用|投用|开通|投入使用|试?运行|(?:开发)?建成|(?:开发)?建设完|挂牌|入选|获评)"
)
NUMBERED = pattern(  # 五大应用场景，分别是掌上挂号、诊间付费和床旁结算; 三大行动：强链补链行动、育苗壮苗行动、添绿行动
    r"[两三四五六七八九十]大(?:应用|数字)?(场景|应用|行动|工程)[^，。；：、“\n]{0,10}，?(?:分别[是为]|即|包括|：)"
    r"([^，。；：、“”《》的了\n]{3,14}(?:、[^，。；：、“”《》的了\n]{3,14})+(?:，?以及[^，。；：、“”《》的了\n]{3,14})?)(?=[，。；\n]|$)"
)
ITEM = pattern(r"(?![及和])(?:(?!以及|和[^、]*$)[^，、])+")  # the last of them behind 和
LONG_ITEM = pattern(r"(?!及)(?:(?!以及)[^，、])+")  # 核酸检测和疫苗接种，以及智慧急救: 和 is inside a name
USED = ("场景", "应用")  # what people use; the others are done
NAMED = 4
"""How long a modifier must be for a platform to be named after a verb: 推广房屋网签备案系统."""
BRIEF, PART = 4, 2
"""A known name so brief that lacks only so much of a quoted one is part of it: 一码通 of “一码通行”."""
SUBJECT = 5
"""How long the name of a reform must be that is the subject of a clause, without a verb in front."""


@cache
def _window() -> re.Pattern[str]:
    own = [head for head, row in heads().items() if row.strength == "own"]
    return pattern(rf"(?:综合|服务|自助|专门)?{alternation((*own, '大厅'))}")


@cache
def _launches() -> frozenset[str]:
    return frozenset(row["cue"] for row in catalogue.lexicon("naming_cues") if row["place"] == "before")


@cache
def _branch() -> re.Pattern[str]:
    """安徽政务服务网 + 芜湖 + 分厅."""
    return pattern(rf"[一-鿿]{{2,6}}?(?:{'|'.join(catalogue.words('service_branches'))})")


@cache
def _managing() -> re.Pattern[str]:
    """What no mechanism is named by: 工作协调推进机制."""
    return pattern(rf"(?:{alternation(catalogue.words('management_words'))})+(?:机制|制度)")


@cache
def _cue() -> re.Pattern[str]:
    return pattern(alternation(catalogue.words("initiative_cues")))


def _is_meant(text: str, name: Name, title_end: int) -> bool:
    """Whether an everyday phrase is a name where it stands: quoted, in the title, before 机制, behind 推行."""
    quoted = text.endswith(tuple(OPENING), 0, name.start) and text.startswith(tuple(CLOSING), name.end)
    titled = name.end <= title_end and not text.startswith("一个", name.start)
    return quoted or titled or NAMING.match(text, name.end) is not None or text.endswith(PUT, 0, name.start)


def _known(text: str, title_end: int) -> Iterator[Hit]:
    """Names of initiatives.csv; those that are everyday words only in quotation marks or in the title."""
    names = [n for n in gazetteer.find(text, "initiative") if not PLUS.match(text, n.end - 1)]
    everyday = [n for n in gazetteer.find(text, "initiative.quoted") if not PLUS.match(text, n.end - 1)]
    everyday = [n for n in everyday if _is_meant(text, n, title_end)]
    begins = {p.end: p.start for p in gazetteer.places(text)}  # 北京12345市民服务热线
    for name in gazetteer.longest((*names, *everyday)):
        value, end = name.values[0], name.end
        kind = catalogue.initiatives()[value].kind
        placed = PLACED.match(text, end) or (_branch().match(text, end) if kind == "service" else None)
        if placed and any(p.start >= end and p.end <= placed.end() for p in gazetteer.places(text)):
            end = placed.end()
            value = text[name.start : end]
        start = begins.get(name.start, name.start) if text[name.start].isdigit() else name.start
        if value.endswith(MODIFIED) and text.endswith(value[-2:], 0, end):
            start = _modified(text, start)
        rule = "initiative.everyday" if name in everyday else "initiative.gazetteer"
        yield Hit(start, end, kind, value, rule)
        window = _window().match(text, end) if kind == "reform" else None
        if window:  # 跨省通办服务大厅
            yield Hit(name.start, window.end(), "service", text[name.start : window.end()], "initiative.window")


def _modified(text: str, start: int) -> int:
    """Where what narrows a known reform begins: 应急管理|综合行政执法改革, after the verb in front if there is one."""
    left = LEFT.search(text, max(0, start - 12), start)
    if left is None:
        return start
    cues = [cue.end() for cue in _cue().finditer(text, left.start(), start)]
    begin = cues[-1] if cues else left.start()
    modifier = text[begin:start]
    plain = len(modifier) > 1 and not _is_generic(modifier) and not COUNTED.search(modifier)
    return begin if plain and (cues or text[begin - 1 : begin] in "，。；、：\n") else start


def _headed(text: str, known: Sequence[Hit]) -> Iterator[Hit]:
    """Names that end in 改革, 行动, 平台 and begin after a verb, at a list's comma, or with a region."""
    listable = {hit.end + skip for hit in known for skip in (0, 1, 2, 3)}
    taken = {hit.end for hit in known}
    for head in _last_heads(text):
        words = text[head.start : head.end]
        kind = heads()[words].kind
        left = LEFT.search(text, max(0, head.start - 18), head.start)
        if left is None or head.end in taken or LONGER.match(text, head.end):
            continue
        if words in APPS and not APP_END.match(text, head.end):
            continue
        if words.endswith("大厅") and text.endswith(HOLDERS, 0, head.start):
            continue  # 浦东新区行政服务中心|办事大厅
        if kind == "service":
            start, rule = _service_start(text, left.start(), head, listable), "initiative.headed-service"
        elif RIGHT.match(text, head.end):
            start, rule = _reform_start(text, left.start(), head, listable)
        else:
            continue
        name = text[start : head.end] if start is not None else ""
        modifier = name[: -len(words)]
        if len(modifier) < 2 or name in not_names() or modifier in not_names():
            continue
        if _is_generic(name) and not (kind == "service" and WHOLE_REGION.match(modifier)):
            continue
        listable.add(head.end)
        yield Hit(head.end - len(name), head.end, kind, name, rule)


def _is_generic(name: str) -> bool:
    return GENERIC_START.match(name) is not None or GENERIC_INSIDE.search(name) is not None


def _names_something(name: str) -> bool:
    """Whether it is neither generic, nor a slogan, nor says how things are managed: 工作协调推进机制."""
    return not (_is_generic(name) or name in not_names() or _managing().fullmatch(name))


def _last_heads(text: str) -> Iterator[Name]:
    """The heads that no longer head goes on from: 专项整治行动, not 专项整治; the weak ones name nothing alone."""
    found = gazetteer.find(text, "initiative.head")
    starts: dict[int, int] = {}
    for head in found:
        starts[head.start] = max(starts.get(head.start, 0), head.end)
    seen = set()
    for head in sorted(found, key=lambda h: (h.end, h.start)):
        if heads()[text[head.start : head.end]].strength not in ALONE or head.end in seen:
            continue
        if not any(starts.get(at, 0) > head.end for at in range(head.start, head.end)):
            seen.add(head.end)
            yield head


def _reform_start(text: str, left: int, head: Name, listable: set[int]) -> tuple[int | None, str]:
    """Where a reform's name begins: after the last verb, after a list's comma, or with its clause."""
    before = text[left - 1 : left]
    cues = list(_cue().finditer(text, left, head.start))
    if cues and cues[-1].end() >= head.start - 1:
        verb = cues.pop()
        begin = cues[-1].end() if cues else left
        if text[head.start : head.end] == "改革" or verb.start() - begin < 2 or (not cues and before != "、"):
            return None, ""  # 各地启动|改革, 全面建立|河长制; but 推进|执法权力运行|机制改革
    if cues:
        # 优化营商环境提升年 keeps its verb
        whole = text[head.end - 1] == "年" or CAMPAIGN.match(text, head.start)
        return cues[0 if whole else -1].end(), "initiative.headed-verb"
    if before == "、" and left - 1 in listable:
        return left, "initiative.headed-list"
    subject = text.endswith("改革", 0, head.end) and not COUNTED.search(text[left : head.start])
    if subject and before in CLAUSE_START and head.end - left >= SUBJECT:
        return left, "initiative.headed-subject"
    if CAMPAIGN.match(text, head.start) and before in "，。；：、\n的" and head.start - left >= NAMED:
        return left, "initiative.headed-campaign"
    return None, ""


def _service_start(text: str, left: int, head: Name, listable: set[int]) -> int | None:
    """Where a platform's name begins: 全国, a region's name; if enough of a name follows, after a verb, after a list's
    comma, or with a clause that says that it went live."""
    acts = ACTS.search(text, left, head.start)
    if acts:  # 阜阳年底前建成四级为民服务平台
        return acts.end() if head.start - acts.end() > NAMED else None
    if heads()[text[head.start : head.end]].strength == "own":
        return None
    wide = NATIONWIDE.search(text, left, head.start) or WIDE.search(text, max(0, head.start - 26), head.start)
    places = [p for p in gazetteer.places(text) if left <= p.start and p.end <= head.start and p.sure]
    starts = [p.start for p in places]
    if text[head.start : head.end] == "系统":
        inner = max([*[p.end for p in places], *([wide.start() + 2] if wide else [])], default=0)
        if inner and head.start - inner < NAMED:
            return None  # 广东政数系统, 全国税务系统: its offices
    if wide or starts:
        return min([*starts, *([wide.start()] if wide else [])])
    cues = list(_cue().finditer(text, left, head.start))
    launched = [cue.end() for cue in cues if cue.group() in _launches()]
    if launched:
        return launched[-1] if head.start - launched[-1] >= NAMED else None
    if cues or head.start - left < NAMED:
        return None
    listed = text[left - 1 : left] == "、" and left - 1 in listable
    live = text[left - 1 : left] in CLAUSE_START and LIVE.match(text, head.end)
    return left if listed or live else None


def _explains(text: str, hit: Hit, quoted: Collection[str]) -> bool:
    """Whether a quotation is half of another one: “一件事” and “一次办” where the text explains “一件事一次办”."""
    words = text[hit.start : hit.end]
    return not NAMING.match(text, hit.end) and any(
        words + other in quoted or other + words in quoted for other in quoted
    )


def _is_piece(text: str, hit: Hit, quote_end: int) -> bool:
    """Whether a brief known name only begins a quotation: 双减 of “双减半”, but not 双减 of “双减改革”."""
    rest = text[hit.end : quote_end]
    return hit.end - hit.start <= BRIEF and 0 < len(rest) <= PART and rest not in heads()


def _behind_verbs(text: str, names: re.Pattern[str], rule: str) -> Iterator[Hit]:
    """The names that stand behind a verb, as the pattern's group."""
    for match in names.finditer(text):
        yield Hit(match.start(1), match.end(1), "reform", match.group(1), rule)


def _practised(text: str, known: Sequence[Hit]) -> Iterator[Hit]:
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


def _tagged(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """What the tagger calls a name where no rule found one, wherever it stands; a part of a name that stands elsewhere
    (市民服务热线 beside 12345市民服务热线) is none."""
    taken = bytearray(len(text))
    for hit in hits:
        taken[hit.start : hit.end] = b"x" * (hit.end - hit.start)
    found = "\n".join({*(hit.value for hit in hits), *(text[hit.start : hit.end] for hit in hits)})
    kinds: dict[str, str] = {}
    longest = {noun.end: noun for noun in sorted(gazetteer.find(text, "initiative.head"), reverse=True)}
    for noun in longest.values():
        if taken[noun.end - 1] or text.startswith(tuple(CLOSING), noun.end) or LONGER.match(text, noun.end):
            continue
        start = tagger.start_of_name(text, noun.start, noun.end)
        if start is None or text[start - 1 : start + 1] in catalogue.words("initiative_cues"):  # 健|全政企沟通机制
            continue
        name = text[start : noun.end]
        if not (_is_generic(name) or name in not_names() or OFFICES.fullmatch(name) or name in found):
            kinds[name] = heads()[text[noun.start : noun.end]].kind
    if not kinds:
        return
    for _, start, end in AhoCorasick(kinds, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        if b"x" not in taken[start:end]:
            yield Hit(start, end, kinds[text[start:end]], text[start:end], TAGGED)


def extract(document: Document) -> Iterator[Mention]:
    """Every named reform and service; slogans and generic nouns are none."""
    text = document.article.text
    known = list(_known(text, len(document.article.title)))
    compounds = [hit for hit in _behind_verbs(text, COMPOUND, "initiative.compound") if not SYSTEMS.search(hit.value)]
    campaigns = _behind_verbs(text, CAMPAIGNS, "initiative.campaign") if "专项" in text else ()
    schemes = [hit for hit in _schemes(text) if not overlap(known, hit.start, hit.end)]
    quotes = list(QUOTED.finditer(text))
    known += [*across_marks(text, quotes), *themes(text)]
    names = list(quotations(text, quotes, known))
    quoted = {quote.group(1) for quote in quotes}
    explained = {hit for hit in (*known, *names) if hit.rule in DOUBTFUL and _explains(text, hit, quoted)}
    ends = {hit.end: hit.start for hit in names}
    starts = {quote.start(1): quote.end(1) for quote in quotes}
    # 数据共享交换平台 ends a longer quoted name and is none of its own there
    known = [
        hit
        for hit in known
        if ends.get(hit.end, hit.start) >= hit.start and not _is_piece(text, hit, starts.get(hit.start, 0))
    ]
    taken = {hit.start: hit.end for hit in known}
    # of those that begin alike the longest, which comes last
    headed = {hit.start: hit for hit in _headed(text, known) if hit.end > taken.get(hit.start, 0)}
    hits = [*known, *names, *headed.values(), *compounds, *campaigns, *schemes, *_firsts(text), *_numbered(text)]
    hits += _practised(text, hits)
    for hit in (*hits, *_tagged(text, hits)):
        if hit in explained or BODY.match(text, hit.end):
            continue
        yield Mention(hit.kind, Span(hit.start, hit.end, text[hit.start : hit.end]), hit.value, hit.rule)
