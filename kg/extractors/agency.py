"""Agencies: central organs by name, local ones composed of a region and what follows it.

A central organ's value is its official name. A local one's is `REGION>FORM`: REGION a value of a region mention (of
several regions with one body each, joined by `+`: 上海、江苏两省市人大常委会), FORM the words after the region, which
the linker looks up in agency_patterns.csv.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain

from kg import branches, catalogue, gazetteer, seat
from kg.branches import Hit
from kg.gazetteer import Name
from kg.model import Document, Mention, Span
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation
from kg.overlap import SEVERAL

STOPS = "的了在是将把被对向从到为由等、，。；：“”《》（）()！？\\s0-9"
COMMITTEE = pattern(rf"(?:{seat.TERM})?委员会")  # 政协上海市|第十四届委员会
PREFIXES = {"中共": "委", "中国共产党": "委", "政协": "政协", "共青团": "团委", "团": "团委"}
"""What stands before the region in the name of a committee, and the form that it makes: 团市委, 政协上海市委员会."""
OWN_OFFICE = pattern(  # 省政府|副秘书长、办公厅主任: the office of the body before
    r"(?:党组成员、|常委、)?(?:副?秘书长|副?主任)、(办公[厅室])(?=副?主任)"
)
AND = pattern(r"[和与及]")
TWO = pattern(r"[、和与及委]")  # what stands before the region of a second body
SECOND = pattern(r"[和与及同][省市区县]")  # 市卫生健康委|与市医保局
SAME = pattern(
    r"(?:(?:副?书记|常委|委员|副?主席|副?主任|[省市区县]长|副?秘书长)、)*[、和]?"
)  # 青海省委书记、省人大常委会
NO_TAIL = pattern(r"[大分餐客展舞]厅$|[结布格全开决时政]局$|公司|集团|大学|医院|银行")  # 服务大厅, 开局, 某某公司办公室
GROUP = pattern(r"领导小组(?:办公室)?$|专班$|联席会议(?:办公室)?$")
TASK_FORCE = pattern(r"推[进动].*(?:小组|专班|指挥部|联席会议)")  # 市|推进“一件事”改革工作专班
# what stands between a region and the ending of an unlisted body: 武汉市|城市品质提升|领导小组办公室
BODY = pattern(rf"(?:[^{STOPS}]|123\d\d|“[^“”]{{1,12}}”){{2,22}}")
OFFICE_WORD = pattern(r"[法理事案学]")  # 管理办|法
HOME_TAIL = pattern(
    r"(?:^|[，。；：、（“\s由经从向到在驻对与和及有]|成立|组建|设立)([省市区县])(?![场民容政值域块间级内外里直属长委情])"
)  # 区|投资促进办
ZONE_ENDS = "区城港片"
ALL = pattern(r"各[省市县区州旗乡镇（）、]*$|全[省市县区]$")
LED = pattern(r"中心(?=副?主任)")  # 市住房租赁服务中心|主任: not a place but a body
DEPARTMENT = pattern(
    rf"(?:执行局|[^{STOPS}和与及]{{2,8}}?(?<!理)局(?=副?局长)|[^{STOPS}和与及]{{2,10}}?(?:处|支队|大队|总队|分局|管理局|(?<=[区镇乡街山河]法)庭|法庭(?=副?庭长|法官)))(?![罚理置事限])"
)  # 省政府办公厅|电子政务处, 法院|执行局
POLICE = pattern(
    rf"(?:[^{STOPS}和与及]{{2,8}}?(?:分局|管理局|派出所|车管所|总队|支队|大队|管理办公室|处(?![罚理置事])))?"
    rf"(?:车辆管理所|[^{STOPS}和与及]{{2,4}}(?:派出所|车管所|大队))?"
)  # 公安局|姑苏分局, 公安局|交通管理局车辆管理所
ALONE_BEFORE = pattern(r"(?:^|[^一-鿿]|[由经向对与和及在据从是被为了以])$")  # 发改委 stands as a word of its own
ALONE_AFTER = pattern(r"[理法事学案走横道]")  # 集中办理 holds no 中办, 国办学 no 国办
TELLING = 6
"""Characters from which on a name without its region still means the same body."""
CONGRESS, STANDING = "人大", "人大常委会"
MINISTRY, NATIONAL = ("部", "委员会", "总局", "署"), "国家"
HEADED = pattern(r"([司局])(?=副?\1长)|研究室(?=副?主任)")  # 治安管理局|局长
AFTER_MARK = pattern(
    rf"(?:(?<=[、，；。：\n])(?:该[委部署局]|总局)?|[是任为]该[委部署局])([^{STOPS}]{{2,16}})$"
)  # 公安部副部长甲，|治安管理局
AND_OTHERS = pattern(r"等(?:[0-9]+|[两三四五六七八九十]+)个?(?:职能|相关|有关|[市县区]直|[市县区]级)?(?:部门|单位)")
LIST_MARKS = ("局、", "委、", "办、")
CALL = r"(?:召集|组织|协调|联合|会同)"
LIST = pattern(  # 发改委、卫生局、人社局
    rf"(?:(?:^|[^一-鿿、])(?:[^{STOPS}]{{0,4}}{CALL})?|[由经与和及把将对向从让在]|{CALL})"
    rf"((?:[^{STOPS}和与及]{{2,6}}[局委办]、)+[^{STOPS}和与及]{{2,6}}[局委办])"
)
GENERIC = pattern(r"部(?=[门落件署队属]|分(?!管))|院(?=院士|(?:政府)?(?:特殊)?津贴)")  # 国土资源部门 is no 国土资源部


@cache
def _breaks() -> re.Pattern[str]:
    """Words that no agency's name holds: 批准, 印发, 关于."""
    return pattern("|".join(catalogue.words("agency_breaks")))


@cache
def _not_before() -> dict[str, re.Pattern[str]]:
    """What must not follow a form: 市委|托, 省政府|采购网."""
    return {r["form"]: pattern(r["not_before"]) for r in catalogue.lexicon("agency_patterns") if r["not_before"]}


@cache
def _unit() -> re.Pattern[str]:
    """A unit's name after its central organ: 工信部|信息通信管理局."""
    return pattern(
        rf"(?![和与及])(?:办公厅|(?:应对)?(?:[^{STOPS}]|(?<=高)等){{2,14}}?(?:司|局|办公室|研究院|总队|检察厅|(?<!法)庭|(?:管理|研究|服务|审评|指挥|信息|数据|宣传|考试|监测|评估|认证|交流|培训)中心)"
        rf"|(?:信息|数据|宣传|考试)中心|[^{STOPS}]{{0,6}}(?:改办|改革办|监察办|研究室))(?!长|机|限|法|审)"
    )


def _prefix(text: str, start: int) -> str:
    """中共, 政协 or 共青团 in front of a committee's region; empty if there is none."""
    return next((prefix for prefix in PREFIXES if text.endswith(prefix, 0, start)), "")


def _same(text: str, last: Hit | None, place: seat.Seat, start: int) -> seat.Seat:
    """安徽省委、省政府: the second 省 is the first one."""
    if not (last and place.value.startswith("@") and SAME.fullmatch(text, last.end, place.start)):
        return place
    region, _, form = last.value.partition(">")
    ends = text[last.end - len(form) - 1 : last.end - len(form)]
    return place._replace(value=region) if ends == text[start - 1] else place


def _composed(text: str, places: dict[int, seat.Seat], unlisted: Iterable[Hit]) -> Iterator[Hit]:
    """REGION + a listed form; in a list the region carries over, also from an unlisted body: 上海市发改委、经信委."""
    last: Hit | None = None
    ends = {hit.end: hit for hit in unlisted}
    inside = {at for end, place in places.items() if place.sure for at in range(place.start + 1, end)}
    for form in sorted(gazetteer.find(text, "agency.form"), key=lambda n: (n.start, -n.end)):
        words = text[form.start : form.end]
        if form.start in inside or (last and form.start < last.end):
            continue
        if words in _not_before() and _not_before()[words].match(text, form.end):
            continue
        if words[-1] == "办" and OFFICE_WORD.match(text, form.end):
            continue
        place = seat.before(text, places, form.start)
        if len(words) == 1 and (place is None or not place.full):
            continue
        if place is not None and place.value.startswith("@") and ALL.search(text, max(0, place.start - 8), form.start):
            continue  # 全市|法院, 各县市区|政府: all of them
        if text[form.start - 1] == "的" and words.endswith("中心"):
            continue  # 青浦、吴江、嘉善三地的政务服务中心: where people go
        if words == "法院" and place and place.value.endswith("00") and not place.full:
            continue  # 浙江法院: all courts there
        if place is not None:
            place = _same(text, last, place, form.start)
            rule = "agency.home" if place.value.startswith("@") else "agency.composed"
            if (
                "+" in place.value
                and seat.JOINT.search(text, place.start, form.start)
                and not seat.counted(text, form.start)
            ):
                rule = SEVERAL
            prefix = _prefix(text, place.start) if words[0] == "委" else ""
            body = PREFIXES[prefix] if words == "委" and prefix else words
            last = Hit(place.start - len(prefix), form.end, f"{place.value}>{body}", rule)
            yield last
            unit = (POLICE if words.startswith("公安") else DEPARTMENT).match(text, form.end)
            own = OWN_OFFICE.match(text, form.end)
            if own and f"{body}{own.group(1)}" in _forms():
                yield Hit(own.start(1), own.end(1), f"{place.value}>{body}{own.group(1)}", "agency.own-office")
            if unit and unit.group() and len(words) > 2 and not _breaks().search(unit.group()):
                yield Hit(last.start, unit.end(), f"{place.value}>{words}{unit.group()}", "agency.unit")
            continue
        last = ends.get(form.start - 1, last)
        if last and len(words) > 2 and last.end < form.start and SAME.fullmatch(text, last.end, form.start):
            region, _, before = last.value.partition(">")
            party = before[0] == "委" and f"委{words}" in _forms()
            last = Hit(form.start, form.end, f"{region}>{'委' if party else ''}{words}", "agency.list")
            yield last


@cache
def _forms() -> frozenset[str]:
    return frozenset(catalogue.words("agency_patterns"))


def _committees(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """Committees whose name begins before the region: 中共上海市委员会, 政协上海市第十四届委员会."""
    for end, place in places.items():
        committee = COMMITTEE.match(text, end)
        if committee and place.full:
            chain = seat.chain(places, place)
            prefix = _prefix(text, chain.start)
            if prefix:
                stop, form = _of_committee(text, committee.end(), PREFIXES[prefix])
                yield Hit(chain.start - len(prefix), stop, f"{chain.value}>{form}", "agency.committee")


def _of_committee(text: str, end: int, form: str) -> tuple[int, str]:
    """A committee's own body goes on with its name: 中共上海市委员会|办公厅."""
    bodies = [f for f in _forms() if form == "委" and f.startswith("委") and text.startswith(f[1:], end) and f != "委"]
    longest = max(bodies, key=len, default=form)
    return end + len(longest) - len(form), longest


def _unlisted(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """REGION + words that end as agencies do, for the bodies that no table lists."""
    led = (Name(m.start(), m.end(), ()) for m in LED.finditer(text))
    tails = sorted(chain(gazetteer.find(text, "agency.tail"), led), key=lambda n: (n.start, -n.end))
    starts = [tail.start for tail in tails]
    whole = {form.start for form in gazetteer.find(text, "agency.form") if AND.match(text, form.end)}
    sure = {place.value for place in places.values() if place.sure}  # 义乌市 speaks for 义乌
    for end, region in sorted(places.items()) if tails else ():
        stop = _tail_end(text, end, tails, starts) if region.value in sure and end not in whole else None
        if stop and region.value in catalogue.zones() and text[end - 1] not in ZONE_ENDS and stop > end + 4:
            continue  # 中关村|科学城管委会, but 前海|管理局
        if stop and any(TWO.match(text[p.start - 1]) for p in places.values() if end < p.start < stop and p.sure):
            continue  # 江阴市|政务服务中心和江阴市城市管理局, 上海市|委上海市人民政府
        if stop and (region.full or text[stop - 1] not in "局厅"):
            place = seat.chain(places, region)
            yield Hit(place.start, stop, f"{place.value}>{text[end:stop]}", "agency.tail")
    homes = {m.start(1) for tail in tails for m in HOME_TAIL.finditer(text, max(0, tail.start - 24), tail.start)}
    for start in sorted(homes):
        stop = _tail_end(text, start + 1, tails, starts)
        longest = 30 if stop and GROUP.search(text, start, stop) else 15
        if stop and stop - start <= longest and not SECOND.search(text, start + 1, stop):
            yield Hit(start, stop, f"@{seat.suffixes()[text[start]][0]}>{text[start + 1 : stop]}", "agency.home-tail")


def _tail_end(text: str, start: int, tails: Sequence[Name], starts: Sequence[int]) -> int | None:
    """Where the body's name that goes on at `start` ends; None if no body is named."""
    at = bisect_left(starts, start + 2)
    if at == len(tails) or starts[at] > start + 26:
        return None
    first = tails[at]
    name = text[start : first.end]
    if not BODY.fullmatch(text, start, first.start) or NO_TAIL.search(name):
        return None
    if _breaks().search(text, start + 2 * bool(TASK_FORCE.match(name)), first.end):
        return None
    if name[-1] == "办" and OFFICE_WORD.match(text, first.end):
        return None
    # 管理办 goes on to 管理办公室
    longer = (t.end for t in tails[at : at + 4] if t.start < first.end < t.end)
    return max(longer, default=first.end)


@cache
def _countries() -> tuple[str, ...]:
    return catalogue.words("countries")


def _central(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """Central organs, their units (公安部交通管理局) and branches (人民银行杭州中支)."""
    starts = {place.start: end for end, place in places.items()}
    names = [
        n
        for n in gazetteer.longest(gazetteer.find(text, "agency"))
        if not GENERIC.match(text, n.end - 1) and not text.endswith(_countries(), max(0, n.start - 8), n.start)
    ]
    begins = {n.start for n in names}
    for name in names:
        value = name.values[0]
        yield Hit(name.start, name.end, value, "agency.gazetteer")
        yield from branches.of(text, starts, name)
        unit = _unit().match(text, name.end)
        if (
            unit
            and name.end not in starts
            and begins.isdisjoint(range(name.end, unit.end()))
            and not _breaks().search(unit.group())
        ):
            yield Hit(name.start, unit.end(), value + unit.group(), "agency.unit")


def _headed_units(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A unit named with its head is of the ministry before it in its sentence, else of the one named most: 法制司长."""
    taken = {at for hit in hits for at in range(hit.start, hit.end)}
    central = (hit for hit in hits if hit.rule == "agency.gazetteer")
    organs = [hit for hit in central if hit.value.endswith(MINISTRY) or hit.value.startswith(NATIONAL)]
    values = [hit.value for hit in organs]
    for head in HEADED.finditer(text) if organs else ():
        unit = AFTER_MARK.search(text, max(0, head.start() - 17), head.end())
        start, end = unit.span(1) if unit else (0, 0)
        sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start))
        earlier = [hit for hit in organs if hit.end <= start]
        local = head.group(1) != "司" and text[start] in seat.suffixes()  # 市场监管司 is no city's
        if earlier and not local and taken.isdisjoint(range(start, end)):
            organ = earlier[-1].value if earlier[-1].start > sentence else max(values, key=values.count)
            yield Hit(start, end, organ + text[start:end], "agency.headed-unit")


@cache
def _congress_bodies() -> dict[str, str]:
    """财政经济委员会 -> 人大财政经济委员会: the committees of a congress and of its standing committee by bare name."""
    forms = sorted((f for f in _forms() if f.startswith(CONGRESS) and f.endswith("委员会")), key=len, reverse=True)
    return {form.removeprefix(STANDING).removeprefix(CONGRESS): form for form in forms if form != "人大常务委员会"}


@cache
def _congress_body() -> re.Pattern[str]:
    return pattern(rf"(?<!人大)(?<!人大常委会){alternation(_congress_bodies())}(?=副?主任)")


def _of_congress(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A committee named with its head is one of the congress before: 省人大常委会委员、内务司法委员会|主任委员."""
    congresses = [hit for hit in hits if hit.value.partition(">")[2].startswith(CONGRESS)]
    for body in _congress_body().finditer(text) if congresses else ():
        before = next((hit for hit in reversed(congresses) if hit.end <= body.start()), None)
        if before:
            value = f"{before.value.partition('>')[0]}>{_congress_bodies()[body.group()]}"
            yield Hit(*body.span(), value, "agency.congress")


def _bare(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """Short forms that a local body may share, where they stand as words of their own and no region is in front; and
    branches of those that have them: 人行六安市中心支行."""
    starts = {place.start: end for end, place in places.items()}
    for name in gazetteer.find(text, "agency.bare"):
        yield from branches.of(text, starts, name)
        before = ALONE_BEFORE.search(text, max(0, name.start - 1), name.start)
        if before and not ALONE_AFTER.match(text, name.end):
            yield Hit(name.start, name.end, name.values[0], "agency.bare")


def _listed(text: str) -> Iterator[Hit]:
    """水务局、规划局等18个部门 without a region: bodies of the home, if every one is such as local governments have.

    Where nothing counts them three must be named, not all of them such as could be ministries: 财政局、人社局、发改委.
    """
    central = {name.start for name in gazetteer.find(text, "agency.bare")}
    for match in LIST.finditer(text) if any(map(text.__contains__, LIST_MARKS)) else ():
        names = match.group(1).split("、")
        starts = list(accumulate((len(name) + 1 for name in names[:-1]), initial=match.start(1)))
        local = len(names) > 2 and not central.issuperset(starts)
        if _forms().issuperset(names) and (local or AND_OTHERS.match(text, match.end())):
            yield from (
                Hit(at, at + len(name), f"@>{name}", "agency.home-list") for at, name in zip(starts, names, strict=True)
            )


def _townships(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """顾村镇政府, and with its county in front 缙云县壶镇镇人民政府."""
    for start, stop, value in seat.of_towns(text, places):
        if ">" not in value or not _breaks().search(text[start:stop]):
            yield Hit(start, stop, value, "agency.township")


def _repeated(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A long name again without its region: 城市运行管理中心|主任 after 江州市城市运行管理中心."""
    values = {hit.value.partition(">")[2]: hit.value for hit in hits if hit.rule == "agency.tail"}
    for name, value in values.items():
        at = text.find(name) if len(name) >= TELLING else -1
        while at >= 0:
            yield Hit(at, at + len(name), value, "agency.repeat")
            at = text.find(name, at + len(name))


def _settled(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of hits that overlap the longest, of equally long ones the first."""
    end = 0
    waiting: Hit | None = None
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start < end and waiting:
            if hit.end - hit.start <= waiting.end - waiting.start:
                continue
        elif waiting:
            yield waiting
        waiting, end = hit, hit.end
    if waiting:
        yield waiting


def extract(document: Document) -> Iterator[Mention]:
    """Every named body of state and party; generic ones (有关部门, 各级政府) are none."""
    text = document.article.text
    places = seat.seats(text)
    unlisted = list(_unlisted(text, places))
    hits = [
        *_central(text, places),
        *_composed(text, places, unlisted),
        *_committees(text, places),
        *_townships(text, places),
        *branches.of_police(text, places),
        *branches.of_customs(text),
        *unlisted,
        *_listed(text),
        *_bare(text, places),
    ]
    for hit in _settled([*hits, *_headed_units(text, hits), *_of_congress(text, hits), *_repeated(text, hits)]):
        yield Mention("agency", Span(hit.start, hit.end, text[hit.start : hit.end]), hit.value, hit.rule)
