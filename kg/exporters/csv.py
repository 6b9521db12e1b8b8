"""A store -> a folder of three tables: entities.csv, statements.csv, indicators.csv.

UTF-8 with a byte order mark, so that Excel shows Chinese; lines end as RFC 4180 says. A cell that a
spreadsheet would run as a formula (it begins with = + - @ or a tab) gets an apostrophe before it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg import vocab
from kg.network import Thing, things
from kg.store import Store

FORMULA = re.compile(r"[=+\-@\t\r](?!\Z)(?![0-9.]+\Z)")  # =1+1, @x; not = alone, not -5

NAMES = "SELECT DISTINCT ?thing ?name { ?thing skos:altLabel ?name }"
MENTIONS = """SELECT ?thing (COUNT(DISTINCT ?evidence) AS ?articles) (COUNT(*) AS ?mentions) {
  GRAPH ?evidence { ?span rkg:denotes ?thing }
} GROUP BY ?thing"""
CODES = "SELECT DISTINCT ?region ?code { ?region rkg:adminCode ?code }"
STATEMENTS = """SELECT DISTINCT ?subject ?predicate ?object ?quote ?rule ?identifier ?published {
  GRAPH ?evidence {
    ?statement a rdf:Statement ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
      rkg:rule ?rule ; prov:wasDerivedFrom ?span . ?span oa:exact ?quote .
    ?text a schema:TextObject ; prov:wasDerivedFrom ?article
  }
  GRAPH ?article {
    ?article schema:identifier ?identifier OPTIONAL { ?article schema:datePublished ?published }
  }
}"""
POSTS = """SELECT DISTINCT ?post ?title ?agency {
  GRAPH ?article { ?post a org:Post ; skos:prefLabel ?title OPTIONAL { ?post org:postIn ?agency } }
}"""
INDICATORS = """SELECT DISTINCT ?thing ?measure ?value ?unit ?bound ?about ?time ?quote ?identifier ?published {
  GRAPH ?article {
    ?article a schema:NewsArticle ; schema:identifier ?identifier .
    ?thing a rkg:Indicator ; schema:value ?value ; rkg:bound ?bound
    OPTIONAL { ?article schema:datePublished ?published }
    OPTIONAL { ?thing rkg:measure ?measure } OPTIONAL { ?thing schema:unitText ?unit }
    OPTIONAL { ?thing schema:observationAbout ?about } OPTIONAL { ?thing rkg:asOf/rkg:edtf ?time }
  }
  GRAPH ?evidence { ?span rkg:denotes ?thing ; oa:exact ?quote . ?text prov:wasDerivedFrom ?article }
}"""
NOTHING = Thing("", "", "")


def _cell(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _write(path: Path, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_cell(text) for text in row] for row in sorted(rows))


def _entities(store: Store, known: dict[str, Thing]) -> Iterator[tuple[str, ...]]:
    codes = {row[0]: row[1] for row in store.select(CODES)}
    counts = {iri: (articles, mentions) for iri, articles, mentions in store.select(MENTIONS)}
    names: dict[str, list[str]] = {}
    for iri, name in sorted(store.select(NAMES)):
        names.setdefault(iri, []).append(name)
    for iri, thing in known.items():
        others = "|".join(names.get(iri, ()))
        yield (thing.kind, thing.label, others, codes.get(iri, ""), *counts.get(iri, ("0", "0")), thing.key, iri)


def _statements(store: Store, known: dict[str, Thing]) -> Iterator[tuple[str, ...]]:
    names = {iri: name for name, iri in vocab.PREDICATES.items()}
    posts = {post: (title, agency) for post, title, agency in store.select(POSTS)}
    for subject, predicate, object_, *rest in store.select(STATEMENTS):
        title, start, end = "", subject, object_
        if subject in posts:  # post heldBy person is told as person holdsPost agency
            start, (title, end) = object_, posts[subject]
        one, other = known.get(start, NOTHING), known.get(end, NOTHING)
        yield (one.kind, one.label, names[predicate], other.kind, other.label, title, *rest, start, end)


def _indicators(store: Store, known: dict[str, Thing]) -> Iterator[tuple[str, ...]]:
    for iri, measure, value, unit, bound, about, *rest in store.select(INDICATORS):
        thing = known.get(about, NOTHING)
        yield (measure, value, unit, bound, thing.kind, thing.label, *rest, iri)


def export(store: Store, path: Path) -> None:
    """Makes the folder `path` and writes the three tables into it."""
    path.mkdir(exist_ok=True)
    known = things(store)
    for name, header, rows in (
        ("entities", "kind,label,other_names,code,articles,mentions,key,id", _entities),
        (
            "statements",
            "subject_kind,subject,predicate,object_kind,object,title,quote,rule,article,published,subject_id,object_id",
            _statements,
        ),
        ("indicators", "measure,value,unit,bound,about_kind,about,as_of,quote,article,published,id", _indicators),
    ):
        _write(path / f"{name}.csv", header.split(","), rows(store, known))
