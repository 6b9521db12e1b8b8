"""A store -> its entities and statements in GraphML, for Gephi, yEd, Cytoscape, igraph."""

from pathlib import Path

from kg.network import graphml
from kg.store import Store


def export(store: Store, path: Path) -> None:
    """Writes entities as nodes and statements as edges."""
    path.write_bytes(graphml(store))
