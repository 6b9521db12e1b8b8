"""An IRI of the graph -> its description in RDF: what `/id/...` answers to programs."""

from starlette.responses import Response

from kg.web.pool import Job
from kg.web.site import Site

DESCRIBE = """CONSTRUCT { ?s ?p ?o } {
  { BIND(<IRI> AS ?s) ?s ?p ?o }
  UNION { BIND(<IRI> AS ?s) GRAPH ?a { ?s ?p ?o } }
  UNION { BIND(<IRI> AS ?o) ?s ?p ?o FILTER(?p != schema:mentions) }
  UNION { GRAPH <IRI> { ?s ?p ?o } }
}"""
KNOWN = """SELECT ?x {
  { <IRI> ?x ?o } UNION { ?x ?p <IRI> } UNION { GRAPH <IRI> { ?x ?p ?o } } UNION { GRAPH ?a { <IRI> ?x ?o } }
} LIMIT 1"""


async def known(site: Site, iri: str) -> bool:
    """Whether the graph says anything of an IRI, or in a graph of that name."""
    return await site.one(KNOWN.replace("IRI", iri)) is not None


async def describe(site: Site, iri: str, form: str) -> Response:
    """What the graph says of an IRI, and in a graph of that name, as ttl, jsonld, nt or rdf. Raises RefusedError."""
    answer = await site.pages.run(Job(DESCRIBE.replace("IRI", iri), None, None, form))
    headers = {"Content-Type": answer.type, "Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return Response(answer.body, headers=headers)
