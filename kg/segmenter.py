"""Article -> Document: where its sentences begin and end."""

from kg.model import Article, Document, Span
from kg.normalise.pattern import pattern

# a run up to 。！？ or a line break, with the closing marks that belong to it: 他说：“好。” | 会议认为……
SENTENCE = pattern(r"[^\s。！？!?](?:[^。！？!?\n]|[!?](?=[\w/=]))*(?:[。！？!?]+[”’」』）)》]*)?")


LONGEST = 1000
"""How many characters a sentence has at most: a text without full stops is cut at commas, or reading it would take the
square of its length."""
COMMAS = "，；、,; "


def segment(article: Article) -> Document:
    """The article cut into sentences; every line break ends one. Offsets are those of `article.text`."""
    sentences = []
    for match in SENTENCE.finditer(article.text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        while start < end:
            stop = end if end - start <= LONGEST else _cut(article.text, start)
            sentences.append(Span(start, stop, article.text[start:stop]))
            start = stop
    return Document(article, tuple(sentences))


def _cut(text: str, start: int) -> int:
    """Where the first part of a sentence that is too long ends: behind its last comma, if it has one."""
    stop = start + LONGEST
    return max(text.rfind(comma, start, stop) for comma in COMMAS) + 1 or stop
