"""Mentions and relations -> entities and statements: one file a kind."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from kg import catalogue
from kg.context import INITIATIVE
from kg.linkers import agency, indicator, initiative, legislation, person, region
from kg.model import ArticleGraph, Document, Entity, Linker, Mention, Relation, Span, Statement, Topic

LINKERS: dict[str, Linker] = {
    "region": region.link,
    "agency": agency.link,
    "person": person.link,
    "legislation": legislation.link,
    "reform": initiative.link,
    "service": initiative.link,
}

Key = tuple[str, str]
NOTHING = -1
UNNAMED = ("time", "indicator")
"""Kinds whose entities have no names that texts vary."""


def link(document: Document, mentions: Sequence[Mention], relations: Sequence[Relation], topic: Topic) -> ArticleGraph:
    """The article's entities, each with all its mentions, and what it states of them, each with all its evidence."""
    found = _entities(_identities(document, mentions, relations, topic), initiative.longer_forms(document, mentions))
    spatial = _spatial(found)
    entities = tuple([found[key] for key in sorted(found)])
    return ArticleGraph(document.article, entities, (*_statements(relations, entities), *spatial))


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
    subjects = {
        r.subject: linked[r.object][0][0]
        for r in relations
        if r.predicate == "about" and r.object is not None and r.object in linked
    }
    named = of_kind["reform"] or of_kind["service"]
    numbers = [m for m in of_kind["indicator"] if named or m in subjects]  # the price of a share says nothing of reform
    linked.update(indicator.link(document, numbers, subjects))
    return linked


def _entities(linked: dict[Mention, tuple[tuple[str, str], ...]], longer: Mapping[Mention, str]) -> dict[Key, Entity]:
    kinds: dict[str, str] = {}
    labels: dict[Key, str] = {}
    found: dict[Key, list[Mention]] = {}
    called: dict[tuple[str, str], str] = {}
    shared: set[str] = set()
    for mention, identities in linked.items():
        kind, quote = mention.kind, mention.span.quote
        for name, label in identities:
            if called.setdefault((kind, quote), name) != name:
                shared.add(quote)  # 省人大常委会 of two provinces: a name of neither
            # a name is either a reform or a service within an article: what its first mention is
            key = (kinds.setdefault(name, kind) if kind in INITIATIVE else kind, name)
            if key in found:
                found[key].append(mention)
            else:
                found[key], labels[key] = [mention], label
    entities = {}
    for key, members in found.items():
        kind, name = key
        label = labels[key]
        if len(members) > 1:
            members.sort(key=_place)
        forms = () if kind in UNNAMED else _forms(members, {label, *shared}, linked, longer)
        entities[key] = Entity(kind, name, label, forms, tuple(members))
    return entities


def _forms(
    members: Sequence[Mention],
    known: Container[str],
    linked: dict[Mention, tuple[tuple[str, str], ...]],
    longer: Mapping[Mention, str],
) -> tuple[str, ...]:
    """What the text calls an entity beside what is known; 上海、江苏两省市人大常委会 is no name of either body."""
    forms = {m.span.quote for m in members if m.span.quote not in known and len(linked[m]) == 1}
    if longer:
        forms |= {longer[m] for m in members if m in longer}
    return tuple(sorted(forms)) if forms else ()


def _place(mention: Mention) -> tuple[int, int]:
    return mention.span.start, mention.span.end


def _statements(relations: Sequence[Relation], entities: Sequence[Entity]) -> Iterator[Statement]:
    """One statement for all relations that say the same of the same entities; these go by their numbers here."""
    named: dict[Mention | None, list[int]] = {None: [NOTHING]}
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            named.setdefault(mention, []).append(number)
    found: dict[tuple[int, str, int, str], list[Relation]] = {}
    for relation in relations:
        for subject in named.get(relation.subject, ()):
            for thing in named.get(relation.object, ()):
                if subject != thing:
                    found.setdefault((subject, relation.predicate, thing, relation.qualifier), []).append(relation)
    for told in sorted(found):
        same = found[told]
        subject, predicate, thing, qualifier = told
        object_ = entities[thing] if thing != NOTHING else None
        yield Statement(entities[subject], predicate, object_, qualifier, _evidence(same), same[0].rule)


def _evidence(same: Sequence[Relation]) -> tuple[Span, ...]:
    """The words that relations rest on, in order; of those that begin at one place the last."""
    if len(same) == 1:
        return (same[0].evidence,)
    spans = {relation.evidence.start: relation.evidence for relation in same}
    return tuple([spans[start] for start in sorted(spans)])


def _spatial(entities: dict[Key, Entity]) -> list[Statement]:
    """The region of each local agency; a region that only agencies name becomes an entity without mentions."""
    statements = []
    regions = catalogue.regions()
    for entity in [e for e in entities.values() if e.kind == "agency"]:
        places = [str(m.value).partition(">")[0] for m in entity.mentions]
        code = next((place for place in places if place in regions), "")
        if code:
            place = entities.setdefault(("region", code), Entity("region", code, regions[code].name, (), ()))
            spans = (entity.mentions[0].span,)
            statements.append(Statement(entity, "spatial", place, "", spans, "agency.region"))
    return statements
