"""Where sentences begin and end, and that none is endless."""

from itertools import pairwise

import pytest
from conftest import make_document

from kg.segmenter import LONGEST


def quotes(text):
    return [sentence.quote for sentence in make_document(text).sentences]


def test_a_sentence_ends_with_its_mark_or_its_line():
    assert quotes("他说：“好。”会后，大家走了！\n标题\n完") == ["他说：“好。”", "会后，大家走了！", "标题", "完"]


@pytest.mark.parametrize(
    "text", ["南川市推行改革，" * 500, "张景胤、" * 2000, "改" * 3500, "一" * 999 + "，" + "二" * 10]
)
def test_an_endless_sentence_is_cut(text):
    sentences = make_document(text).sentences
    assert "".join(sentence.quote for sentence in sentences) == text
    assert all(len(sentence.quote) <= LONGEST for sentence in sentences)
    assert all(a.end == b.start for a, b in pairwise(sentences))


def test_it_is_cut_behind_a_comma():
    assert [sentence[-3:] for sentence in quotes("南川市推行了改革，" * 500)] == ["改革，"] * 5


def test_a_long_sentence_stays_whole():
    assert len(quotes("南川市推行改革，" * 120)) == 1
