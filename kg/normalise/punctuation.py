"""Half-width punctuation of Chinese text -> full-width, one for one: 长三角(沪苏浙皖),6月 reads as it is meant."""

import re

from kg.normalise.pattern import pattern

HALF, FULL = ",;:?!()", "，；：？！（）"
FULL_WIDTH = str.maketrans(HALF, FULL)
_AFTER = r"[\u4e00-\u9fff”’》）]"  # what Chinese ends with before a mark
_MARK = pattern(
    rf"(?<={_AFTER})[,;:?!]|(?<=[0-9A-Za-z%％])[,;:?!](?=[\u4e00-\u9fff“‘《])"
    r"|\([^()\n]{0,60}[\u4e00-\u9fff][^()\n]{0,60}\)"
)


def full_width(text: str) -> str:
    """The text with the marks that belong to Chinese words full-width; every offset stays what it was."""
    return _MARK.sub(_widened, text)


def _widened(mark: re.Match[str]) -> str:
    words = mark[0]
    return words.translate(FULL_WIDTH) if len(words) == 1 else f"（{words[1:-1]}）"
