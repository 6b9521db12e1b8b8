"""`/sparql` in a browser: an editor, the named queries, results as table, chart or graph (static/console.js)."""

from starlette.responses import Response

from kg import vocab
from kg.store import questions
from kg.web.visit import Visit

FIRST = "reforms-by-region"


async def show(visit: Visit) -> Response:
    """The page; `query` fills the editor and is asked at once, `name` is that of a named query."""
    named = questions()
    asked = visit.params.get("query", "")
    chosen = visit.params.get("name", "")
    sparql = asked or named.get(chosen, named[FIRST]).sparql
    return visit.render(
        "console",
        sparql=sparql,
        asked=bool(asked or chosen in named),
        questions=named.values(),
        prefixes=vocab.PREFIXES,
        base=visit.site.addresses.base,
    )
