"""Where an initiative is tried first and where it spreads to: 试点扩到北京、河北, 推广到全省, 起源于宁波."""

from collections.abc import Iterator

from kg.context import NATIONAL, Scene, Sentence
from kg.model import Mention, Topic
from kg.normalise.pattern import pattern
from kg.relations.places.clause import LONG_LIST, MEANS, follows, groups, is_outer

COUNT = r"等?(?:[0-9]+|[两三四五六七八九十]+)?个?(?:省区市|省市|省份|城市|地区|省|市|区|县|地)?"
SPREAD = pattern(r"(?:扩[到至大展]+|推广[到至]|拓展[到至]|延伸[到至]|覆盖|辐射)(?:了|全?)?(?:先|率先|先行)?$")
PLACED = pattern(r"在(?:了|全)?(?:先|率先|先行)?$")
TRIED = pattern(  # 先在北京、河北等12个省区市试行
    r"(?:(?:等|之间|[0-9两三四五六七八九十]+个?[区县市省城地])[^，。；]{0,12}?)?(?:全[省市区县])?(?:先行|率先|先|同步|全面)?"
    r"(?:试|推|启用|上线|落地|运行|起步|破[题冰]|探[路索]|铺开|实施|开展)"
)
LISTED = pattern(r"等|[0-9两三四五六七八九十]+个?[区县市省城地]|[，。；]|$")  # 在扬州、泰州、宿迁3个城市
TRYING = pattern(  # 天津、成都、苏州3个城市率先试点
    COUNT + r"(?:率先|先行|首批|已经?|先|同步|正在)*(?:开展|启动|进行)?了?试[点行]"
)
ORIGIN = pattern(  # 起源于宁波, 试点选在
    r"(?:源于|始于|起步于|诞生于|首创于|源自|(?:试点|范围)(?:城市|地区|地|省份|范围)?(?:[有为是]|包括|涵盖|[选设放]在))$"
)
FOLLOWING = pattern(  # 江门和阳江加入
    COUNT + r"(?:也|随后|相继|陆续|先后|先|已经?|随即|，)*"
    r"(?:加入|跟进|入列|先行先试|率先试点|(?:全面|全部)(?:推开|开通|上线|铺开|启用))"
)
REACHING = pattern(r"(?:在|扩[到至大展]+|推广[到至]|推向|拓展[到至]|延伸[到至]|覆盖)了?$")
REACHED = pattern(
    r"(?:范围|各[^，。；]{1,6})?(?:内|上下|统一|全面|陆续|逐步|正式|深入|同步)*"
    r"(?:推|铺|实施|施行|实行|上线|普及|启用|运行|覆盖|开展|$|[，。；])"
)
PILOT_PLACE = pattern(r".{0,4}(?:试点|示范|试验)[市县区]")  # 全省“两权”抵押贷款试点县


POINTING = pattern(  # 该应用|在全市推广
    r"(?:^|[，；])(?:目前|如今|现在|随后|接下来)?，?(?:该|这[一项个款套]|此项)[^，。；：、的]{0,4}(?:应用|平台|系统|改革|制度|机制|做法|服务|模式|举措|品牌)[^，。；：]{0,6}$"
)


def spread(scene: Scene) -> Iterator[tuple[Sentence, Mention, list[Mention]]]:
    """Where the initiative named last is tried or has spread to: 今年3月试点扩到北京、河北等12个省区市."""
    last: Mention | None = None
    for sentence in scene.sentences:
        initiatives = sentence.initiatives
        for group in groups(sentence) if sentence.places else ():
            subject = _spreading(sentence, group, last)
            if subject:
                yield sentence, subject, [r for r in group if not is_outer(sentence, r, group)]
        if initiatives:
            last = initiatives[0] if len({i.value for i in initiatives}) == 1 else None
        elif last and "\n" in scene.document.article.text[sentence.span.end : sentence.span.end + 2]:
            last = None


def _spreading(sentence: Sentence, group: list[Mention], last: Mention | None) -> Mention | None:
    """What comes to these places: what they try or what is set up there (在海淀、徐汇设立实验区), else the initiative
    in front of them, else the one named last."""
    fore, after = sentence.before(group[0], 8), sentence.after(group[-1], 24)
    trying = TRYING.match(after) if len(group) > 1 else None
    placed = PLACED.search(fore) and (TRIED.match(after) or (len(group) >= LONG_LIST and LISTED.match(after)))
    if not (trying or placed or SPREAD.search(fore) or ORIGIN.search(fore) or FOLLOWING.match(after)):
        return None
    if (
        placed
        and len(group) > 1
        and (there := next((i for i in sentence.initiatives if follows(sentence, group[-1], i)), None))
    ):
        return there
    before = [i for i in sentence.initiatives if i.span.end <= group[0].span.start]
    pointed = POINTING.search(sentence.before(group[0], 30))
    subject = last if pointed else before[-1] if before else None if sentence.initiatives else last
    if trying is None:
        return subject
    tried = (i for i in sentence.initiatives if follows(sentence, group[-1], i))
    return next((i for i in tried if not MEANS.search(sentence.before(i, 12))), subject or last)


def throughout(scene: Scene, topic: Topic) -> Iterator[tuple[Sentence, Mention, Mention]]:
    """2018年11月，“一照通”改革在全省铺开; 全市“一照通”改革: all of the region that 全省, 全市 mean."""
    for sentence in scene.telling:
        if not sentence.initiatives or len(sentence.places) == len(sentence.regions):
            continue
        for region in sentence.regions:
            if region.span.quote.startswith("全") and str(region.value).startswith("@") and region in topic.regions:
                initiative = _throughout(sentence, region)
                if initiative and not NATIONAL.match(str(initiative.value)):
                    yield sentence, initiative, region


def _throughout(sentence: Sentence, region: Mention) -> Mention | None:
    """What is done in all of a region: what 全市 stands directly in front of; what follows in the clause or came before
    推广到全市, 在全市推行."""
    direct = next((i for i in sentence.initiatives if i.span.start == region.span.end), None)
    if POINTING.search(sentence.before(region, 30)):
        return None  # spread tells of it
    if direct and PILOT_PLACE.match(direct.span.quote[-2:] + sentence.after(direct, 10)):
        return None
    if direct or not REACHING.search(sentence.before(region, 8)) or not REACHED.match(sentence.after(region, 16)):
        return direct
    before = (i for i in reversed(sentence.initiatives) if i.span.end <= region.span.start)
    return next((i for i in sentence.initiatives if follows(sentence, region, i)), next(before, None))
