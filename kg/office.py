"""Posts as a text words them: what stands before a name, 市委副书记、市长, and the bodies that the titles belong to."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from kg import catalogue
from kg.model import Document, Mention, Topic
from kg.normalise import post
from kg.normalise.pattern import pattern
from kg.normalise.person_name import is_chinese
from kg.normalise.post import Title
from kg.roster import IN_TURN
from kg.topic import seat

SENTENCE_END = pattern(r"[。！？\n]")
BETWEEN = pattern(r"(?:、|兼任?|，|以及|和|及)$")  # 市委副书记、市长; 主任兼书记
FORMER = pattern(r"(?:原任?|时任|现任|新任|前任?|代理?|拟任)$")
ACTING = pattern(r"代理?$")  # 代理|区长
UNIT = pattern(r"[一-鿿]{1,12}[司处科室部办组队所院局委站庭中心]$")  # 住建部·房地产司·司长
ORGANISATION = "公司|集团|医院|银行|大学|学院|学校|中学|小学|协会|学会|商会|研究院|研究所|事务所|俱乐部|基金会|联盟"
LISTED = pattern(r"、[一-鿿“”]{1,16}$")  # 市政府副秘书长、办公厅·主任; 委员、某大学·副校长
DEPARTMENT = frozenset("科处室部办组厅司")
UNIT_OF = pattern(rf"(?:{ORGANISATION}|、)([一-鿿]{{1,6}}(?:[科处部室办组厅系委]|中心))$")  # 某医院·骨科·主任
THAT = pattern(r"(?:该([局院所委厅部办署社站]|中心)|(?<![一-鿿])(总局))$")  # 该局局长, 总局局长
SPOKESMAN, OFFICES = "发言人", ("研究室", "司", "处")
HEAD = pattern(r"副?([部局厅署庭所])长")  # what a body is called whose head a bare title names: 副|部|长
JOINED = frozenset("由是为任请让向据与和的")  # what may stand before a bare title: 由|副部长甲
MEETING = pattern(r"(?:举行|召开|举办)[^。；\n]{0,30}?(?:发布会|吹风会|通气会|记者会)")
PARTY = pattern(r"(?<![一-鿿])([部局厅署委院办])$")  # 部|党组书记
SHORT = pattern(  # 中心|主任, 业务中心|主任: the end of a name that stood before
    r"(?:^|[^一-鿿]|[由是请让向据与和])([一-鿿]{0,6}(?:中心|支队|总队|大队|分局|法院|检察院|管委会|执委会|办公室|委员会))$"
)
ONLY = dict.fromkeys(("总理", "副总理", "国务委员"), "国务院") | dict.fromkeys(("委员长", "副委员长"), "全国人大常委会")
"""Titles that one body alone has."""
CHAMBERS = ("人大常委会", "人民代表大会常务委员会", "政协")
LED = ("办", "办公室", "发改委", "改革委", "管委会", "中心")
OF_CHAMBER = pattern("副?(?:主任|主席|秘书长)")
PLACE = pattern(r"(?:村|社区)(?=.)")  # 常口村|党支部书记
NO_PLACE = frozenset("和与及由是的任为当")
BRACKET = pattern(r"（[^（）]*）$")  # 某编制管理中心（事业单位登记中心）|主任
DUTY = pattern(r"(?:分管|主管|负责|主持)[一-鿿]{1,10}的$")  # 公安部|分管日常工作的|副部长
TAKES = pattern(r"(?<!主)[任为][一-鿿]?$")  # 王明任|双组长，副市长李强: the office is not the next one's
SEATS = {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture"} | dict.fromkeys(
    "县区旗", "county"
)
"""What the head of a government of each level is called after: 省|长."""
NEAR = 30
"""How far behind a title a bare one may be of the same body."""
GROUP = 120
"""How far behind the name of a leading group its 组长 may be named."""


class Post(NamedTuple):
    title: Title
    label: str
    """The title as the text gives it, with its unit: 骨科主任; without what says when: 副部长 of 原副部长."""
    start: int
    """Where the words for it begin: the agency or the title."""
    agency: Mention | None
    unit: bool = False
    """Whether the text names a unit before the title that is no agency mention: 组织部部长."""


def _start(mention: Mention) -> int:
    return mention.span.start


class Page:
    """What the text and its mentions say about a place in it."""

    def __init__(self, document: Document, mentions: Sequence[Mention], topic: Topic) -> None:
        self.text = document.article.text
        self.title_end = len(document.article.title)
        self.topic = topic
        self.regions = {m.span.end: topic.regions.get(m, "") for m in mentions if m.kind == "region"}
        self.persons = sorted((m for m in mentions if m.kind == "person"), key=_start)
        self.agencies = [m for m in mentions if m.kind == "agency"]
        self.by_end: dict[int, Mention] = {}
        for agency in sorted(self.agencies, key=lambda m: -m.span.start):
            self.by_end[agency.span.end] = agency

    @cached_property
    def in_turn(self) -> dict[int, int]:
        """Where words such as 分别是 end, between a title and its holders -> where they begin."""
        return {found.end(): found.start() for found in IN_TURN.finditer(self.text)}

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences begin, in order."""
        return [0, *(mark.end() for mark in SENTENCE_END.finditer(self.text))]

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that holds the character before `at`."""
        return self._sentences[bisect_right(self._sentences, at) - 1]

    def first_person(self, start: int, end: int) -> Mention | None:
        """The first person named between two offsets."""
        at = bisect_left(self.persons, start, key=_start)
        found = self.persons[at : at + 1]
        return found[0] if found and found[0].span.end <= end else None

    def last_person(self, start: int, end: int) -> Mention | None:
        """The last person named between two offsets."""
        at = bisect_left(self.persons, end, key=_start)
        found = [p for p in self.persons[max(0, at - 2) : at] if start <= p.span.start and p.span.end <= end]
        return found[-1] if found else None

    def government(self, one: Post, colleague: Mention | None) -> Mention | None:
        """The government that a mayor heads, if the article names it: of the region before the title, of the body that
        the same person serves (吉林省委副书记、省长), else of the home."""
        head = one.title.name[-2:-1]
        level = SEATS.get(head) if one.title.of == "government" else None
        if level is None:
            return None
        place = self.regions.get(one.start) or (seat(colleague, self.topic) if colleague else "")
        region = catalogue.regions().get(place)
        code = place if region and region.name.endswith(head) else self.topic.homes.get(level, "")
        return self._governments.get(code) if code else None

    @cached_property
    def _governments(self) -> dict[str, Mention]:
        """Code of a region -> the first mention of its government."""
        named = [a for a in self.agencies if str(a.value).endswith((">政府", ">人民政府"))]
        return {seat(a, self.topic): a for a in reversed(named)}

    def body_meant(self, one: Post) -> Mention | None:
        """The body that a title without one is a post in, if the text names it elsewhere: 中心|主任 after 某市考试中心,
        副部长 in the article of a ministry, 国务委员 where 国务院 is named."""
        near = FORMER.sub("", self.text[max(0, one.start - 12) : one.start])
        bare = not is_chinese(near[-1:]) or near[-1] in JOINED  # 副部长 after a mark, not 宣传部副部长
        if one.title.name in ONLY:
            body = ONLY[one.title.name]
            return next((a for a in self.agencies if bare and a.span.quote == body), None)
        if bare and OF_CHAMBER.fullmatch(one.title.name) and (chamber := self._chamber(one.start)):
            return chamber
        if bare and one.title.name.endswith(SPOKESMAN):
            return self._host(one.start)
        if one.title.name.endswith("主任") and self.text[one.start - 1 : one.start] == "，" and (led := self._led(one)):
            return led
        short = None if bare else SHORT.search(near)
        party = PARTY.search(near) if one.title.name.startswith(("党组", "党委")) else None
        named = short or party or (HEAD.fullmatch(one.title.name) if bare else None)
        return self._ending(named.group(1), one.start) if named else None

    def _chamber(self, start: int) -> Mention | None:
        """The standing committee or conference that the sentence tells of: 市人大常委会开会，|副主任甲主持."""
        begin = self.sentence_start(start)
        named = [a for a in self.agencies if begin <= a.span.start and a.span.end <= start]
        last = max(named, key=_start, default=None)
        return last if last and last.span.quote.endswith(CHAMBERS) else None

    def _led(self, one: Post) -> Mention | None:
        """The office that the sentence tells of: 省委农办召开现场会，|副主任甲要求."""
        begin = self.sentence_start(one.start)
        named = [a for a in self.agencies if begin <= a.span.start and a.span.end <= one.start]
        last = max(named, key=_start, default=None)
        return last if last and last.span.quote.endswith(LED) else None

    def _host(self, start: int) -> Mention | None:
        """The body that held the meeting at which its spokesman stands: 某部举行新闻发布会，|新闻发言人甲."""
        paragraph = self.text.rfind("\n", 0, start) + 1
        held = [m.start() for m in MEETING.finditer(self.text, paragraph, start)]
        hosts = (a for a in self.agencies if paragraph <= a.span.start and a.span.end <= held[-1]) if held else ()
        return max(hosts, key=lambda a: a.span.end, default=None)

    def spoken_for(self, one: Post, colleague: Mention | None) -> Mention | None:
        """Whose spokesman the head of an office is: the body above it if named, 外交部 of 外交部新闻司."""
        if colleague is None or not one.title.name.endswith(SPOKESMAN):
            return None
        whole = str(colleague.value)
        return next((a for a in self.agencies if a.value != whole and whole.startswith(str(a.value))), colleague)

    def _ending(self, words: str, start: int) -> Mention | None:
        """Of the bodies whose names end in `words` the last one before in the sentence, else the one that the article
        speaks for, else the last one before in the paragraph."""
        named = [a for a in self.agencies if a.span.end < start and a.span.quote.endswith(words)]
        sentence, paragraph = self.sentence_start(start), self.text.rfind("\n", 0, start)
        near = max((a for a in named if a.span.start > paragraph), key=lambda a: a.span.end, default=None)
        speaker = self.topic.agency
        if speaker and not (near and near.span.start >= sentence):
            return next((a for a in named if a.value == speaker.value), near)
        return near

    def agency_before(self, start: int) -> tuple[Mention, str] | None:
        """The agency whose name ends at `start`, and the name of a unit of it if one stands between."""
        bracket = BRACKET.search(self.text, max(0, start - 24), start) if self.text[start - 1 : start] == "）" else None
        near = self.by_end.get(bracket.start() if bracket else start)
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

    def post_before(self, end: int) -> Post | None:
        """The post whose title ends at `end`; the one that an agency's name meets, else the longest title."""
        titles = [t for t in post.all_ending_at(self.text, end) if t.is_post]
        for title in titles:
            start = end - len(title.name)
            former = FORMER.search(self.text, max(0, start - 2), start)
            found = self.agency_before(former.start() if former else start)
            if found and found[0].span.start <= end - len(titles[0].name):
                agency, gap = found
                unit = gap if gap[-1:] in DEPARTMENT else ""
                return Post(title, unit + title.name, min(agency.span.start, start), agency)
        if not titles:
            return None
        alone = self._alone(titles[0], end - len(titles[0].name))
        acting = ACTING.search(self.text, max(0, alone.start - 2), alone.start)
        return alone._replace(label=acting.group() + alone.label, start=acting.start()) if acting else alone

    def group_before(self, title: Title, start: int) -> Mention | None:
        """The leading group or 督察组 that a 组长 heads: the last one named before, not far."""
        if not title.name.endswith("组长"):
            return None
        groups = (a for a in self.agencies if start - GROUP <= a.span.end <= start and a.span.quote.endswith("组"))
        return max(groups, key=lambda a: a.span.end, default=None)

    def _alone(self, title: Title, start: int) -> Post:
        """A post whose agency the text does not name: 骨科主任, 原|副市长, 党支部书记 of a village."""
        before = self.text[start - 1 : start]
        place = PLACE.match(title.name)
        rest = post.titles().get(title.name[place.end() :]) if place else None
        if rest and "一" <= before <= "鿿" and before not in NO_PLACE:
            return Post(rest, rest.name, start, None)
        if before == "原":
            return Post(title, title.name, start - 1, None)
        unit = UNIT_OF.search(self.text, max(0, start - 12), start)
        if unit and unit.group(1)[-1] != title.name.removeprefix("副")[0]:
            return Post(title, unit.group(1) + title.name, unit.start(1), None, True)
        return Post(title, title.name, start, self.group_before(title, start))

    def _taken_before(self, start: int, end: int) -> bool:
        """Whether the post at `start` is one that somebody takes, not that of the next person, at `end`:
        王明任双组长，副市长|李强, 王明任组长、副市长|李强, but not 任组长、副市长的李强."""
        takes = TAKES.search(self.text, max(0, start - 3), start)
        if takes is None or self.text.find("、", start, end) < 0:
            return takes is not None
        taker, named = self.last_person(0, takes.start()), self.first_person(end, end + 4)
        return bool(taker and taker.span.end == takes.start() and named and named.span.start == end)

    def posts_before(self, end: int) -> list[Post]:
        """All posts of a list that ends at `end`, last first: 市委副书记、市长."""
        found: list[Post] = []
        at = end
        while one := self.post_before(at):
            if found and self._taken_before(one.start, end):
                break
            found.append(one)
            former = FORMER.search(self.text, max(0, one.start - 2), one.start)
            before = former.start() if former else one.start
            mark = BETWEEN.search(self.text, max(0, before - 2), before)
            other = None if mark or one.agency else LISTED.search(self.text, max(0, before - 17), before)
            if other and post.ending_at(self.text, other.start()) and not self.first_person(other.start(), before):
                mark = BETWEEN.search(self.text, other.start(), other.start() + 1)
                found[-1] = one._replace(unit=True)
            if not mark:
                break
            at = mark.start()
        return found


def share_agency(page: Page, posts: list[Post]) -> list[Post]:
    """An agency named once holds for the titles after it: 市发改委党组书记、主任, 市政府党组成员、副市长; but not for
    市委副书记、市长, who heads the government if the article names it."""
    agency: Mention | None = None
    start = 0
    filled = []
    for one in reversed(posts):
        if one.agency:
            agency, start = one.agency, one.start
        elif agency and not one.unit and one.title.kind in ("state", "party") and _suits(one.title, agency):
            filled.append(Post(one.title, one.label, start, agency))
            continue
        filled.append(one if one.agency else in_body(page, one, agency))
    return filled


def in_body(page: Page, one: Post, colleague: Mention | None = None) -> Post:
    """A post that names no body with the one that the text means, if it shows; `colleague` is a body that the same
    person serves."""
    meant = page.government(one, colleague) or page.body_meant(one) or page.spoken_for(one, colleague)
    return one._replace(agency=meant) if meant else with_head(page, one)


def _suits(title: Title, agency: Mention) -> bool:
    """Whether a title may be one in the agency: a mayor's only in the government, no spokesman's in an office for
    research."""
    if title.name.endswith(SPOKESMAN) and agency.span.quote.endswith(OFFICES):
        return False
    return not title.of or (title.of == "government" and str(agency.value).endswith(">政府"))


def with_head(page: Page, one: Post) -> Post:
    """A bare title near another's is of the same agency: 市教育局局长甲、|副局长乙; 市人大主任甲到会，|副主任乙主持;
    由甲任省公安厅厅长，免去乙的|厅长职务."""
    before = page.text[one.start - 1 : one.start]
    if one.agency or one.unit or one.title.of or (is_chinese(before) and before not in JOINED):
        return one
    head = one.title.name.removeprefix("代理").removeprefix("副")
    at = page.text.rfind(head, max(page.sentence_start(one.start), one.start - NEAR), one.start)
    headed = page.post_before(at + len(head)) if at >= 0 else None
    return one._replace(agency=headed.agency) if headed else one
