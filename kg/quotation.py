"""What stands in quotation marks: whether it names a reform or a service, and which of them.

By the noun behind it (“X”改革, “X”平台), its own shape (“拿地即开工”), a verb of naming or launching beside it, or
a name that it stands next to.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg import catalogue, gazetteer, tagger
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation

OPENING, CLOSING = "“‘「『", "”’」』"
QUOTED = pattern(rf"[{OPENING}]([^“”‘’「」『』。；：！？\n]{{2,24}})[{CLOSING}]")  # “一网通办”
STOPS = "的了在是将把被对向从到由于让使与及和或并且而等、，。；：“”‘’《》（）()！？\\s"
LONGER = pattern(
    r"[化型性类司]|事项|通行|公司|企业|经济|人员|部门|单位|建设者|集成|号码|合作(?:协议|框架|备忘录|伙伴)"
)  # 平台经济, 战略性: the head is part of another word
COUNTED = pattern(  # “一省一市”两个|试点, “健康森林”“金银森林”五大森林|行动
    r"[两三四五六七八九十0-9]个?$|^等?[两三四五六七八九十0-9]+[大个项类]"
)
PRESS = pattern(r"(?:主题|系列)?.*(?:发布|采访|新闻|宣讲|参观)")  # “1+1”系列发布采访|活动
AIM = pattern(
    r"思路|目标|理念|方向|要求|格局|局面|成效|氛围|精神|原则|思想|宗旨|主题|口号"
)  # “腾空间、调结构”的改革思路
NUMBERS = pattern(r"[0-9NnXx]+(?:[+＋.·][0-9NnXx]+)+")  # “5+1”产业链推进组, “3.15”晚会
PLATFORM = pattern(rf"[{CLOSING}](?![设建推上入进接获])[^{STOPS}]{{1,6}}(?:平台|系统)")
"""What makes a platform of its own of a reform: “互联网+政务服务”一体化平台, “免申即享”政策云平台."""
SAME = pattern(rf"[{CLOSING}](?:综合)?(?:服务|线上|网上|数字|信息|工作|微信)?平台")
ITS = pattern(rf"[{CLOSING}].*平台")
"""Behind a reform and behind a service, a platform that is the thing itself."""
SERIES = pattern(r"[一-鿿]{2,6}·[^，。；：]{2,20}")  # “清朗·打击网络谣言”
NO_NAME = pattern(  # “从上到下全过程协同办理”, “最佳政务大厅”, “两道门”, “全民级”平台, “重审批轻监管”
    r"[从把给为以向更让替使]|[^—]{1,3}—[^—]{1,3}—|[^两三四五六七八九十]办$|最[佳美优具受]|十[大佳]|[一两三](?:[道扇朵根座片盘]|条(?!龙))|[一-鿿]{0,4}[0-9]+条$"
    r"|.*(?:级|局|[白蓝绿]皮书|年鉴|委员会|办公室|成效|定位|环节|责任人|压力|优势|短板|导向|难题|样本|样板|答卷|名片)$|.{2,}(?:年会|论坛|峰会|博览会|研讨会)$|重[^轻]{1,4}轻.{1,4}$"
)
CHANGE = pattern(rf"(?:(?:变|转变|转)[为成]|[走迈转]向|[{CLOSING}]到)$")  # 从“多地多窗多次”变为“一地一窗一次”
TURNED = pattern(rf"[{CLOSING}](?:(?:走|迈|转)?[向到][{OPENING}]|的?转变|变[为成])")  # 从“坐等上门”向“主动服务”转变
BRAND = pattern(r"[牌号杯]|式(?!样)")  # “凌云”牌客车, “里程碑”式管理
BESIDE = ("", "、", "和", "及", "与")  # 推行“船边直提”“抵港直装”: what stands between two names
ALIKE = 3
"""How many last characters a quotation shares with a known name that makes it one of a kind: “看病不求人”."""
PARALLEL = pattern(r"[^，、]{3,6}、[^，、]{3,6}")  # 推行“定向评价、定向使用”
TURNS = pattern(
    r"[成为被把由将]|专班|小组|部署|升格|即可|进入|登[录陆]|实行|实施|推行|开展|装进|送[到进]|倒逼|^[设建推入获就能才和与及上中里内]"
)  # “自主改”升格为…改革, “首会”部署改革
PHRASE = pattern(  # “三潭枇杷”|地理标志保护|工程: a noun phrase that the quotation only begins
    r"(?!.*(?:[的等将把被为成这]|擦亮|升格|提升|推动|带动|引领|助力|赋能|促进|延伸|走向|入选|破解|融入|纳入))[一-鿿]{3,}"
)
WORKERS = pattern(r"[室组者站日队班专领人单部机]")  # “名师”工作|室, “5+2”工作|班子
NEAR = 4
"""How far behind the name of a reform the word for its counter may stand: “一件事”综合服务窗口."""
FAR = 6
"""How far behind a quotation a noun may stand that makes it a name; a platform's a little farther."""
PLATFORMS = ("平台", "系统", "终端", "智能终端", "自助终端")
ABOUT = ("工作", "规划", "方案", "清单", "计划")
"""Nouns behind a quotation that say what is done about it: they are no part of its name."""
CALLED = pattern(r"(?:制度|工作机制|机制|模式|试点|工作法)(?![化型性类司地城])")  # 容缺受理|制度
HAN = pattern(r"[一-鿿]+")
SHORTEST, BEHIND = 3, 8
"""How many characters of a known name stand behind its quoted part, at least and at most."""
PLAIN = pattern(r"(?:改革|服务|平台|工作|建设|机制|制度|模式|行动|体系|工程|活动|试点|政策|品牌)+")
THEME = pattern(rf"([一-鿿]{{2,10}})[{OPENING}](一件事)[{CLOSING}](?!一次)")
THEME_VERB = pattern(
    r"推[行出进动广]|[首再新]推|首创|率先|上线|再造|梳理|实施|开展|办理|打造|新增|优化|启动|开通|实现|聚焦|围绕|完成|包括|以及|变更为|依托|通过|借助|利用|[按以把将]|[和与及如]"
)
NO_THEME = pattern(
    r"[的了成批件个把给是等每这各多几]|变(?!更)|[年季月底]前|全[省市县区]|[本我][省市县区]|群众|特色|高频|什么|领域|改革|办好|做好|企业$|(?:网|平台|大厅|中心|APP)$"
)
LISTED = pattern(r"[，、]")
TAGGED = "initiative.tagged"
"""The rule of what only the trained tagger calls a name."""
LAUNCHING = pattern(  # 推出免费的“政务专递”, 开设政务服务“旗舰店”
    rf"(?:推出|推行|开设|设立|上线|开通|启动|首创|创立)了?(?:[^{STOPS}]{{1,8}}的|[^{STOPS}]{{2,10}})$"
)
APPLIED = pattern(  # “付省心”“卫你办”等14个特色应用
    rf"(?:[、和]?[{OPENING}][^{CLOSING}]{{2,16}}[{CLOSING}])*等(?:\d+|[多几数])?个?[^，。；“、]{{0,6}}(?:应用|场景|品牌|小程序)"
)


SAID = pattern(
    r"(?:[人们家者众他她民][常都笑直总]?[说讲叹夸]|做到|注明|好比|犹如|如同|就像)$"
    r"|(?:成为|当好|做好|化身|变身|堪称|誉为|称作)[^，。；“]{0,8}的?$"
)  # 有人说“看牙不求人”, 做到“户户走到”, 成为企业的“贴心管家”
LED = pattern(  # “继续深化|养老机构改革”
    r"(?:继续|进一步|全面|深入|加快|持续)*(?:深化|推进|推动|推行|实施|开展|完善|建立|健全|探索)(?=[一-鿿]{3,12}(?:改革|制度|试点|机制|行动|工程)$)"
)
OTHERS = pattern(  # “华为”“腾讯”等企业; “清廉”“高效”两个方面的要求; “办照容易办证难”的问题
    rf"[{CLOSING}](?:[、和]?[{OPENING}][^{CLOSING}]{{2,16}}[{CLOSING}])*(?:(?:等|[两三四五六七八九十]个)方面"
    r"|等?(?:[0-9]+|[两三四五六七八九十]+)项(?:行政)?(?:许可|审批|证明)"
    r"|等?的?[^，。；“的]{0,2}(?:问题|现象|难题|弊端|怪圈|顽疾|困境|瓶颈|抱怨|呼声|烦恼|尴尬)"
    r"|等(?:\d+|[多几数])?[家个]?[^，。；“、]{0,4}(?:企业(?![服开登信码平办专])|公司|集团|商家|门店))"
)


class Head(NamedTuple):
    """A noun that ends names: the kind of what it names, and its strength (see initiative_heads.csv)."""

    kind: str
    strength: str


class Hit(NamedTuple):
    """A name in the text, `text[start:end]`: reform or service, its canonical form, the rule that found it."""

    start: int
    end: int
    kind: str
    value: str
    rule: str


def overlap(hits: Iterable[Hit], start: int, end: int) -> bool:
    """Whether one of the names shares a character with the stretch."""
    return any(hit.start < end and start < hit.end for hit in hits)


@cache
def heads() -> dict[str, Head]:
    """The nouns that end the names of reforms and services."""
    return {r["head"]: Head(r["kind"], r["strength"]) for r in catalogue.lexicon("initiative_heads")}


@cache
def _after_quote() -> re.Pattern[str]:
    """What after a closing quotation mark makes the quoted words a name: “X”改革, “X”综合服务窗口."""
    return pattern(rf"[{CLOSING}]([一-鿿A-Za-z]{{0,8}}?)({alternation(heads())})(?!联盟|平台|系统|终端)")


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((pattern(row["shape"]), row["kind"]) for row in catalogue.lexicon("initiative_shapes"))


@cache
def _naming() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues: dict[str, list[str]] = {"before": [], "after": []}
    for row in catalogue.lexicon("naming_cues"):
        cues[row["place"]].append(row["cue"])
    before, after = ("|".join(cues[place]) for place in ("before", "after"))
    return pattern(rf"(?:{before})$"), pattern(rf"(?:正式|也|已|全面)*(?:{after})")


@cache
def not_names() -> frozenset[str]:
    """Generic phrases and slogans."""
    return frozenset((*catalogue.words("initiative_generic"), *catalogue.words("slogans")))


def quotations(text: str, quotes: Sequence[re.Match[str]], known: Sequence[Hit]) -> Iterator[Hit]:
    """“X”改革, “X”平台, and “X” whose shape is that of a name: “拿地即开工”."""
    spans = {hit.start: hit for hit in known}
    names = {(hit.start, hit.end) for hit in known}
    endings = {match.group(1)[-ALIKE:] for match in quotes if len(match.group(1)) > ALIKE and match.span(1) in names}
    named = -1
    """Where the last quotation that is a name ends."""
    waiting: list[re.Match[str]] = []
    """Quotations that the one behind them may speak for."""
    for match in quotes:
        words, start, end = match.group(1), match.start(1), match.end(1)
        head, across = _head(text, match), spans.get(match.start())
        if across and across.end >= (head or match).end():  # “办不成事”反映窗口 is known as a whole
            named = match.end()
            continue
        hit = spans.get(start)
        if hit and hit.end == end:
            named = match.end()
            counter = head and len(head.group(1)) <= NEAR and heads()[head.group(2)].strength == "own"
            platform = PLATFORM.match(text, end)
            own = platform or (head if counter else None)
            same = SAME if hit.kind == "reform" else ITS
            if platform and same.fullmatch(platform.group()):  # “惠企通”政策兑现平台, “企呼我应”服务平台
                yield hit._replace(start=match.start(), end=platform.end())
            elif own:
                yield _own(text, match, own.end())
            continue
        if head and words in not_names() and _is_platform(head):
            yield Hit(match.start(), head.end(), "service", text[match.start() : head.end()], "initiative.quoted-head")
        if words in not_names() or NO_NAME.match(words) or BRAND.match(text, match.end()) or OTHERS.match(text, end):
            continue
        if not head and (TURNED.match(text, end) or CHANGE.search(text, max(0, match.start() - 3), match.start())):
            continue
        if NUMBERS.fullmatch(words) and not head:
            continue
        kind, rule = _kind(text, match, head)
        if not kind and len(words) > ALIKE and words[-ALIKE:] in endings and not LISTED.search(words):
            kind, rule = "reform", "initiative.alike"
        if not kind and len(words) > 2 and not LISTED.search(words):
            if named > 0 and text[named : match.start()] in BESIDE:
                kind, rule = "reform", "initiative.beside"
            else:
                waiting.append(match)
        if kind:
            while waiting and text[waiting[-1].end() : start - 1] in BESIDE:
                before = waiting.pop()
                start = before.start(1)
                yield Hit(start, before.end(1), "reform", before.group(1), "initiative.beside")
            named = match.end()
            start, end = (match.start(), head.end()) if head and _goes_on(head) else match.span(1)
            led = LED.match(text, start, end)
            start = led.end() if led else start
            yield Hit(start, end, kind, text[start:end], rule)
    for match in waiting:
        said = SAID.search(text, max(0, match.start() - 12), match.start())
        if not said and tagger.is_name(text, *match.span(1)):
            yield Hit(*match.span(1), "reform", match.group(1), TAGGED)


@cache
def known_forms() -> dict[str, str]:
    """What every known reform and service is called -> its canonical name."""
    return {form: known.name for known in catalogue.initiatives().values() for form in (known.name, *known.aliases)}


def across_marks(text: str, quotes: Iterable[re.Match[str]]) -> Iterator[Hit]:
    """Known names that begin with a quotation, “办不成事”反映窗口; what a plain noun adds is no other name."""
    for quote in quotes:
        words, close = quote.group(1), quote.end()
        behind = HAN.match(text, close, close + BEHIND)
        for end in range(behind.end(), behind.start() + SHORTEST - 1, -1) if behind else ():
            name, plain = known_forms().get(words + text[close:end]), PLAIN.fullmatch(text, close, end)
            if name and name != known_forms().get(words) and not (plain and words in known_forms()):
                yield Hit(quote.start(), end, catalogue.initiatives()[name].kind, name, "initiative.gazetteer")
                break


def themes(text: str) -> Iterator[Hit]:
    """退休“一件事”: one thing done for one purpose, which its modifier names."""
    for match in THEME.finditer(text) if "一件事" in text else ():
        verbs = list(THEME_VERB.finditer(text, match.start(), match.end(1)))
        start = verbs[-1].end() if verbs else match.start(1)
        led = match.end(1) - start > 1 and not text.endswith(tuple(CLOSING), 0, start)
        if led and not NO_THEME.search(text, start, match.end(1)):
            words = text[start : match.end(1)] + match.group(2)
            yield Hit(start, match.end(), "service", known_forms().get(words, words), "initiative.theme")


def with_noun(text: str, start: int, end: int) -> str:
    """The name `text[start:end]` with the noun right behind it, “观察员”制度 or 容缺受理制度.

    Empty if there is none, or if the two name something of its own."""
    quotation = QUOTED.match(text, start - 1) if text.endswith(tuple(OPENING), 0, start) else None
    if quotation and quotation.end(1) == end:
        head = _head(text, quotation)
        if head is None or not {"的", "等", "是"}.isdisjoint(head.group(1)) or PLATFORM.match(text, end):
            return ""
        other = heads()[head.group(2)].strength == "own" or head.group(2) in ABOUT
        return "" if other else text[start - 1 : head.end()]
    noun = CALLED.match(text, end)
    return text[start : noun.end()] if noun else ""


def _head(text: str, quotation: re.Match[str]) -> re.Match[str] | None:
    """The noun behind a quotation that makes it a name, and in group 1 the words between; None if it does not."""
    head = _after_quote().match(text, quotation.end(1))
    if head is None or LONGER.match(text, head.end()) or AIM.match(text, head.end()) or TURNS.search(head.group(1)):
        return None
    words, between = quotation.group(1), head.group(1)
    if COUNTED.search(between):
        return None
    if len(between) > FAR and (heads()[head.group(2)].kind == "reform" or "的" in between):
        return None
    if head.group(2) == "活动" and PRESS.match(between):
        return None
    if head.group(2) == "工作" and (between or WORKERS.match(text, head.end())):
        return None
    formula = LISTED.search(words) or NUMBERS.fullmatch(words)  # “精简、统一、高效”的体系
    return None if formula and between.startswith("的") else head


def _goes_on(head: re.Match[str]) -> bool:
    """Whether the name goes on to the noun behind the quotation: “三潭枇杷”保护工程, not “共治包河”是一款小程序."""
    whole = heads()[head.group(2)].strength == "whole" or PHRASE.fullmatch(head.group(1))
    return bool(whole) and not head.group(1).startswith("是")


def _is_platform(head: re.Match[str]) -> bool:
    """Whether a platform has a name of its own behind a slogan: “不见面”开标系统, “店小二”综合政务智能终端."""
    return head.group(2) in PLATFORMS and len(head.group(1)) > 1 and "的" not in head.group(1)


def _kind(text: str, quotation: re.Match[str], head: re.Match[str] | None) -> tuple[str, str]:
    """What a quotation names by the words around it or its own shape, and the rule; empty if nothing speaks for it."""
    words = quotation.group(1)
    listed = LISTED.search(words)
    if SERIES.fullmatch(words):
        return "reform", "initiative.quoted-series"
    if head and len(words) <= 16 and "，" not in words:
        return heads()[head.group(2)].kind, "initiative.quoted-head"
    if words.endswith("服务") and any(p.start == 0 and p.end == len(words) - 2 for p in gazetteer.places(words)):
        return "reform", "initiative.quoted-brand"  # “渭南服务”
    if not listed:
        for shape, kind in _shapes():
            if shape.fullmatch(words):
                return kind, "initiative.quoted-shape"
    plain = not listed or PARALLEL.fullmatch(words)
    if len(words) >= 3 and "的" not in words and plain and _introduced(text, quotation):
        return "reform", "initiative.introduced"
    return "", ""


def _introduced(text: str, quotation: re.Match[str]) -> bool:
    """推出“局长接话日”, “林业碳票”上线: a verb of naming or launching touches the quotation."""
    before, after = _naming()
    start = quotation.start()
    return bool(
        before.search(text, max(0, start - 5), start)
        or after.match(text, quotation.end())
        or LAUNCHING.search(text, max(0, start - 18), start)
        or APPLIED.match(text, quotation.end())
    )


def _own(text: str, quotation: re.Match[str], end: int) -> Hit:
    """“跨省通办”专窗 is a service of its own, with the regions in front of it: G60科创走廊“一网通办”窗口."""
    start = quotation.start()
    ends = {p.end: p.start for p in gazetteer.places(text)}
    while start in ends:
        start = ends[start]
    if text.endswith("全国", 0, start):
        start -= 2
    return Hit(start, end, "service", text[start:end], "initiative.window")
