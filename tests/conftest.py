"""What tests share: a document made from a text, and the flag that rewrites the expected results."""

from collections.abc import Callable
from datetime import date

import pytest

from kg.model import Article, Document
from kg.segmenter import segment


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite expected results from what the code says")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-goldens"))


def make_document(text: str, published: date | None = None, title: str = "") -> Document:
    whole = f"{title}\n{text}" if title else text
    return segment(Article("https://w3id.org/reformkg/id/article/test", title, whole, published, "", "", "test"))


@pytest.fixture
def document() -> Callable[..., Document]:
    """document("text", published=date, title="") -> Document."""
    return make_document
