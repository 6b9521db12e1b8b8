"""Persons and their posts: 上海市政府秘书长马春雷 -> (马春雷, 上海市政府, 秘书长).

The object is the agency mention that the title belongs to, None where the text names none (a company, a school, a
region alone). The evidence reaches from agency or title to the name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model import Document, Mention, Relation, Span, Topic
from kg.normalise import post
from kg.normalise.post import Title

BETWEEN = re.compile(r"(?:、|兼任?|，|以及|和|及)$")  # 市委副书记、市长; 主任兼书记
FORMER = re.compile(r"(?:原任?|时任|现任|新任|前任?|代理?|拟任)$")
LIST = re.compile(r"、|以及|[和与及]")  # 边峰、侯晓滨和王晓嫚
COUNTED = re.compile(r"等?[0-9两二三四五六七八九十多数几]+[位名]|等")  # 张三、李四等多位国手
UNIT = re.compile(r"[一-鿿]{1,12}[司处科室部办组队所院局委站中心]$")  # 住建部·房地产司·司长
OFFICE_OF = re.compile(r"、[一-鿿]{1,9}[司处科室部厅办组队所院局委站心]$")  # 市政府副秘书长、办公厅·主任
HAN_GAP = re.compile(r"[一-鿿“”]{0,12}")
APPOSED = re.compile(r"[ 　]*[，,（(：:—]{0,2}[ 　]*(?:是|为|系)?(?:时任|现任|原)?")  # 周岚，某局局长
OFFICE = re.compile(r"(?:担任|出任|就任|当选为?|被任命为|任命[一-鿿·]{2,8}为|兼任|(?<=[一-鿿])任)")
NO_OFFICE = re.compile(r"任[务何职期意性命教用由]|责任|信任|主任|现任|时任|原任|离任|卸任|上任|历任|胜任|委任")
STOP = re.compile(r"[，。；：！？、\n的期（）(]|$")

CLOSE = re.compile(r"[，。；）)\n]|$")


class _Post(NamedTuple):
    title: Title
    start: int
    """Where the words for it begin: the agency or the title."""
    agency: Mention | None
    unit: bool = False
    """Whether the text names a unit before the title that is no agency mention: 组织部部长."""


class _Page:
    """What the text and its mentions say about a place in it."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.text = document.article.text
        self.persons = sorted((m for m in mentions if m.kind == "person"), key=lambda m: m.span.start)
        self.agencies = [m for m in mentions if m.kind == "agency"]
        self.by_end: dict[int, Mention] = {}
        for agency in sorted(self.agencies, key=lambda m: -m.span.start):
            self.by_end[agency.span.end] = agency

    def agency_before(self, start: int) -> Mention | None:
        """The agency whose name ends at `start`, or does so but for the name of a unit of it."""
        near = self.by_end.get(start)
        if near:
            return near
        merged = self.by_end.get(start + 1)  # 财政部长: the last character of 财政部 is the first of 部长
        if merged and merged.span.end - merged.span.start > 2 and self.text[start] in "部局厅署":
            return merged
        for agency in self.agencies:
            gap = self.text[agency.span.end : start]
            if 0 < len(gap) <= 13 and UNIT.fullmatch(gap):
                return agency
        return None

    def post_before(self, end: int) -> _Post | None:
        """The post whose title ends at `end`; the one that an agency's name meets, else the longest title."""
        titles = [t for t in post.all_ending_at(self.text, end) if t.is_post]
        for title in titles:
            agency = self.agency_before(end - len(title.name))
            if agency and agency.span.start < end - len(titles[0].name) + (title is titles[0]):
                return _Post(title, agency.span.start, agency)
        return _Post(titles[0], end - len(titles[0].name), None) if titles else None

    def posts_before(self, end: int) -> list[_Post]:
        """All posts of a list that ends at `end`, last first: 市委副书记、市长."""
        found: list[_Post] = []
        at = end
        while one := self.post_before(at):
            found.append(one)
            former = FORMER.search(self.text, max(0, one.start - 2), one.start)
            before = former.start() if former else one.start
            mark = BETWEEN.search(self.text, max(0, before - 2), before)
            if not mark and one.agency is None and (unit := OFFICE_OF.search(self.text, max(0, before - 11), before)):
                mark = BETWEEN.search(self.text, unit.start(), unit.start() + 1)
                found[-1] = one._replace(unit=True)
            if not mark:
                break
            at = mark.start()
        return found


def _shared(posts: list[_Post]) -> list[_Post]:
    """An agency named once holds for the titles after it: 市发改委党组书记、主任; but not for 市委副书记、市长."""
    agency: Mention | None = None
    start = 0
    filled = []
    for one in reversed(posts):
        if one.agency:
            agency, start = one.agency, one.start
        elif agency and not one.unit and not one.title.of and one.title.kind in ("state", "party"):
            filled.append(_Post(one.title, start, agency))
            continue
        filled.append(one)
    return filled


def _relation(page: _Page, person: Mention, one: _Post, reach: tuple[int, int], rule: str) -> Relation:
    evidence = Span(*reach, page.text[slice(*reach)])
    return Relation("holdsPost", person, one.agency, one.title.name, evidence, rule)


def _before(page: _Page, person: Mention) -> list[_Post]:
    """The posts right before a name, spaces aside."""
    start = person.span.start
    while start and page.text[start - 1] in " 　：:":
        start -= 1
    return _shared(page.posts_before(start))


def _after(page: _Page, person: Mention) -> Iterator[_Post]:
    """王毅国务委员; 周岚，某市某局局长，."""
    end = person.span.end
    direct = post.starting_at(page.text, end)
    if direct and direct.after and direct.is_post:
        yield _Post(direct, person.span.start, None)
        return
    link = APPOSED.match(page.text, end)
    if not link or not link.group():
        return
    at = link.end()
    agency = next((a for a in page.agencies if a.span.start == at), None)
    first = agency.span.end if agency else at
    gap = HAN_GAP.match(page.text, first)
    for stop in range(gap.end() if gap else first, first, -1):
        if not CLOSE.match(page.text, stop):
            continue
        for title in post.all_ending_at(page.text, stop):
            begin = stop - len(title.name)
            whole = begin == first or (agency and UNIT.fullmatch(page.text[first:begin]))
            if whole and title.is_post and (agency or title.kind != "role"):
                yield _Post(title, person.span.start, agency)
                return


def _in_office(page: _Page) -> Iterator[Relation]:
    """钟某江利用其担任某校报账员的职务; 任命张三为市财政局局长."""
    text = page.text
    for match in OFFICE.finditer(text):
        if NO_OFFICE.match(text, match.end() - 1) or NO_OFFICE.match(text, match.end() - 2):
            continue
        rest = STOP.search(text, match.end())
        stop = rest.start() if rest else len(text)
        one = page.post_before(stop) if stop - match.end() < 30 else None
        if one is None or stop - len(one.title.name) < match.end():
            continue
        begin = max(text.rfind(mark, 0, match.start()) for mark in "。！？\n") + 1
        ends = [text.find(mark, stop) for mark in "。！？\n"]
        close = min((e for e in ends if e >= 0), default=len(text))
        inside = [p for p in page.persons if match.start() <= p.span.start and p.span.end <= match.end()]
        earlier = [p for p in page.persons if begin <= p.span.start and p.span.end <= match.start()]
        later = [p for p in page.persons if stop <= p.span.start and p.span.end <= close]
        for person in (inside or earlier[-1:] or later)[:1]:
            start, end = min(person.span.start, match.start()), max(person.span.end, stop)
            yield _relation(page, person, one, (start, end), "holds_post.office")


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
    page = _Page(document, mentions)
    for run in _runs(page):
        start, end = run[0].span.start, run[-1].span.end
        counted = COUNTED.match(page.text, end)
        shared = post.starting_at(page.text, counted.end()) if counted else None
        for one in _before(page, run[0]):
            for person in run:
                rule = "holds_post.before" if person is run[0] else "holds_post.list"
                yield _relation(page, person, one, (one.start, person.span.end), rule)
        if counted and shared and shared.is_post and len(run) > 1:
            stop = counted.end() + len(shared.name)
            for person in run:
                one = _Post(shared, start, None)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.count")
        for person in run:
            for one in _after(page, person):
                stop = page.text.index(one.title.name, person.span.end) + len(one.title.name)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.after")
    if page.persons:
        yield from _in_office(page)
