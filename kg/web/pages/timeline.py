"""`/timeline`: what was adopted, issued, in force, started or is due, by reform or by agency."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from kg import edtf, vocab
from kg.web import evidence
from kg.web.evidence import Quote
from kg.web.plot import Axis
from kg.web.visit import Visit

EVENTS = ("dateAdopted", "dateIssued", "dateInForce", "startDate", "targetDate")
DATES = " ".join(f"<{vocab.PREDICATES[event]}>" for event in EVENTS)
ALL = f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?p {{ {DATES} }} GRAPH ?a {{ ?s ?p ?o }} }}"
GROUPS = {
    "reform": """SELECT DISTINCT ?s ?g { GRAPH ?a { { VALUES ?c { rkg:Reform rkg:Service } ?s a ?c BIND(?s AS ?g) }
      UNION { ?s rkg:concerns ?g } } }""",
    "agency": "SELECT DISTINCT ?s ?g { GRAPH ?a { VALUES ?p { rkg:implementedBy rkg:passedBy } ?s ?p ?g } }",
}
LANES = 24
PAGE = 40


class Event(NamedTuple):
    """Something that happens to a reform, service or legislation on a day or in a period."""

    day: date
    subject: str
    predicate: str
    object: str
    time: str

    @property
    def name(self) -> str:
        return self.predicate.rpartition("#")[2]


class Lane(NamedTuple):
    """A reform or agency with its marks on the axis: place, event, and what it says."""

    iri: str
    marks: tuple[tuple[float, str, str], ...]


async def show(visit: Visit) -> Response:
    """Lanes over an axis, and the list of events with their quotes; `by`, `thing` and `event` choose."""
    by = "agency" if visit.params.get("by") == "agency" else "reform"
    wanted = [event for event in EVENTS if event in visit.params.getlist("event")] or list(EVENTS)
    events = [event for event in await _events(visit) if event.name in wanted]
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for subject, group in await visit.rows(GROUPS[by]):
        groups[subject].add(group)
    thing = _chosen(visit)
    if thing:
        events = [e for e in events if thing in groups[e.subject] or thing == e.subject]
    lanes: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        for group in groups[event.subject]:
            lanes[group].append(event)
    axis = _axis(events)
    drawn = sorted(lanes, key=lambda iri: (iri != thing, -len(lanes[iri]), iri))[:LANES]
    pages = max(1, -(-len(events) // PAGE))
    page = min(max(1, visit.number("page", 1)), pages)
    shown = events[PAGE * (page - 1) : PAGE * page]
    return visit.render(
        "timeline",
        by=by,
        events=EVENTS,
        wanted=wanted,
        thing=thing,
        lanes=[_lane(visit, axis, iri, lanes[iri]) for iri in drawn] if axis else [],
        hidden=max(0, len(lanes) - LANES),
        ticks=axis.years(8) if axis else [],
        shown=[(event, quotes) for event, quotes in await _quoted(visit, shown)],
        total=len(events),
        page=page,
        pages=pages,
    )


async def _events(visit: Visit) -> list[Event]:
    """All events, the latest first; a period counts by its end if it is a target, else by its start."""
    found = []
    for s, p, o in await visit.rows(ALL):
        time = visit.thing(o)
        first, last = edtf.bounds(time.key) if time else (None, None)
        day = (last or first) if p == vocab.PREDICATES["targetDate"] else (first or last)
        if time and day:
            found.append(Event(day, s, p, o, time.key))
    return sorted(found, key=lambda e: (-e.day.toordinal(), e.subject, e.predicate, e.time))


def _chosen(visit: Visit) -> str:
    kind, _, key = visit.params.get("thing", "").partition("/")
    return visit.site.addresses.of(kind, key) if key else ""


def _axis(events: list[Event]) -> Axis | None:
    """From the first to the last event, without the few that lie far before the rest."""
    days = sorted(event.day for event in events)
    return Axis(days[len(days) // 25], days[-1]) if days else None


def _lane(visit: Visit, axis: Axis, iri: str, events: list[Event]) -> Lane:
    marks: dict[tuple[float, str], str] = {}
    for event in sorted(events):
        what = f"{visit.names.when(event.time)} · {visit.names.word(event.name)} · {visit.name(event.subject)}"
        marks.setdefault((max(0.6, round(2 * axis.at(event.day)) / 2), event.name), what)
    return Lane(iri, tuple((at, name, what) for (at, name), what in marks.items()))


async def _quoted(visit: Visit, events: list[Event]) -> list[tuple[Event, tuple[Quote, ...]]]:
    if not events:
        return []
    triples = " ".join(f"(<{e.subject}> <{e.predicate}> <{e.object}>)" for e in events)
    statements, _ = await evidence.said(visit, f"VALUES (?s ?p ?o) {{ {triples} }}")
    wide = await evidence.in_context(visit, statements, 1)
    quotes = {(one.subject, one.predicate, one.object): one.quotes for one in wide}
    return [(e, quotes.get((e.subject, e.predicate, e.object), ())) for e in events]
