"""Words and their parts of speech for a short stretch of text; the only owner of jieba.

jieba takes 0.7 s to load, so it is loaded at the first call; rules ask only where patterns leave a doubt.
"""

import logging
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba.posseg import POSTokenizer


@cache
def _tagger() -> "POSTokenizer":
    """A tagger of its own: words added to jieba's global one elsewhere do not change what it finds."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    return posseg.POSTokenizer(jieba.Tokenizer())


def tag(text: str) -> list[tuple[str, str, int, int]]:
    """The words of a text in order as (word, part of speech, start, end): nr person, ns place, v verb."""
    found = []
    end = 0
    for pair in _tagger().cut(text):
        start, end = end, end + len(pair.word)
        found.append((pair.word, pair.flag, start, end))
    return found
