"""Indicators: the same number told twice of the same thing (in title and body) is one."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from kg.model import Document, Mention, Quantity

SMALL = 10
"""Below this, two numbers are often the same by chance, and what they measure tells them apart."""


def link(
    document: Document, mentions: Sequence[Mention], subjects: Mapping[Mention, str]
) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Each indicator mention -> a key and its measure as label; `subjects` holds the key of what each is about."""
    article = document.article.iri
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        quantity = mention.value
        if not isinstance(quantity, Quantity):
            raise ValueError(f"indicator {mention.span.quote!r} without a quantity")
        key = _key(article, quantity, subjects.get(mention, ""))
        linked[mention] = ((key, quantity.measure or mention.span.quote),)
    return linked


def _key(article: str, quantity: Quantity, subject: str) -> str:
    """It never meets the key of an indicator in another article."""
    value = quantity.value
    measure = quantity.measure if value < SMALL else ""
    told = f"{article}\n{value.normalize():f}\n{quantity.unit}\n{quantity.bound}\n{subject}\n{measure}"
    return sha256(told.encode()).hexdigest()[:16]
