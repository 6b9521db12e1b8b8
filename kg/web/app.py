"""The server: which function answers which path, what happens at start and end."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg import catalogue, vocab
from kg.web import data, endpoint, negotiation
from kg.web.addresses import SUFFIXES, Addresses
from kg.web.guard import Guard
from kg.web.limits import PAGES, QUERIES, Limits
from kg.web.pages import article, console, coverage, entity, listing, overview, resource, search, timeline
from kg.web.pool import Job, Pool, RefusedError
from kg.web.site import Site
from kg.web.visit import Visit
from kg.web.worker import TRIPLES

STATIC = Path(__file__).parent / "static"
SIMPLE: dict[str, Callable[[Visit], Awaitable[Response]]] = {
    "/": overview.show,
    "/articles": listing.articles,
    "/coverage": coverage.show,
    "/timeline": timeline.show,
    "/search": search.show,
    "/suggest": search.suggest,
}
READ = ("GET", "HEAD")
METHODS = (*READ, "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
"""What the endpoint answers itself, the last three with its own refusal."""
WORKERS = {"pages": 2, "queries": 3}


def create(
    out: Path, base: Addresses | None = None, names: Iterable[str] = ("localhost",), limits: Limits = QUERIES
) -> ASGIApp:
    """The server of the graph in `out`; it answers to the host names given and to IP addresses."""
    bounds = PAGES._replace(memory=limits.memory, seconds=min(limits.seconds, PAGES.seconds))
    pages, queries = Pool(out, WORKERS["pages"], bounds), Pool(out, WORKERS["queries"], limits)
    site = Site(out, base or Addresses(), pages, queries)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        pages.start()
        queries.start()
        yield
        await pages.close()
        await queries.close()

    routes = [Route(path, _page(site, function), methods=READ) for path, function in SIMPLE.items()]
    routes += [
        Route("/list/{kind}", _page(site, _listing), methods=READ),
        Route("/id/{rest:path}", _page(site, _thing), methods=READ),
        Route("/ns", _page(site, _terms), methods=READ),
        Route("/ns.ttl", _page(site, _terms), methods=READ),
        Route("/view", _page(site, _view), methods=READ),
        Route("/healthz", _page(site, _health), methods=READ),
    ]
    asked = [Route(path, _sparql(site), methods=METHODS) for path in ("/sparql", "/sparql/")]
    static = Mount("/static", StaticFiles(directory=STATIC))
    app = Starlette(routes=[*routes, *asked, static], lifespan=life, exception_handlers={HTTPException: _failed(site)})
    return Guard(app, names)


Endpoint = Callable[[Request], Awaitable[Response]]


def _page(site: Site, function: Callable[[Visit], Awaitable[Response]]) -> Endpoint:
    async def answer(request: Request) -> Response:
        visit = Visit(site, request)
        try:
            return await function(visit)
        except RefusedError as error:
            return visit.refused(error) if endpoint.wants_page(request) else endpoint.refusal(error)

    return answer


def _failed(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = error.detail if isinstance(error, HTTPException) else "internal error"
        if status == 404 and endpoint.wants_page(request):
            return Visit(site, request).missing()
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        return endpoint.refusal(RefusedError(status, detail), headers)

    return answer


def _sparql(site: Site) -> Endpoint:
    async def answer(request: Request) -> Response:
        if endpoint.wants_page(request):
            return await _page(site, console.show)(request)
        return await endpoint.answer(request, site.queries)

    return answer


async def _listing(visit: Visit) -> Response:
    return await listing.entities(visit, visit.request.path_params["kind"]) or visit.missing()


async def _thing(visit: Visit) -> Response:
    """The page or the data of an IRI, by suffix, else by what the client accepts."""
    site, request = visit.site, visit.request
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii").partition("?")[0]
    iri, form = site.addresses.iri(raw), ""
    suffix = next((s for s in SUFFIXES if raw.endswith(s)), "")
    if suffix and not await data.known(site, iri):
        iri, form = site.addresses.iri(raw.removesuffix(suffix)), SUFFIXES[suffix]
    if not form:
        offers = {**negotiation.HTML, **negotiation.TRIPLES}
        chosen = negotiation.choose(request.headers.get("accept", ""), offers)
        if chosen is None:
            raise RefusedError(406, "this comes as HTML, Turtle, JSON-LD, N-Triples or RDF/XML")
        form = chosen
    if form != "html":
        if await data.known(site, iri):
            return await data.describe(site, iri, form)
        raise RefusedError(404, "the graph does not know this IRI")
    return await _html(visit, iri) or visit.missing()


async def _html(visit: Visit, iri: str) -> Response | None:
    thing = visit.thing(iri)
    if thing and thing.kind in vocab.KINDS:
        return await entity.show(visit, thing, iri) or await resource.show(visit, iri)
    if thing and thing.kind == "text" and (source := await article.source(visit, iri)):
        return RedirectResponse(visit.link(source), 303)
    if thing and thing.kind == "article" and (page := await article.show(visit, iri)):
        return page
    return await resource.show(visit, iri)


async def _terms(visit: Visit) -> Response:
    """The vocabulary: a page, or the ontology's file."""
    request = visit.request
    forms = {**negotiation.HTML, "text/turtle": "ttl"}
    if request.url.path.endswith(".ttl") or negotiation.choose(request.headers.get("accept", ""), forms) == "ttl":
        headers = {"Content-Type": TRIPLES["ttl"][1], "Vary": "Accept"}
        return Response((catalogue.ONTOLOGY / "reformkg.ttl").read_bytes(), headers=headers)
    return await resource.terms(visit)


async def _view(visit: Visit) -> Response:
    """The offline view that the build wrote."""
    path = visit.site.out / "graph.html"
    return FileResponse(path, media_type="text/html") if path.is_file() else visit.missing()


async def _health(visit: Visit) -> Response:
    """200 if a worker answers."""
    answer = await visit.site.pages.run(Job("SELECT ?s { ?s ?p ?o } LIMIT 1"))
    return JSONResponse({"status": "ok" if json.loads(answer.body) else "empty"})
