"""Who has a reform in hand where no verb behind the body says so: 由…牵头, 牵头单位：…, a title that names both."""

from collections.abc import Iterator, Sequence

from kg.context import Sentence
from kg.model import Mention
from kg.relations.deeds.wording import DEED, DONE, HELPS, IN_CHARGE, ITS_HANDS, NO_EXECUTIVE, WITH

Acting = tuple[Mention, Mention, Sentence]
"""A body, what it does, and the sentence that says so."""


def executive(agency: Mention) -> bool:
    """Whether a body runs things at all: no congress does, nor a party committee."""
    return NO_EXECUTIVE.search(agency.span.quote) is None


def together(sentence: Sentence, agencies: Sequence[Mention], last: Mention) -> Iterator[Mention]:
    """The agency and those that act with it: 市公安局和市人社局, 市政务服务中心联合市公安局."""
    yield last
    at = agencies.index(last)
    for left, right in zip(agencies[:at][::-1], agencies[1 : at + 1][::-1], strict=True):
        if not WITH.fullmatch(sentence.between(left, right)):
            return
        yield left


def joined(sentence: Sentence, agencies: Sequence[Mention]) -> list[Mention]:
    """The first of the agencies and those that are named together with it."""
    end = 1
    while end < len(agencies) and WITH.fullmatch(sentence.between(agencies[end - 1], agencies[end])):
        end += 1
    return list(agencies[:end])


def in_hands(sentence: Sentence, main: Mention | None, last: Mention | None) -> Iterator[Acting]:
    """改革由协调小组领导，市场监管总局、司法部牵头推进: the bodies, with the main reform or the service named last."""
    start = ITS_HANDS.search(sentence.span.quote)
    meant = main if start and start.group(1) else last
    if start is None or meant is None or (meant.kind == "reform") is not bool(start.group(1)):
        return
    end = sentence.span.start + start.end()
    while (rest := [a for a in sentence.agencies if a.span.start >= end]) and rest[0].span.start == end:
        bodies = joined(sentence, rest)
        what = sentence.after(bodies[-1], 24)
        if HELPS.match(what) or not DONE.match(what):
            return
        yield from ((body, meant, sentence) for body in bodies if executive(body))
        end = sentence.span.quote.find("，", bodies[-1].span.end - sentence.span.start) + 1 + sentence.span.start


def in_charge(sentence: Sentence, headed: Mention) -> Iterator[Acting]:
    """牵头单位：市市场监管局；配合单位：…: the bodies, with what the paragraph named first."""
    for at, agency in enumerate(sentence.agencies):
        if IN_CHARGE.search(sentence.before(agency, 6)):
            yield from ((body, headed, sentence) for body in joined(sentence, sentence.agencies[at:]))


def entitled(sentence: Sentence, initiative: Mention) -> Iterator[Mention]:
    """Those of whom a title says that they do the reform that it names: 《市教育局、市财政局共建X协议》; not
    《市教育局关于开展X的通知》, which is what they ask of others."""
    for document in sentence.documents:
        if document.span.covers(initiative.span):
            within = (a for a in sentence.agencies if document.span.covers(a.span))
            before = [a for a in within if a.span.end <= initiative.span.start]
            words = sentence.between(before[-1], initiative) if before else ""
            if words and executive(before[-1]) and DEED.search(words) and "关于" not in words:
                yield from together(sentence, before, before[-1])
