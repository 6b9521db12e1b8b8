"""What a build says of itself: its inputs with their hashes, versions, counts, what it skipped. No time, no path."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import kg
from kg import vocab
from kg.cache import Summary
from kg.model import Skipped

NAME = "manifest.json"
Manifest = dict[str, Any]


class Counts:
    """Adds up what the articles hold."""

    def __init__(self) -> None:
        self.articles = self.quads = self._indicators = 0
        self.entities: Counter[str] = Counter()
        """Kind -> how many, each once; indicators come with the summaries."""
        self._statements: Counter[str] = Counter()

    def add(self, summary: Summary) -> None:
        self.articles += 1
        self.quads += summary.quads
        self._indicators += summary.indicators
        self._statements.update(summary.statements)

    def as_dict(self) -> Manifest:
        kinds = dict(self.entities)
        if self._indicators:
            kinds["indicator"] = self._indicators
        return {
            "articles": self.articles,
            "entities": dict(sorted(kinds.items())),
            "quads": self.quads,
            "statements": dict(sorted(self._statements.items())),
        }


def compose(counts: Counts, inputs: Mapping[str, tuple[str, int]], skipped: Iterable[Skipped], text: bool) -> Manifest:
    """The manifest of a build; `inputs` are identifier -> hash of the bytes and number of articles."""
    return counts.as_dict() | {
        "inputs": [
            {"articles": articles, "identifier": identifier, "sha256": sha256}
            for identifier, (sha256, articles) in sorted(inputs.items())
        ],
        "skipped": [{"identifier": one.identifier, "reason": one.reason} for one in skipped],
        "text": text,
        "versions": {"reform-kg": kg.__version__, "vocabulary": vocab.RKG},
    }


def encode(manifest: Manifest) -> bytes:
    """As it is written: sorted, indented, UTF-8."""
    text = StringIO()
    json.dump(manifest, text, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text.getvalue()}\n".encode()


def load(folder: Path) -> Manifest | None:
    """The manifest of the build in a folder; None if there is none of ours."""
    try:
        found = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "reform-kg" in found.get("versions", ()) else None
