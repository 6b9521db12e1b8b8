"""An HTML page -> its article."""

from collections.abc import Iterator

from kg.model import Article, InputError
from kg.normalise.article import article_of
from kg.normalise.charset import decode
from kg.normalise.page import page_of


def read(data: bytes, identifier: str) -> Iterator[Article]:
    """The article of an HTML page, without the page around it."""
    page = page_of(decode(data))
    if not page.body:
        raise InputError("no text in it")
    yield article_of(
        page.body,
        identifier=identifier,
        title=page.title,
        published=page.published,
        source=page.source,
        url=page.url,
    )
