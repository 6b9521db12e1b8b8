"""Calendar expressions of a document -> mentions of kind time, value = EDTF level 1."""

from collections.abc import Iterator

from kg.model import Document, Mention, Span
from kg.normalise import calendar
from kg.normalise.calendar_grammar import places
from kg.normalise.moment import Context
from kg.normalise.pattern import pattern

TITLE = pattern(r"《[^《》\n]{1,120}(?:《[^《》\n]*》[^《》\n]*)*》")  # the years inside a title name no time


def extract(document: Document) -> Iterator[Mention]:
    """The dates that can be pinned down, in text order, read against publication and the date before."""
    text, published = document.article.text, document.article.published
    titles = [match.span() for match in TITLE.finditer(text)]
    context: Context | None = None
    done = title = 0
    for pos in places(text):
        while title < len(titles) and titles[title][1] <= pos:
            title += 1
        if pos < done or (title < len(titles) and titles[title][0] < pos):
            continue
        reading = calendar.read(text, pos, published, context)
        if reading is None:
            continue
        done, context = reading.end, reading.context
        start = max(reading.start, 0)
        yield Mention("time", Span(start, reading.end, text[start : reading.end]), reading.edtf, reading.rule)
