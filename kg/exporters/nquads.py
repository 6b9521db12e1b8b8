"""A store -> everything in N-Quads (https://www.w3.org/TR/n-quads/), sorted as `LC_ALL=C sort` does."""

from pathlib import Path

from kg.store import Store


def export(store: Store, path: Path) -> None:
    """Writes background, facts and evidence, one named graph an article and one for its evidence."""
    path.write_bytes("".join(store.quads()).encode())
