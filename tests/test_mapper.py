"""What the mapper writes: valid N-Quads, sorted, lean, with standard terms, and the same whenever it is asked."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from graphs import IRI, Builder, example, lines_of
from hypothesis import given
from hypothesis import strategies as st

from kg import vocab
from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads, plain
from kg.model import ArticleGraph, Quantity
from kg.terms import literal


def quads(lines) -> set[tuple[str, ...]]:
    parsed = list(ox.parse("".join(lines).encode(), ox.RdfFormat.N_QUADS))
    assert len(parsed) == len(lines_of(lines))
    return {tuple(getattr(t, "value", "") for t in (q.subject, q.predicate, q.object, q.graph_name)) for q in parsed}


def facts(graph: ArticleGraph) -> set[tuple[str, str, str]]:
    return {quad[:3] for quad in quads(article_quads(graph))}


def test_lines_are_sorted_and_unique_and_in_their_graphs():
    graph = example()
    assert lines_of(sorted(article_quads(graph) + evidence_quads(graph))) == sorted(
        lines_of(article_quads(graph)) + lines_of(evidence_quads(graph))
    )
    for blocks, name in ((article_quads(graph), IRI), (evidence_quads(graph), f"{IRI}/evidence")):
        lines = lines_of(blocks)
        assert lines == sorted(set(lines))
        assert all(line.endswith(f" <{name}> .\n") for line in lines)
        assert "_:" not in "".join(lines)


def test_the_order_of_entities_and_statements_does_not_matter():
    graph = example()
    turned = ArticleGraph(graph.article, graph.entities[::-1], graph.statements[::-1])
    assert article_quads(turned) == article_quads(graph)
    assert evidence_quads(turned) == evidence_quads(graph)


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        (("reform", "最多跑一次"), vocab.RKG + "implementedBy", ("agency", "浙江省人民政府")),
        (("reform", "最多跑一次"), vocab.DCT + "contributor", ("agency", "浙江省人民政府")),
        (("service", "浙里办"), vocab.CV + "hasCompetentAuthority", ("agency", "浙江省人民政府")),
        (("service", "浙里办"), vocab.DCT + "isPartOf", ("reform", "最多跑一次")),
        (("service", "浙里办"), vocab.DCT + "spatial", ("region", "长三角")),
        (("service", "浙里办"), vocab.RKG + "targetDate", ("time", "../2021-10-31")),
        (("agency", "浙江省人民政府"), vocab.DCT + "spatial", ("region", "330000")),
        (("indicator", "aa11"), vocab.SCHEMA + "observationAbout", ("service", "浙里办")),
        (("indicator", "aa11"), vocab.RKG + "asOf", ("time", "2021-07-01")),
    ],
)
def test_statements_are_written_in_our_terms_and_in_standard_ones(subject, predicate, object_):
    assert (vocab.iri(*subject), predicate, vocab.iri(*object_)) in facts(example())


def test_days_of_legislation_are_eli_dates_too():
    plan = vocab.iri("legislation", "浙江省“最多跑一次”改革深化方案")
    found = {(p, o) for s, p, o in facts(example()) if s == plan and p.startswith(vocab.ELI)}
    assert (vocab.ELI + "date_publication", "2021-07-01") in found
    assert (vocab.ELI + "first_date_entry_in_force", "2021-08-01") in found


def test_a_month_is_no_eli_date():
    b = Builder()
    plan, when = b.entity("legislation", "方案", "方案", ["方案"]), b.entity("time", "2021-07", "7月", ["7月"])
    b.say(plan, "dateIssued", when, "7月")
    assert not [p for _, p, _ in facts(b.graph()) if p.startswith(vocab.ELI + "date")]


def test_times_have_bounds_and_an_open_end_has_none():
    by = {}
    for s, p, o in facts(example()):
        by.setdefault(s, {}).setdefault(p, set()).add(o)
    due = by[vocab.iri("time", "../2021-10-31")]
    assert due[vocab.LATEST] == {"2021-10-31"}
    assert vocab.EARLIEST not in due
    assert vocab.PROPER_INTERVAL in due[vocab.TYPE]
    assert vocab.INSTANT in by[vocab.iri("time", "2021-07-01")][vocab.TYPE]
    assert vocab.PREF_LABEL not in due


def test_a_region_bears_the_name_of_the_catalogue_and_its_surface_form_besides():
    zhejiang = vocab.iri("region", "330000")
    assert {(p, o) for s, p, o in facts(example()) if s == zhejiang and "skos" in p} == {
        (vocab.PREF_LABEL, "浙江省"),
        (vocab.ALT_LABEL, "浙江"),
    }


def test_a_post_is_a_node_and_its_agency_may_be_missing():
    found = facts(example())
    posts = {s for s, p, o in found if p == vocab.TYPE and o == vocab.POST}
    assert len(posts) == 2
    assert {o for s, p, o in found if s in posts and p == vocab.PREF_LABEL} == {"秘书长", "代表"}
    assert len([s for s, p, _ in found if p == vocab.POST_IN]) == 1


def test_mentions_are_entities_and_times_but_not_indicators():
    mentioned = {o for _, p, o in facts(example()) if p == vocab.MENTIONS}
    assert vocab.iri("time", "2021-07-01") in mentioned
    assert not [iri for iri in mentioned if "/indicator/" in iri]


def test_every_statement_is_reified_and_evidence_is_lean():
    graph = example()
    lines = quads(evidence_quads(graph))
    triples = {quad[:3] for quad in quads(article_quads(graph))}
    statements = {s for s, p, o, _ in lines if p == vocab.TYPE and o == vocab.STATEMENT}
    assert len(statements) == len(graph.statements)
    for statement in statements:
        about = {p: o for s, p, o, _ in lines if s == statement}
        assert (about[vocab.SUBJECT], about[vocab.PREDICATE], about[vocab.OBJECT]) in triples
        assert len([1 for s, *_ in lines if s == statement]) <= 8
    spans = {s: [q for q in lines if q[0] == s] for s, p, _, _ in lines if p == vocab.EXACT}
    assert all(len(of) <= 5 for of in spans.values())


def test_offsets_and_quotes_of_spans_are_those_of_the_text():
    graph = example()
    spans = {}
    for s, p, o, _ in quads(evidence_quads(graph)):
        if p in (vocab.EXACT, vocab.START, vocab.END):
            spans.setdefault(s, {})[p] = o
    for iri, span in spans.items():
        start, end = int(span[vocab.START]), int(span[vocab.END])
        assert graph.article.text[start:end] == span[vocab.EXACT]
        assert iri.endswith(f"#char={start},{end}")


def test_the_text_can_be_left_out():
    graph = example()
    with_text, without = lines_of(evidence_quads(graph)), lines_of(evidence_quads(graph, text=False))
    assert len(with_text) == len(without) + 1
    assert set(without) < set(with_text)


def test_an_article_without_anything_is_still_an_article():
    graph = example()
    article = replace(graph.article, title="", source="", url="", published=None)
    assert len(lines_of(article_quads(ArticleGraph(article, (), ())))) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.5E+8", "150000000"), ("3197", "3197"), ("80.50", "80.5"), ("0.0", "0"), ("100", "100"), ("-3.10", "-3.1")],
)
def test_decimals_are_plain(value, text):
    assert plain(Decimal(value)) == text


def test_bounds_of_numbers():
    for bound, name in ((">", vocab.MIN_VALUE), ("<", vocab.MAX_VALUE), ("=", None), ("~", None)):
        b = Builder()
        b.entity("indicator", "x", "", ["3197项"], value=Quantity(Decimal(3197), "项", bound, ""))
        predicates = {p for _, p, _ in facts(b.graph())}
        assert predicates & {vocab.MIN_VALUE, vocab.MAX_VALUE} == ({name} if name else set())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_literal_comes_back_as_it_was(text):
    line = f"<a:s> <a:p> {literal(text, '@zh')} .\n"
    (quad,) = ox.parse(line.encode(), ox.RdfFormat.N_QUADS)
    assert quad.object.value == text
    assert f"{quad.triple} .\n" == line


@given(st.sampled_from(vocab.KINDS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_key_makes_a_valid_iri_and_comes_back(kind, key):
    iri = vocab.iri(kind, key)
    assert vocab.kind_and_key(iri) == (kind, key)
    assert not re.search(r'[\x00-\x20<>"{}|\\^`/?#]', iri.removeprefix(f"{vocab.ID}{kind}/"))
    list(ox.parse(f"<{iri}> <a:p> <a:o> .\n".encode(), ox.RdfFormat.N_QUADS))


def test_background_holds_all_that_contains_a_region():
    lines = quads(background_quads([("region", "320509")]))
    suzhou, jiangsu = vocab.iri("region", "320500"), vocab.iri("region", "320000")
    wujiang = vocab.iri("region", "320509")
    assert {o for s, p, o, _ in lines if s == wujiang and p == vocab.WITHIN} == {suzhou, jiangsu}
    assert {o for s, p, o, _ in lines if s == wujiang and p == vocab.CONTAINED_IN} == {suzhou}
    assert {o for s, p, o, _ in lines if s == jiangsu and p == vocab.PREF_LABEL} == {"江苏省"}
    assert {o for s, p, o, _ in lines if s == suzhou and p == vocab.ADMIN_CODE} == {"320500"}


def test_background_names_the_41_cities():
    lines = quads(background_quads([("region", "长三角")]))
    cities = {o for s, p, o, _ in lines if s == vocab.iri("region", "长三角") and p == vocab.CONTAINS}
    assert len(cities) == 41
    assert all((city, vocab.TYPE, vocab.CLASSES["region"], "") in lines for city in cities)


def test_background_is_the_same_whatever_the_order_and_needs_no_known_names():
    keys = [("region", "长三角"), ("agency", "国家数据局"), ("region", "某区"), ("person", "陈明")]
    assert background_quads(keys) == background_quads(keys[::-1])
    assert "某区" not in "".join(background_quads(keys))


def test_dates_are_written_as_dates():
    assert any(f'"{date(2021, 7, 5)}"^^<{vocab.DATE}>' in line for line in article_quads(example()))
