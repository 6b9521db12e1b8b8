"""JSON lines -> articles: `{"id", "text" or "html", "title"?, "published"?, "source"?, "url"?}`, one a line.

A bad line is skipped and named; the others count.
"""

import json
from collections.abc import Iterator

from kg.model import Article, InputError, Skipped
from kg.normalise.article import article_of
from kg.normalise.charset import decode
from kg.normalise.markup import visible
from kg.normalise.page import IS_PAGE, page_of
from kg.normalise.published import published_day

_NUMBERS = ("id", "published")
"""Fields that may be numbers: 17, 1627378391 (seconds since 1970)."""


def read(data: bytes, identifier: str) -> Iterator[Article | Skipped]:
    """The articles of a file of JSON lines, in order; named `FILE#id`, or `FILE#N` for line N."""
    seen: set[str] = set()
    for number, line in enumerate(_lines(data), start=1):
        if not line.strip():
            continue
        name = str(number)
        try:
            fields = _fields(line)
            name = _written(fields, "id") or name
            if name in seen:
                raise InputError(f"the id {name!r} was used before")
            seen.add(name)
            yield _article(fields, f"{identifier}#{name}")
        except InputError as error:
            yield Skipped(f"{identifier}#{name}", f"line {number}: {error}")


def _lines(data: bytes) -> Iterator[bytes | str]:
    """The lines of the file; bytes where the file as a whole cannot be decoded, so that good lines count."""
    try:
        yield from decode(data).split("\n")
    except InputError:
        if b"\0" in data:
            raise
        yield from data.split(b"\n")


def _fields(line: bytes | str) -> dict[str, object]:
    try:
        fields = json.loads(decode(line) if isinstance(line, bytes) else line)
    except ValueError as error:
        fault, column = getattr(error, "msg", "unreadable"), getattr(error, "colno", 1)
        raise InputError(f"not JSON: {fault} at column {column}") from None
    except RecursionError:
        raise InputError("its JSON is nested too deep") from None
    if not isinstance(fields, dict):
        raise InputError("not a JSON object")
    return fields


def _written(fields: dict[str, object], name: str) -> str:
    """A field as words; empty if it is missing or null."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int if name in _NUMBERS else str):
        raise InputError(f"its {name!r} is no text")
    return str(value)


def _article(fields: dict[str, object], identifier: str) -> Article:
    text, html = _written(fields, "text"), _written(fields, "html")
    title, source, url = (_written(fields, name) for name in ("title", "source", "url"))
    published = published_day(_written(fields, "published"))
    if not text.strip() and html:
        if IS_PAGE.search(html):
            page = page_of(html)
            text, title = page.body, title or page.title
            published, source, url = published or page.published, source or page.source, url or page.url
        else:
            text = visible(html)
    if not text.strip():
        raise InputError("no text in it")
    return article_of(text, identifier=identifier, title=title, published=published, source=source, url=url)
