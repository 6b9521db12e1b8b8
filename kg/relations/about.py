"""Indicator about entity (what a number speaks of) and asOf time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg import catalogue
from kg.context import Scene, Sentence, outermost, pointed
from kg.model import Mention, Quantity, Relation, Topic
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation

CLAUSE = pattern(r"[，；：。！？—]|“(?=[^”]*[，；：。])|(?<=[^ -~]) (?=[^ -~])")  # a headline is parted by spaces
LINKS = pattern(  # what may stand before the subject of a clause beside times
    r"(?:目前|如今|眼下|截至目前|当前|其中|同时|另外|此外|而|仅|据悉|据了解|据统计|近年来|今年以来|至此|最终|随后|也|还|即|"
    r"以来|前|底|共|自|到|截至|截止|[、，：“《（]|——)*(?P<place>在)?"
)
NOT_OF_REGION = pattern(  # 合肥某某有限公司, 三明农商行, 南京市民
    r"[^，。；：、的有共设]{0,8}?(?:公司|集团|大学|学院|医院|银行|商行|法院|学校|小学|中学|协会|居民|市民|村民|记者|籍|姑娘)|人(?!口)"
)
_SPEAKS = alternation(row["verb"] for row in catalogue.lexicon("speech_verbs") if row["kind"] == "speech")
SPEECH = pattern(rf"[：等]|[^，。；：]{{0,12}}?(?:{_SPEAKS}|统计|显示|数据|获悉|了解到)")
BESIDE = pattern("[“”的]")  # what may stand between a number and the name it counts
AMONG = pattern(r"其中|包括|分别")
OPENING = 3
TITLE_LENGTH = 12
"""How far behind a body's name the name of its member may stand: 局党组副书记、副局长 between them."""
TOPIC = "about.topic"
LARGE = 5
"""From here on a number of the title that comes again in the body is taken for the same one."""
HEADS = pattern(r"平台|系统|热线|窗口|大厅|专区|程序|驿站|专席")  # 热线 alone: the hotline spoken of before
ARTICLES = frozenset(("条", "章", "款", "编", "节"))
OF_DOCUMENT = pattern(r"全文|共|全篇|条款|规定|办法|条例|法规")
WHOLE_TEXT = pattern("全文|全篇|通篇")
TERRITORIAL = pattern(  # what only a territory has
    r"生产总值|GDP|人口|面积|森林覆盖率|(?:预算|财政|税收)收入|固定资产投资|进出口|外资|内资|(?:市场|商事|经营)主体|亩均税收"
)
OFFICE = pattern("(?:审批局|中心|大厅)$")  # a body with counters: its windows and matters are what is counted
ZONE = pattern(  # 2019年，|示范区|面积…, not 示范区管委会
    r"(?:目前|如今|截至目前|今年以来|[年月底前后日0-9])*(?:一体化)?"
    r"(示范区|试验区|先行区|合作区|新区|开发区|高新区|都市圈|城市群|经济圈|走廊|大湾区)(?![^，。；：的]{0,6}?(?:委会|理事会|大厅|中心|管理|执行|党))"
)
LISTED = pattern("”?(?:、[^，。；：的]{1,30}?)?等(?!于)")  # “好办”|、“快办”等7项服务
ITSELF = pattern(r"它|其(?!中|他|余|它)|该")


class _Said(NamedTuple):
    """What the text has spoken of before a number."""

    current: Mention | None
    """The paragraph's last reform or service."""
    document: Mention | None
    heads: dict[str, Mention]
    """热线, 平台 -> the last thing whose name ends so."""


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What each number is about and when it held; the same number in title and body is about one thing: the first that
    is more than the topic."""
    title_end = len(scene.document.article.title)
    told = list(_told(scene, topic))
    same: dict[object, list[Relation]] = {}
    for relation in told:
        if amount := _large(relation):
            same.setdefault(amount, []).append(relation)
    for relation in told:
        group = same.get(_large(relation), ())
        if len(group) > 1 and group[0].subject.span.end <= title_end:
            chosen = next((one for one in group if one.rule != TOPIC), group[0])
            yield replace(relation, object=chosen.object)
        else:
            yield relation


def _large(relation: Relation) -> tuple[object, str] | None:
    """Value and unit of a number that is told to be about something and is hardly twice the same by chance."""
    amount = relation.subject.value
    if relation.predicate != "about" or not isinstance(amount, Quantity) or amount.value < LARGE:
        return None
    return amount.value, amount.unit


def _told(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The reform or service right behind the number, else the subject of its clause, of the clauses before it, of the
    paragraph, else the article's main reform or service, or the home region or the agency of its title."""
    whole = _whole(scene, topic)
    current: Mention | None = None
    document: Mention | None = None
    heads: dict[str, Mention] = {}
    paragraph = -1
    for sentence in scene.telling:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            current = None
        documents = sentence.documents
        initiatives = outermost(sentence.untitled(sentence.initiatives))
        if indicators := sentence.indicators:
            cut = _cut(sentence, documents, indicators[-1].span.start)
            clauses = _Clauses(scene, sentence, topic, initiatives, cut)
            said = _Said(current, document, heads)
            last: Mention | None = None
            for indicator in indicators:
                found, rule = _subject(clauses, indicator, said, last)
                if found is None:
                    found, rule = whole, TOPIC
                if found:
                    last = found
                    yield Relation("about", indicator, found, "", sentence.span, rule)
                time = _time(sentence, indicator)
                if time:
                    yield Relation("asOf", indicator, time, "", sentence.stretch(indicator, time), "about.as-of")
        if initiatives:
            current = _current(sentence, initiatives, topic)
            for initiative in initiatives:
                heads[str(initiative.value)[-2:]] = initiative
        document = documents[-1] if documents else document


def _headline(scene: Scene, mention: Mention | None) -> Mention | None:
    """A mention that stands in the title, or in a text without one."""
    title_end = len(scene.document.article.title)
    return mention if mention and (not title_end or mention.span.start < title_end) else None


def _whole(scene: Scene, topic: Topic) -> Mention | None:
    """What an article as a whole is about: its main reform or service, but the zone or group of its title rather than
    a reform that only the body names (长三角示范区五年…), else the home region or the agency of its title."""
    if topic.initiative is None:
        return _headline(scene, scene.home(topic)) or _headline(scene, topic.agency)
    zones = scene.headed_zones()
    return _headline(scene, topic.initiative) or (zones[0] if len(zones) == 1 else topic.initiative)


def _current(sentence: Sentence, initiatives: Sequence[Mention], topic: Topic) -> Mention:
    """What a paragraph goes on to speak of after a sentence: the article's main reform or service if the sentence
    names it, else the one that it begins with, else its last."""
    main = topic.initiative
    if main and (named := next((m for m in initiatives if m.value == main.value), None)):
        return named
    opens = initiatives[0].span.start - sentence.span.start < OPENING
    return initiatives[0 if opens else -1]


class _Clause(NamedTuple):
    start: int
    end: int


class _Clauses(NamedTuple):
    """A sentence in clauses: cut at commas and stops outside titles."""

    scene: Scene
    sentence: Sentence
    topic: Topic
    initiatives: Sequence[Mention]
    clauses: list[_Clause]

    def named(self, clause: _Clause) -> list[Mention]:
        """The reforms and services of a clause; one listed as an example (“好办”、“快办”等7项服务) is not counted."""
        text, offset = self.sentence.span.quote, self.sentence.span.start
        found = [m for m in self.initiatives if clause.start <= m.span.start < clause.end]
        return [m for m in found if not LISTED.match(text, m.span.end - offset)]

    def words(self, clause: _Clause) -> str:
        """The words of a clause."""
        offset = self.sentence.span.start
        return self.sentence.span.quote[clause.start - offset : clause.end - offset]

    def told(self, clause: _Clause) -> Mention | None:
        """What the numbers of a clause's document are about: the reform or service in its title, else the article's
        main one (《方案》提出，到2025年建成80个站点 counts what the reform builds), else the document."""
        document = None
        for each in self.sentence.documents:
            if clause.start <= each.span.start < clause.end:
                document = each
        if document is None:
            return None
        inside = next((m for m in self.sentence.initiatives if document.span.covers(m.span)), None)
        return inside or self.topic.initiative or document

    def subject(self, clause: _Clause) -> Mention | None:
        """What a clause begins with, times and connecting words aside: a region, agency, document or person, or the
        zone or body that 示范区 or 该局 means."""
        return self._named_first(clause) or self._meant(clause)

    def _meant(self, clause: _Clause) -> Mention | None:
        """The zone or body named before that a clause begins with again by its last words: 示范区面积…, 该局把…."""
        text = self.words(clause)
        if (zone := ZONE.match(text)) is not None:
            return self._zone(zone.group(1), clause.end)
        if text[:1] in "该我" and (body := pointed(self.scene, self.topic, text[:4], clause.start)):
            return body[0]
        return None

    def _zone(self, noun: str, end: int) -> Mention | None:
        """The last zone named before an offset whose name ends so; the first one behind it if there is none."""
        zones = [m for m in self.scene.of("region") if str(m.value).endswith(noun) and m in self.topic.regions]
        return next((m for m in reversed(zones) if m.span.start < end), zones[0] if zones else None)

    def _named_first(self, clause: _Clause) -> Mention | None:
        """The region, agency, document or person that a clause begins with."""
        text, offset = self.sentence.span.quote, self.sentence.span.start
        at = clause.start
        for mention in self.sentence.mentions:
            start = mention.span.start
            if start < at:
                continue
            if start >= clause.end:
                return None
            links = LINKS.fullmatch(text, at - offset, start - offset)
            if links is None:
                return None
            if mention.kind == "time":
                at = mention.span.end
                continue
            if mention.kind == "agency" and self._of_person(mention, clause):
                return None
            behind = text[mention.span.end - offset : clause.end - offset]
            return mention if self._acts(mention, behind, placed=links.group("place") is not None) else None
        return None

    def _of_person(self, agency: Mention, clause: _Clause) -> bool:
        """Whether an agency is named only to say who a person is: 南川市民政局局长陈某."""
        end = agency.span.end
        last = min(clause.end, end + TITLE_LENGTH)
        return any(m.kind == "person" and end <= m.span.start < last for m in self.sentence.mentions)

    def _acts(self, mention: Mention, behind: str, *, placed: bool) -> bool:
        """Whether a mention that begins a clause is what the clause speaks of, rather than who tells it or where."""
        if mention.kind == "region":  # 在广东，… but not 在广东的12个镇
            return (
                not (placed and len(behind) > 1) and mention in self.topic.regions and not NOT_OF_REGION.match(behind)
            )
        if mention.kind == "person":
            return self.topic.initiative is None and not SPEECH.match(behind)
        return mention.kind == "legislation" or (mention.kind == "agency" and not SPEECH.match(behind))


def _cut(sentence: Sentence, documents: Sequence[Mention], end: int) -> list[_Clause]:
    """The clauses of a sentence up to the one that holds an offset."""
    text, offset = sentence.span.quote, sentence.span.start
    found = []
    start = offset
    for match in CLAUSE.finditer(text):
        cut = match.end() + offset
        if documents and any(d.span.start < cut <= d.span.end for d in documents):
            continue
        found.append(_Clause(start, cut))
        start = cut
        if cut > end:
            return found
    return [*found, _Clause(start, sentence.span.end)]


def _subject(clauses: _Clauses, indicator: Mention, said: _Said, last: Mention | None) -> tuple[Mention | None, str]:
    """What a number is about, and the rule that says so; `last`: what the one before it in the sentence is about."""
    sentence, initiatives = clauses.sentence, clauses.initiatives
    start, end = indicator.span.start, indicator.span.end
    for initiative in initiatives:
        gap = initiative.span.start - end
        if gap == 0 or (gap == 1 and BESIDE.match(sentence.span.quote, end - sentence.span.start)):  # 104项“好办”
            return initiative, "about.behind"
    *earlier, here = [c for c in clauses.clauses if c.start <= start]
    ahead = sentence.span.quote[here.start - sentence.span.start : start - sentence.span.start]
    inside = clauses.named(here)
    for initiative in reversed(inside):
        if initiative.span.end <= start:
            return initiative, "about.clause"
    if last and AMONG.match(ahead):
        return last, "about.among"
    subject = clauses.subject(here)
    if document := _counted_document(clauses, indicator, ahead, subject, said):
        return document, "about.articles"
    if inside and not (subject and subject.kind == "legislation"):
        return inside[0], "about.clause"
    if subject and not (subject.kind == "region" and _gives_way(clauses, ahead, earlier, said)):
        return subject, "about.subject"
    for noun in HEADS.findall(ahead) if said.heads else ():
        if noun in said.heads:
            return said.heads[noun], "about.head"
    before = _before(clauses, earlier, ahead, said) if earlier else (None, "")
    if before[0]:
        return before
    if said.current:
        return said.current, "about.carried"
    later = next((m for m in initiatives if m.span.start > start), None)
    return later, "about.later"


def _gives_way(clauses: _Clauses, ahead: str, earlier: Sequence[_Clause], said: _Said) -> bool:
    """Whether a region that a clause begins with is only where the reform goes on that its paragraph speaks of:
    …河长制…。全市配齐河长18名, but not 全市生产总值."""
    if TERRITORIAL.search(ahead):
        return False
    return said.current is not None or any(clauses.named(clause) for clause in earlier)


def _counted_document(
    clauses: _Clauses, indicator: Mention, ahead: str, subject: Mention | None, said: _Said
) -> Mention | None:
    """The document whose parts a number counts: 《办法》共62条, 全文分9个部分; `ahead`: its clause up to the number."""
    documents = clauses.sentence.documents
    spoken = documents[-1] if documents else said.document
    if spoken is None or not isinstance(indicator.value, Quantity):
        return None
    of_document = subject is spoken or OF_DOCUMENT.search(ahead) or (documents and "提出" in ahead)
    if indicator.value.unit in ARTICLES and of_document:
        return spoken
    return spoken if WHOLE_TEXT.match(ahead) else None


def _before(clauses: _Clauses, earlier: Sequence[_Clause], ahead: str, said: _Said) -> tuple[Mention | None, str]:
    """What the clauses before speak of, the nearest first; `ahead`: the number's clause up to it. A region holds its
    ground where the number or its own clause speaks of what only a territory has (全市人口950万人，增长2%)."""
    own = ITSELF.match(ahead) is not None  # the clause goes on with 它 or 其
    place: Mention | None = None
    for clause in reversed(earlier):
        if named := clauses.named(clause):
            return named[0 if own else -1], "about.clause-before"
        if told := clauses.told(clause):
            return told, "about.document"
        subject = clauses.subject(clause)
        if subject and subject.kind == "region":
            if TERRITORIAL.search(clauses.words(clause)):
                return subject, "about.subject-before"
            place = place or subject
        elif subject and (subject.kind != "agency" or OFFICE.search(subject.span.quote)):
            return subject, "about.subject-before"
    if said.current and not TERRITORIAL.search(ahead):
        return None, ""
    return place, "about.subject-before"


def _time(sentence: Sentence, indicator: Mention) -> Mention | None:
    """The last time before a number."""
    start = indicator.span.start
    return next((t for t in reversed(sentence.times) if t.span.start < start), None)
