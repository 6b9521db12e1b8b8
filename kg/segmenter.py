"""Article -> Document: where its sentences begin and end."""

from kg.model import Article, Document, Span
from kg.normalise.pattern import pattern

# a run up to 。！？ or a line break, with the closing marks that belong to it: 他说：“好。” | 会议认为……
SENTENCE = pattern(r"[^\s。！？!?](?:[^。！？!?\n]|[!?](?=[\w/=]))*(?:[。！？!?]+[”’」』）)》]*)?")


def segment(article: Article) -> Document:
    """The article cut into sentences; every line break ends one. Offsets are those of `article.text`."""
    sentences = []
    for match in SENTENCE.finditer(article.text):
        quote, start = match[0].rstrip(), match.start()
        sentences.append(Span(start, start + len(quote), quote))
    return Document(article, tuple(sentences))
