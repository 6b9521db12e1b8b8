"""Where names stand in a text: after a post, in lists, in front of a verb; and how likely they are there."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kg import gazetteer
from kg.normalise import byline, foreign_name, person_name, post
from kg.normalise.pattern import pattern
from kg.normalise.person_name import Name

# how sure a name must be by what points to it, in the scores of normalise/person_name.py
POST, POST_CLOSED, POST_VERB, ROLE, LIST, LIST_AND, CLAUSE, EMPLOYED, SURE = 0, -15, (-20, -40), 25, 10, 40, 45, 55, 75
CERTAIN = 80  # a name that only opens a clause: 贾艳玲于次日投案
CUT = person_name.AND | person_name.TAKING
ODD = 15  # a name that begins with 向 or 和, after a post and before a verb of speaking
SPEAKER = -40  # a name that stands after a post and elsewhere before a verb of speaking
GATHER = "齐聚"  # 代表|齐聚|区图书馆
CLAUSE_START = ("", *"。！？；：，\n”")
TITLED = pattern(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》")  # no person inside a title
HEADCOUNT = r"的(?:共?有)?[0-9两二三四五六七八九十]+[人位名]"
IN_TURN = pattern(  # 组长|分别是|焦立成、吴新民; 副主任|的有6人，分别是|罗强、贺民; 副主任|的有|罗强、贺民
    rf"(?:{HEADCOUNT}[，：])?(?:分别|依次)(?:是|为)：?|{HEADCOUNT}(?:，(?:是|为)|：)|的(?:是|有|为)(?![0-9两二三四五六七八九十])"
)
LIST_MARK = pattern(r"[、，]|以及|[和与及]")  # 边峰、侯晓滨和王晓嫚


class Find(NamedTuple):
    start: int
    end: int
    rule: str


class Page:
    """A text with the stretches where no name is sought."""

    def __init__(self, text: str) -> None:
        press = byline.bylines(text)
        self.text = text
        self.titles = post.find(text)
        self.press = press.names
        self._speakers: dict[str, bool] = {}
        self.closed = (*(m.span() for m in TITLED.finditer(text)), *press.spans)

    def open(self, start: int, end: int) -> bool:
        """Whether the stretch lies outside titles and bylines."""
        return all(end <= a or b <= start for a, b in self.closed)

    @cached_property
    def regions(self) -> dict[int, int]:
        """Where the names of regions begin and end."""
        found = (n for table in ("region.short", "region") for n in gazetteer.find(self.text, table))
        return {n.start: n.end for n in found}

    def speaker_at(self, start: int) -> int:
        """Where a name ends that begins at `start` after a post, however rare, if its bearer speaks elsewhere in the
        text (司长闻舟在会上介绍 … 闻舟说，); `start` if there is none."""
        ends = (end for end in (start + 3, start + 2) if person_name.score(self.text[start:end]) >= SPEAKER)
        return next((end for end in ends if self._speaks(self.text[start:end])), start)

    def _speaks(self, name: str) -> bool:
        """Whether a clause begins with the name and goes on with a verb of speaking: 闻舟说，."""
        if name not in self._speakers:
            self._speakers[name] = self._speaks_at(name, self.text.find(name))
        return self._speakers[name]

    def _speaks_at(self, name: str, at: int) -> bool:
        """Whether it does so at one of its places from `at` on."""
        while at >= 0:
            opens = self.text[at - 1 : at] in CLAUSE_START
            if opens and person_name.follower(self.text, at + len(name)) == "speech":
                return True
            at = self.text.find(name, at + 1)
        return False

    @cached_property
    def in_regions(self) -> frozenset[int]:
        """The places inside names of regions: 林 in 吉林."""
        return frozenset(i for start, end in self.regions.items() for i in range(start + 1, end))

    def fits(self, name: Name | None, least: int, place: bool = False) -> bool:
        """Whether a name is likely enough, and neither an ordinary word nor, unless `place`, a region."""
        return (
            name is not None
            and name.score >= (max(least, SURE) if self.text[name.start] in person_name.BEFORE else least)
            and self.text[name.start : name.end] not in person_name.not_names()
            and (name.score >= (CLAUSE if place else SURE) or not person_name.opens_word(self.text, name.start))
            and self.text[name.start + 1 : name.end] not in post.titles()
            and not self.text.startswith(GATHER, name.start)
            and (place or name.start not in self.regions)
        )

    def fits_saying(self, name: Name | None) -> bool:
        """Whether a name between a post and a verb of speaking is likely, though it looks like 何其 or 向 + a name."""
        return (
            name is not None
            and name.follower == "speech"
            and name.score >= ODD
            and self.text[name.start : name.end] not in person_name.not_names()
        )

    def name_before(self, end: int) -> Name | None:
        """The likeliest name that ends at `end`."""
        text = self.text
        best, best_total = None, -1000
        for length in (2, 3, 4):
            start = end - length
            if start < 0 or not person_name.is_chinese(text[start]):
                break
            if text[start] not in person_name.firsts():
                continue
            odds = person_name.score(text[start:end])
            if odds < -60 or post.inside(text, start) or start in self.in_regions:
                continue
            if text[end - 1] in CUT and (person_name.cuts(text, end - 1) or post.starting_at(text, end)):
                continue  # 王明|任组长, 黄明|和副部长, 黄明|任党组书记
            before = text[start - 1 : start]
            free = not person_name.is_chinese(before) or before in person_name.BEFORE
            free = free or post.ending_at(text, start) is not None
            total = odds + (person_name.FOLLOWED if free else 0)
            if total > best_total:
                best, best_total = Name(start, end, odds, "free" if free else ""), total
        return best


def listed(page: Page, start: int, rule: str) -> Iterator[Find]:
    """The names that a list goes on with: 边峰 -> 、侯晓滨、王晓嫚."""
    end = start
    while mark := LIST_MARK.match(page.text, end):
        sounded = foreign_name.item_end(page.text, mark.end())
        if sounded > mark.end():
            yield Find(mark.end(), sounded, rule)
            end = sounded
            continue
        name = person_name.name_at(page.text, mark.end())
        least = (POST if end > start else LIST) if mark.group() == "、" else LIST_AND if mark.group() != "，" else SURE
        if name is None or not page.fits(name, least if name.follower else max(least, CLAUSE)):
            break
        yield Find(name.start, name.end, rule)
        end = name.end


def counted(page: Page, end: int) -> Iterator[Find]:
    """The list of two or more names that ends at `end`."""
    text = page.text
    found = []
    while end:
        name = page.name_before(end)
        start = end
        while start and text[start - 1] in foreign_name.characters():
            start -= 1
        if end - start >= 4:
            found.append(Find(start, end, "person.count"))
        elif name and page.fits(name, POST, place=True):
            start = name.start
            found.append(Find(start, end, "person.count"))
        else:
            break
        if text[start - 1 : start] not in ("、", "和", "与"):
            break
        end = start - 1
    if len(found) > 1:
        yield from found
