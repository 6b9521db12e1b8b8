"""Half-width punctuation reads like full-width, and what is quoted is what the article says."""

import pytest

from kg.normalise.article import article_of
from kg.normalise.punctuation import FULL_WIDTH, full_width
from kg.pipeline import graph_of

FULL = """6月12日，镇江市政府印发《镇江市一网通办办法（试行）》；办法自7月1日起施行。
据市大数据中心主任王明介绍：截至5月底，接入事项3,197项，占比80%，“一网通办”平台（含移动端）用户达12.5万人！"""
HALF = FULL.translate({full: half for half, full in FULL_WIDTH.items()})


@pytest.mark.parametrize("kept", ["3,197项", "12:30", "见https://a.cn/b?c=d,e", "f(x, y)", "a, b; c", "(2021)5号"])
def test_what_is_no_chinese_stays(kept):
    assert full_width(kept) == kept


def test_marks_of_chinese_are_widened():
    assert full_width(HALF) == FULL


def test_the_same_is_found_and_quoted_as_written():
    full, half = graph_of(article_of(FULL, identifier="full")), graph_of(article_of(HALF, identifier="half"))
    assert sorted((e.kind, e.label) for e in full.entities) == sorted((e.kind, e.label) for e in half.entities)
    assert [(s.predicate, s.qualifier) for s in full.statements] == [
        (s.predicate, s.qualifier) for s in half.statements
    ]
    spans = [m.span for e in half.entities for m in e.mentions] + [s for f in half.statements for s in f.evidence]
    assert all(HALF[span.start : span.end] == span.quote for span in spans)
    assert any("," in span.quote for span in spans)


def test_a_name_as_written_is_one_of_its_names():
    graph = graph_of(article_of("镇江市政府印发《镇江市一网通办三年行动计划(2018-2020年)》。", identifier="plan"))
    document = next(e for e in graph.entities if e.kind == "legislation")
    assert (document.label, *document.alt_labels) == (
        "镇江市一网通办三年行动计划（2018-2020年）",
        "镇江市一网通办三年行动计划(2018-2020年)",
    )
