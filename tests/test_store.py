"""The store: replace, remove, load, read-only, one-line errors, and queries that may not leave the machine."""

from pathlib import Path

import pytest
from graphs import IRI, example, lines_of

from kg import vocab
from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads
from kg.store import QueryError, Store, StoreError, check

OTHER = IRI + "2"


def lines(iri: str = IRI) -> list[str]:
    graph = example(iri)
    return lines_of(article_quads(graph) + evidence_quads(graph))


def filled() -> Store:
    store = Store.open()
    for iri in (IRI, OTHER):
        store.replace(iri, lines(iri))
    store.replace_background((), background_quads(store.keys()))
    return store


def test_what_goes_in_comes_out_byte_for_byte():
    store = filled()
    assert store.quads() == sorted({*lines(), *lines(OTHER), *background_quads(store.keys())})


def test_replacing_an_article_twice_changes_nothing():
    store = filled()
    before = store.quads()
    store.replace(IRI, lines())
    assert store.quads() == before


def test_a_removed_article_leaves_no_trace():
    store = filled()
    store.remove(OTHER)
    assert store.articles() == [IRI]
    assert not [line for line in store.quads() if OTHER in line]


def test_articles_come_in_bulk_as_one_by_one():
    store = Store.open()
    store.add((iri, lines(iri)) for iri in (IRI, OTHER))
    store.replace_background((), background_quads(store.keys()))
    assert store.quads() == filled().quads() and store.facts() == filled().facts()


def test_newest_articles_first_those_without_a_date_last():
    store = Store.open()
    days = {"a:1": "2021-01-02", "a:2": "2022-01-02", "a:3": "", "a:4": "2021-01-02"}
    for iri, day in days.items():
        dated = [f'<{iri}> <{vocab.PUBLISHED}> "{day}"^^<{vocab.DATE}> <{iri}> .\n'] if day else []
        store.replace(iri, [f"<{iri}> <{vocab.TYPE}> <{vocab.NEWS_ARTICLE}> <{iri}> .\n", *dated])
    assert store.newest() == ["a:2", "a:1", "a:4", "a:3"]


def test_facts_about_some_subjects():
    store = filled()
    facts = store.facts()
    wanted = {facts[0].split(" ")[0], facts[-1].split(" ")[0], "<a:nothing>"}
    assert store.about(wanted) == [line for line in facts if line.split(" ")[0] in wanted]


def test_facts_are_one_set_with_types_first():
    facts = filled().facts()
    assert len(facts) == len(set(facts))
    assert "/evidence" not in "".join(facts)
    mine = [line for line in facts if line.startswith("<https://w3id.org/reformkg/id/service/")]
    assert "#type>" in mine[0]


def test_a_literal_may_hold_any_line_separator():
    store = Store.open()
    line = '<a:s> <a:p> "a\u2028b\u0085c" <a:g> .\n'
    store.replace("a:g", [line])
    assert store.quads() == [line]
    assert store.triples("a:g") == ['<a:s> <a:p> "a\u2028b\u0085c" .\n']


def test_a_folder_holds_the_store(tmp_path: Path):
    with Store.open(tmp_path / "s") as store:
        store.load(lines())
        with pytest.raises(StoreError, match="another process"):
            Store.open(tmp_path / "s")
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert store.articles() == [IRI]
    (tmp_path / "g.nq").write_text("".join(lines(OTHER)), encoding="utf-8")
    with Store.open(tmp_path / "s") as store:
        store.load(tmp_path / "g.nq")
        assert store.articles() == [IRI, OTHER]


def test_what_is_no_store_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("x")
    for path, read_only in ((tmp_path, False), (tmp_path / "none", True), (tmp_path / "notes.txt", False)):
        with pytest.raises(StoreError) as caught:
            Store.open(path, read_only)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(StoreError, match=r"notes\.txt: "):
        Store.open().load(tmp_path / "notes.txt")


def test_queries_see_all_graphs_and_know_the_prefixes():
    store = filled()
    assert store.select("SELECT DISTINCT ?l { region:330000 skos:prefLabel ?l }") == [("浙江省",)]
    assert store.select("SELECT (COUNT(*) AS ?n) FROM <a:none> { ?s ?p ?o }") == [("0",)]
    with pytest.raises(QueryError, match="SELECT"):
        store.select("ASK {}")


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p", "x", "", "INSERT DATA { <a:s> <a:p> <a:o> }", "LOAD <http://a/>"]
)
def test_a_wrong_query_is_one_line(query):
    with pytest.raises(QueryError) as caught:
        Store.open().query(query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://127.0.0.1:9/> {?a ?b ?c}",
        "service silent <http://127.0.0.1:9/> {?a ?b ?c}",
        "SERVICE<http://127.0.0.1:9/>{?a ?b ?c}",
        "?s ?p true SERVICE:foo{?a ?b ?c}",
        "?s ?p 1SERVICE :foo {?a ?b ?c}",
        "SERVICE#comment\n?x{?a ?b ?c}",
        "S\\u0045RVICE :foo {?a ?b ?c}",
        '?s ?p "\\u0022" . SERVICE :foo {?a ?b ?c} #"\n',
        "?s ?p '''a'b\\'''' . SERVICE <a:b> {?a ?b ?c} #'''",
        "FILTER(?a<1)SERVICE<http://a/>{}FILTER(2>1)",
    ],
)
def test_service_is_refused(pattern):
    with pytest.raises(QueryError, match="SERVICE"):
        check(f"PREFIX : <http://a/> SELECT * {{ {pattern} }}")


@pytest.mark.parametrize("query", ["(" * 100, "!" * 5000, "x" * 70000, "SELECT * {" + "{} UNION " * 3000 + "{}}"])
def test_what_would_overflow_the_parser_is_refused(query):
    with pytest.raises(QueryError):
        check(query)


def test_names_and_words_may_say_service():
    check('SELECT * { service:浙里办 ?p "SERVICE <x> {}" } # SERVICE <x> {}')
    check("SELECT * { ?service cv:service ?x . <http://a/service/{> ?p ?o }".replace("{>", ">"))
