"""`/list/KIND` and `/articles`: everything of a kind by the number of articles; articles by date."""

import re

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
PERIOD = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
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
    found = list((await visit.articles()).values())
    if period == "none":
        found = [one for one in found if not one.date]
    elif PERIOD.fullmatch(period):
        found = [one for one in found if one.date.startswith(period)]
    else:
        period = ""
    page = min(max(1, visit.number("page", 1)), _pages(len(found)))
    shown = found[PAGE * (page - 1) : PAGE * page]
    return visit.render("articles", period=period, total=len(found), rows=shown, page=page, pages=_pages(len(found)))
