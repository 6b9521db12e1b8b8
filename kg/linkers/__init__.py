"""Mentions and relations -> entities and statements: one file a kind."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg import catalogue
from kg.linkers import agency, indicator, initiative, legislation, person, region
from kg.model import ArticleGraph, Document, Entity, Linker, Mention, Relation, Statement, Topic

LINKERS: dict[str, Linker] = {
    "region": region.link,
    "agency": agency.link,
    "person": person.link,
    "legislation": legislation.link,
    "reform": initiative.link,
    "service": initiative.link,
}

Key = tuple[str, str]
NOTHING = ("", "")


def link(document: Document, mentions: Sequence[Mention], relations: Sequence[Relation], topic: Topic) -> ArticleGraph:
    """The article's entities, each with all its mentions, and what it states of them, each with all its evidence."""
    linked = _identities(document, mentions, relations, topic)
    entities = {(e.kind, e.key): e for e in _entities(linked)}
    statements = list(_statements(relations, linked, entities))
    statements += _spatial(linked, entities)
    return ArticleGraph(document.article, tuple(entities[k] for k in sorted(entities)), tuple(statements))


def _identities(
    document: Document, mentions: Sequence[Mention], relations: Sequence[Relation], topic: Topic
) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """Mention -> (key, label) of each entity it names."""
    of_kind: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_kind[mention.kind].append(mention)
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for kind, members in of_kind.items():
        if kind in LINKERS:
            linked.update(LINKERS[kind](document, members, topic))
        elif kind == "time":
            linked.update({m: ((str(m.value), m.span.quote),) for m in members})
    abouts = (r for r in relations if r.predicate == "about" and r.object is not None and r.object in linked)
    subjects = {r.subject: linked[r.object][0][0] for r in abouts if r.object is not None}
    linked.update(indicator.link(document, of_kind["indicator"], subjects))
    return linked


def _entities(linked: dict[Mention, tuple[tuple[str, str], ...]]) -> Iterator[Entity]:
    kinds: dict[str, str] = {}
    found: dict[Key, tuple[str, list[Mention]]] = {}
    for mention, identities in linked.items():
        for key, label in identities:
            # a name is either a reform or a service within an article: what its first mention is
            kind = kinds.setdefault(key, mention.kind) if mention.kind in ("reform", "service") else mention.kind
            found.setdefault((kind, key), (label, []))[1].append(mention)
    for (kind, key), (label, members) in found.items():
        # 上海、江苏两省市人大常委会 is no name of either body
        forms = {m.span.quote for m in members if len(linked[m]) == 1} if kind not in ("time", "indicator") else set()
        members.sort(key=lambda m: (m.span.start, m.span.end))
        yield Entity(kind, key, label, tuple(sorted(forms - {label})), tuple(members))


def _statements(
    relations: Sequence[Relation], linked: dict[Mention, tuple[tuple[str, str], ...]], entities: dict[Key, Entity]
) -> Iterator[Statement]:
    """One statement for all relations that say the same of the same entities."""
    of_mention: dict[Mention, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        for mention in entity.mentions:
            of_mention[mention].append(entity)
    found: dict[tuple[Key, str, Key, str], tuple[Entity, Entity | None, list[Relation]]] = {}
    for relation in relations:
        objects: list[Entity | None] = [None] if relation.object is None else [*of_mention[relation.object]]
        for subject in of_mention[relation.subject]:
            for thing in objects:
                if thing is not None and (thing.kind, thing.key) == (subject.kind, subject.key):
                    continue
                other = (thing.kind, thing.key) if thing else NOTHING
                key = ((subject.kind, subject.key), relation.predicate, other, relation.qualifier)
                found.setdefault(key, (subject, thing, []))[2].append(relation)
    for (_, predicate, _, qualifier), (subject, thing, same) in sorted(found.items(), key=lambda item: item[0]):
        spans = {r.evidence.start: r.evidence for r in same}
        yield Statement(subject, predicate, thing, qualifier, tuple(spans[s] for s in sorted(spans)), same[0].rule)


def _spatial(linked: dict[Mention, tuple[tuple[str, str], ...]], entities: dict[Key, Entity]) -> list[Statement]:
    """The region of each local agency; a region that only agencies name becomes an entity without mentions."""
    statements = []
    for entity in list(entities.values()):
        if entity.kind != "agency":
            continue
        code = next((c for m in entity.mentions for c in str(m.value).split(">")[:1] if c in catalogue.regions()), "")
        if code:
            name = catalogue.regions()[code].name
            place = entities.setdefault(("region", code), Entity("region", code, name, (), ()))
            spans = (entity.mentions[0].span,)
            statements.append(Statement(entity, "spatial", place, "", spans, "agency.region"))
    return statements
