"""Seats: the region that the name of a body begins with, as its words give it.

江苏省|武进区 of 江苏省武进区政府, the three of 北京、天津、上海三市政府, 沪苏浙 of 沪苏浙人大常委会, the home region of
市政府, 示范区 of 示范区执委会. A seat's value is that of a region mention; several are joined by `+`.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import catalogue, gazetteer
from kg.normalise.pattern import pattern

TERM = r"第?[一二三四五六七八九十百零〇0-9]{1,4}届"  # 上海市第十五届人大常委会
BEFORE_FORM = pattern(rf"{TERM}$")
COUNT = pattern(
    r"(?:[两二三四五六七八九十]|\d{1,2})(?:省市区|省区市|省市|省一市|省|市|区|县|地)$"
)  # 成都、西安两市政府
JOINT = pattern(r"[、和与及]")
TWO_NAMES = pattern(r"[一-鿿]{3,14}区（([一-鿿]{2,7})）$")
ELLIPTIC = pattern(r"(?:自贸(?:试验)?区|示范区|合作区|新区|开发区|高新区|经开区|保税区|园区)$")  # 示范区|执委会

TOWN_BODY = pattern(r"(?:镇|乡|街道)(?:(?:人民政府|政府|党委|党工委|办事处)(?!部门)|(?:综合(?:行政)?执法|行政审批)局)")
TOWN = pattern(r".*(?:^|[^一-鿿]|来到|走[进访]|听取|前往|赴|由|经|请|向|据|让)([一-鿿]{1,4})$")
NO_TOWN = pattern(
    r"^(?:.*[的了].*|乡|城|村|建制|小城|特色小|中心|重点|基层|部分|属地|当地|各.*|本|该|所在|有关|相关)$"
)  # 乡镇政府


class Seat(NamedTuple):
    """The region that a body's name begins with: `text[start:end]`, where `end` is the key under which it is kept."""

    start: int
    value: str
    full: bool
    sure: bool = True


def seats(text: str) -> dict[int, Seat]:
    """Every region's name by where it ends."""
    return {
        p.end: Seat(p.start, p.value, p.table in ("region", "region.former", "zone") or text[p.end - 1] == "区", p.sure)
        for p in gazetteer.places(text)
    }


def chain(places: dict[int, Seat], place: Seat) -> Seat:
    """江苏省常州市武进区 starts at 江苏省 and is 武进区, of the candidates those that lie in what stands before."""
    start, codes = place.start, place.value.split("|")
    while start in places:
        outer = places[start]
        inside = [c for c in codes if set(catalogue.ancestors(c)) & set(outer.value.split("|"))]
        if not inside:
            break
        codes, start = inside, outer.start
    return Seat(start, "|".join(codes), place.full)


def _home(text: str, places: dict[int, Seat], end: int) -> Seat | None:
    """市 of 市政府, 本市 of 本市公安局; the 市 of 上海市民政局 belongs to 上海."""
    for name in gazetteer.find(text, "home"):
        if name.end == end:
            return Seat(name.start, "@" + home_levels()[name.values[0]], True)
    suffix = next((word for word in suffixes() if text.endswith(word, 0, end)), "")
    if not suffix:
        return None
    named = places.get(end - 1)
    if named and named.sure and (not named.full or text[end - 2] == suffix):
        suits = all(catalogue.regions()[c].name.endswith(suffix) for c in named.value.split("|") if c.isdigit())
        return chain(places, named)._replace(full=True) if suits else None
    level, not_after = suffixes()[suffix]
    if end > len(suffix) and text[end - len(suffix) - 1] in not_after:
        return None
    return Seat(end - len(suffix), "@" + level, True)


@cache
def suffixes() -> dict[str, tuple[str, str]]:
    """The level of 市 in 市政府, and the characters after which it is no home: 城市政府, 各市政府."""
    rows = (row for row in catalogue.lexicon("home_words") if row["kind"] == "suffix")
    return {row["word"]: (row["level"], row["not_after"]) for row in rows}


@cache
def home_levels() -> dict[str, str]:
    """The level of region that each word for home means: 全省 -> province."""
    return {row["word"]: row["level"] for row in catalogue.lexicon("home_words")}


def counted(text: str, end: int) -> bool:
    """Whether a count of regions ends here: 甲、乙两省|医保局."""
    return COUNT.search(text, max(0, end - 6), end) is not None


def _joint(text: str, places: dict[int, Seat], end: int) -> Seat | None:
    """The regions of 北京、天津、上海三市 as one place, and of 三地的 before a body."""
    count = COUNT.search(text, max(0, end - 7), end - (text[end - 1] == "的"))
    listed = _listed(text, places, count.start()) if count else []
    return _joined(listed) if len(listed) > 1 else None


def _again(text: str, places: dict[int, Seat], end: int) -> Seat | None:
    """The regions that 两省一市 means where it stands alone: those listed in front of it before."""
    counted = COUNT.search(text, max(0, end - 7), end)
    at = counted.start() if counted else -1
    while counted and (at := text.rfind(counted.group(), 0, at)) >= 0:
        listed = _listed(text, places, at)
        if len(listed) > 1:
            return _joined(listed)._replace(start=counted.start())
    return None


def _listed(text: str, places: dict[int, Seat], end: int) -> list[Seat]:
    """The regions that are listed up to `end`, in text order."""
    found: list[Seat] = []
    while end in places:
        found.insert(0, chain(places, places[end]))
        if found[0].start == 0 or not JOINT.match(text[found[0].start - 1]):
            break
        end = found[0].start - 1
    return found


def _joined(seats: list[Seat]) -> Seat:
    """Several regions, of which each has its own body, as one place whose value joins theirs by `+`."""
    return Seat(seats[0].start, "+".join(seat.value for seat in seats), True)


def _level(seat: Seat) -> str:
    region = catalogue.regions().get(seat.value)
    return region.level if region else ""


def _alike(text: str, places: dict[int, Seat], end: int) -> Seat:
    """The region that ends here, or it and those listed before it if all are of one level: 上海市、江苏省和安徽省."""
    listed = _listed(text, places, end)
    levels = {_level(seat) for seat in listed}
    return _joined(listed) if len(listed) > 1 and len(levels) == 1 and "" not in levels else listed[-1]


@cache
def _letter_codes() -> dict[str, str]:
    """沪 -> 310000."""
    regions = catalogue.regions().values()
    return {letter: region.code for region in regions if region.level == "province" for letter in region.abbr}


def _letters(text: str, end: int) -> Seat | None:
    """The provinces of 沪苏浙 in 沪苏浙人大常委会, of 川渝 in 川渝两省市政府."""
    codes = _letter_codes()
    count = COUNT.search(text, max(0, end - 6), end)
    start = stop = count.start() if count else end
    while start and text[start - 1] in codes:
        start -= 1
    if stop - start < 2:
        return None
    return Seat(start, "+".join(codes[letter] for letter in text[start:stop]), True)


@cache
def _zone_tails() -> dict[str, str]:
    """高新区 -> 高新技术产业开发区."""
    return {row["tail"]: row["full"] for row in catalogue.lexicon("zone_tails") if row["full"]}


def _elliptic(text: str, places: dict[int, Seat], end: int) -> Seat | None:
    """示范区 of 示范区执委会 where the article names one such area in full."""
    short = ELLIPTIC.search(text, max(0, end - 5), end)
    if not short:
        return None
    word = short.group()
    ending = "自由贸易试验区" if word.startswith("自贸") else _zone_tails().get(word, word)
    named = {p.value for p in places.values() if p.value.endswith(ending)}
    return Seat(short.start(), named.pop(), True) if len(named) == 1 else None


def _two_names(text: str, places: dict[int, Seat], end: int) -> Seat | None:
    """苏州高新区（虎丘区）: a zone and the district that it is, which is the region."""
    both = TWO_NAMES.search(text, max(0, end - 24), end)
    inner = places.get(end - 1)
    if both is None or inner is None or inner.start != both.start(1):
        return None
    outer = [p.start for p in places.values() if both.start() <= p.start < inner.start]
    return chain(places, inner)._replace(start=min(outer)) if outer else None


def before(text: str, places: dict[int, Seat], start: int) -> Seat | None:
    """The region whose body begins at `start`."""
    term = BEFORE_FORM.search(text, max(0, start - 7), start)
    end = term.start() if term else start
    place = places.get(end)
    if place and (place.sure or place.start in places or text[place.start : end] not in gazetteer.ordinary_words()):
        return _alike(text, places, end)
    if text[end - 1 : end] == "）":
        return _two_names(text, places, end)
    joint = _joint(text, places, end) or _letters(text, end) or _elliptic(text, places, end)
    if joint is None and COUNT.search(text, max(0, end - 7), end):
        return _again(text, places, end)
    return joint or _home(text, places, end)


def of_towns(text: str, places: dict[int, Seat]) -> Iterator[tuple[int, int, str]]:
    """The bodies of towns, by where they begin and end, and their value: 顾村镇人民政府, and after its county's name
    331122>壶镇镇人民政府."""
    for body in TOWN_BODY.finditer(text):
        start, stop = body.span()
        end = next((at for at in range(start - 1, max(start - 5, 0), -1) if at in places and places[at].full), None)
        town = TOWN.match(text, max(0, start - 9), start)
        begin = end or (town.start(1) if town else start)
        name = text[begin:start]
        if not name or (end is None and len(name + body.group()[0]) < 3) or NO_TOWN.search(name):
            continue
        official = text[begin:stop].replace("镇政府", "镇人民政府").replace("乡政府", "乡人民政府")
        place = chain(places, places[end]) if end else None
        yield (place.start, stop, f"{place.value}>{official}") if place else (begin, stop, official)
