"""Persons and their posts: 上海市政府秘书长马春雷 -> (马春雷, 上海市政府, 秘书长).

The object is the agency mention that the title belongs to, None where the text names none (a company, a school, a
region alone). The evidence reaches from agency or title to the name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg import catalogue
from kg.model import Document, Mention, Relation, Span, Topic
from kg.normalise import post
from kg.normalise.pattern import pattern
from kg.normalise.post import Title

BETWEEN = pattern(r"(?:、|兼任?|，|以及|和|及)$")  # 市委副书记、市长; 主任兼书记
FORMER = pattern(r"(?:原任?|时任|现任|新任|前任?|代理?|拟任)$")
GONE = ("原", "前")  # 原副部长 is not 副部长
LIST_MARK = pattern(r"[、，]|以及|[和与及]")
LIST = pattern(r"、|以及|[和与及]")  # 边峰、侯晓滨和王晓嫚
COUNTED = pattern(r"等?[0-9两二三四五六七八九十多数几]+[位名]|等")  # 张三、李四等多位国手
UNIT = pattern(r"[一-鿿]{1,12}[司处科室部办组队所院局委站庭中心]$")  # 住建部·房地产司·司长
ORGANISATION = "公司|集团|医院|银行|大学|学院|学校|中学|小学|协会|学会|商会|研究院|研究所|事务所|俱乐部|基金会|联盟"
LISTED = pattern(r"、[一-鿿“”]{1,16}$")  # 市政府副秘书长、办公厅·主任; 委员、某大学·副校长
DEPARTMENT = frozenset("科处室部办组厅司")
UNIT_OF = pattern(rf"(?:{ORGANISATION}|、)([一-鿿]{{1,6}}(?:[科处部室办组厅系委]|中心))$")  # 某医院·骨科·主任
THAT = pattern(r"(?:该([局院所委厅部办署]|中心)|(?<![一-鿿])(总局))$")  # 该局局长, 总局局长
PLACE = pattern(r"(?:村|社区)(?=.)")  # 常口村|党支部书记
NO_PLACE = frozenset("和与及由是的任为当")
HAN_GAP = pattern(r"[一-鿿“”]{0,12}")
APPOSED = pattern(r"[ 　]*[，,（(：:—]{0,2}[ 　]*(?:是|为|系)?(?:时任|现任|原)?")  # 周岚，某局局长
OFFICE = pattern(
    r"(?:担任|出任|就任|当选为?|被任命为|任命[一-鿿·]{2,8}为|兼任|受聘为?|聘(?:任|请)?为|选为|晋升为|提拔为|(?<=[一-鿿])任)"
)
NO_OFFICE = pattern(r"任[务何职期意性命教用由]|责任|信任|主任|现任|时任|原任|离任|卸任|上任|历任|胜任|委任")
CAREER = pattern(r"(?:先后|历|曾)(?:担任|任)")
CAREER_END = pattern(r"等职|[。；\n]|等[^，。；、]{0,4}(?:职务|岗位)")
SEATS = {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture"} | dict.fromkeys(
    "县区旗", "county"
)
"""What the head of a government of each level is called after: 省|长."""
GROUP = 120
"""How far behind the name of a leading group its 组长 may be named."""
DUTY = pattern(r"(?:分管|主管|负责|主持)[一-鿿]{1,10}的$")  # 公安部|分管日常工作的|副部长
TOGETHER = pattern(r"[、和][^，。；：、任为\n]{0,14}")  # 甲|、副市长|乙任副组长
AND_OTHERS = pattern(r"(?:等[^，。；：、]{0,8})?")
TAKES = ("任", "为")
STOP = pattern(r"[，。；：！？、\n的期（）(]|$")
SET_OFF = pattern(r"[ 　，,]+")  # what follows a comma may be the posts of the next person
CLOSE = pattern(r"[，。；）)\n]|$")
ITEM = pattern(r"[、，。；）)\n]|$")
MORE = pattern(r"、|，(?:同时)?(?:也是|兼任?|并任)")  # 现任某局局长、|党组书记，|同时也是|市长


class _Post(NamedTuple):
    title: Title
    label: str
    """The title as the text gives it: 原副部长, 骨科主任."""
    start: int
    """Where the words for it begin: the agency or the title."""
    agency: Mention | None
    unit: bool = False
    """Whether the text names a unit before the title that is no agency mention: 组织部部长."""


class _Page:
    """What the text and its mentions say about a place in it."""

    def __init__(self, document: Document, mentions: Sequence[Mention], topic: Topic) -> None:
        self.text = document.article.text
        self.topic = topic
        self.regions = {m.span.end: topic.regions.get(m, "") for m in mentions if m.kind == "region"}
        self.persons = sorted((m for m in mentions if m.kind == "person"), key=lambda m: m.span.start)
        self.agencies = [m for m in mentions if m.kind == "agency"]
        self.by_end: dict[int, Mention] = {}
        for agency in sorted(self.agencies, key=lambda m: -m.span.start):
            self.by_end[agency.span.end] = agency

    def government(self, one: _Post, colleague: Mention | None) -> Mention | None:
        """The government that a mayor heads, if the article names it: of the region before the title, of the body that
        the same person serves (吉林省委副书记、省长), else of the home."""
        head = one.title.name[-2:-1]
        level = SEATS.get(head) if one.title.of == "government" else None
        if level is None:
            return None
        place = self.regions.get(one.start - one.label.startswith(GONE)) or self._place(colleague)
        region = catalogue.regions().get(place)
        code = place if region and region.name.endswith(head) else self.topic.homes.get(level, "")
        governments = (a for a in self.agencies if str(a.value).endswith((">政府", ">人民政府")))
        return next((a for a in governments if code and self._place(a) == code), None)

    def _place(self, agency: Mention | None) -> str:
        """The code of the region that a local body is of; empty if there is none or several are meant."""
        place, of_region, _ = str(agency.value).partition(">") if agency else ("", "", "")
        if not of_region:
            return ""
        return self.topic.homes.get(place[1:], "") if place.startswith("@") else place

    def agency_before(self, start: int) -> tuple[Mention, str] | None:
        """The agency whose name ends at `start`, and the name of a unit of it if one stands between."""
        near = self.by_end.get(start)
        if near:
            return near, ""
        merged = self.by_end.get(start + 1)  # 财政部长: the last character of 财政部 is the first of 部长
        if merged and merged.span.end - merged.span.start > 2 and self.text[start] in "部局厅署":
            return merged, ""
        duty = DUTY.search(self.text, max(0, start - 14), start) if self.text[start - 1 : start] == "的" else None
        if duty and (near := self.by_end.get(duty.start())):
            return near, ""
        tail = self.text[max(0, start - 3) : start]
        if ("该" in tail or "总局" in tail) and (that := THAT.search(tail)):
            ending = that.group(1) or that.group(2)
            earlier = [a for a in self.agencies if a.span.end < start and a.span.quote.endswith(ending)]
            return (max(earlier, key=lambda a: a.span.end), "") if earlier else None
        for end in range(start - 13, start):
            agency = self.by_end.get(end)
            if agency and UNIT.fullmatch(self.text, end, start):
                return agency, self.text[end:start]
        return None

    def post_before(self, end: int) -> _Post | None:
        """The post whose title ends at `end`; the one that an agency's name meets, else the longest title."""
        titles = [t for t in post.all_ending_at(self.text, end) if t.is_post]
        for title in titles:
            start = end - len(title.name)
            former = FORMER.search(self.text, max(0, start - 2), start)
            gone = former.group() if former and former.group() in GONE else ""
            found = self.agency_before(former.start() if former else start)
            if found and found[0].span.start <= end - len(titles[0].name):
                agency, gap = found
                unit = gap if gap[-1:] in DEPARTMENT else ""
                return _Post(title, gone + unit + title.name, min(agency.span.start, start), agency)
        return self._alone(titles[0], end - len(titles[0].name)) if titles else None

    def group_before(self, title: Title, start: int) -> Mention | None:
        """The leading group that a 组长 heads: the last one named before, not far."""
        if not title.name.endswith("组长"):
            return None
        groups = (a for a in self.agencies if start - GROUP <= a.span.end <= start and a.span.quote.endswith("小组"))
        return max(groups, key=lambda a: a.span.end, default=None)

    def _alone(self, title: Title, start: int) -> _Post:
        """A post whose agency the text does not name: 骨科主任, 原副市长, 党支部书记 of a village."""
        before = self.text[start - 1 : start]
        place = PLACE.match(title.name)
        rest = post.titles().get(title.name[place.end() :]) if place else None
        if rest and "一" <= before <= "鿿" and before not in NO_PLACE:
            return _Post(rest, rest.name, start, None)
        if before == GONE[0]:
            return _Post(title, before + title.name, start - 1, None)
        unit = UNIT_OF.search(self.text, max(0, start - 12), start)
        if unit and unit.group(1)[-1] != title.name.removeprefix("副")[0]:
            return _Post(title, unit.group(1) + title.name, unit.start(1), None, True)
        return _Post(title, title.name, start, self.group_before(title, start))

    def posts_before(self, end: int) -> list[_Post]:
        """All posts of a list that ends at `end`, last first: 市委副书记、市长."""
        found: list[_Post] = []
        at = end
        while one := self.post_before(at):
            if found and self.text[max(0, one.start - 1) : one.start] in TAKES:  # 王明任组长，副市长李强
                break
            found.append(one)
            former = FORMER.search(self.text, max(0, one.start - 2), one.start)
            before = former.start() if former else one.start
            mark = BETWEEN.search(self.text, max(0, before - 2), before)
            other = None if mark or one.agency else LISTED.search(self.text, max(0, before - 17), before)
            if other and post.ending_at(self.text, other.start()):
                mark = BETWEEN.search(self.text, other.start(), other.start() + 1)
                found[-1] = one._replace(unit=True)
            if not mark:
                break
            at = mark.start()
        return found


def _shared(page: _Page, posts: list[_Post]) -> list[_Post]:
    """An agency named once holds for the titles after it: 市发改委党组书记、主任, 市政府党组成员、副市长; but not for
    市委副书记、市长, who heads the government if the article names it."""
    agency: Mention | None = None
    start = 0
    filled = []
    for one in reversed(posts):
        if one.agency:
            agency, start = one.agency, one.start
        elif agency and not one.unit and one.title.kind in ("state", "party") and _suits(one.title, agency):
            filled.append(_Post(one.title, one.label, start, agency))
            continue
        filled.append(one if one.agency else one._replace(agency=page.government(one, agency)))
    return filled


def _suits(title: Title, agency: Mention) -> bool:
    """Whether a title may be one in the agency: a mayor's only in the government."""
    return not title.of or (title.of == "government" and str(agency.value).endswith(">政府"))


def _deputy(page: _Page, one: _Post, last: _Post | None) -> _Post:
    """A deputy named right after the head is one of the same agency: 市教育局局长甲、副局长乙."""
    alone = one.agency is None and not one.unit and not one.title.of
    if last and alone and LIST_MARK.fullmatch(page.text, last.start, one.start):
        same = one.label.removeprefix("副") == last.title.name.removeprefix("副")
        return one._replace(agency=last.agency) if same else one
    return one


def _relation(page: _Page, person: Mention, one: _Post, reach: tuple[int, int], rule: str) -> Relation:
    evidence = Span(*reach, page.text[slice(*reach)])
    return Relation("holdsPost", person, one.agency, one.label, evidence, rule)


def _before(page: _Page, person: Mention) -> list[_Post]:
    """The posts right before a name, spaces aside."""
    start = person.span.start
    while start and page.text[start - 1] in " 　：:":
        start -= 1
    return _shared(page, page.posts_before(start))


def _after(page: _Page, person: Mention) -> Iterator[_Post]:
    """王毅国务委员; 周岚，某市某局局长，."""
    end = person.span.end
    direct = post.starting_at(page.text, end)
    if direct and direct.after and direct.is_post:
        yield _Post(direct, direct.name, person.span.start, None)
        return
    link = APPOSED.match(page.text, end)
    at = link.end() if link and link.group() else None
    close = CLOSE if link and SET_OFF.fullmatch(link.group()) else ITEM
    while at is not None and (found := _apposed(page, person, at, close)):
        one, stop = found
        yield one
        more = MORE.match(page.text, stop)
        at = more.end() if more else None


def _apposed(page: _Page, person: Mention, at: int, close: re.Pattern[str]) -> tuple[_Post, int] | None:
    """The post that the words at `at` name, up to a mark, and where it ends."""
    agency = next((a for a in page.agencies if a.span.start == at), None)
    first = agency.span.end if agency else at
    gap = HAN_GAP.match(page.text, first)
    for stop in range(gap.end() if gap else first, first, -1):
        if not close.match(page.text, stop):
            continue
        for title in post.all_ending_at(page.text, stop):
            begin = stop - len(title.name)
            whole = begin == first or (agency and UNIT.fullmatch(page.text[first:begin]))
            if whole and title.is_post and (agency or title.kind != "role"):
                return _Post(title, title.name, person.span.start, agency), stop
    return None


def _in_office(page: _Page) -> Iterator[Relation]:
    """钟某江利用其担任某校报账员的职务; 任命张三为市财政局局长; 曾任经理的李四."""
    text = page.text
    for match in OFFICE.finditer(text):
        if NO_OFFICE.match(text, match.end() - 1) or NO_OFFICE.match(text, match.end() - 2):
            continue
        rest = STOP.search(text, match.end())
        stop = rest.start() if rest else len(text)
        if stop == match.end():
            yield from _held_by(page, match)
            continue
        one = _quoted(page, match.end(), stop) or page.post_before(stop) if stop - match.end() < 30 else None
        if one and stop - len(one.title.name) >= match.end():
            for holder in _holders(page, match, stop):
                start, end = min(holder.span.start, match.start()), max(holder.span.end, stop)
                yield _relation(page, holder, one, (start, end), "holds_post.office")


def _career(page: _Page) -> Iterator[Relation]:
    """先后担任某镇党委书记，某市委常委、副市长等职务: all posts of the list."""
    text = page.text
    for match in CAREER.finditer(text):
        close = CAREER_END.search(text, match.end())
        end = close.start() if close else len(text)
        holder = _holder(page, match, end)
        stops = [at for at in range(match.end(), end) if text[at] == "，"]
        for stop in (*stops, end) if holder else ():
            for one in _shared(page, page.posts_before(stop)):
                if holder and one.start >= match.end():
                    yield _relation(page, holder, one, (min(holder.span.start, one.start), stop), "holds_post.career")


def _held_by(page: _Page, office: re.Match[str]) -> Iterator[Relation]:
    """总林长由省委书记王芳担任: the post stands in front of 由, the holder right before the verb."""
    start = max(page.text.rfind(mark, 0, office.start()) for mark in "。；，\n") + 1
    by = page.text.find("由", start, office.start())
    one = page.post_before(by) if by > start else None
    holder = next((p for p in page.persons if p.span.end == office.start() and p.span.start > by), None)
    if one and holder:
        yield _relation(page, holder, one, (one.start, office.end()), "holds_post.held-by")


def _quoted(page: _Page, start: int, stop: int) -> _Post | None:
    """A post in quotation marks at the end: 被聘为首批“热线观察员”."""
    opened = page.text.find("“", start, stop)
    title = post.ending_at(page.text, stop - 1) if opened >= 0 and page.text[stop - 1] == "”" else None
    return _Post(title, page.text[opened + 1 : stop - 1], opened + 1, None) if title and title.is_post else None


def _holders(page: _Page, office: re.Match[str], stop: int) -> Iterator[Mention]:
    """All who take the office: 副市长甲、副市长乙任副组长."""
    holder = _holder(page, office, stop)
    if holder is None:
        return
    yield holder
    if not AND_OTHERS.fullmatch(page.text, holder.span.end, office.start()):
        return
    for person in reversed([p for p in page.persons if p.span.end < holder.span.start]):
        if not TOGETHER.fullmatch(page.text, person.span.end, holder.span.start):
            return
        holder = person
        yield holder


def _holder(page: _Page, office: re.Match[str], stop: int) -> Mention | None:
    """Who takes the office: named inside (任命张三为), before, or after 的 (曾任经理的李四), or anywhere near."""
    text = page.text
    begin = max(text.rfind(mark, 0, office.start()) for mark in "。！？\n") + 1
    close, comma = _next(text, "。！？\n", stop), _next(text, "。！？\n，；", stop)
    inside = [p for p in page.persons if office.start() <= p.span.start and p.span.end <= office.end()]
    earlier = [p for p in page.persons if begin <= p.span.start and p.span.end <= office.start()]
    later = [p for p in page.persons if stop <= p.span.start and p.span.end <= close]
    of = [p for p in later if p.span.end <= comma] if text[stop : stop + 1] == "的" else []
    if of and not (earlier and earlier[-1].span.end >= office.start() - 2):  # 由甲任组长的乙组
        return of[0]
    return next(iter(inside or earlier[-1:] or later), None)


def _next(text: str, marks: str, start: int) -> int:
    return min((at for mark in marks if (at := text.find(mark, start)) >= 0), default=len(text))


def _runs(page: _Page) -> Iterator[list[Mention]]:
    """Persons that one list names: 边峰、侯晓滨和王晓嫚."""
    run: list[Mention] = []
    for person in page.persons:
        if run and not LIST.fullmatch(page.text, run[-1].span.end, person.span.start):
            yield run
            run = []
        run.append(person)
    if run:
        yield run


def relate(document: Document, mentions: Sequence[Mention], topic: Topic) -> Iterator[Relation]:
    """The posts that the text says its persons hold, once for each place that says it."""
    page = _Page(document, mentions, topic)
    last: _Post | None = None
    for run in _runs(page):
        start, end = run[0].span.start, run[-1].span.end
        counted = COUNTED.match(page.text, end)
        shared = post.starting_at(page.text, counted.end()) if counted else None
        posts = [_deputy(page, one, last) for one in _before(page, run[0])]
        last = posts[0]._replace(start=end) if posts else None
        for one in posts:
            for person in run:
                rule = "holds_post.before" if person is run[0] else "holds_post.list"
                yield _relation(page, person, one, (one.start, person.span.end), rule)
        if counted and shared and shared.is_post and len(run) > 1:
            stop = counted.end() + len(shared.name)
            for person in run:
                one = _Post(shared, shared.name, start, None)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.count")
        for person in run:
            for one in _after(page, person):
                stop = page.text.index(one.title.name, person.span.end) + len(one.title.name)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.after")
    if page.persons:
        yield from _in_office(page)
        yield from _career(page)
