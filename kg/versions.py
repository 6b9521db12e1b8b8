"""What the results of a build depend on besides its inputs: our own code and data, and the libraries underneath."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kg import catalogue

PACKAGE = Path(__file__).parent
AFTER = (
    *("builder.py", "cli", "dataset.py", "exporters", "layout.py", "network.py", "queries", "shapes.py", "store.py"),
    "web",
)
"""Parts of the package that work on finished quads: an article's quads do not depend on them."""
READING = ("ahocorasick-rs", "lxml", "pyyaml", "resiliparse")
WRITING = ("jinja2", "pyoxigraph", "pyvis")


@cache
def rules() -> str:
    """Changes when an article's quads may: hash of the code and data that make them."""
    return _hash([p for p in _files(PACKAGE) if p.relative_to(PACKAGE).parts[0] not in AFTER], READING)


@cache
def program() -> str:
    """Changes when anything that a build writes may."""
    return _hash(list(_files(PACKAGE)), READING + WRITING)


def _files(folder: Path) -> list[Path]:
    found = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return sorted(found)


def _hash(files: list[Path], libraries: tuple[str, ...]) -> str:
    data = [p for p in _files(catalogue.ONTOLOGY) if p.suffix in (".csv", ".ttl")]
    digest = sha256(sys.version.encode())
    for library in libraries:
        digest.update(f"{library} {version(library)}\n".encode())
    for path in (*files, *data):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
