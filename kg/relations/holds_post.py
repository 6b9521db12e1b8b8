"""Persons and their posts: 上海市政府秘书长马春雷 -> (马春雷, 上海市政府, 秘书长).

The object is the agency mention that the title belongs to, None where the text names none (a company, a school, a
region alone). The evidence reaches from agency or title to the name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Document, Mention, Relation, Span, Topic
from kg.normalise import person_name, post
from kg.normalise.pattern import pattern
from kg.normalise.person_name import is_chinese
from kg.office import UNIT, Page, Post, in_body, share_agency

LIST = pattern(r"、|以及|[和与及]")  # 边峰、侯晓滨和王晓嫚
COUNTED = pattern(r"等?[0-9两二三四五六七八九十多数几]+[位名]|等")  # 张三、李四等多位国手
HAN_GAP = pattern(r"[一-鿿“”（）]{0,20}")
APPOSED = pattern(  # 周岚，某局局长; 周岚如今是某局局长
    r"[ 　]*[，,（(：:—]{0,2}[ 　]*(?:(?:如今|现在|目前|均|都)?(?:是|为|系))?(?:时任|现任|原)?"
)
COPULA = pattern(r"(?:如今|现在|目前|均|都)?[是为系]")  # 甲、乙|为副局长
NAMED_SO = pattern(r"[，。；、）)\n]|$")  # 局长为甲|，but not 局长为甲|颁奖
POST_OF = pattern(r"的(?=[^，。；\n]{2,30}?(一职|职务))")  # 甲|的某局局长职务
PROMOTED = pattern(r"[升转调改]$")  # 由副局长升|任局长
OFFICE = pattern(
    r"(?:担任|被免去|出任|就任|接任|当选为?|当上了?|被任命为|任命[一-鿿·]{2,8}为|兼任|受聘为?|聘(?:任|请)?为|选为|晋升为|提拔为|卸[下去任]|辞去|任(?<=[一-鿿]任)(?<![担再]任))"
)
NO_OFFICE = pattern(r"任[务何职期意性命教用由]|责任|信任|主任|拟任|时任|原任|离任|上任|历任|胜任|委任")
CAREER = pattern(r"(?:先后|历|曾|此前|早年)(?:担任|出任|任)(?:的?职务)?(?:有|包括)?：?|[当做]过")
CAREER_END = pattern(r"等职|[。\n]|等[^，。；、]{0,4}(?:职务|岗位)")
TOGETHER = pattern(r"[、和][^，。；：、任为\n]{0,14}")  # 甲|、副市长|乙任副组长
AND_OTHERS = pattern(r"(?:等[^，。；：、]{0,8})?")
STOP = pattern(r"[，。；：！？、\n的期（）(]|一职|职务|$")
PRONOUNS = frozenset("他她")
COPULAS = ("是", "为", "系")
HE_IS = pattern(  # 这次任命之前，|他是|某市副市长; 甲来自某部，|此前是|某司司长
    r"(?<![一-鿿])(?:(?:此前|如今|现在|目前|当时|那时)?[他她](?:现在|如今|目前|当时|那时|还|也|此前)*(?:是|现任|时任)|(?<=，)(?:此前|如今|原来|曾)是)"
)
NOT_HE = pattern(r"由|[他她](?:介绍|表示|认为|告诉|[说称讲])")  # 他说，|曾任局长的人很多
PLACE = 12
"""How long the name of a region between 的 and a mayor may be."""
LIKELY = 10
"""How likely a name is that opens a clause before a word of taking office."""
OTHER = frozenset("、，；：任")  # between an office and its first title: what follows is another's
LIST_STOP = pattern(r"[，。；：！？\n的期（）(]|等?职务|$")  # what ends a list of offices
SET_OFF = pattern(r"[ 　，,]+")  # what follows a comma may be the posts of the next person
CLOSE = pattern(r"[，。；）)\n]|$")
ITEM = pattern(r"[、，。；）)\n]|$")
MORE = pattern(r"、|，(?:同时)?(?:也是|兼任?|并任)")  # 现任某局局长、|党组书记，|同时也是|市长


def _relation(page: Page, person: Mention, one: Post, reach: tuple[int, int], rule: str) -> Relation:
    evidence = Span(*reach, page.text[slice(*reach)])
    return Relation("holdsPost", person, one.agency, one.label, evidence, rule)


def _before(page: Page, person: Mention) -> list[Post]:
    """The posts right before a name, spaces and 分别是 aside."""
    start = person.span.start
    while start and page.text[start - 1] in " 　：:":
        start -= 1
    if start in page.in_turn:
        start = page.in_turn[start]
    elif page.text[start - 1 : start] in COPULAS and NAMED_SO.match(page.text, person.span.end):
        start -= 1
    posts = share_agency(page, page.posts_before(start))
    # in a headline a space may end what is said: 任免一批国家工作人员 单忠德任副部长
    apart = start < person.span.start <= page.title_end
    return [one for one in posts if not (apart and one.title.kind == "role")]


def _after(page: Page, person: Mention) -> Iterator[Post]:
    """王毅国务委员; 周岚，某市某局局长，; 免去周岚的某局局长职务."""
    end = person.span.end
    if page.text[end : end + 1] == "的":
        of = POST_OF.match(page.text, end)
        posts = share_agency(page, page.posts_before(of.start(1))) if of else []
        start = posts[0].start if posts else 0
        if start == end + 1 or (start in page.regions and start < end + PLACE):  # not 周岚的父亲担任某局局长职务
            yield from posts
        return
    direct = post.starting_at(page.text, end)
    if direct and direct.after and direct.is_post:
        one = Post(direct, direct.name, person.span.start, None)
        yield one._replace(agency=page.body_meant(one))
        return
    link = APPOSED.match(page.text, end)
    at = link.end() if link and link.group() else None
    close = CLOSE if link and SET_OFF.fullmatch(link.group()) else ITEM
    while at is not None and (found := _apposed(page, person, at, close)):
        one, stop = found
        yield one
        more = MORE.match(page.text, stop)
        at = more.end() if more else None


def _apposed(page: Page, person: Mention, at: int, close: re.Pattern[str]) -> tuple[Post, int] | None:
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
                one = Post(title, title.name, person.span.start if agency else begin, agency)
                return one if agency else in_body(page, one), stop
    return None


def _in_office(page: Page) -> Iterator[Relation]:
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
        posts, stop = _taken(page, match.end(), stop)
        posts += _left(page, match.start()) if posts else []
        for holder in _holders(page, match, stop) if posts else ():
            start, end = min(holder.span.start, match.start()), max(holder.span.end, stop)
            named = holder.span.start - 1
            body = page.by_end.get(named) if named >= 0 and text[named] == "由" else None
            for one in posts:
                held = one._replace(agency=body) if body and not one.agency else one  # 某局|由甲任局长
                yield _relation(page, holder, held, (min(start, one.start), end), "holds_post.office")


def _by_pronoun(page: Page) -> Iterator[Relation]:
    """这次任命之前，他是重庆市人民政府副市长、重庆市公安局局长。"""
    for match in HE_IS.finditer(page.text):
        holder = _he(page, match.start())
        at: int | None = match.end()
        while holder and at is not None and (found := _apposed(page, holder, at, ITEM)):
            one, stop = found
            yield _relation(page, holder, one, (holder.span.start, stop), "holds_post.pronoun")
            more = MORE.match(page.text, stop)
            at = more.end() if more else None


def _he(page: Page, at: int) -> Mention | None:
    """Whom a pronoun means: the last person named before in the paragraph."""
    return page.last_person(page.text.rfind("\n", 0, at) + 1, at)


def _left(page: Page, office: int) -> list[Post]:
    """The posts that somebody rises from: 由|副局长升任局长."""
    promoted = PROMOTED.search(page.text, max(0, office - 1), office)
    if promoted is None:
        return []
    by = max(page.text.rfind(mark, max(0, office - 30), office) for mark in "由从")
    if by < 0 or not OTHER.isdisjoint(page.text[by:office].replace("、", "")):
        return []
    return [one for one in share_agency(page, page.posts_before(promoted.start())) if one.start > by]


def _taken(page: Page, start: int, stop: int) -> tuple[list[Post], int]:
    """The posts that an office from `start` to the mark at `stop` is, and where they end: several if a list of titles
    goes on there, 任|市委副书记、市长."""
    if stop - start >= 30:
        return [], stop
    if page.text[stop : stop + 1] == "、":
        rest = LIST_STOP.search(page.text, stop)
        end = rest.start() if rest else len(page.text)
        posts = share_agency(page, page.posts_before(end))
        if posts and posts[0].start >= start and OTHER.isdisjoint(page.text[start : posts[0].start]):
            return posts, end
    quoted = _quoted(page, start, stop)
    posts = [quoted] if quoted else share_agency(page, page.posts_before(stop)[:1])
    return [one for one in posts if stop - len(one.title.name) >= start], stop


def _career(page: Page) -> Iterator[Relation]:
    """先后担任某镇党委书记，某市委常委、副市长等职务: all posts of the list."""
    text = page.text
    for match in CAREER.finditer(text):
        close = CAREER_END.search(text, match.end())
        end = close.start() if close else len(text)
        pronoun = not PRONOUNS.isdisjoint(text[page.sentence_start(match.start()) : match.start()])
        holder = _holder(page, match, end) or (page.last_person(0, match.start()) if pronoun else None)
        stops = [at for at in range(match.end(), end) if text[at] in "，；"]
        for start, stop in pairwise((match.end(), *stops, end)) if holder else ():
            if page.first_person(start, stop):
                break  # 曾任某局局长，|乙任副局长
            for one in share_agency(page, page.posts_before(stop)):
                if holder and one.start >= match.end():
                    yield _relation(page, holder, one, (min(holder.span.start, one.start), stop), "holds_post.career")


def _held_by(page: Page, office: re.Match[str]) -> Iterator[Relation]:
    """总林长由省委书记王芳担任; 甲不再担任某局局长，由乙接任: the post is in front of 由, the holder behind it."""
    start = max(page.text.rfind(mark, 0, office.start()) for mark in "。；，\n") + 1
    by = page.text.find("由", start, office.start())
    one = page.post_before(by - (by == start and page.text[by - 1] == "，")) if by > 0 else None
    one = in_body(page, one) if one and not one.agency else one
    holder = next((p for p in page.persons if p.span.end == office.start() and p.span.start > by), None)
    if one and holder:
        yield _relation(page, holder, one, (one.start, office.end()), "holds_post.held-by")


def _quoted(page: Page, start: int, stop: int) -> Post | None:
    """A post in quotation marks at the end: 被聘为首批“热线观察员”."""
    opened = page.text.find("“", start, stop)
    title = post.ending_at(page.text, stop - 1) if opened >= 0 and page.text[stop - 1] == "”" else None
    return Post(title, page.text[opened + 1 : stop - 1], opened + 1, None) if title and title.is_post else None


def _holders(page: Page, office: re.Match[str], stop: int) -> Iterator[Mention]:
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


def _holder(page: Page, office: re.Match[str], stop: int) -> Mention | None:
    """Who takes the office: named inside (任命张三为), before, or after 的 (曾任经理的李四), or anywhere near."""
    text = page.text
    begin = page.sentence_start(office.start())
    close, comma = _next(text, "。！？\n", stop), _next(text, "。！？\n，；", stop)
    inside = page.first_person(office.start(), office.end())
    earlier = page.last_person(begin, office.start())
    later = page.first_person(stop, close)
    of = page.first_person(stop, comma) if text[stop : stop + 1] == "的" else None
    if of and not (earlier and earlier.span.end >= office.start() - 2):  # 由甲任组长的乙组
        return of
    if not inside and earlier and _has_subject(text, earlier.span.end, office.start()):
        return None
    he = max(text.rfind(pronoun, begin, office.start()) for pronoun in PRONOUNS)
    if not (inside or earlier) and he >= 0 and not NOT_HE.search(text, he, office.start()):
        earlier = _he(page, begin)
    return inside or earlier or later


def _has_subject(text: str, start: int, end: int) -> bool:
    """Whether the words before an office open a clause with a subject of their own, so that the person named before is
    not meant: 甲升任主任，|吴建平|转任; 甲担任总河长，|各副市长|担任."""
    before = text[start:end].rstrip("转升改调接出兼担")
    clause = before[max(before.rfind("，"), before.rfind("；")) + 1 :]
    if clause == before or clause.startswith(("由", "以")):
        return False
    if post.ending_at(clause, len(clause)):
        return True
    return 1 < len(clause) < 4 and all(map(is_chinese, clause)) and person_name.score(clause) >= LIKELY


def _next(text: str, marks: str, start: int) -> int:
    return min((at for mark in marks if (at := text.find(mark, start)) >= 0), default=len(text))


def _runs(page: Page) -> Iterator[list[Mention]]:
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
    page = Page(document, mentions, topic)
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
                one = Post(shared, shared.name, start, None)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.count")
        together = COPULA.match(page.text, end) is not None
        for person in run:
            for one in _after(page, run[-1] if together else person):
                stop = page.text.index(one.title.name, person.span.end) + len(one.title.name)
                yield _relation(page, person, one, (person.span.start, stop), "holds_post.after")
    if page.persons:
        yield from _in_office(page)
        yield from _career(page)
        yield from _by_pronoun(page)
