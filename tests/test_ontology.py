"""reformkg.ttl says of every term what it is, in two languages; shapes.ttl accepts what is right and nothing else."""

import pytest
import rdflib
from graphs import Builder, example, lines_of
from rdflib import OWL, RDF, RDFS, SH

from kg import catalogue, vocab
from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads
from kg.model import ArticleGraph
from kg.shapes import validate
from kg.store import Store
from kg.terms import supers

ONTOLOGY = rdflib.Graph().parse(catalogue.ONTOLOGY / "reformkg.ttl")
SHAPES = rdflib.Graph().parse(catalogue.ONTOLOGY / "shapes.ttl")
TERMS = sorted(s for s in set(ONTOLOGY.subjects()) if str(s).startswith(vocab.RKG))
TOP = {"bound", "earliest", "edtf", "latest", "rule"}
"""Terms that no standard vocabulary has a wider term for."""


def strings(value) -> set[str]:
    if isinstance(value, dict):
        return {text for one in value.values() for text in strings(one)}
    return {value} if isinstance(value, str) else set()


def test_vocab_and_ontology_name_the_same_terms():
    mine = {text for name, value in vars(vocab).items() if name.isupper() for text in strings(value)}
    assert {text for text in mine if text.startswith(vocab.RKG)} - {vocab.RKG} == {str(term) for term in TERMS}


@pytest.mark.parametrize("term", TERMS)
def test_every_term_is_declared_in_two_languages(term):
    assert {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty} & set(ONTOLOGY.objects(term, RDF.type))
    for predicate in (RDFS.label, RDFS.comment):
        assert sorted(text.language for text in ONTOLOGY.objects(term, predicate)) == ["en", "zh"]


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_a_standard_one_above_it(term):
    assert bool(supers(str(term))) != (term.removeprefix(vocab.RKG) in TOP)
    above = {*ONTOLOGY.objects(term, RDFS.subClassOf), *ONTOLOGY.objects(term, RDFS.subPropertyOf)}
    assert {str(iri) for iri in above} <= set(supers(str(term)))


def test_ontology_has_a_header_and_no_blank_nodes():
    (header,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert str(header) + "#" == vocab.RKG
    assert not [s for s in ONTOLOGY.subjects() if isinstance(s, rdflib.BNode)]


def test_shapes_target_classes_and_speak_two_languages():
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape):
        assert sorted(text.language for text in SHAPES.objects(shape, SH.message)) == ["en", "zh"], shape
    targets = {str(iri) for iri in SHAPES.objects(None, SH.targetClass)}
    assert set(vocab.CLASSES.values()) <= targets
    assert not list(SHAPES.subject_objects(SH.sparql))


def filled(graph: ArticleGraph) -> Store:
    store = Store.open()
    store.replace(graph.article.iri, article_quads(graph) + evidence_quads(graph))
    store.replace_background((), background_quads(store.keys()))
    return store


def test_the_example_conforms():
    assert validate(filled(example())) == []


def test_every_region_group_and_agency_of_the_catalogue_conforms():
    keys = [("region", k) for k in ("110101", "长三角", "京津冀", *list(catalogue.zones())[:5])]
    store = Store.open()
    store.replace_background((), background_quads([*keys, *(("agency", name) for name in catalogue.agencies())]))
    assert validate(store) == []


def broken(line: str, by: str) -> Store:
    """The example with the first line that contains `line` changed into `by` there."""
    graph = example()
    lines = lines_of(article_quads(graph) + evidence_quads(graph)) + background_quads([])
    hit = next(one for one in lines if line in one)
    store = Store.open()
    store.load([one for one in lines if one != hit] + ([hit.replace(line, by)] if by else []))
    return store


@pytest.mark.parametrize(
    ("line", "by", "said"),
    [
        ('"10月底前覆盖长三角"', '"11月底前覆盖长三角"', "原文此处是"),
        ("最多跑一次”改革再提速\\n", "最多跑两次”改革再提速\\n", "校验值"),
        ('"10月底前覆盖长三角"', "", "evidence needs its words"),
        ('bound> "="', 'bound> "?"', "the bound must be one of"),
        ('value> "3197"', 'value> "约3197"', "one decimal value"),
        (f"<{vocab.LATEST}>", "<a:b>", "earliest or a latest day"),
        (
            "rdf-syntax-ns#predicate> <https://w3id.org/reformkg/ns#partOf>",
            "rdf-syntax-ns#predicate> <a:b>",
            "没有依据",
        ),
        ('prefLabel> "浙里办"@zh', 'prefLabel> "浙里办"', "needs one Chinese name"),
    ],
)
def test_faults_are_found(line, by, said):
    faults = validate(broken(line, by))
    assert [fault for fault in faults if said in fault.what and "\n" not in fault.what]


def test_articles_that_differ_are_a_warning():
    store = filled(example())
    other = Builder(iri="https://w3id.org/reformkg/id/article/other.md")
    plan = other.entity("legislation", "浙江省“最多跑一次”改革深化方案", "浙江省“最多跑一次”改革深化方案", ["方案"])
    other.say(plan, "dateIssued", other.entity("time", "2021-07-02", "7月1日", ["7月1日"]), "7月1日")
    store.replace(other.article.iri, article_quads(other.graph()) + evidence_quads(other.graph()))
    assert {(fault.severity, "articles differ" in fault.what) for fault in validate(store)} == {("Warning", True)}


def test_without_texts_quotes_cannot_be_compared():
    graph = example()
    store = Store.open()
    store.replace(graph.article.iri, article_quads(graph) + evidence_quads(graph, text=False))
    store.replace_background((), background_quads(store.keys()))
    assert validate(store) == []
