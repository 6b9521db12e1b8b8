"""Indicators: the same number told twice of the same thing (in title and body) is one."""

import hashlib
from collections.abc import Mapping, Sequence

from kg.model import Document, Mention, Quantity

SMALL = 10
"""Below this, two numbers are often the same by chance, and what they measure tells them apart."""


def link(
    document: Document, mentions: Sequence[Mention], subjects: Mapping[Mention, str]
) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Each indicator mention -> a key and its measure as label; `subjects` holds the key of what each is about."""
    return {m: ((_key(document, m, subjects.get(m, "")), _label(m)),) for m in mentions}


def _key(document: Document, mention: Mention, subject: str) -> str:
    """It never meets the key of an indicator in another article."""
    if not isinstance(mention.value, Quantity):
        raise ValueError(f"indicator {mention.span.quote!r} without a quantity")
    value, unit, bound, measure = (
        mention.value.value,
        mention.value.unit,
        mention.value.bound,
        mention.value.measure,
    )
    parts = (
        document.article.iri,
        f"{value.normalize():f}",
        unit,
        bound,
        subject,
        measure if value < SMALL else "",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _label(mention: Mention) -> str:
    measure = mention.value.measure if isinstance(mention.value, Quantity) else ""
    return measure or mention.span.quote
