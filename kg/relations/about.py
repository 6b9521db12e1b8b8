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
    r"(?:目前|如今|眼下|截至目前|当前|其中|同时|另外|此外|而|仅|据悉|据了解|据统计|近年来|今年以来|年底|至此|最终|随后|也|还|即|在|[、，：“《（]|——|"
    r"以来|前|底|共|自|到|截至|截止)*"
)
PLACED = re.compile(r"(?:[在从向到与和对把为由给被比以于同跟至往受经]|来自|位于|覆盖|包括|涵盖|涉及|家住)$")
NOT_OF_REGION = re.compile(r"公司|集团|大学|学院|医院|银行|法院|学校|小学|中学|协会|居民|市民|村民|记者|籍|人$")
_SPEAKS = alternation(row["verb"] for row in catalogue.lexicon("speech_verbs") if row["kind"] == "speech")
SPEECH = re.compile(rf"[^，。；：]{{0,12}}?(?:{_SPEAKS}|统计|显示|数据|获悉|了解到)")
AMONG = re.compile(r"其中|包括|分别")
ARTICLES = frozenset(("条", "章", "款", "编", "节"))
OF_DOCUMENT = re.compile(r"全文|共|全篇|条款|规定|办法|条例|法规")
ITSELF = re.compile(r"它|其(?!中|他|余|它)|该")


class _Clause(NamedTuple):
    start: int
    end: int
    initiatives: list[Mention]
    subject: Mention | None
    """The region, agency, document or person that it begins with."""


class _Said(NamedTuple):
    """What the text has spoken of before a number."""

    current: Mention | None
    """The paragraph's last reform or service."""
    document: Mention | None
    last: Mention | None
    """What the number before it in the sentence is about."""


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
            said = _Said(current, document, None)
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
            current = initiatives[-1]
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
            found.append(_Clause(start, end, inside, _opening(sentence, topic, start, end)))
        start = end
    return found


def _opening(sentence: Sentence, topic: Topic, start: int, end: int) -> Mention | None:
    """What a clause begins with, times and connecting words aside."""
    offset = sentence.span.start
    at = start
    for mention in sentence.mentions:
        if not start <= mention.span.start < end or mention.span.start < at:
            continue
        between = sentence.span.quote[at - offset : mention.span.start - offset]
        if not LINKS.fullmatch(between):
            return None
        if mention.kind == "time":
            at = mention.span.end
            continue
        behind = sentence.span.quote[mention.span.end - offset : end - offset]
        if mention.kind == "region":
            if mention not in topic.regions or NOT_OF_REGION.match(behind[:8]):
                return None
            return mention
        if mention.kind in ("agency", "person") and SPEECH.match(behind):
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
    for clause in reversed(clauses[:index]):
        if clause.initiatives:
            return clause.initiatives[0 if ITSELF.match(ahead) else -1], "about.clause-before"
        if clause.subject:
            return clause.subject, "about.subject-before"
    if said.current:
        return said.current, "about.carried"
    later = [m for m in initiatives if m.span.start > indicator.span.start]
    return (later[0], "about.later") if later else (None, "")


def _time(sentence: Sentence, indicator: Mention) -> Mention | None:
    before = [m for m in sentence.of("time") if m.span.end <= indicator.span.start]
    return before[-1] if before else None
