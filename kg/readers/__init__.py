"""Files -> articles. One reader a form of file; this table says which suffix is whose."""

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from kg.model import Article, InputError, Reader, Skipped
from kg.normalise.article import article_of
from kg.readers import feed, html, jsonl, markdown, text

__all__ = ["LARGEST_ARTICLE", "LARGEST_COLLECTION", "READERS", "article_of", "parse", "read"]

READERS: dict[str, Reader] = {
    ".atom": feed.read,
    ".htm": html.read,
    ".html": html.read,
    ".jsonl": jsonl.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".ndjson": jsonl.read,
    ".rdf": feed.read,
    ".rss": feed.read,
    ".shtml": html.read,
    ".text": text.read,
    ".txt": text.read,
    ".xhtml": html.read,
    ".xml": feed.read,
}
LARGEST_ARTICLE = 20_000_000
"""Bytes of a file that holds one article or a feed."""
LARGEST_COLLECTION = 1_000_000_000
"""Bytes of a file of JSON lines."""


def read(path: Path, identifier: str | None = None) -> tuple[Article | Skipped, ...]:
    """The articles of a file, in order, and those of them that had to be skipped.

    `identifier` is the path below the input's root (the file's name if none is given); an article inside a
    collection is `identifier#id`. Raises InputError, without the file's name in it, if nothing can be read.
    """
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):
            raise InputError("it is no file")
        limit = LARGEST_COLLECTION if _reader(path.suffix) is jsonl.read else LARGEST_ARTICLE
        if about.st_size > limit:
            raise InputError(f"it is larger than {limit // 1_000_000} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file") from None
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}") from None
    return tuple(parse(data, path.name if identifier is None else identifier, path.suffix))


def parse(data: bytes, identifier: str, suffix: str) -> Iterator[Article | Skipped]:
    """The articles in the bytes of a file with this suffix (`.md`), one by one; errors as `read` has them."""
    reader = _reader(suffix)
    if not data:
        raise InputError("the file is empty")
    yield from reader(data, identifier)


def _reader(suffix: str) -> Reader:
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise InputError(f"unknown kind of file {suffix or '(no suffix)'}; known are {' '.join(sorted(READERS))}")
    return reader
