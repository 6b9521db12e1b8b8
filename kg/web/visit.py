"""One request for a page: its language and colours, the links it may hold, the page rendered."""

from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg import vocab
from kg.web.addresses import Thing
from kg.web.names import LANGUAGES, Names
from kg.web.pool import RefusedError
from kg.web.site import Article, Row, Site

THEMES = ("light", "dark")
YEAR = 31536000
PREFIXES = {namespace: prefix for prefix, namespace in vocab.PREFIXES.items()}
LIKED = {"lang": LANGUAGES, "theme": THEMES}
"""What a visitor may choose: by a parameter, then by a cookie."""


class Visit:
    """A request with all that a page needs to answer it."""

    def __init__(self, site: Site, request: Request) -> None:
        self.site = site
        self.request = request
        self.chosen = {
            name: value
            for name, values in LIKED.items()
            if (value := request.query_params.get(name) or request.cookies.get(name)) in values
        }
        self.names = Names(self.chosen.get("lang", "zh"))

    @property
    def params(self) -> QueryParams:
        return self.request.query_params

    def number(self, name: str, default: int = 0, most: int = 100000) -> int:
        """A parameter that is a number; the default for anything else."""
        value = self.params.get(name, "")
        return min(most, int(value)) if value.isascii() and value.isdigit() and len(value) < 7 else default

    def link(self, iri: str) -> str:
        """Where an IRI of the graph is shown: a path of this server; empty for an IRI elsewhere."""
        return self.site.addresses.path(iri) or ""

    def to(self, kind: str, key: str) -> str:
        """The path of an entity's page."""
        return self.link(self.site.addresses.of(kind, key))

    def name(self, iri: str) -> str:
        """What an IRI is called where no label is at hand."""
        thing = self.thing(iri)
        return self.names.thing(thing) if thing else iri

    def term(self, iri: str) -> str:
        """An IRI with a prefix where there is one: skos:prefLabel."""
        for cut in (iri.rfind("#") + 1, iri.rfind("/") + 1):
            prefix = PREFIXES.get(iri[:cut]) if cut else None
            if prefix:
                return f"{prefix}:{iri[cut:]}"
        return iri

    def thing(self, iri: str) -> Thing | None:
        """Kind and key of an entity's IRI."""
        return self.site.addresses.thing(iri)

    def here(self, **changed: object) -> str:
        """This very address with some parameters changed; None takes one away."""
        kept = {name: value for name, value in self.params.items() if name not in LIKED}
        kept |= {name: str(value) for name, value in changed.items() if value is not None}
        kept = {name: value for name, value in kept.items() if changed.get(name, "") is not None}
        path = self.request.scope.get("raw_path", b"/").decode("ascii", "replace").partition("?")[0]
        return f"{path}?{urlencode(kept)}" if kept else path

    async def rows(self, sparql: str) -> list[Row]:
        """The rows of a SELECT query."""
        return await self.site.rows(sparql)

    async def articles(self) -> dict[str, Article]:
        """All articles, the newest first."""
        return await self.site.articles()

    async def one(self, sparql: str) -> Row | None:
        """The first row of a SELECT query."""
        return await self.site.one(sparql)

    def render(self, template: str, code: int = 200, /, **context: object) -> Response:
        """A page; every word in it is escaped."""
        shared = {"v": self, "word": self.names.word, "names": self.names, "path": self.request.url.path}
        page = self.site.templates.get_template(f"{template}.html.jinja").render(shared | context)
        response = HTMLResponse(page, code, {"Vary": "Accept, Cookie"})
        for name, values in LIKED.items():
            if self.params.get(name) in values:
                response.set_cookie(name, self.params[name], max_age=YEAR, httponly=name == "lang", samesite="lax")
        return response

    def missing(self) -> Response:
        """The page that says that nothing is here."""
        return self.render("error", 404, status=404, message=self.names.word("error.404"))

    def refused(self, error: RefusedError) -> Response:
        """The page that says why a page could not be made."""
        return self.render("error", error.status, status=error.status, message=error.message)
