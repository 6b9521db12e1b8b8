"""graph.nq as a source: what the store would say, read line by line."""

from graphs import IRI, example
from hypothesis import given
from hypothesis import strategies as st
from test_store import filled

from kg import dataset
from kg.mapper import article_quads, evidence_quads
from kg.terms import content, language, literal

OTHER = IRI + "2"


def test_facts_are_those_of_the_store(tmp_path):
    store = filled()
    (tmp_path / "g.nq").write_text("".join(store.quads()), encoding="utf-8", newline="\n")
    assert list(dataset.facts(tmp_path / "g.nq", {IRI, OTHER})) == store.facts()


def test_article_that_is_named_like_evidence_has_facts():
    iri = f"{IRI}/evidence"
    graph = example(iri)
    facts, evidence = dataset.lines_of(article_quads(graph)), dataset.lines_of(evidence_quads(graph))
    assert list(dataset.triples(facts + evidence, {iri})) == [fact.replace(f" <{iri}> .\n", " .\n") for fact in facts]


@given(st.text(), st.sampled_from(["", "@zh", "@zh-Hans", "^^<a:b>"]))
def test_a_literal_says_what_went_in(text, suffix):
    term = literal(text.encode("utf-8", "replace").decode(), suffix)
    assert content(term) == text.encode("utf-8", "replace").decode()
    assert language(term) == suffix.removeprefix("@").lower() * suffix.startswith("@")


def test_an_iri_and_escapes():
    assert content("<a:b>") == "a:b" and language("<a:b>") == ""
    assert content(r'"a\"\\n\u0007\U0001F600\n"') == 'a"\\n\x07😀\n'
