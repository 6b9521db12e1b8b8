"""A store -> a network of entities and statements, the only owner of networkx."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from kg import vocab
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets
MADE = re.compile(rb' lastmodifieddate="[^"]*"|(?<=<creator>)[^<]*(?=</creator>)')

THINGS = """SELECT DISTINCT ?thing ?class ?label {
  GRAPH ?article {
    VALUES ?class { %s } ?thing a ?class
    OPTIONAL { ?thing skos:prefLabel|rkg:edtf ?label }
  }
}"""
VALUES = """SELECT DISTINCT ?thing ?measure ?bound ?value ?unit {
  GRAPH ?article {
    ?thing a rkg:Indicator ; schema:value ?value ; rkg:bound ?bound
    OPTIONAL { ?thing rkg:measure ?measure } OPTIONAL { ?thing schema:unitText ?unit }
  }
}"""
STATEMENTS = """SELECT DISTINCT ?subject ?predicate ?object ?title ?identifier {
  GRAPH ?article {
    ?article a schema:NewsArticle ; schema:identifier ?identifier .
    { VALUES ?predicate { %s } ?subject ?predicate ?object }
    UNION { BIND(dct:spatial AS ?predicate) ?subject a rkg:Agency ; dct:spatial ?object }
    UNION { BIND(org:heldBy AS ?predicate) ?post org:heldBy ?subject ; org:postIn ?object ; skos:prefLabel ?title }
  }
}"""


class Thing(NamedTuple):
    """An entity of the articles: its kind, key and label; an indicator's label is its measure and value."""

    kind: str
    key: str
    label: str


class Link(NamedTuple):
    """A statement between entities, and the identifiers of the articles that make it, sorted."""

    subject: str
    predicate: str
    object: str
    title: str
    """The title of a post (holdsPost); empty otherwise."""
    articles: tuple[str, ...]


def things(store: Store) -> dict[str, Thing]:
    """The entities of all articles by IRI, sorted."""
    kinds = {iri: kind for kind, iri in vocab.CLASSES.items()}
    rows = store.select(THINGS % " ".join(f"<{iri}>" for iri in kinds))
    values = {
        iri: f"{measure} {'' if bound == '=' else bound}{value}{unit}".strip()
        for iri, measure, bound, value, unit in store.select(VALUES)
    }
    found = {}
    for iri, name, label in sorted(rows):
        pair = vocab.kind_and_key(iri)
        if pair:
            found[iri] = Thing(kinds[name], pair[1], values.get(iri) or label or pair[1])
    return found


def links(store: Store) -> list[Link]:
    """The statements between entities, sorted; a post is a statement of its person and agency."""
    names = {iri: name for name, iri in vocab.PREDICATES.items()}
    plain = sorted(iri for name, iri in vocab.PREDICATES.items() if name not in ("holdsPost", "spatial"))
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for subject, predicate, object_, title, article in sorted(
        store.select(STATEMENTS % " ".join(f"<{iri}>" for iri in plain))
    ):
        found.setdefault((subject, names[predicate], object_, title), []).append(article)
    return [Link(*key, tuple(articles)) for key, articles in found.items()]


def network(store: Store) -> "nx.MultiDiGraph[str]":
    """Entities as nodes (label, kind), statements as edges (predicate, title, articles, article_ids)."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, thing in things(store).items():
        graph.add_node(iri, label=NOT_XML.sub("\ufffd", thing.label), kind=thing.kind)
    for number, link in enumerate(links(store)):
        if link.subject in graph and link.object in graph:
            graph.add_edge(
                link.subject,
                link.object,
                key=f"e{number}",
                predicate=link.predicate,
                title=NOT_XML.sub("\ufffd", link.title),
                articles=len(link.articles),
                article_ids=NOT_XML.sub("\ufffd", " ".join(link.articles)),
            )
    return graph


def graphml(store: Store) -> bytes:
    """The network in GraphML (http://graphml.graphdrawing.org)."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml_xml(network(store), buffer, encoding="utf-8", named_key_ids=True)
    return buffer.getvalue()


def gexf(store: Store) -> bytes:
    """The network in GEXF (https://gexf.net), without the day and the version of the library that wrote it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_gexf(network(store), buffer, encoding="utf-8")
    return MADE.sub(b"", buffer.getvalue())
