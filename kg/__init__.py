"""Reform KG: Chinese news about government reforms -> an RDF knowledge graph that shows its words.

The public names below are the stages of DESIGN section 5, loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.builder import build
    from kg.extractors import extract
    from kg.linkers import link
    from kg.readers import read
    from kg.relations import relate
    from kg.segmenter import segment
    from kg.topic import settle

__all__ = ["build", "extract", "link", "read", "relate", "segment", "settle"]
__version__ = "0.1.0"

_HOMES = {
    "build": "kg.builder",
    "extract": "kg.extractors",
    "link": "kg.linkers",
    "read": "kg.readers",
    "relate": "kg.relations",
    "segment": "kg.segmenter",
    "settle": "kg.topic",
}


def __getattr__(name: str) -> object:
    """A public name's function."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
