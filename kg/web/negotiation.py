"""Which of the forms on offer an Accept header likes best (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Mapping

RANGE = re.compile(r"\s*([^\s/;,]+)/([^\s/;,]+)\s*((?:;[^,]*)?)")  # text/turtle;q=0.8
QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|\Z)", re.IGNORECASE)

RESULTS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRIPLES = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
HTML = {"text/html": "html"}


def choose(accept: str, offers: Mapping[str, str]) -> str | None:
    """The form of the media type with the highest quality, the first on offer among equals; None if none will do."""
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best, found = 0.0, None
    for name, form in offers.items():
        quality = _quality(name, [one for one in ranges if one])
        if quality > best:
            best, found = quality, form
    return found


def _range(text: str) -> tuple[str, str, float] | None:
    match = RANGE.fullmatch(text)
    if not match:
        return None
    quality = QUALITY.search(match[3])
    return match[1].lower(), match[2].lower(), min(1.0, float(quality[1])) if quality else 1.0


def _quality(name: str, ranges: list[tuple[str, str, float] | None]) -> float:
    """That of the most specific range that the type falls into."""
    kind, _, form = name.partition("/")
    found = (0, 0.0)
    for one in ranges:
        if one and one[0] in ("*", kind) and one[1] in ("*", form):
            found = max(found, (1 + (one[0] != "*") + (one[1] != "*"), one[2]))
    return found[1]
