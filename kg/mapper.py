"""ArticleGraph -> quads, as N-Quads: one block a subject, of whole lines.

An article's facts go into the graph <article>, its evidence into <article>/evidence; no subject is in both, so
sorted blocks make sorted lines. Lines are what every later step takes: files are their sorted union, the store loads
them in bulk.

On the way there, what is said stands under its subject, as the tails of its lines (predicate and object).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256

from kg import edtf, vocab
from kg.model import ArticleGraph, Entity, Quantity, Span, Statement
from kg.terms import DATE, DIGEST, described, digest, literal, official, ref, supers, tail, types

DECIMAL = f"^^<{vocab.DECIMAL}>"
INTEGER = f'"^^<{vocab.INTEGER}>'
STATEMENT_ID = f"<{vocab.ID}statement/"
STATEMENT = tail(vocab.TYPE, f"<{vocab.STATEMENT}>")
# Beginnings of the tails that most lines have
ALT_LABEL = tail(vocab.ALT_LABEL, "")
BOUND = tail(vocab.BOUND, "")
DENOTES = tail(vocab.DENOTES, "")
DERIVED_FROM = tail(vocab.DERIVED_FROM, "")
END = tail(vocab.END, '"')
EXACT = tail(vocab.EXACT, "")
MENTIONS = tail(vocab.MENTIONS, "")
OBJECT = tail(vocab.OBJECT, "")
PREDICATE = tail(vocab.PREDICATE, "")
RULE = tail(vocab.RULE, '"')
START = tail(vocab.START, '"')
SUBJECT = tail(vocab.SUBJECT, "")
UNIT = tail(vocab.UNIT, "")
VALUE = tail(vocab.VALUE, "")

Tails = dict[str, Sequence[str]]
"""Subject -> the tails of its lines: sorted, each once, if a tuple; in any order, some twice perhaps, if a list."""


def _say(said: Tails, subject: str, tails: Iterable[str]) -> None:
    """Adds tails to what is said of a subject."""
    before = said.get(subject)
    if isinstance(before, list):
        before += tails
    else:
        said[subject] = [*(before or ()), *tails]


def _blocks(said: Tails, graph: str) -> list[str]:
    """The lines of a graph, sorted, each once; those of a subject are one block. No subject begins another one, so
    the order of subjects is theirs."""
    end = f" <{graph}> .\n"
    blocks = []
    for subject in sorted(said):
        tails = said[subject]
        if not isinstance(tails, tuple):
            tails = sorted({*tails})
        blocks.append(f"{subject} {f'{end}{subject} '.join(tails)}{end}")
    return blocks


@cache
def _predicates(predicate: str, kind: str) -> tuple[str, ...]:
    """The predicate of a statement whose subject is of that kind, and all above it, as beginnings of tails."""
    main = vocab.PREDICATES[predicate]
    above = supers(main)
    if predicate == "implementedBy" and kind == "service":
        above = (*above, vocab.COMPETENT_AUTHORITY)
    return tuple(tail(name, "") for name in (main, *above))


@cache
def _measures() -> tuple[str, ...]:
    return tuple(tail(name, "") for name in (vocab.MEASURE, *supers(vocab.MEASURE)))


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end: 1.50E+8 -> 150000000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _article(graph: ArticleGraph) -> list[str]:
    article = graph.article
    tails = [
        tail(vocab.TYPE, f"<{vocab.NEWS_ARTICLE}>"),
        tail(vocab.TYPE, f"<{vocab.PROV_ENTITY}>"),
        tail(vocab.IDENTIFIER, literal(article.identifier)),
    ]
    if article.title:
        tails.append(tail(vocab.HEADLINE, literal(article.title, "@zh")))
    if article.published:
        tails.append(tail(vocab.PUBLISHED, f'"{article.published}"{DATE}'))
    if article.source:
        tails.append(tail(vocab.PUBLISHER, literal(article.source, "@zh")))
    if article.url:
        tails.append(tail(vocab.URL, literal(article.url, f"^^<{vocab.ANY_URI}>")))
    return tails


def _indicator(entity: Entity) -> list[str]:
    quantity = entity.mentions[0].value
    if not isinstance(quantity, Quantity):
        raise TypeError(f"an indicator needs a quantity: {quantity!r}")
    value = f'"{plain(quantity.value)}"{DECIMAL}'
    tails = [*types("indicator"), VALUE + value, BOUND + literal(quantity.bound)]
    if quantity.unit:
        tails.append(UNIT + literal(quantity.unit))
    if quantity.bound == ">":
        tails.append(tail(vocab.MIN_VALUE, value))
    elif quantity.bound == "<":
        tails.append(tail(vocab.MAX_VALUE, value))
    if quantity.measure:
        measure = literal(quantity.measure, "@zh")
        tails += [name + measure for name in _measures()]
    return tails


def _entity(entity: Entity) -> Sequence[str]:
    kind = entity.kind
    if kind == "indicator":
        return _indicator(entity)
    label = official(kind, entity.key, entity.label)
    tails = described(kind, entity.key, label)
    if kind == "time" or not (entity.alt_labels or entity.label != label):
        return tails
    names = (entity.label, *entity.alt_labels)
    return [*tails, *[ALT_LABEL + literal(name, "@zh") for name in names if name != label]]


def _ends(statement: Statement) -> tuple[str, str]:
    """Subject and object of the triple that a statement becomes: for a post, the post and who holds it."""
    subject, object_ = statement.subject, statement.object
    if statement.predicate == "holdsPost":
        agency = object_.key if object_ else ""
        return ref("post", digest(subject.key, statement.qualifier, agency)), ref("person", subject.key)
    if object_ is None:
        raise ValueError(f"{subject.key} {statement.predicate}: a statement without object")
    return ref(subject.kind, subject.key), ref(object_.kind, object_.key)


def _statement(statement: Statement, said: Tails) -> None:
    subject, object_ = _ends(statement)
    tails = [name + object_ for name in _predicates(statement.predicate, statement.subject.kind)]
    if statement.predicate == "holdsPost":
        tails.append(tail(vocab.TYPE, f"<{vocab.POST}>"))
        tails.append(tail(vocab.PREF_LABEL, literal(statement.qualifier, "@zh")))
        if statement.object:
            tails.append(tail(vocab.POST_IN, ref("agency", statement.object.key)))
    elif statement.predicate in vocab.ELI_DATES and statement.object and (day := edtf.day(statement.object.key)):
        tails.append(tail(vocab.ELI_DATES[statement.predicate], f'"{day}"{DATE}'))
    _say(said, subject, tails)


def article_quads(graph: ArticleGraph) -> list[str]:
    """The facts of an article, in the graph that bears its IRI: blocks of lines, sorted, each once."""
    said: Tails = {}
    me = _article(graph)
    for entity in graph.entities:
        name = ref(entity.kind, entity.key)
        said[name] = _entity(entity)
        if entity.mentions and entity.kind != "indicator":
            me.append(MENTIONS + name)
    _say(said, f"<{graph.article.iri}>", me)
    for statement in graph.statements:
        _statement(statement, said)
    return _blocks(said, graph.article.iri)


def evidence_quads(graph: ArticleGraph, text: bool = True) -> list[str]:
    """What the facts of an article rest on, in the graph <article>/evidence: blocks of lines, sorted, each once.

    `text=False` leaves out the article's text; its hash and the quotes stay.
    """
    article = graph.article
    checksum = sha256(article.text.encode()).hexdigest()
    node = vocab.iri("text", checksum[: 2 * DIGEST])
    base = f"<{node}#char="
    said: Tails = {}
    for entity in graph.entities:
        denoted = DENOTES + ref(entity.kind, entity.key)
        for mention in entity.mentions:
            span = mention.span
            name = f"{base}{span.start},{span.end}>"
            rule = f'{RULE}{mention.rule}"'
            if name in said:
                _say(said, name, (denoted, rule))
            else:
                said[name] = (*_quote(span), denoted, rule)
    for statement in graph.statements:
        names = []
        for span in statement.evidence:
            name = f"{base}{span.start},{span.end}>"
            names.append(name)
            if name not in said:
                said[name] = _quote(span)
        _reify(statement, sorted(names), said)
    about = [
        tail(vocab.TYPE, f"<{vocab.TEXT_OBJECT}>"),
        DERIVED_FROM + f"<{article.iri}>",
        tail(vocab.SHA256, f'"{checksum}"'),
    ]
    said[f"<{node}>"] = [*about, tail(vocab.TEXT, literal(article.text))] if text else about
    return _blocks(said, vocab.evidence_graph(article.iri))


def _quote(span: Span) -> tuple[str, ...]:
    """What is said of a span, whatever it is evidence of."""
    return f"{END}{span.end}{INTEGER}", EXACT + literal(span.quote), f"{START}{span.start}{INTEGER}"


def _reify(statement: Statement, names: Sequence[str], said: Tails) -> None:
    """Says what a statement says; `names`: its quotes, sorted."""
    subject, object_ = _ends(statement)
    predicate = f"<{vocab.PREDICATES[statement.predicate]}>"
    me = f"{STATEMENT_ID}{digest(subject, predicate, object_, *[name[:-1] for name in names])}>"
    tails = (
        OBJECT + object_,
        PREDICATE + predicate,
        SUBJECT + subject,
        STATEMENT,
        *[DERIVED_FROM + name for name in names],
        f'{RULE}{statement.rule}"',
    )
    if me in said:
        _say(said, me, tails)
    else:
        said[me] = tails
