"""A store -> its entities and statements in GEXF, for Gephi."""

from pathlib import Path

from kg.network import gexf
from kg.store import Store


def export(store: Store, path: Path) -> None:
    """Writes entities as nodes and statements as edges."""
    path.write_bytes(gexf(store))
