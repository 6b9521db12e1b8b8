"""What the build of a sentence says of two reforms or services: one is named as a part, a member, an addition."""

from collections.abc import Iterator, Sequence

from kg.context import Sentence
from kg.model import Mention
from kg.normalise.pattern import pattern

INCLUDES = pattern(
    r"(?:包括|包含|涵盖|分为|有.{0,4}项|其中|^[^，。；]{0,16}：(?!从))[^。；]{0,15}$"
)  # X主要包括A、B; X：设立A，建立B
WITHIN = pattern(
    r"^[“”]?(?:改革|工作|建设|方面|领域|框架|体系|条件)*(?:方面|领域|框架下|条件下的|中|上(?![线门市班学岗])|下)[，“]?"
)  # 在X方面，…
COUNTED = pattern(r"等[^，。；]{0,10}[0-9两三四五六七八九十]+[个项款]，其中")  # “甲”等应用12个，其中“乙”: of the twelve
BEFORE_WITHIN = pattern(r"在[^，。；]{0,6}$|“$")
PUSHING = pattern(r"(?:深化|开展|推进|实施|推动|落实|依托|围绕|启动)[^，。；、]{0,8}$")  # 深化X改革，推行A
IS_PART = pattern(  # “汇企通”是“一网通办”改革的自选动作; “川渝通办”只是“六个一”当中的一项
    r"[”’」]?[一-鿿]{0,8}，?[这也还既正就则都便只已被]*"
    r"(?<!不)(?:是|作为|属于|成为|列为|看作|视为|当作|当成|称得上)(?!以)[^，。；]{0,12}[“‘「]?"
)
ONE_OF = pattern(r"是一[项种个次][“‘「]?$")  # “三变”改革是一项|农村集体产权制度改革
MEASURE = (
    r"(?:组成部分|部分|配套|举措|措施|内容|一环|环节|抓手|载体|延伸|动作|一步|子|板块|模块|分支"
    r"|一项|重头戏|突破口|切入点|实践|创新|产物|成果|基础设施|任务)"
)
PART_WORD = pattern(rf"[^，。；]{{0,16}}?{MEASURE}")
TRIED = pattern(  # 入选X试点，推行A
    r"(?:作为|属于|入选|借助|成为|获[批评准]|确定为|抓住|是)[^，。；]{0,16}$"
)
AS_PART = pattern(r"作为[^，。；]{0,10}$")
AS_PART_OF = pattern(rf"[^，。；]{{0,8}}的[^，。；]{{0,6}}?{MEASURE}(?:之一)?，[^，。；]{{0,12}}$")
MEMBERS = pattern(r"[”’」]?(?:等|在内的)[^，。；“]{0,8}[“‘「]?")  # “信易贷”“信易租”等“信易+”产品
BRACKETED = pattern(r"[”’」]?[^，。；（）“]{0,4}（[“‘「]?")  # “三票”（林票、碳票）
AND = pattern(r"[”’」]?(?:[、和与及]|以及)?[“‘「]?")
MERGED = pattern(  # 两条热线已整合到X平台; 江州分厅及各镇分厅率先接入省政务服务网; not X平台整合了A
    r"[”’」]?(?:[^，。；“”]{0,4}[已将均都也]*(?:统一|全部|进一步|一并)?"
    r"(?:(?:整合|归并|合并)[到进入至为成]|并入|融入|嵌入|入驻)|[^，。；“”]{0,14}接入)了?[“‘「]?"
)
END = pattern(  # “一网通办”移动端“随申办”
    r"[”’」]?(?:改革|平台|服务)?的?(?:移动端|手机端|掌上端|客户端|小程序|手机版)[“‘「]"
)
BEARING = pattern(  # 以A为载体的X; 以A为载体推进X
    r"[”’」]?[一-鿿]{0,4}为(?:主要|重要|主|核心)?(?:渠道|载体|抓手|依托|平台|突破口|切入点|支撑|基础)"
    r"(?:的|，?[一-鿿]{0,4}(?:建立|推[进动行]|深化|开展|实施|打造|实现|落实))[^，。；]{0,8}"
)
GUIDING = pattern(  # 以X为牵引，打造A
    r"[”’」]?[一-鿿]{0,4}为(?:总|主要)?(?:牵引|统领|引领|契机|主题|主线|龙头|着力点|总抓手)[^。；：]{0,24}"
)
THEN = pattern(r"(?:随之|就此|随即|应运而)")
ENSUING = pattern(  # X启动，A随之建成
    rf"[”’」]?[^，。；“]{{0,14}}{THEN.pattern}[^，。；]{{0,4}}"
    r"(?:[建形]成|启动|搭起|上线|成[立形]|建立|推出|诞?生|铺开|开通|投用|落地)"
)
MATCHING = pattern(r"(?:与[之其])?相?配套的?[^，。；“]{0,6}[“‘「]?$")  # X启动，与之配套的A上线
BEARER = pattern(r"以[^，。；]{0,4}$")
TRIAL = pattern(r"[”’」]?(?:改革)?(?:国家级?|全国|全省|省级|先行|综合)?(?:试点|示范|试验)")
ADDING = pattern(r"建成|建起|搭建|推动|启动|推行|推出|实行|建立|设立|探索|试行|开设|增设|开通|上线|打造|做到|实现")


def pairs(initiatives: Sequence[Mention]) -> Iterator[tuple[int, Mention, Mention]]:
    """Each with the next one that does not lie in it, and its own place."""
    for at, first in enumerate(initiatives[:-1]):
        after = next((m for m in initiatives[at + 1 :] if m.span.start >= first.span.end), None)
        if after is not None:
            yield at, first, after


def joined(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """What the words between two names say: A是X的一环; 作为X的抓手，A; A、B等X; X（A、B）; A整合到X; 以A为载体的X."""
    for at, first, second in pairs(initiatives):
        between = sentence.between(first, second)
        is_part = IS_PART.fullmatch(between)
        if is_part and (ONE_OF.search(between) or PART_WORD.match(sentence.after(second, 24))):
            yield first, second, "part.said"
        elif AS_PART.search(sentence.before(first, 14)) and AS_PART_OF.fullmatch(between):
            yield second, first, "part.as"
        elif MEMBERS.fullmatch(between):
            yield from ((part, second, "part.members") for part in _chain(sentence, initiatives[: at + 1]))
        elif MERGED.fullmatch(between):
            yield from ((part, second, "part.merged") for part in _chain(sentence, initiatives[: at + 1]))
        elif BEARER.search(sentence.before(first, 6)) and BEARING.fullmatch(between):
            yield first, second, "part.bearer"
        elif BEARER.search(sentence.before(first, 6)) and GUIDING.fullmatch(between):
            yield second, first, "part.guided"
        elif "配套" in between and MATCHING.search(between):
            yield second, first, "part.matching"
        elif (
            "；" not in between
            and THEN.search(sentence.after(second, 16))
            and ENSUING.match(sentence.after(second, 24))
        ):
            yield second, initiatives[0], "part.ensuing"
        elif END.fullmatch(between):
            yield second, first, "part.end"
        elif BRACKETED.fullmatch(between):
            close = sentence.span.quote.find("）", second.span.start - sentence.span.start) + sentence.span.start
            yield from ((part, first, "part.bracket") for part in initiatives[at + 1 :] if part.span.end <= close)


def _chain(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[Mention]:
    """The last one and those that are listed with it: A、“B”和C."""
    last: Mention | None = None
    for mention in reversed(initiatives):
        if last is not None and not AND.fullmatch(sentence.between(mention, last)):
            return
        yield mention
        last = mention


def added(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """What a reform's clause adds: 深化X改革，推行A; 作为X改革试点，该区推行A."""
    for _, whole, part in pairs(initiatives):
        between = sentence.between(whole, part)
        pushed = PUSHING.search(sentence.before(whole, 14)) and "改革" in str(whole.value) + sentence.after(whole, 4)
        adds = "，" in between and "；" not in between and ADDING.search(between)
        trial = TRIAL.match(sentence.after(whole, 8)) or whole.span.quote.endswith("试点")
        if trial and "，" in between and "；" not in between and TRIED.search(sentence.before(whole, 24)):
            yield part, whole, "part.trial"
        elif pushed and adds and "改革" not in str(part.value):
            yield part, whole, "part.clause"


def listed(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """All that follows: 在X方面，A、B; X包括A、B."""
    for at, whole, part in pairs(initiatives):
        within = WITHIN.match(sentence.after(whole, 40)) and BEFORE_WITHIN.search(sentence.before(whole, 8))
        between = sentence.between(whole, part)
        if within or (INCLUDES.search(between) and not COUNTED.search(between)):
            rest = (m for m in initiatives[at + 1 :] if m.span.start >= whole.span.end)
            yield from ((inner, whole, "part.within" if within else "part.list") for inner in rest)
            return
