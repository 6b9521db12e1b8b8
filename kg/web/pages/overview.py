"""`/`: what the graph holds, each figure a link."""

from starlette.responses import Response

from kg import vocab
from kg.web import plot
from kg.web.visit import Visit

MONTHS = """SELECT ?month (COUNT(DISTINCT ?a) AS ?n) {
  GRAPH ?a { ?a a schema:NewsArticle OPTIONAL { ?a schema:datePublished ?d } }
  BIND(SUBSTR(STR(?d), 1, 7) AS ?month)
} GROUP BY ?month"""
KINDS = "SELECT ?c (COUNT(DISTINCT ?t) AS ?n) { VALUES ?c { %s } GRAPH ?a { ?t a ?c } } GROUP BY ?c"
STATEMENTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?a { ?s a rdf:Statement } }"
REFORMS = """SELECT ?t (COUNT(DISTINCT ?a) AS ?n) (MIN(?d) AS ?first) {
  GRAPH ?a { ?t a rkg:Reform . ?a schema:mentions ?t OPTIONAL { ?a schema:datePublished ?d } }
} GROUP BY ?t"""
DUE = """SELECT DISTINCT ?t ?latest ?time {
  GRAPH ?a { ?t rkg:targetDate ?when . ?when rkg:edtf ?time ; rkg:latest ?latest }
}"""
LATEST = """SELECT ?a ?id ?title ?date ?from {
  GRAPH ?a { ?a schema:identifier ?id OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date }
    OPTIONAL { ?a schema:publisher ?from } }
} ORDER BY DESC(?date) ?id LIMIT 8"""
SHOWN = 10
ORDER = ("reform", "service", "agency", "region", "person", "legislation", "indicator", "time")


async def show(visit: Visit) -> Response:
    """The figures, articles over time, reforms by coverage and by novelty, what is due, the newest articles."""
    months = {month: int(n) for month, n in await visit.rows(MONTHS)}
    classes = {iri: kind for kind, iri in vocab.CLASSES.items()}
    rows = await visit.rows(KINDS % " ".join(f"<{iri}>" for iri in sorted(classes)))
    kinds = {classes[iri]: int(n) for iri, n in rows}
    statements = await visit.one(STATEMENTS)
    reforms = await visit.rows(REFORMS)
    covered = sorted(reforms, key=lambda row: (-int(row[1]), row[0]))[:SHOWN]
    newest = sorted(sorted(reforms), key=lambda row: row[2], reverse=True)[:SHOWN]
    today = max((m for m in months if m), default="")
    due = sorted((latest, iri, time) for iri, latest, time in await visit.rows(DUE))
    ahead = [row for row in due if row[0][:7] >= today]
    return visit.render(
        "overview",
        articles=sum(months.values()),
        undated=months.pop("", 0),
        statements=int(statements[0]) if statements else 0,
        bars=plot.months(months),
        kinds=[(kind, kinds[kind]) for kind in ORDER if kinds.get(kind)],
        most=max(kinds.values(), default=1),
        covered=covered,
        newest=newest,
        due=ahead[:SHOWN],
        past=[] if ahead else due[: -SHOWN - 1 : -1],
        latest=await visit.rows(LATEST),
    )
