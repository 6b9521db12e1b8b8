"""The trained tagger: its weights are those of its features, and it takes the first of what is most likely."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import make_document

from kg import catalogue, gazetteer, tagger

MARK = re.compile("〔[?？]?([^〔〕]+)〕")
TEXTS = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "gold").glob("s-p*.md"))]


def features(text: str, start: int, noun: int, end: int) -> list[tagger.Feature]:
    return tagger.of_noun(text, noun, end) + tagger.of_start(text, start, noun, end)


def test_texts_are_there():
    assert len(TEXTS) == 20


@pytest.mark.parametrize("text", TEXTS)
def test_the_sum_of_the_weights_decides(text):
    weights = {(row["template"], row["value"]): float(row["weight"]) for row in catalogue.lexicon("name_weights")}
    nouns = {word for template, word in weights if template == "noun"}
    for noun in gazetteer.find(text, "initiative.head"):
        scores = {
            start: sum(weights.get(feature, 0.0) for feature in features(text, start, noun.start, noun.end))
            for start in tagger.starts(text, noun.start, noun.end)
        }
        odds = {start: math.exp(score) for start, score in scores.items()}
        likely = [start for start, own in odds.items() if own / (1 + sum(odds.values())) > tagger.LIKELY]
        best = max(likely, key=lambda start: odds[start], default=None)
        expected = best if text[noun.start : noun.end] in nouns else None
        assert tagger.start_of_name(text, noun.start, noun.end) == expected


def test_starts_end_at_a_border_and_at_the_longest_name():
    text = "好，发展农村普惠金融服务改革"
    assert list(tagger.starts(text, 12, 14)) == [10, 9, 8, 7, 6, 5, 4, 3, 2]
    assert len(list(tagger.starts("字" * 60 + "改革", 60, 62))) == tagger.LONGEST - 2 - 1


def test_a_name_at_the_very_beginning():
    assert ("left", "") in tagger.of_start("数字政府建设", 0, 4, 6)


def test_weights_are_sorted_and_of_known_templates():
    rows = [(row["template"], row["value"]) for row in catalogue.lexicon("name_weights")]
    assert all(a < b for a, b in pairwise(rows))
    text = make_document("推进农村改革，“好办”上线。").article.text
    known = {template for template, _ in features(text, 2, 4, 6) + tagger.of_quotation(text, 8, 10)}
    assert {template for template, _ in rows} <= known


def test_only_what_stands_around_counts_as_often():
    near, far = "数字政府建设。" * 3, "数字政府建设。" + "字" * 2 * tagger.AROUND + "数字政府建设。" * 2
    assert ("often", "3") in tagger.of_start(near, 0, 4, 6)
    assert ("often", "1") in tagger.of_start(far, 0, 4, 6)


def test_marked_texts_have_headlines_and_closed_marks():
    documents = [
        document
        for path in sorted((Path(__file__).parent / "names").glob("*.txt"))
        for document in path.read_text("utf-8").split("\n===\n")
    ]
    assert len(documents) > 150
    for document in documents:
        assert {"〔", "〕"}.isdisjoint(MARK.sub("", document))
        assert len(document.splitlines()) > 1
