"""The named queries: each runs, says in two languages what it answers, and finds it."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from graphs import IRI, Builder, example
from rdflib.plugins.sparql import prepareQuery

from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads
from kg.model import Quantity
from kg.store import Store, questions


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.open()
    for iri in (IRI, IRI + "2"):
        graph = example(iri)
        store.replace(iri, article_quads(graph) + evidence_quads(graph))
    store.replace_background((), background_quads(store.keys()))
    return store


def test_there_are_enough():
    assert len(questions()) >= 14


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_query_says_what_it_answers_and_runs_anywhere(name, store):
    question = questions()[name]
    assert question.zh
    assert question.en
    assert question.sparql.startswith(f"# {question.zh} / {question.en}\n")
    ox.Store().query(question.sparql)  # without our prefixes
    prepareQuery(question.sparql)
    rows = store.select(question.sparql)
    assert bool(rows) == (name not in ("conflicts", "numbers-over-time"))
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("reforms-by-agency", ("浙江省人民政府", "最多跑一次", "reform", "2")),
        ("numbers", ("浙里办", "事项", "=", "3197", "项", "2021-07-01", "2021-07-05", "3197项", "news/zj.md")),
        ("due", ("2021-10-31", "../2021-10-31", "浙里办", "10月底前覆盖长三角", "news/zj.md")),
        ("legislation", ("浙江省“最多跑一次”改革深化方案", "浙江省人民政府", "", "2021-07-01", "2021-08-01/..")),
        ("posts", ("陈明", "秘书长", "浙江省人民政府", "2021-07-05", "news/zj.md")),
        ("posts", ("陈明", "代表", "", "2021-07-05", "news/zj.md")),
        ("services", ("浙里办", "最多跑一次", "浙江省人民政府")),
        ("agencies-by-region", ("330000", "浙江省", "浙江省人民政府")),
        ("co-mentioned", ("最多跑一次", "浙里办", "2")),
        ("reforms-by-region", ("330000", "浙江省", "最多跑一次", "2")),
        ("most-mentioned", ("service", "浙里办", "2")),
        ("rules", ("partOf.test", "0", "1")),
    ],
)
def test_a_query_finds_it(name, row, store):
    assert row in store.select(questions()[name].sparql)


def test_evidence_has_statements_about_numbers_without_a_measure():
    one = Builder("浙里办有3197项。")
    service = one.entity("service", "浙里办", "浙里办", ["浙里办"])
    number = one.entity("indicator", "aa11", "3197项", ["3197项"], value=Quantity(Decimal(3197), "项", "=", ""))
    one.say(number, "about", service, "浙里办有3197项。")
    store = Store.open()
    store.replace(IRI, article_quads(one.graph()) + evidence_quads(one.graph()))
    rows = store.select(questions()["evidence"].sparql)
    assert ("", "https://schema.org/observationAbout", "浙里办", "浙里办有3197项。", "0", "10", "news/zj.md") in rows


def test_the_41_cities_and_which_of_them_a_reform_covers(store):
    rows = store.select(questions()["yangtze-delta-coverage"].sparql)
    zhejiang = {(code, covered) for name, code, _, covered in rows if name == "最多跑一次"}
    assert len(zhejiang) == 41
    assert {code for code, covered in zhejiang if covered == "yes"} == {f"33{n:02}00" for n in range(1, 12)}
    assert {covered for name, _, _, covered in rows if name == "浙里办"} == {"yes"}
