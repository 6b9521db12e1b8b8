"""Indicator about entity (what a number speaks of) and asOf time."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg import catalogue
from kg.context import INITIATIVE, Scene, Sentence
from kg.model import Mention, Quantity, Relation, Topic
from kg.normalise.wordlist import alternation

CLAUSE = re.compile(r"[，；：。！？—]|“(?=[^”]*[，；：。])")
LINKS = re.compile(  # what may stand before the subject of a clause beside times
    r"(?:目前|如今|眼下|截至目前|当前|其中|同时|另外|此外|而|仅|据悉|据了解|据统计|近年来|今年以来|至此|最终|随后|也|还|即|"
    r"以来|前|底|共|自|到|截至|截止|[、，：“《（]|——)*(?P<place>在)?"
)
NOT_OF_REGION = re.compile(  # 合肥某某有限公司, 三明农商行, 南京市民
    r"[^，。；：、的]{0,8}?(?:公司|集团|大学|学院|医院|银行|商行|法院|学校|小学|中学|协会|居民|市民|村民|记者|籍|姑娘)|人(?!口)"
)
_SPEAKS = alternation(row["verb"] for row in catalogue.lexicon("speech_verbs") if row["kind"] == "speech")
SPEECH = re.compile(rf"[：等]|[^，。；：]{{0,12}}?(?:{_SPEAKS}|统计|显示|数据|获悉|了解到)")
AMONG = re.compile(r"其中|包括|分别")
OPENING = 3
HEADS = re.compile(r"平台|系统|热线|窗口|大厅|专区|程序|驿站|专席")  # 热线 alone: the hotline spoken of before
ARTICLES = frozenset(("条", "章", "款", "编", "节"))
OF_DOCUMENT = re.compile(r"全文|共|全篇|条款|规定|办法|条例|法规")
ITSELF = re.compile(r"它|其(?!中|他|余|它)|该")


class _Clause(NamedTuple):
    start: int
    end: int
    initiatives: list[Mention]
    documents: list[Mention]
    """Those that it names, or the reforms and services that their titles name."""
    subject: Mention | None
    """The region, agency, document or person that it begins with."""


class _Said(NamedTuple):
    """What the text has spoken of before a number."""

    current: Mention | None
    """The paragraph's last reform or service."""
    document: Mention | None
    last: Mention | None
    """What the number before it in the sentence is about."""
    heads: dict[str, Mention]
    """热线, 平台 -> the last thing whose name ends so."""


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """The reform or service right behind the number, else the subject of its clause, of the clauses before it, of the
    paragraph, else the article's main reform or service, its home region or its agency."""
    home = next(
        (m for m in scene.mentions if m.kind == "region" and topic.home and topic.regions.get(m) == topic.home),
        None,
    )
    text = scene.document.article.text
    current: Mention | None = None
    document: Mention | None = None
    heads: dict[str, Mention] = {}
    line_end = -1
    for sentence in scene.sentences:
        if sentence.span.start > line_end:
            line_end = text.find("\n", sentence.span.start)
            line_end = len(text) if line_end < 0 else line_end
            current = None
        indicators = sentence.of("indicator")
        initiatives = _untitled(sentence, INITIATIVE)
        if indicators:
            clauses = _clauses(sentence, topic, initiatives)
            said = _Said(current, document, None, heads)
            for indicator in indicators:
                found, rule = _subject(sentence, indicator, clauses, said)
                if found is None:
                    found, rule = topic.initiative or home or topic.agency, "about.topic"
                if found:
                    said = said._replace(last=found)
                    yield Relation("about", indicator, found, "", sentence.span, rule)
                time = _time(sentence, indicator)
                if time:
                    yield Relation("asOf", indicator, time, "", sentence.stretch(indicator, time), "about.as-of")
        if initiatives:
            opens = initiatives[0].span.start - sentence.span.start < OPENING
            current = initiatives[0 if opens else -1]
            for initiative in initiatives:
                heads[str(initiative.value)[-2:]] = initiative
        document = next(reversed(sentence.of("legislation")), document)


def _untitled(sentence: Sentence, kinds: Sequence[str]) -> list[Mention]:
    """Mentions that are no part of a document's title."""
    documents = sentence.of("legislation")
    return [m for m in sentence.of(*kinds) if not any(d.span.covers(m.span) for d in documents)]


def _clauses(sentence: Sentence, topic: Topic, initiatives: Sequence[Mention]) -> list[_Clause]:
    text, offset = sentence.span.quote, sentence.span.start
    titles = [d.span for d in sentence.of("legislation")]
    cuts = [
        m.end() + offset
        for m in CLAUSE.finditer(text)
        if not any(s.start <= m.start() + offset < s.end for s in titles)
    ]
    found = []
    start = offset
    for end in (*cuts, sentence.span.end):
        if end > start:
            inside = [m for m in initiatives if start <= m.span.start < end]
            titled = [_told(sentence, d) for d in sentence.of("legislation") if start <= d.span.start < end]
            found.append(_Clause(start, end, inside, titled, _opening(sentence, topic, start, end)))
        start = end
    return found


def _told(sentence: Sentence, document: Mention) -> Mention:
    """What a document's numbers are about: the reform or service in its title, else the document."""
    return next((m for m in sentence.of(*INITIATIVE) if document.span.covers(m.span)), document)


def _opening(sentence: Sentence, topic: Topic, start: int, end: int) -> Mention | None:
    """What a clause begins with, times and connecting words aside."""
    offset = sentence.span.start
    at = start
    for mention in sentence.mentions:
        if not start <= mention.span.start < end or mention.span.start < at:
            continue
        between = sentence.span.quote[at - offset : mention.span.start - offset]
        links = LINKS.fullmatch(between)
        if links is None:
            return None
        if mention.kind == "time":
            at = mention.span.end
            continue
        behind = sentence.span.quote[mention.span.end - offset : end - offset]
        if mention.kind == "region":
            placed = links.group("place") and len(behind) > 1  # 在广东，… but not 在广东的12个镇
            return None if placed or mention not in topic.regions or NOT_OF_REGION.match(behind) else mention
        if mention.kind in ("agency", "person") and SPEECH.match(behind):
            return None
        if mention.kind == "person" and topic.initiative:
            return None
        return mention if mention.kind in ("agency", "person", "legislation") else None
    return None


def _subject(
    sentence: Sentence,
    indicator: Mention,
    clauses: Sequence[_Clause],
    said: _Said,
) -> tuple[Mention | None, str]:
    initiatives = [m for clause in clauses for m in clause.initiatives]
    behind = next((m for m in initiatives if 0 <= m.span.start - indicator.span.end <= 1), None)  # 104项“好办”
    if behind:
        return behind, "about.behind"
    index = next(i for i, c in enumerate(clauses) if indicator.span.start < c.end)
    here = clauses[index]
    ahead = sentence.span.quote[here.start - sentence.span.start : indicator.span.start - sentence.span.start]
    named = [m for m in here.initiatives if m.span.end <= indicator.span.start]
    if said.last and not named and AMONG.match(ahead):
        return said.last, "about.among"
    unit = indicator.value.unit if isinstance(indicator.value, Quantity) else ""
    if unit in ARTICLES and not named:
        spoken = next(reversed(sentence.of("legislation")), said.document)
        if spoken and (here.subject is spoken or OF_DOCUMENT.search(ahead)):
            return spoken, "about.articles"
    if named:
        return named[-1], "about.clause"
    if here.subject and here.subject.kind == "legislation":
        return here.subject, "about.subject"
    if here.initiatives:
        return here.initiatives[0], "about.clause"
    if here.subject:
        return here.subject, "about.subject"
    back = next((said.heads[noun] for noun in HEADS.findall(ahead) if noun in said.heads), None)
    if back:
        return back, "about.head"
    for clause in reversed(clauses[:index]):
        if clause.initiatives:
            return clause.initiatives[0 if ITSELF.match(ahead) else -1], "about.clause-before"
        if clause.documents:
            return clause.documents[-1], "about.document"
        if clause.subject and clause.subject.kind != "agency":
            return clause.subject, "about.subject-before"
    if said.current:
        return said.current, "about.carried"
    later = [m for m in initiatives if m.span.start > indicator.span.start]
    return (later[0], "about.later") if later else (None, "")


def _time(sentence: Sentence, indicator: Mention) -> Mention | None:
    before = [m for m in sentence.of("time") if m.span.end <= indicator.span.start]
    return before[-1] if before else None
