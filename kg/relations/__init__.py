"""Document, mentions -> relations: one file a predicate or family of predicates."""

from collections.abc import Sequence

from kg.model import Document, Mention, Relation, Relator, Topic
from kg.relations import about, concerns, covers_region, implemented_by, milestones, part_of, passed_by

RELATORS: dict[str, Relator] = {
    "implemented_by": implemented_by.relate,
    "covers_region": covers_region.relate,
    "part_of": part_of.relate,
    "passed_by": passed_by.relate,
    "milestones": milestones.relate,
    "concerns": concerns.relate,
    "about": about.relate,
}


def relate(document: Document, mentions: Sequence[Mention], topic: Topic) -> tuple[Relation, ...]:
    """What the text says of its mentions, family by family."""
    return tuple(relation for relator in RELATORS.values() for relation in relator(document, mentions, topic))
