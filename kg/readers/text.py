"""A plain text file -> its article. Nothing but line ends is changed: 来源 and 发布时间 lines stay."""

import re
from collections.abc import Iterator

from kg.model import Article, InputError
from kg.normalise.article import article_of
from kg.normalise.charset import decode
from kg.normalise.page import SOURCE, labelled
from kg.normalise.pattern import pattern
from kg.normalise.published import DAY, published_day

_LONGEST_TITLE = 60
_HEADER_LINES = 6
"""Non-empty lines, the title included, among which a publication date may stand."""
SENTENCE_END = pattern(r"[。！？!?；;…]")  # a first line with one of them is no title
BARE_DAY = pattern(rf"^\s*({DAY.pattern})[^\d，。；]{{0,30}}$", re.MULTILINE)  # 2020年11月5日　某报


def read(data: bytes, identifier: str) -> Iterator[Article]:
    """The article of a plain text; its first line is the title if it looks like one and more text follows."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("no text in it")
    title, body = _parts(text)
    header = "\n".join(line for line in body.split("\n", _HEADER_LINES * 2) if line.strip())[:300] if title else ""
    day = labelled("published", f"({DAY.pattern})").search(header) or BARE_DAY.search(header)
    source = labelled("source", SOURCE).search(header)
    yield article_of(
        body,
        identifier=identifier,
        title=title,
        published=published_day(day[1]) if day else None,
        source=source[1] if source else "",
    )


def _parts(text: str) -> tuple[str, str]:
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if len(title) <= _LONGEST_TITLE and rest.strip() and not SENTENCE_END.search(title):
        return title, rest.lstrip("\n")
    return "", text
