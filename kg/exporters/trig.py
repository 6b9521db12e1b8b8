"""A store -> everything in TriG (https://www.w3.org/TR/trig/), graph by graph, each sorted."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.store import Store, serialise


def _quads(store: Store) -> Iterator[ox.Quad]:
    graphs = [None, *(g for article in store.articles() for g in (article, vocab.evidence_graph(article)))]
    for name in graphs:
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        for quad in ox.parse("".join(store.triples(name)).encode(), ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def export(store: Store, path: Path) -> None:
    """Writes background, facts and evidence, one named graph an article and one for its evidence."""
    path.write_bytes(serialise(_quads(store), ox.RdfFormat.TRIG))
