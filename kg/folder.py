"""The folder of a build, or a file of N-Quads -> its store, to be read."""

from pathlib import Path

from kg.store import Store, StoreError


def open_store(path: Path) -> Store:
    """The store in the folder that a build made; where only `graph.nq` is, or for such a file, one in memory.

    Raises StoreError if there is no graph.
    """
    if (path / "store").is_dir():
        return Store.open(path / "store", read_only=True)
    dataset = path / "graph.nq" if path.is_dir() else path
    if not dataset.is_file():
        what = "holds no graph" if path.is_dir() else "no such folder"
        raise StoreError(f"{path}: {what}; `kg build INPUT -o {path}` makes one")
    store = Store.open()
    store.load(dataset)
    return store
