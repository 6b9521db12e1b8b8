"""`/list/KIND` and `/articles`: everything of a kind by the number of articles; articles by date."""

from starlette.responses import Response

from kg import vocab
from kg.web.visit import Visit

ENTITIES = """SELECT ?t (COUNT(DISTINCT ?a) AS ?n) (MIN(?d) AS ?first) (MAX(?d) AS ?last) {
  GRAPH ?a { ?t a <%s> . ?a schema:mentions ?t OPTIONAL { ?a schema:datePublished ?d } }
} GROUP BY ?t ORDER BY DESC(?n) ?t"""
INDICATORS = """SELECT ?i ?measure ?value ?unit ?bound ?about ?time {
  GRAPH ?a { ?i a rkg:Indicator ; schema:value ?value ; rkg:bound ?bound
    OPTIONAL { ?i rkg:measure ?measure } OPTIONAL { ?i schema:unitText ?unit }
    OPTIONAL { ?i schema:observationAbout ?about } OPTIONAL { ?i rkg:asOf/rkg:edtf ?time } }
} ORDER BY ?measure ?unit ?value ?i LIMIT 5000"""
ARTICLES = """SELECT ?a ?id ?title ?date ?from {
  GRAPH ?a { ?a schema:identifier ?id OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date }
    OPTIONAL { ?a schema:publisher ?from } }
  %s
} ORDER BY DESC(?date) ?id LIMIT %d OFFSET %d"""
COUNT = """SELECT (COUNT(*) AS ?n) {
  GRAPH ?a { ?a schema:identifier ?id OPTIONAL { ?a schema:datePublished ?date } } %s
}"""
PAGE = 50


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


async def entities(visit: Visit, kind: str) -> Response | None:
    """All entities of a kind, the most covered (or the newest) first; None for a kind that does not exist."""
    if kind == "indicator":
        return await _indicators(visit)
    if kind not in vocab.CLASSES:
        return None
    rows = list(await visit.rows(ENTITIES % vocab.CLASSES[kind]))
    newest = visit.params.get("sort") == "new"
    if newest:
        rows.sort(key=lambda row: row[2], reverse=True)
    page = min(max(1, visit.number("page", 1)), _pages(len(rows)))
    return visit.render(
        "listing",
        kind=kind,
        newest=newest,
        total=len(rows),
        rows=rows[PAGE * (page - 1) : PAGE * page],
        most=max((int(row[1]) for row in rows), default=1),
        page=page,
        pages=_pages(len(rows)),
    )


async def _indicators(visit: Visit) -> Response:
    rows = sorted(set(await visit.rows(INDICATORS)), key=lambda row: (row[1], row[3], row[6], row[0]))
    page = min(max(1, visit.number("page", 1)), _pages(len(rows)))
    shown = rows[PAGE * (page - 1) : PAGE * page]
    return visit.render("indicators", total=len(rows), rows=shown, page=page, pages=_pages(len(rows)))


async def articles(visit: Visit) -> Response:
    """Articles, the newest first; of one month, one year or without date if the address says so."""
    period = visit.params.get("month", "")
    if period == "none":
        where = "FILTER(!BOUND(?date))"
    elif period.replace("-", "").isdigit() and period.isascii() and len(period) in (4, 7):
        where = f'FILTER(STRSTARTS(STR(?date), "{period}"))'
    else:
        period, where = "", ""
    counted = await visit.site.one(COUNT % where)
    total = int(counted[0]) if counted else 0
    page = min(max(1, visit.number("page", 1)), _pages(total))
    rows = await visit.rows(ARTICLES % (where, PAGE, PAGE * (page - 1)))
    return visit.render("articles", period=period, total=total, rows=rows, page=page, pages=_pages(total))
