"""ArticleGraph -> the JSON that `kg extract` and the server answer with (DESIGN section 7)."""

from collections.abc import Sequence
from decimal import Decimal

from kg.model import Article, ArticleGraph, Entity, Quantity, Span, Statement

Json = dict[str, object]


def answer(graph: ArticleGraph, identifier: str | None) -> Json:
    """What an article says, as objects that `json.dumps` takes; offsets count code points of the article's text."""
    article = graph.article
    return {
        "id": identifier,
        "title": article.title or None,
        "published": article.published.isoformat() if article.published else None,
        "entities": [_entity(entity, graph.statements, article) for entity in graph.entities],
        "statements": [_statement(statement) for statement in graph.statements],
    }


def _entity(entity: Entity, statements: Sequence[Statement], article: Article) -> Json:
    found: Json = {"kind": entity.kind, "key": entity.key, "label": entity.label}
    quantity = entity.mentions[0].value if entity.mentions else None
    if isinstance(quantity, Quantity):
        found |= {"value": _number(quantity.value), "unit": quantity.unit, "bound": quantity.bound}
        about = (s.object for s in statements if s.predicate == "about" and s.subject.key == entity.key)
        found |= {"about": _name(next(about, None)), "measure": quantity.measure}
    return found | {"mentions": [_span(m.span) | {"rule": m.rule} for m in entity.mentions]}


def _statement(statement: Statement) -> Json:
    found: Json = {
        "subject": _name(statement.subject),
        "predicate": statement.predicate,
        "object": _name(statement.object),
    }
    if statement.qualifier:
        found["qualifier"] = statement.qualifier
    return found | {"evidence": [_span(span) for span in statement.evidence], "rule": statement.rule}


def _name(entity: Entity | None) -> list[str] | None:
    return [entity.kind, entity.key] if entity else None


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
