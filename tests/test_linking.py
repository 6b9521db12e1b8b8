"""Which region or body the words mean in an article: the rows of linking.tsv (title, text, `QUOTE = KEY; …`).

A quote that names several bodies has several keys, divided by ` + `.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from kg import extractors, linkers, topic

LINES = (Path(__file__).parent / "linking.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("title", "text", "expected"), ROWS, ids=[f"{title}: {text[:20]}" for title, text, _ in ROWS])
def test_linking(document, title, text, expected):
    article = document(text, title=title)
    mentions = extractors.extract(article)
    graph = linkers.link(article, mentions, (), topic.settle(article, mentions))
    found = defaultdict(set)
    body = len(title) + 1 if title else 0
    for entity in graph.entities:
        for mention in entity.mentions:
            if entity.kind in ("region", "agency") and mention.span.start >= body:
                found[mention.span.quote].add(entity.key)
    named = [row.split(" = ") for row in expected.split("; ") if row]
    assert found == {quote: set(keys.split(" + ")) for quote, keys in named}


@pytest.mark.parametrize(("home", "name"), [("静安区", "缤纷社区"), ("浦东新区", "浦东缤纷社区建设")])
def test_short_names_mean_what_is_known_of_the_place(document, home, name):
    article = document(f"上海市{home}建设“缤纷社区”，{home}居民点赞。", title=f"上海市{home}的一天")
    mentions = extractors.extract(article)
    graph = linkers.link(article, mentions, (), topic.settle(article, mentions))
    assert name in {entity.label for entity in graph.entities}


def test_a_name_with_its_noun_inside_and_outside_the_marks_is_one(document):
    article = document("静安区试点“街坊规划师”制度。街坊规划师制度已经推开。")
    mentions = extractors.extract(article)
    graph = linkers.link(article, mentions, (), topic.settle(article, mentions))
    assert [entity.label for entity in graph.entities if entity.kind == "reform"] == ["街坊规划师"]


def test_words_for_two_bodies_are_a_name_of_neither(document):
    text = "甘肃省委书记、省人大常委会主任林铎，青海省委书记、省人大常委会主任王建军出席。"
    read = document(text)
    mentions = extractors.extract(read)
    graph = linkers.link(read, mentions, (), topic.settle(read, mentions))
    names = {entity.label: entity.alt_labels for entity in graph.entities if entity.kind == "agency"}
    assert names["青海省人民代表大会常务委员会"] == names["甘肃省人民代表大会常务委员会"] == ()


def test_the_noun_behind_a_name_makes_another_name(document):
    text = (
        "区里推行“观察员”制度，设“零差别”受理综合窗口，深化“最多跑一次”改革，制定“一网通办”工作方案，试行容缺受理制度。"
    )
    read = document(text)
    mentions = extractors.extract(read)
    graph = linkers.link(read, mentions, (), topic.settle(read, mentions))
    names = {entity.label: entity.alt_labels for entity in graph.entities if entity.kind in ("reform", "service")}
    assert names["观察员"] == ("“观察员”制度",)
    assert names["最多跑一次"] == ("“最多跑一次”改革",)
    assert names["一网通办"] == ()
