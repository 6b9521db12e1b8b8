"""`/search`: entities by name or other name, articles by title; `/suggest` the first few, as JSON."""

import json

from starlette.responses import JSONResponse, Response

from kg.web.visit import Visit

ENTITIES = """SELECT ?t (COUNT(DISTINCT ?a) AS ?n) (SAMPLE(?l) AS ?label) {
  { SELECT DISTINCT ?t ?l { ?t skos:prefLabel|skos:altLabel ?l FILTER(CONTAINS(LCASE(STR(?l)), %s)) } }
  GRAPH ?a { ?a schema:mentions ?t }
} GROUP BY ?t ORDER BY DESC(?n) ?t LIMIT %d"""
FOUND = 100
SUGGESTED = 8
LONGEST = 60
MARKS = dict.fromkeys(map(ord, '“”"《》「」'))


def _asked(visit: Visit) -> str:
    return visit.params.get("q", "").translate(MARKS).strip().lower()[:LONGEST]


def _literal(text: str) -> str:
    """The text as a SPARQL string; JSON's escapes are among those of SPARQL."""
    return json.dumps("".join(c for c in text if not "\ud800" <= c <= "\udfff"), ensure_ascii=False)


async def _entities(visit: Visit, text: str, most: int) -> list[tuple[str, ...]]:
    """IRI, number of articles and the name that matched; whole names first."""
    rows = await visit.rows(ENTITIES % (_literal(text), most))
    return sorted(rows, key=lambda row: (visit.name(row[0]).lower() != text, row[2].lower() != text))


async def show(visit: Visit) -> Response:
    """What answers to the words asked for."""
    text = _asked(visit)
    found = await _entities(visit, text, FOUND) if text else []
    articles = (await visit.articles()).values() if text else ()
    titles = [one for one in articles if text in one.title.lower()]
    return visit.render("search", asked=visit.params.get("q", "")[:LONGEST], entities=found, articles=titles[:FOUND])


async def suggest(visit: Visit) -> Response:
    """`[{"kind", "name", "also", "link"}]`."""
    text = _asked(visit)
    found = []
    for iri, _, label in await _entities(visit, text, SUGGESTED) if text else []:
        thing = visit.thing(iri)
        if thing:
            name = visit.names.thing(thing)
            also = label if label != name else ""
            found.append({"kind": thing.kind, "name": name, "also": also, "link": visit.link(iri)})
    return JSONResponse(found)
