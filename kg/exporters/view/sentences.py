"""Spans -> the sentences around them, each text once, with the place of the quote in UTF-16 units as browsers count."""

import re
from collections.abc import Callable
from typing import NamedTuple

SPAN = re.compile(r"(.+)#char=(\d+),(\d+)", re.ASCII)  # the IRI of a text's words 12..15 (RFC 5147): …#char=12,15
ENDS = re.compile(r"[。！？!?；;\n][”’」』）)]*")
LONGEST = 200  # characters of a sentence that is shown whole
AROUND = 70  # characters kept on each side of the quote in a longer one


class Evidence(NamedTuple):
    """A quote inside a sentence of the table; offsets in UTF-16 units."""

    sentence: int
    start: int
    end: int


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class Sentences:
    """The table of sentences, filled as evidence asks for them."""

    def __init__(
        self,
        texts: dict[str, tuple[str, str]],
        quotes: Callable[[], dict[str, str]],
        articles: dict[str, int],
    ) -> None:
        """Texts by address with their article's IRI; the exact words of each span; the number of each article."""
        self._texts = texts
        whole = all(text for _, text in texts.values())
        self._quotes = {} if whole else quotes()
        self._articles = articles
        self._table: dict[tuple[str, int], int] = {}

    def place(self, span: str) -> tuple[int, int]:
        """Article's number and offset of a span: the newest article's first words sort first."""
        match = SPAN.fullmatch(span)
        article = self._articles.get(self._texts[match[1]][0]) if match and match[1] in self._texts else None
        return (len(self._articles), 0) if match is None or article is None else (article, int(match[2]))

    def evidence(self, span: str) -> Evidence | None:
        """The sentence around a span, or its quote alone if the text was left out; None for an unknown article."""
        match = SPAN.fullmatch(span)
        if match is None or match[1] not in self._texts or self._texts[match[1]][0] not in self._articles:
            return None
        article, text = self._texts[match[1]]
        start, end = int(match[2]), int(match[3])
        before, quote, after = _around(text, start, end) if text else ("", self._quotes.get(span, ""), "")
        key = (before + quote + after, self._articles[article])
        row = self._table.setdefault(key, len(self._table))
        offset = _units(before)
        return Evidence(row, offset, offset + _units(quote))

    def all(self, spans: list[str]) -> tuple[Evidence, ...]:
        """The evidence of several spans, the newest article first."""
        found = (self.evidence(span) for span in sorted(spans, key=self.place))
        return tuple(e for e in found if e is not None)

    def table(self) -> tuple[tuple[str, int], ...]:
        """Every sentence met, with its article."""
        return tuple(self._table)


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before the quote in its sentence, the quote, and what stands after it."""
    first = max((m.end() for m in ENDS.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    close = ENDS.search(text, end - 1, end + 400)
    last = min(end + 400, len(text)) if close is None else max(end, close.end())
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    if len(before) + len(after) + end - start > LONGEST:
        if len(before) > AROUND:
            before = "…" + before[-AROUND:]
        if len(after) > AROUND:
            after = after[:AROUND] + "…"
    return before, text[start:end], after
