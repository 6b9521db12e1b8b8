"""The text half in one line: an article -> what it says."""

from kg.extractors import extract
from kg.linkers import link
from kg.model import Article, ArticleGraph
from kg.relations import relate
from kg.segmenter import segment
from kg.topic import settle


def graph_of(article: Article) -> ArticleGraph:
    """All that one article says; the same article gives the same graph, whatever was read before it."""
    document = segment(article)
    mentions = extract(document)
    topic = settle(document, mentions)
    relations = relate(document, mentions, topic)
    return link(document, mentions, relations, topic)
