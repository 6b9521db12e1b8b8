"""`/sparql` for programs: SPARQL 1.1 Protocol, read only; the page for people is `pages/console`."""

import asyncio

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg import vocab
from kg.store import serialise
from kg.web import negotiation, protocol
from kg.web.pool import Answer, Job, Pool, RefusedError
from kg.web.worker import TRIPLES

CORS = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = CORS | {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
METHODS = "GET, HEAD, POST, OPTIONS"
SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
FORMS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "N-Triples", "RDF_XML"),
)


def wants_page(request: Request) -> bool:
    """Whether the request comes from a person's browser rather than from a program."""
    if request.method not in ("GET", "HEAD"):
        return False
    offers = {**negotiation.RESULTS, **negotiation.TRIPLES, **negotiation.HTML}
    return negotiation.choose(request.headers.get("accept", ""), offers) == "html"


async def answer(request: Request, pool: Pool) -> Response:
    """What a program gets: results, triples, the description of the service, or an error in one line."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD", "POST"):
        return refusal(RefusedError(405, "a query comes by GET or POST"), CORS | {"Allow": METHODS})
    try:
        asked = await protocol.read(request)
        accept = request.headers.get("accept", "")
        if asked.sparql is None:
            return _description(request, accept)
        job = Job(
            asked.sparql,
            asked.dataset,
            negotiation.choose(accept, negotiation.RESULTS),
            negotiation.choose(accept, negotiation.TRIPLES),
        )
        if job.results is None and job.triples is None:
            raise RefusedError(406, "results come as JSON, XML, CSV or TSV, triples as Turtle, JSON-LD or N-Triples")
        found = await _run(request, pool, job)
    except RefusedError as error:
        return refusal(error, CORS)
    return Response(found.body, headers=CORS | {"Content-Type": found.type, "Vary": "Accept"})


def refusal(error: RefusedError, headers: dict[str, str] | None = None) -> Response:
    """An error as plain text."""
    more = {"Retry-After": "5"} if error.status == 503 else {}
    return PlainTextResponse(error.message + "\n", error.status, {**(headers or {}), **more})


async def _run(request: Request, pool: Pool, job: Job) -> Answer:
    """The answer; a query whose asker has gone is stopped."""
    running = asyncio.create_task(pool.run(job))
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait((running, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise RefusedError(499, "the client has gone")
        return running.result()
    finally:
        running.cancel()
        leaving.cancel()
        await asyncio.gather(running, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _description(request: Request, accept: str) -> Response:
    """https://www.w3.org/TR/sparql11-service-description/"""
    form = negotiation.choose(accept, negotiation.TRIPLES)
    if form is None:
        raise RefusedError(400, "the request has no query")
    endpoint = str(request.url.replace(query="", fragment=""))
    service, dataset, graph = (ox.NamedNode(f"{endpoint}{part}") for part in ("#service", "#dataset", "#default"))
    said = [
        (service, vocab.TYPE, SD + "Service"),
        (service, SD + "endpoint", endpoint),
        (service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        *((service, SD + "resultFormat", FORMATS + name) for name in FORMS),
        (service, SD + "defaultDataset", dataset.value),
        (dataset, vocab.TYPE, SD + "Dataset"),
        (dataset, SD + "defaultGraph", graph.value),
        (graph, vocab.TYPE, SD + "Graph"),
    ]
    triples = [ox.Triple(s, ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in said]
    inner, name = TRIPLES[form]
    content = serialise(triples, inner) if form == "ttl" else ox.serialize(triples, format=inner) or b""
    return Response(content, headers=CORS | {"Content-Type": name, "Vary": "Accept"})
