"""`/`: what the graph holds, each figure a link."""

from collections import Counter

from starlette.responses import Response

from kg import edtf, vocab
from kg.web import plot
from kg.web.visit import Visit

KINDS = "SELECT ?c (COUNT(DISTINCT ?t) AS ?n) { VALUES ?c { %s } GRAPH ?a { ?t a ?c } } GROUP BY ?c"
STATEMENTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?a { ?s a rdf:Statement } }"
REFORMS = """SELECT ?t (COUNT(DISTINCT ?a) AS ?n) (MIN(?d) AS ?first) {
  GRAPH ?a { ?t a rkg:Reform . ?a schema:mentions ?t OPTIONAL { ?a schema:datePublished ?d } }
} GROUP BY ?t"""
DUE = "SELECT DISTINCT ?t ?when { GRAPH ?a { ?t rkg:targetDate ?when } }"
SHOWN = 10
LATEST = 8
ORDER = ("reform", "service", "agency", "region", "person", "legislation", "indicator", "time")


async def show(visit: Visit) -> Response:
    """The figures, articles over time, reforms by coverage and by novelty, what is due, the newest articles."""
    articles = list((await visit.articles()).values())
    months = Counter(article.date[:7] for article in articles)
    classes = {iri: kind for kind, iri in vocab.CLASSES.items()}
    rows = await visit.rows(KINDS % " ".join(f"<{iri}>" for iri in sorted(classes)))
    kinds = {classes[iri]: int(n) for iri, n in rows}
    statements = await visit.one(STATEMENTS)
    reforms = await visit.rows(REFORMS)
    covered = sorted(reforms, key=lambda row: (-int(row[1]), row[0]))[:SHOWN]
    newest = sorted(sorted(reforms), key=lambda row: row[2], reverse=True)[:SHOWN]
    today = max((m for m in months if m), default="")
    due = sorted(one for iri, when in await visit.rows(DUE) if (one := _due(visit, iri, when)))
    ahead = [row for row in due if row[0][:7] >= today]
    return visit.render(
        "overview",
        articles=len(articles),
        undated=months.pop("", 0),
        statements=int(statements[0]) if statements else 0,
        bars=plot.months(months),
        kinds=[(kind, kinds[kind]) for kind in ORDER if kinds.get(kind)],
        most=max(kinds.values(), default=1),
        covered=covered,
        newest=newest,
        due=ahead[:SHOWN],
        past=[] if ahead else due[: -SHOWN - 1 : -1],
        latest=articles[:LATEST],
    )


def _due(visit: Visit, iri: str, when: str) -> tuple[str, str, str] | None:
    """Last day, IRI and EDTF of a target; None for a time without an end."""
    time = visit.thing(when)
    last = edtf.bounds(time.key)[1] if time else None
    return (last.isoformat(), iri, time.key) if time and last else None
