"""Any other IRI of the graph: what it says and what is said of it; the terms of the vocabulary under `/ns`."""

import pyoxigraph as ox
from starlette.responses import Response

from kg import catalogue, vocab
from kg.web.visit import Visit

SAYS = """SELECT DISTINCT ?p ?o (isIRI(?o) AS ?iri) {
  VALUES ?s { <%s> } { ?s ?p ?o } UNION { GRAPH ?a { ?s ?p ?o } }
} ORDER BY ?p ?o LIMIT 500"""
SAID = """SELECT DISTINCT ?p ?s {
  VALUES ?o { <%s> } { ?s ?p ?o } UNION { GRAPH ?a { ?s ?p ?o } }
} ORDER BY ?p ?s LIMIT 200"""
GRAPH = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
LABEL = vocab.RDFS + "label"
COMMENT = vocab.RDFS + "comment"


async def show(visit: Visit, iri: str) -> Response | None:
    """The page of an IRI; None if the graph does not know it."""
    says = await visit.rows(SAYS % iri)
    said = await visit.rows(SAID % iri)
    counted = await visit.one(GRAPH % iri)
    quads = int(counted[0]) if counted else 0
    if not says and not said and not quads:
        return None
    names = {o for p, o, _ in says if p in (vocab.PREF_LABEL, vocab.EXACT)}
    thing = visit.thing(iri)
    name = min(names) if names else visit.name(iri)
    return visit.render("resource", iri=iri, name=name, thing=thing, says=says, said=said, quads=quads)


async def terms(visit: Visit) -> Response:
    """The vocabulary, from the ontology's file: each term with its label and comment in the visitor's language."""
    data = (catalogue.ONTOLOGY / "reformkg.ttl").read_bytes()
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(data, ox.RdfFormat.TURTLE):
        if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(vocab.RKG):
            continue
        term = found.setdefault(quad.subject.value, {})
        said = quad.object
        if isinstance(said, ox.NamedNode) or (
            isinstance(said, ox.Literal) and said.language in (None, visit.names.language)
        ):
            term.setdefault(quad.predicate.value, []).append(said.value)
    rows = [
        (
            iri.removeprefix(vocab.RKG),
            term.get(LABEL, [""])[0],
            term.get(COMMENT, [""])[0],
            sorted(term.get(vocab.SUBCLASS, []) + term.get(vocab.SUBPROPERTY, [])),
        )
        for iri, term in sorted(found.items())
    ]
    classes = [row for row in rows if row[0][:1].isupper()]
    return visit.render(
        "vocabulary", groups=[("classes", classes), ("properties", [r for r in rows if r not in classes])]
    )
