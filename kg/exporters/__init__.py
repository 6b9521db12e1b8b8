"""A store -> a file, or a folder of files: the table of formats, and the one way to write them."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.exporters import csv, gexf, graphml, html, jsonld, nquads, trig, turtle
from kg.model import InputError
from kg.store import Store

EXPORTERS: dict[str, tuple[Callable[[Store, Path], None], str]] = {
    "turtle": (turtle.export, ".ttl"),
    "nquads": (nquads.export, ".nq"),
    "trig": (trig.export, ".trig"),
    "jsonld": (jsonld.export, ".jsonld"),
    "graphml": (graphml.export, ".graphml"),
    "gexf": (gexf.export, ".gexf"),
    "csv": (csv.export, ""),  # a folder
    "html": (html.export, ".html"),
}
"""Format -> (its function, the suffix of its files)."""


def export(name: str, store: Store, path: Path) -> None:
    """Writes a store in the format `name` to `path`: aside first, then renamed, so that nothing stays half-written.

    Raises InputError if it cannot be written.
    """
    function, _ = EXPORTERS[name]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            function(store, aside / path.name)
            _rename(aside / path.name, path)
        finally:
            shutil.rmtree(aside)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _rename(made: Path, path: Path) -> None:
    """Puts a file, or each file of a folder, in its place; other files of that folder stay."""
    if made.is_dir():
        path.mkdir(exist_ok=True)
        for file in sorted(made.iterdir()):
            file.replace(path / file.name)
    else:
        made.replace(path)
