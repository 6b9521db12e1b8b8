"""A sentence in clauses, and what each of them speaks of: what it names, begins with or points back to."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from kg import catalogue
from kg.context import Scene, Sentence, pointed
from kg.model import Mention, Topic
from kg.normalise.pattern import pattern
from kg.normalise.wordlist import alternation

MARK = pattern(r"[，；：。！？—]|“(?=[^”]*[，；：。])|(?<=[^ -~]) (?=[^ -~])")  # a headline is parted by spaces
LINKS = pattern(  # what may stand before the subject of a clause beside times
    r"(?:目前|如今|眼下|截至目前|当前|其中|同时|另外|此外|而|仅|据悉|据了解|据统计|近年来|今年以来|至此|最终|随后|也|还|即|"
    r"以来|前|底|共|自|到|截至|截止|[、，：“《（]|——)*(?P<place>在)?"
)
NOT_OF_REGION = pattern(  # 合肥某某有限公司, 三明农商行, 南京市民, but not 南京户籍人口
    r"[^，。；：、的有共设]{0,8}?(?:公司|集团|大学|学院|医院|银行|商行|法院|学校|小学|中学|协会|居民|市民|村民|记者|(?<!户)籍|姑娘)|人(?!口)"
)
_SPEAKS = alternation(row["verb"] for row in catalogue.lexicon("speech_verbs") if row["kind"] == "speech")
SPEECH = pattern(rf"[：等]|[^，。；：]{{0,12}}?(?:{_SPEAKS}|统计|显示|数据|获悉|了解到)")
PART = "片区"
"""What part of a trade zone a region's name before it says: 南京|片区 of 江苏自贸试验区."""
TITLE_LENGTH = 12
"""How far behind a body's name the name of its member may stand: 局党组副书记、副局长 between them."""
LISTED = pattern("”?(?:、[^，。；：的]{1,30}?)?等(?!于)")  # “好办”|、“快办”等7项服务
HELD = pattern("[”’]?(?:正式|联合|共同|隆重)?(?:举行|召开|举办|开幕|开庭)")  # 在服务大厅|举行
MEANS = pattern(  # 依托|全国统一的平台, 扫|“随申码”
    r"(?:依托|依靠|通过|利用|借助|运用|使用|结合|按照|依照|根据|参照|对照|遵照|围绕|登录|打开|下载|扫描?|对接|凭借?|经由?|具备|"
    r"[并能可]用)(?:全[市省国区]|统一|的)*“?$"
)
_NO_SPEAKER = r"(?!主任|[^，。；：]{0,3}(?:负责人|人员|主任))"
_OF_ZONE = r"(?![^，。；：的]{0,6}?(?:委会|理事会|大厅|中心|管理|执行|党))"
MEANT = pattern(  # 2019年|示范区面积…, 该平台累计…, 辖区企业…, 该局把…
    rf"{LINKS.pattern}[年月底前后日0-9]*(?:一体化)?(?:"
    rf"(?P<zone>示范区|试验区|先行区|合作区|新区|开发区|高新区|片区|自贸区|都市圈|城市群|经济圈|走廊|大湾区){_OF_ZONE}"
    r"|(?P<home>[省市区县州]内|区域内|辖区内?|境内|该[省市区县州旗])"
    r"|(?:该|这[一个项条套]*|此|本|新)?"
    rf"(?P<thing>平台|系统|热线|窗口|大厅|专区|小?程序|驿站|专席|中心|审批局|门户|专窗){_NO_SPEAKER}"
    r"|(?P<body>[该我].))"
)


class Clause(NamedTuple):
    start: int
    end: int


class Clauses(NamedTuple):
    """A sentence in clauses: cut at commas and stops outside titles."""

    scene: Scene
    sentence: Sentence
    topic: Topic
    initiatives: Sequence[Mention]
    """Its reforms and services, those in titles aside."""
    told: Sequence[Mention]
    """Those of them that are more than a means: not 依托|“南川通”."""
    heads: Mapping[str, Mention]
    """热线, 平台, 该局 -> the last thing named before whose name ends so."""
    clauses: Sequence[Clause]
    starts: Sequence[int]
    """Where the sentence's mentions begin."""

    def named(self, clause: Clause, initiatives: Sequence[Mention]) -> list[Mention]:
        """Those of some reforms and services that a clause speaks of."""
        return [m for m in initiatives if clause.start <= m.span.start < clause.end and not self._aside(m)]

    def _aside(self, mention: Mention) -> bool:
        """Whether a mention is but an example (“好办”、“快办”等7项服务) or a place (在服务大厅举行)."""
        text, end = self.sentence.span.quote, mention.span.end - self.sentence.span.start
        if LISTED.match(text, end):
            return True
        return HELD.match(text, end) is not None and "在" in self.sentence.before(mention, 10)

    def words(self, clause: Clause) -> str:
        """The words of a clause."""
        offset = self.sentence.span.start
        return self.sentence.span.quote[clause.start - offset : clause.end - offset]

    def document(self, clause: Clause) -> Mention | None:
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

    def subject(self, clause: Clause) -> Mention | None:
        """What a clause begins with, times and connecting words aside: a region, agency, document or person, or what
        示范区, 该平台 or 该局 means."""
        return self._named_first(clause) or self._meant(clause)

    def _meant(self, clause: Clause) -> Mention | None:
        """What was named before and a clause begins with again by its last words (示范区面积…, 该平台累计…, 该局把…),
        or the home region, if it begins with 省内 or 该市."""
        words = self.words(clause)
        meant = MEANT.match(words)
        if meant is None:
            return None
        if meant["zone"]:
            return self._zone(meant["zone"], clause.end)
        if meant["home"]:
            return self.scene.home(self.topic)
        if meant["thing"]:
            return self.heads.get(meant["thing"][-2:])
        founded = self.heads.get(meant["body"])
        body = None if founded else pointed(self.scene, self.topic, words[meant.start("body") :][:4], clause.start)
        return body[0] if body else founded

    def _zone(self, noun: str, end: int) -> Mention | None:
        """The last zone named before an offset whose name ends so; the first one behind it if there is none."""
        zones = [m for m in self.scene.of("region") if str(m.value).endswith(noun) and m in self.topic.regions]
        return next((m for m in reversed(zones) if m.span.start < end), zones[0] if zones else None)

    def _named_first(self, clause: Clause) -> Mention | None:
        """The region, agency, document or person that a clause begins with."""
        text, offset = self.sentence.span.quote, self.sentence.span.start
        at = clause.start
        mentions = self.sentence.mentions
        for mention in islice(mentions, bisect_left(self.starts, at), None):
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
            if not self._acts(mention, behind, placed=links.group("place") is not None):
                return None
            return (self._zone(PART, clause.end) if behind.startswith(PART) else None) or mention
        return None

    def _of_person(self, agency: Mention, clause: Clause) -> bool:
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


def cut(sentence: Sentence, end: int) -> list[Clause]:
    """The clauses of a sentence up to the one that holds an offset."""
    text, offset = sentence.span.quote, sentence.span.start
    found = []
    start = offset
    for match in MARK.finditer(text):
        after = match.end() + offset
        if any(d.span.start < after <= d.span.end for d in sentence.documents):
            continue
        found.append(Clause(start, after))
        start = after
        if after > end:
            return found
    return [*found, Clause(start, sentence.span.end)]


def spoken(sentence: Sentence, initiatives: Sequence[Mention]) -> Sequence[Mention]:
    """Those of a sentence's reforms and services that are more than a means: not 依托|“南川通”."""
    return [m for m in initiatives if not MEANS.search(sentence.before(m, 8))] if initiatives else ()
