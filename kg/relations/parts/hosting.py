"""What a service holds and opens: “合肥通”开设“随手拍”栏目; 依托X平台搭建了A."""

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.context import Sentence
from kg.model import Mention
from kg.normalise.pattern import pattern
from kg.relations.parts.wording import AND, pairs

OPENS = r"(?:开设|增设|设立|设置|设有|设|开辟|推出|上线|新增|开通|嵌入|内设)"
ROOM = r"(?:栏目|专栏|专区|模块|频道|功能|场景|板块|入口|应用|专席|专线|分厅|旗舰店|服务体系)"
HOSTED = pattern(  # “合肥通”客户端开设“随手拍”栏目; 城市大脑的“外企直通车”场景
    rf"(?![”’」][“‘「])[”’」]?(?:APP|App|app|客户端|平台|小程序|移动端|网站)?(?:的|(?:内|中|上|里|还|已|均)*{OPENS}了?)?[“‘「]?"
)
HOSTED_WORD = pattern(rf"[”’」](?:[一-鿿]{{0,4}})?(?:{ROOM}|码)")
OPENED = pattern(rf"{OPENS}(?:了|的|有)?[^，。；“”]{{0,4}}[“‘「]?$")
ONLINE = pattern(r"上线了?[“‘「]?$")
ROOMS = pattern(rf"[”’」]?(?:[、和与及]?“[^”]{{1,12}}”)*[^，。；“”]{{0,8}}{ROOM}")
SUBJECT = pattern(  # “合肥通”打通多个部门的数据，新设…: what a clause begins with
    r"(?:^|[，。；：说])(?:(?!通过|依托|利用|借助|登录|打开|接入|在|对|把|将|经|设|推|建|打造|上线)[^，。；、：]){0,12}$"
)
BUILT_ON = pattern(  # 依托X平台搭建了A; 在X上线的A
    r"[”’」]?[一-鿿]{0,6}(?:APP|App)?，?[上中里内]?(?:开发|建设|搭建|打造|推出|上线|开设|建立|开通|建成|设立|增设)+[了的]?[“‘「]?"
)
BASE = pattern(r"(?:依托|基于|在|(?<![成作称名])为)[^，。；]{0,6}$")
REACH = 8
"""How many names further on a service is still what opens things."""


def hosted(sentence: Sentence, initiatives: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """A service and what it holds: “合肥通”开设“随手拍”栏目; 依托X平台搭建了A."""
    for at, whole, part in pairs(initiatives):
        between = sentence.between(whole, part)
        if whole.kind == "service" and HOSTED.fullmatch(between) and HOSTED_WORD.match(sentence.after(part, 10)):
            yield part, whole, "part.hosted"
        elif BUILT_ON.fullmatch(between) and BASE.search(sentence.before(whole, 10)):
            yield part, whole, "part.built"
        elif whole.kind == "service" and SUBJECT.search(sentence.before(whole, 10)):
            yield from (
                (inner, whole, "part.opened") for inner in _opened(sentence, whole, initiatives[at + 1 : at + REACH])
            )


def _opened(sentence: Sentence, whole: Mention, later: Sequence[Mention]) -> Iterator[Mention]:
    """What a service opens further on in its sentence: “好帮通”打通数据，设“电费快办”和“水费快办”两个专区."""
    last: Mention | None = None
    for inner in later:
        if "；" in sentence.between(whole, inner) or _other_acts(sentence, whole, inner):
            return
        listed = last is not None and AND.fullmatch(sentence.between(last, inner))
        last = inner if listed or OPENED.search(sentence.before(inner, 12)) else None
        online = ONLINE.search(sentence.before(inner, 4))
        if last is not None and (online or ROOMS.match(sentence.after(inner, 30))):
            yield inner


def _other_acts(sentence: Sentence, whole: Mention, inner: Mention) -> bool:
    """Whether a clause between the two has a subject of its own: “好帮通”扩容，市医保局上线“医保通”."""
    between = (
        m for m in chain(sentence.agencies, sentence.places) if whole.span.end <= m.span.start < inner.span.start
    )
    return any(sentence.before(m, 1) == "，" for m in between)
