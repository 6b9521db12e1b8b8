"""Where mentions stand: in which sentence, what came before them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Document, Mention, Span

INITIATIVE = ("reform", "service")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mentions, in text order."""

    span: Span
    mentions: tuple[Mention, ...]
    groups: dict[tuple[str, ...], list[Mention]]
    """Its mentions by kind, and those of INITIATIVE; a kind that it lacks is left out."""

    def of(self, *kinds: str) -> list[Mention]:
        """Its mentions of these kinds, in text order. The list is shared: it is not to be changed."""
        if len(kinds) == 1 or kinds == INITIATIVE:
            return self.groups.get(kinds, [])
        return [m for m in self.mentions if m.kind in kinds]

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

    def stretch(self, *mentions: Mention) -> Span:
        """The words from the first to the last of these mentions."""
        start = min(m.span.start for m in mentions)
        end = max(m.span.end for m in mentions)
        return Span(start, end, self.span.quote[start - self.span.start : end - self.span.start])


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with its mentions, as a whole and sentence by sentence."""

    document: Document
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]

    def firsts(self, *kinds: str) -> Iterator[Mention]:
        """The first mention of each value of these kinds."""
        seen = set()
        for mention in self.mentions:
            if mention.kind in kinds and mention.value not in seen:
                seen.add(mention.value)
                yield mention

    def within(self, outer: Mention, *kinds: str) -> Iterator[Mention]:
        """Mentions of these kinds inside another one: the reform in a document's title."""
        for mention in self.mentions:
            if mention.span.start >= outer.span.end:
                return
            if mention is not outer and mention.kind in kinds and outer.span.covers(mention.span):
                yield mention


def scene(document: Document, mentions: Sequence[Mention]) -> Scene:
    """The document's sentences, each with the mentions that lie in it."""
    starts = [s.start for s in document.sentences]
    inside: list[list[Mention]] = [[] for _ in starts]
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and document.sentences[at].covers(mention.span):
            inside[at].append(mention)
    found = (Sentence(span, tuple(m), _groups(m)) for span, m in zip(document.sentences, inside, strict=True))
    return Scene(document, tuple(mentions), tuple(found))


def _groups(mentions: Sequence[Mention]) -> dict[tuple[str, ...], list[Mention]]:
    groups: dict[tuple[str, ...], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.kind,), []).append(mention)
        if mention.kind in INITIATIVE:
            groups.setdefault(INITIATIVE, []).append(mention)
    return groups
