"""Reforms and services: known by name, by what stands in quotation marks, or by the noun that ends the name.

The value is the canonical name: a known one's from initiatives.csv, else the words without quotation marks.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import catalogue, gazetteer, tagger
from kg.enacted import enacted, is_generic, practised
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
    rf"[{STOPS}中上下后前方已正再又迈获]|自?[12][0-9]{{3}}年|[今去]年|试[点水]|工作|任务|要求|办理|落[实地]|取得|进入|情况|期间|成效|进展|结果|历时|为期|启动|收官|"
    r"扎实|稳步|全面|持续|加速|提速|成为|带来|走[进向出过]|初见|按下|跑出|破题|顺利|先行|率先|$"
)
COUNTED = pattern(r"[0-9]个|[0-9]项$|^(?:全国|国家|中国)$")  # 全国33个|农村土地制度改革试点
NATIONWIDE = pattern(r"全国|国家|中国")  # where the name of a national platform begins
ACTS = pattern(
    rf"(?:建成|搭建|建起|建立|构建|打造|设立|开设|增设|开发|上线|推出|开通|启用|借助|依托|利用)了?(?=[^{STOPS}]*$)"
)
OFFICES = pattern(r"(?:全[国省市区县])?[一-鿿]{2,4}系统")  # 全国民政系统: what a ministry has below it
WHOLE_REGION = pattern(r"全[省市区县].{5}")  # 全省数据治理智能工作平台
PLUS = pattern(r".\+|\+[一-鿿]")  # 人工智能+ in 人工智能+政务服务
NAMING = pattern(r"[”’」』]?(?:改革|机制|制度|模式)")  # 容缺办理 is an everyday word, 容缺办理机制 a name
PUT = ("推行", "实行", "试行", "首创", "推出")  # 实行告知承诺
ALONE = ("strong", "own")  # 网上办事大厅, 企业服务专区
LINE = pattern(r"[^，。；：、“”（）\s0-9和与及的等受一条]{0,10}?(?:热线|专线)")  # 12318|文化市场管理热线
THROUGH = frozenset("行用道知报告信常往勤车航水")
CHANGES = frozenset("造建善进变良")
HOLDERS = ("中心", "热线", "局")
MODIFIED = ("改革", "行动")
CLAUSE_START = "，。；：、\n \u3000"
DOUBTFUL = ("initiative.everyday", "initiative.quoted-shape")
APPS = ("APP", "App", "app")
APP_END = pattern(r"[“”，。；、：！？）\s的上中里可已也及和与]|$")
BODY = pattern(r"(?:(?:专项|工作|领导|协调|推进)*(?:小组|专班)|联席会议|指挥部|办公室)")  # 文化体制改革专项小组
CAMPAIGN = pattern(r"专项(?:整治|行动|斗争)")
PLACED = pattern(r"（([一-鿿]{2,4})）")  # 信用中国（河南）
WIDE = pattern(r"(?:全国|国家)[^的了在是将被对向从到由共有0-9、，。；：“”《》（）\s]{2,24}$")  # 全国…监管与服务综合平台
LIVE = pattern(
    r"(?:在[^，。；]{2,10})?(?:[已将]?于[^，。；]{2,8}?)?(?:已经?|正式|全面|同步|成功|今[日天])*(?:上线|启用|投用|开通|投入使用|试?运行|(?:开发)?建成|(?:开发)?建设完|挂牌|入选|获评)"
)
ONE = ("统一的", "全国性的")  # 全国统一的|电子烟交易管理平台
NAMED = 4
"""How long a modifier must be for a platform to be named after a verb: 推广房屋网签备案系统."""
BRIEF, PART = 4, 2
"""A known name so brief that lacks only so much of a quoted one is part of it: 一码通 of “一码通行”."""
PLACELESS = 6
"""How long the name of a service must be without its place to stand for it."""
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
        if text[end - 1] == "通" and text[end : end + 1] in THROUGH:
            continue  # “奉贤码”一码通|行
        if text[end - 1] == "改" and text[end : end + 1] in CHANGES:
            continue  # 农|房改|造贷
        kind = catalogue.initiatives()[value].kind
        placed = PLACED.match(text, end) or (_branch().match(text, end) if kind == "service" else None)
        if placed and any(p.start >= end and p.end <= placed.end() for p in gazetteer.places(text)):
            end = placed.end()
            value = text[name.start : end]
        start = name.start
        if text[start].isdigit():
            line = LINE.match(text, end)
            start, end = begins.get(start, start), line.end() if line else end
        if (
            kind == "service"
            and text.endswith("平台", 0, end)
            and start in begins
            and not catalogue.initiatives()[value].region
        ):
            start, value = begins[start], text[begins[start] : end]  # 西安市一体化政务服务平台
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
    plain = len(modifier) > 1 and not is_generic(modifier) and not COUNTED.search(modifier)
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
        if is_generic(name) and not (kind == "service" and WHOLE_REGION.match(modifier)):
            continue
        listable.add(head.end)
        yield Hit(head.end - len(name), head.end, kind, name, rule)


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
        verb = cues[-1]
        if text[head.end - 1] == "年":
            verb = cues[0]  # 优化营商环境提升年 keeps its verb
        elif CAMPAIGN.match(text, head.start):
            verb = next((a for a, b in pairwise(cues) if a.end() < b.start()), verb)  # 持续|开展|APP…专项行动
        return verb.end(), "initiative.headed-verb"
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
    live = (text[left - 1 : left] in CLAUSE_START or text.endswith(ONE, 0, left)) and LIVE.match(text, head.end)
    return left if listed or live else None


def _explains(text: str, hit: Hit, quoted: Collection[str]) -> bool:
    """Whether a quotation is half of another one: “一件事” and “一次办” where the text explains “一件事一次办”."""
    words = text[hit.start : hit.end]
    return not NAMING.match(text, hit.end) and any(
        words + other in quoted or other + words in quoted for other in quoted
    )


def _is_piece(text: str, hit: Hit, quote_end: int, whole: bool) -> bool:
    """Whether a known name is none where it begins a quotation: the brief 双减 of “双减半” but not of “双减改革”;
    多审合一 of “多审合一、多测合一”试点, where the list is a name as a `whole`."""
    rest = text[hit.end : quote_end]
    if whole and rest.startswith("、"):
        return True
    return hit.end - hit.start <= BRIEF and 0 < len(rest) <= PART and rest not in heads()


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
        if not (is_generic(name) or name in not_names() or OFFICES.fullmatch(name) or name in found):
            kinds[name] = heads()[text[noun.start : noun.end]].kind
    if not kinds:
        return
    for _, start, end in AhoCorasick(kinds, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        if b"x" not in taken[start:end]:
            yield Hit(start, end, kinds[text[start:end]], text[start:end], TAGGED)


def _placeless(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """网上办事大厅 behind 贵州省网上办事大厅: what the article calls a service of a place without the place."""
    places = {place.start: place.end for place in gazetteer.places(text)}
    short: dict[str, set[str]] = {}
    for hit in hits:
        end = places.get(hit.start, hit.end) if hit.kind == "service" else hit.end
        while end in places:
            end = places[end]
        if hit.end - end >= PLACELESS:
            short.setdefault(text[end : hit.end], set()).add(hit.value)
    starts = {hit.start for hit in hits}
    for words, values in short.items():
        at = text.find(words) if len(values) == 1 else -1
        while at >= 0:
            if at not in starts and not overlap(hits, at, at + len(words)):
                yield Hit(at, at + len(words), "service", next(iter(values)), "initiative.placeless")
            at = text.find(words, at + len(words))


def extract(document: Document) -> Iterator[Mention]:
    """Every named reform and service; slogans and generic nouns are none."""
    text = document.article.text
    known = list(_known(text, len(document.article.title)))
    schemes = list(enacted(text, known))
    quotes = list(QUOTED.finditer(text))
    known += [*across_marks(text, quotes), *themes(text)]
    names = list(quotations(text, quotes, known))
    quoted = {quote.group(1) for quote in quotes}
    explained = {hit for hit in (*known, *names) if hit.rule in DOUBTFUL and _explains(text, hit, quoted)}
    ends = {hit.end: hit.start for hit in names}
    wholes = {hit.start + (text[hit.start] in OPENING): hit.end for hit in names}
    starts = {quote.start(1): (quote.end(1), wholes.get(quote.start(1), 0) >= quote.end(1)) for quote in quotes}
    # 数据共享交换平台 ends a longer quoted name and is none of its own there
    known = [
        hit
        for hit in known
        if ends.get(hit.end, hit.start) >= hit.start and not _is_piece(text, hit, *starts.get(hit.start, (0, False)))
    ]
    taken = {hit.start: hit.end for hit in known}
    # of those that begin alike the longest, which comes last
    headed = {
        hit.start: hit
        for hit in _headed(text, known)
        if hit.end > taken.get(hit.start, 0) and ends.get(hit.end, hit.start) >= hit.start
    }
    hits = [*known, *names, *headed.values(), *schemes]
    hits += practised(text, hits)
    hits += list(_placeless(text, hits))
    for hit in (*hits, *_tagged(text, hits)):
        if hit in explained or BODY.match(text, hit.end):
            continue
        yield Mention(hit.kind, Span(hit.start, hit.end, text[hit.start : hit.end]), hit.value, hit.rule)
