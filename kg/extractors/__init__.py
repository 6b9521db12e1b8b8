"""Document -> mentions: one file a family of kinds."""

from kg import overlap
from kg.extractors import agency, date, indicator, initiative, legislation, person, region
from kg.model import Document, Extractor, Mention

EXTRACTORS: dict[str, Extractor] = {
    "region": region.extract,
    "agency": agency.extract,
    "initiative": initiative.extract,
    "person": person.extract,
    "legislation": legislation.extract,
    "date": date.extract,
    "indicator": indicator.extract,
}


def extract(document: Document) -> tuple[Mention, ...]:
    """Every mention in text order, conflicts settled; members do not see each other's."""
    return overlap.settle(mention for extractor in EXTRACTORS.values() for mention in extractor(document))
