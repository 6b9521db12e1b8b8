"""Where mentions stand: in which sentence, what came before them. All of it is found once, for every relation."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kg import catalogue
from kg.model import Document, Mention, Span, Topic
from kg.normalise.pattern import pattern

INITIATIVE = ("reform", "service")
BODIES = pattern(r"([两二三四五六七八九十]|[0-9]{1,2})(?:个)?(?:部门|部委|单位)")
NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
POINTED = pattern(r"(?:[该我]|(?<=，)(?=总局))([局委厅署院办]|中心|总局)(?![长员机同属系])")
NATIONAL = pattern(r"中国|国家|全国")
"""How the name of a national service begins: it is not the city's that an article happens to speak of."""


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence with its mentions, in text order: all, and those of a kind. It is not to be changed."""

    span: Span
    paragraph: int
    """Number of its line in the text, lines without sentences aside."""
    mentions: Sequence[Mention] = ()
    agencies: Sequence[Mention] = ()
    documents: Sequence[Mention] = ()
    """Legislation."""
    indicators: Sequence[Mention] = ()
    initiatives: Sequence[Mention] = ()
    """Reforms and services."""
    regions: Sequence[Mention] = ()
    places: Sequence[Mention] = ()
    """The regions that it names: not 全省, 本市."""
    times: Sequence[Mention] = ()

    def untitled(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Those of some of its mentions, in text order, that are no part of a document's title."""
        if not mentions or not self.documents:
            return mentions
        found = []
        titles = iter(self.documents)
        title = next(titles, None)
        for mention in mentions:
            while title and title.span.end <= mention.span.start:
                title = next(titles, None)
            if title is None or not title.span.covers(mention.span):
                found.append(mention)
        return found

    def between(self, first: Mention, second: Mention) -> str:
        """The words between two of its mentions; empty if they nest or touch."""
        start, end = first.span.end - self.span.start, second.span.start - self.span.start
        return self.span.quote[start:end] if start < end else ""

    def before(self, mention: Mention, length: int) -> str:
        """Up to `length` characters in front of a mention."""
        end = mention.span.start - self.span.start
        return self.span.quote[max(0, end - length) : end]

    def after(self, mention: Mention, length: int) -> str:
        """Up to `length` characters behind a mention."""
        start = mention.span.end - self.span.start
        return self.span.quote[start : start + length]

    def stretch(self, one: Mention, other: Mention) -> Span:
        """The words from the first to the last of two mentions."""
        start = min(one.span.start, other.span.start)
        end = max(one.span.end, other.span.end)
        return Span(start, end, self.span.quote[start - self.span.start : end - self.span.start])


@dataclass(slots=True, eq=False)
class Scene:
    """A document with its mentions, as a whole and sentence by sentence. It is not to be changed."""

    document: Document
    mentions: Sequence[Mention]
    sentences: Sequence[Sentence]
    telling: Sequence[Sentence]
    """The sentences with mentions."""
    kinds: dict[str, list[Mention]]
    initiatives: Sequence[Mention]
    inner: dict[Mention, list[Mention]]
    """The mentions inside another one; one that holds none is left out."""

    def of(self, kind: str) -> Sequence[Mention]:
        """The mentions of a kind."""
        return self.kinds.get(kind, ())

    def home(self, topic: Topic) -> Mention | None:
        """The first mention of the region that the article is about as a whole: its home, else the zone or
        group of its title."""
        if topic.home:
            return next((m for m in self.of("region") if topic.regions.get(m) == topic.home), None)
        return next(iter(self.headed_zones()), None)

    def headed_zones(self) -> list[Mention]:
        """The zones and groups of regions that the title names, each once."""
        title_end = len(self.document.article.title)
        named = (m for m in self.of("region") if m.span.end <= title_end)
        return firsts(m for m in named if m.value in catalogue.groups() or m.value in catalogue.zones())

    def within(self, outer: Mention, *kinds: str) -> Iterator[Mention]:
        """Mentions of these kinds inside another one: the reform in a document's title."""
        return (m for m in self.inner.get(outer, ()) if m.kind in kinds)


def counted(words: str, named: Sequence[Mention]) -> int | None:
    """Where words end that speak of as many bodies as were named together before: 五部门, 4个部委."""
    match = BODIES.search(words)
    if match is None:
        return None
    digits = match.group(1)
    number = NUMERALS.get(digits) or int(digits)
    return match.end() if len({m.value for m in named}) == number else None


def pointed(scene: Scene, topic: Topic, words: str, end: int) -> tuple[Mention, int] | None:
    """The body that 该局 or 我局 means in words that end at the offset `end`, and where it stands in them: of those
    whose name ends so the one that the article speaks for, else the last one named before, else the first."""
    that = POINTED.search(words)
    if that is None:
        return None
    named = [a for a in scene.of("agency") if a.span.quote.endswith(that.group(1))]
    speaker = (a for a in named if topic.agency and a.value == topic.agency.value)
    earlier = (a for a in reversed(named) if a.span.end < end)
    body = next(chain(speaker, earlier, named), None)
    return (body, that.end()) if body else None


def firsts(mentions: Iterable[Mention]) -> list[Mention]:
    """The first mention of each value."""
    found: dict[object, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.value, mention)
    return list(found.values())


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions in text order those that no other of them holds: 电子社保卡 without the 社保卡 in it."""
    found: list[Mention] = []
    for mention in mentions:
        if not found or mention.span.end > found[-1].span.end:
            found.append(mention)
    return found


def scene(document: Document, mentions: Sequence[Mention]) -> Scene:
    """The document's sentences, each with the mentions that lie in it; `mentions` in text order, none crossing."""
    sentences = _sentences(document)
    starts = [s.span.start for s in sentences]
    inside: dict[int, list[Mention]] = {}
    kinds: dict[str, list[Mention]] = {}
    inner: dict[Mention, list[Mention]] = {}
    enclosing: list[Mention] = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        at = bisect_right(starts, start) - 1
        if at >= 0 and end <= sentences[at].span.end:
            inside.setdefault(at, []).append(mention)
        kinds.setdefault(mention.kind, []).append(mention)
        while enclosing and enclosing[-1].span.end <= start:
            enclosing.pop()
        for outer in enclosing:
            inner.setdefault(outer, []).append(mention)
        enclosing.append(mention)
    for at, members in inside.items():
        _fill(sentences[at], members)
    initiatives = [m for m in mentions if m.kind in INITIATIVE]
    telling = [sentences[at] for at in sorted(inside)]
    return Scene(document, mentions, sentences, telling, kinds, initiatives, inner)


def _sentences(document: Document) -> list[Sentence]:
    text = document.article.text
    found = []
    paragraph = line_end = -1
    for span in document.sentences:
        if span.start > line_end:
            paragraph += 1
            line_end = text.find("\n", span.start)
            line_end = len(text) if line_end < 0 else line_end
        found.append(Sentence(span, paragraph))
    return found


def _fill(sentence: Sentence, mentions: list[Mention]) -> None:
    kinds: dict[str, list[Mention]] = {}
    for mention in mentions:
        kinds.setdefault("initiative" if mention.kind in INITIATIVE else mention.kind, []).append(mention)
    sentence.mentions = mentions
    sentence.agencies = kinds.get("agency", ())
    sentence.documents = kinds.get("legislation", ())
    sentence.indicators = kinds.get("indicator", ())
    sentence.initiatives = kinds.get("initiative", ())
    sentence.regions = kinds.get("region", ())
    sentence.places = [m for m in sentence.regions if not str(m.value).startswith("@")]
    sentence.times = kinds.get("time", ())
