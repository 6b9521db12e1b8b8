"""What a place does in its clause: acts, is divided, is the field in which somebody is first, frames a smaller one."""

from collections.abc import Iterator, Sequence

from kg import catalogue
from kg.context import Sentence
from kg.model import Mention
from kg.normalise.pattern import pattern

LONG_LIST = 3
STOP = pattern(r"[，。；]")
ENDING = pattern(r"[。；]")
MEANS = pattern(  # 通过“乐办事”App, 在互联网平台或“乐办事”App: used on the way, not brought about
    r"(?:在|通过|登录|使用|借助|依托|利用|下载|进入|接入|打开|用|经|从)(?:[^，。；]{0,6}[和或])?[“‘「]?$"
)
RATED = pattern(r"(?:成为|堪称|被誉为|称之?为)[^，。；]{0,24}$")  # …成为全国第一个跨省的“一窗办”模式: praise, no deed
RANKED = pattern(r"是?(?:率先|首[个家创批推]|第一|唯一)")  # 嘉兴在浙江率先…: done in 嘉兴, not in all of 浙江
PARTS = pattern(r"省?(?:[两二三四五六七八九十]+|[0-9]+)个?(?:市|县|区|地|城市|区县|县区|县市)(?![长场级])")
JOINT = pattern(r"[、和与及同的省市]{0,2}")
OUTER = pattern(r"[的省市有]?|包括|下辖")  # 浙江的嘉兴, 南通有如东


def groups(sentence: Sentence) -> Iterator[list[Mention]]:
    """The regions of a sentence, those that stand in one list together."""
    group: list[Mention] = []
    for region in sentence.places:
        if group and not JOINT.fullmatch(sentence.between(group[-1], region)):
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def is_deed(words: str) -> bool:
    """Whether what follows these words is what the places in front of them do: 签下协议，共建; not 启用后，市民通过."""
    return not ENDING.search(words) and not MEANS.search(words[-12:]) and not RATED.search(words)


def follows(sentence: Sentence, region: Mention, initiative: Mention) -> bool:
    """Whether an initiative stands behind a region in its clause."""
    return initiative.span.start >= region.span.end and not STOP.search(sentence.between(region, initiative))


def is_divided(sentence: Sentence, region: Mention) -> bool:
    """浙江四市…: done in a part of the region; the last of 南京、滁州两市 is counted, not divided."""
    if not PARTS.match(sentence.after(region, 6)):
        return False
    before = [r for r in sentence.places if r.span.end < region.span.start]
    return not before or not JOINT.fullmatch(sentence.between(before[-1], region))


def is_field(sentence: Sentence, region: Mention) -> bool:
    """浙江 of 嘉兴在浙江率先…, 嘉兴是浙江首个…: where the first is first."""
    return sentence.before(region, 1) in ("在", "是") and RANKED.match(sentence.after(region, 4)) is not None


def is_outer(sentence: Sentence, region: Mention, regions: Sequence[Mention]) -> bool:
    """江苏省 in 江苏省常州市, 浙江 in 浙江的嘉兴、杭州, 南京市 in 南京市——…: only the smaller ones count."""
    following = next((r for r in regions if r.span.start >= region.span.end), None)
    if following is None:
        return False
    between = sentence.between(region, following)
    if between.startswith(("—", "：", ":")):
        return True
    codes = str(following.value).split("|")
    return OUTER.fullmatch(between) is not None and any(str(region.value) in catalogue.ancestors(c) for c in codes)
