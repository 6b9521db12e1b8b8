"""Document, mentions -> relations: one file a predicate or family of predicates."""

from collections.abc import Callable, Iterator, Sequence

from kg import context
from kg.context import Scene
from kg.model import Document, Mention, Relation, Topic
from kg.relations import (
    about,
    concerns,
    covers_region,
    document_dates,
    holds_post,
    implemented_by,
    milestones,
    part_of,
    passed_by,
)

Relator = Callable[[Scene, Topic], Iterator[Relation]]
"""A document with its mentions, and its topic -> relations of one predicate or family of predicates."""

RELATORS: dict[str, Relator] = {
    "implemented_by": implemented_by.relate,
    "covers_region": covers_region.relate,
    "part_of": part_of.relate,
    "holds_post": lambda scene, topic: holds_post.relate(scene.document, scene.mentions, topic),
    "passed_by": passed_by.relate,
    "document_dates": document_dates.relate,
    "milestones": milestones.relate,
    "concerns": concerns.relate,
    "about": about.relate,
}


def relate(document: Document, mentions: Sequence[Mention], topic: Topic) -> tuple[Relation, ...]:
    """What the text says of its mentions, family by family."""
    scene = context.scene(document, mentions)
    return tuple(relation for relator in RELATORS.values() for relation in relator(scene, topic))
