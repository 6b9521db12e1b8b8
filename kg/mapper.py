"""ArticleGraph -> quads, as lines of N-Quads, each with its line break.

An article's facts go into the graph <article>, its evidence into <article>/evidence. Lines are what every
later step takes: files are their sorted union, the store loads them in bulk.
"""

from decimal import Decimal
from functools import cache
from hashlib import sha256

from kg import edtf, vocab
from kg.model import ArticleGraph, Entity, Quantity, Span, Statement
from kg.terms import DATE, DIGEST, described, digest, literal, official, ref, supers, triple

DECIMAL = f"^^<{vocab.DECIMAL}>"
INTEGER = f'"^^<{vocab.INTEGER}>'
# Evidence is most of the volume: its predicates, from the end of the subject to the start of the object
DERIVED_FROM = f"> <{vocab.DERIVED_FROM}> "
END = f"> <{vocab.END}> "
EXACT = f"> <{vocab.EXACT}> "
OBJECT = f"> <{vocab.OBJECT}> "
PREDICATE = f"> <{vocab.PREDICATE}> "
RULE = f"> <{vocab.RULE}> "
START = f"> <{vocab.START}> "
STATEMENT = f"> <{vocab.TYPE}> <{vocab.STATEMENT}>"
SUBJECT = f"> <{vocab.SUBJECT}> "


@cache
def _predicates(predicate: str, kind: str) -> tuple[str, ...]:
    """The predicate of a statement whose subject is of that kind, and all above it."""
    main = vocab.PREDICATES[predicate]
    above = supers(main)
    if predicate == "implementedBy" and kind == "service":
        above = (*above, vocab.COMPETENT_AUTHORITY)
    return (main, *above)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end: 1.50E+8 -> 150000000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _article(graph: ArticleGraph) -> list[str]:
    article = graph.article
    me = f"<{article.iri}>"
    lines = [
        triple(me, vocab.TYPE, f"<{vocab.NEWS_ARTICLE}>"),
        triple(me, vocab.TYPE, f"<{vocab.PROV_ENTITY}>"),
        triple(me, vocab.IDENTIFIER, literal(article.identifier)),
    ]
    if article.title:
        lines.append(triple(me, vocab.HEADLINE, literal(article.title, "@zh")))
    if article.published:
        lines.append(triple(me, vocab.PUBLISHED, f'"{article.published}"{DATE}'))
    if article.source:
        lines.append(triple(me, vocab.PUBLISHER, literal(article.source, "@zh")))
    if article.url:
        lines.append(triple(me, vocab.URL, literal(article.url, f"^^<{vocab.ANY_URI}>")))
    return lines


def _indicator(entity: Entity) -> list[str]:
    quantity = entity.mentions[0].value
    if not isinstance(quantity, Quantity):
        raise TypeError(f"an indicator needs a quantity: {quantity!r}")
    me = ref("indicator", entity.key)
    value = f'"{plain(quantity.value)}"{DECIMAL}'
    lines = [triple(me, vocab.VALUE, value), triple(me, vocab.BOUND, literal(quantity.bound))]
    if quantity.unit:
        lines.append(triple(me, vocab.UNIT, literal(quantity.unit)))
    if quantity.bound == ">":
        lines.append(triple(me, vocab.MIN_VALUE, value))
    elif quantity.bound == "<":
        lines.append(triple(me, vocab.MAX_VALUE, value))
    if quantity.measure:
        lines.extend(
            triple(me, name, literal(quantity.measure, "@zh")) for name in (vocab.MEASURE, *supers(vocab.MEASURE))
        )
    return lines


def _entity(entity: Entity, article: str) -> list[str]:
    kind, label = entity.kind, official(entity.kind, entity.key, entity.label)
    lines = list(described(kind, entity.key, label))
    if kind == "indicator":
        return lines + _indicator(entity)
    me = ref(kind, entity.key)
    if entity.mentions:
        lines.append(triple(article, vocab.MENTIONS, me))
    if kind != "time":
        others = {entity.label, *entity.alt_labels} - {label}
        lines += [triple(me, vocab.ALT_LABEL, literal(name, "@zh")) for name in others]
    return lines


def _ends(statement: Statement) -> tuple[str, str]:
    """Subject and object of the triple that a statement becomes: for a post, the post and who holds it."""
    subject, object_ = statement.subject, statement.object
    if statement.predicate == "holdsPost":
        agency = object_.key if object_ else ""
        return ref("post", digest(subject.key, statement.qualifier, agency)), ref("person", subject.key)
    if object_ is None:
        raise ValueError(f"{subject.key} {statement.predicate}: a statement without object")
    return ref(subject.kind, subject.key), ref(object_.kind, object_.key)


def _statement(statement: Statement) -> list[str]:
    subject, object_ = _ends(statement)
    lines = [triple(subject, name, object_) for name in _predicates(statement.predicate, statement.subject.kind)]
    if statement.predicate == "holdsPost":
        lines.append(triple(subject, vocab.TYPE, f"<{vocab.POST}>"))
        lines.append(triple(subject, vocab.PREF_LABEL, literal(statement.qualifier, "@zh")))
        if statement.object:
            lines.append(triple(subject, vocab.POST_IN, ref("agency", statement.object.key)))
    elif statement.predicate in vocab.ELI_DATES and statement.object and (day := edtf.day(statement.object.key)):
        lines.append(triple(subject, vocab.ELI_DATES[statement.predicate], f'"{day}"{DATE}'))
    return lines


def article_quads(graph: ArticleGraph) -> list[str]:
    """The facts of an article, in the graph that bears its IRI; sorted, each once."""
    me = f"<{graph.article.iri}>"
    lines = _article(graph)
    for entity in graph.entities:
        lines += _entity(entity, me)
    for statement in graph.statements:
        lines += _statement(statement)
    end = f" {me} .\n"
    return sorted({line + end for line in lines})


def evidence_quads(graph: ArticleGraph, text: bool = True) -> list[str]:
    """What the facts of an article rest on, in the graph <article>/evidence; sorted, each once.

    `text=False` leaves out the article's text; its hash and the quotes stay.
    """
    article = graph.article
    checksum = sha256(article.text.encode()).hexdigest()
    node = vocab.iri("text", checksum[: 2 * DIGEST])
    end = f" <{vocab.evidence_graph(article.iri)}> .\n"
    lines = [
        f"<{node}> <{vocab.TYPE}> <{vocab.TEXT_OBJECT}>{end}",
        f'<{node}> <{vocab.SHA256}> "{checksum}"{end}',
        f"<{node}> <{vocab.DERIVED_FROM}> <{article.iri}>{end}",
    ]
    if text:
        lines.append(f"<{node}> <{vocab.TEXT}> {literal(article.text)}{end}")
    quotes: dict[str, Span] = {}
    base = f"<{node}#char="
    for entity in graph.entities:
        denoted = f"> <{vocab.DENOTES}> {ref(entity.kind, entity.key)}{end}"
        for mention in entity.mentions:
            name = f"{base}{mention.span.start},{mention.span.end}"
            quotes[name] = mention.span
            lines += (name + denoted, f'{name}{RULE}"{mention.rule}"{end}')
    for statement in graph.statements:
        names = {f"{base}{span.start},{span.end}": span for span in statement.evidence}
        quotes |= names
        subject, object_ = _ends(statement)
        predicate = f"<{vocab.PREDICATES[statement.predicate]}>"
        me = ref("statement", digest(subject, predicate, object_, *sorted(names)))[:-1]
        lines += (
            f"{me}{STATEMENT}{end}",
            f"{me}{SUBJECT}{subject}{end}",
            f"{me}{PREDICATE}{predicate}{end}",
            f"{me}{OBJECT}{object_}{end}",
            f'{me}{RULE}"{statement.rule}"{end}',
        )
        lines += [f"{me}{DERIVED_FROM}{name}>{end}" for name in names]
    stop = INTEGER + end
    for name, span in quotes.items():
        lines += (
            f"{name}{EXACT}{literal(span.quote)}{end}",
            f'{name}{START}"{span.start}{stop}',
            f'{name}{END}"{span.end}{stop}',
        )
    return sorted(set(lines))
