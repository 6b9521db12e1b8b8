"""A store -> its faults: what breaks ontology/shapes.ttl (SHACL Core), and quotes that their text does not hold."""

from hashlib import sha256
from typing import NamedTuple

from kg import catalogue, vocab
from kg.store import Store

SPANS = """SELECT ?article ?span ?exact ?start ?end ?text ?content {
  GRAPH ?evidence {
    ?span oa:exact ?exact ; oa:start ?start ; oa:end ?end .
    ?text a schema:TextObject ; prov:wasDerivedFrom ?article OPTIONAL { ?text schema:text ?content }
  }
}"""
TEXTS = """SELECT ?article ?text ?sum ?content {
  GRAPH ?evidence { ?text schema:sha256 ?sum ; schema:text ?content ; prov:wasDerivedFrom ?article }
}"""
UNGROUNDED = """SELECT DISTINCT ?article ?subject ?predicate ?object {
  VALUES ?predicate { %s }
  GRAPH ?article { ?article a schema:NewsArticle . ?subject ?predicate ?object }
  FILTER NOT EXISTS {
    GRAPH ?evidence {
      ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
      ?text prov:wasDerivedFrom ?article ; a schema:TextObject
    }
  }
}"""


class Fault(NamedTuple):
    """What is wrong with a graph."""

    where: str
    """The IRI of the entity, statement, span or text."""
    what: str
    """One line, in Chinese and English."""
    severity: str
    """Violation, or Warning (articles that differ from one another)."""


def validate(store: Store) -> list[Fault]:
    """The faults of a store, sorted: SHACL, quotes against their texts, texts against their checksums, statements
    without evidence. A text that was left out (`--no-text`) cannot be compared with."""
    return sorted({*_shapes(store), *_quotes(store), *_checksums(store), *_ungrounded(store)})


def _shapes(store: Store) -> list[Fault]:
    import pyshacl
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data="".join(_everything(store)), format="nt")
    shapes = (catalogue.ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"))
    shacl = rdflib.Namespace(vocab.SH)
    faults = []
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        messages = sorted(report.objects(result, shacl.resultMessage), key=lambda text: text.language != "zh")
        path, value = report.value(result, shacl.resultPath), report.value(result, shacl.value)
        subject = " ".join(str(term) for term in (path, value) if term is not None)
        what = f"{subject}: {' / '.join(' '.join(text.split()) for text in messages)}"
        severity = str(report.value(result, shacl.resultSeverity)).removeprefix(vocab.SH)
        faults.append(Fault(str(report.value(result, shacl.focusNode)), what, severity))
    return faults


def _everything(store: Store) -> list[str]:
    """Facts and evidence as N-Triples, without the long texts, which no shape looks at."""
    evidence = {
        line
        for article in store.articles()
        for line in store.triples(vocab.evidence_graph(article))
        if f"> <{vocab.TEXT}> " not in line
    }
    return [*store.facts(), *sorted(evidence)]


def _quotes(store: Store) -> list[Fault]:
    faults = []
    for _, span, exact, start, end, text, content in store.select(SPANS):
        if content and content[int(start) : int(end)] != exact:
            there = content[int(start) : int(end)]
            faults.append(_wrong(span, f"原文此处是“{there}”，不是“{exact}”", f"the text has {there!r}, not {exact!r}"))
        if span != f"{text}#char={start},{end}":
            faults.append(_wrong(span, f"位置与 {start},{end} 不符", f"does not fit {start},{end} of {text}"))
    return faults


def _checksums(store: Store) -> list[Fault]:
    return [
        _wrong(text, "原文与校验值不符", "the text does not fit its checksum")
        for _, text, checksum, content in store.select(TEXTS)
        if sha256(content.encode()).hexdigest() != checksum
    ]


def _ungrounded(store: Store) -> list[Fault]:
    predicates = " ".join(f"<{iri}>" for name, iri in sorted(vocab.PREDICATES.items()) if name != "spatial")
    return [
        _wrong(subject, f"{predicate} {object_} 没有依据", f"{predicate} {object_} has no evidence in {article}")
        for article, subject, predicate, object_ in store.select(UNGROUNDED % predicates)
    ]


def _wrong(where: str, zh: str, en: str) -> Fault:
    return Fault(where, " ".join(f"{zh} / {en}".split()), "Violation")
