"""The text half in one line: an article -> what it says."""

from dataclasses import replace

from kg.extractors import extract
from kg.linkers import link
from kg.model import Article, ArticleGraph, Entity, Span, Statement
from kg.normalise.punctuation import full_width
from kg.relations import relate
from kg.segmenter import segment
from kg.topic import settle


def graph_of(article: Article) -> ArticleGraph:
    """All that one article says; the same article gives the same graph, whatever was read before it."""
    text = full_width(article.text)
    if text == article.text:
        return _read(article)
    title = full_width(article.title)
    return _quoted(_read(replace(article, text=text, title=title)), article)


def _read(article: Article) -> ArticleGraph:
    document = segment(article)
    mentions = extract(document)
    topic = settle(document, mentions)
    relations = relate(document, mentions, topic)
    return link(document, mentions, relations, topic)


def _quoted(graph: ArticleGraph, article: Article) -> ArticleGraph:
    """The same graph with the words as the article has them."""

    def own(span: Span) -> Span:
        return Span(span.start, span.end, article.text[span.start : span.end])

    def entity(read: Entity) -> Entity:
        mentions = tuple([replace(m, span=own(m.span)) for m in read.mentions])
        names = {read.label, *read.alt_labels}
        written = {m.span.quote for m, old in zip(mentions, read.mentions, strict=True) if old.span.quote in names}
        return replace(read, mentions=mentions, alt_labels=tuple(sorted(written - {read.label})))

    entities = {(e.kind, e.key): entity(e) for e in graph.entities}

    def statement(read: Statement) -> Statement:
        subject = entities[read.subject.kind, read.subject.key]
        object_ = entities[read.object.kind, read.object.key] if read.object else None
        return replace(read, subject=subject, object=object_, evidence=tuple([own(s) for s in read.evidence]))

    return ArticleGraph(article, tuple(entities.values()), tuple([statement(s) for s in graph.statements]))
