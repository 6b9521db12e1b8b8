"""Files -> a folder with the graph: what `kg build` does. Only what changed since the last build is done again."""

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kg import assembly, inputs, manifest, versions, vocab
from kg.background import background_quads
from kg.cache import Cache
from kg.intake import Progress, take_in
from kg.manifest import Counts, Manifest
from kg.model import InputError, Skipped
from kg.normalise.article import article_iri

CACHE = "cache.sqlite"
OWN = {CACHE, f"{CACHE}-journal", assembly.ASIDE}
"""What a first build that was stopped may leave."""


class Built(NamedTuple):
    """What a build did."""

    manifest: Manifest
    skipped: tuple[Skipped, ...]
    changed: bool
    """False if the folder held this very graph already."""


class NothingReadError(InputError):
    """None of the inputs holds an article that can be read."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        super().__init__("nothing was built: no article could be read")
        self.skipped = tuple(skipped)


def silent(step: str, done: int, total: int) -> None:
    """The progress of a build that nobody watches."""


def build(
    named: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int = 1,
    text: bool = True,
    progress: Progress = silent,
) -> Built:
    """Builds the graph of files, folders and patterns into the folder `out`; the same articles give the same bytes.

    `text=False` leaves the articles' texts out. Raises InputError if nothing can be built; `out` is then as before.
    With more than one worker the caller's main module must be importable (`if __name__ == "__main__"`).
    """
    out = Path(out)
    found, missing = inputs.find(named, out)
    if not found:
        reasons = "; ".join(f"{one.identifier or 'an input'}: {one.reason}" for one in missing)
        raise InputError(reasons or "no inputs were named")
    fresh = not out.exists()
    try:
        _claim(out)
        with Cache(out / CACHE) as cache:
            return _build(found, missing, out, cache, workers=workers, text=text, progress=progress)
    except (InputError, OSError) as error:
        if fresh:
            shutil.rmtree(out, ignore_errors=True)
        if isinstance(error, OSError):
            raise InputError(f"{error.filename or out}: cannot be written: {error.strerror or error}") from None
        raise


def _claim(out: Path) -> None:
    """Makes the folder; refuses one that holds what no build of ours made."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is no folder")
    out.mkdir(parents=True, exist_ok=True)
    strange = sorted(path.name for path in out.iterdir() if path.name not in OWN and not path.name.startswith("."))
    if strange and manifest.load(out) is None:
        raise InputError(f"{out}: holds {strange[0]} and no build of ours; name a new or an empty folder")


def _build(
    found: Sequence[inputs.Input],
    missing: Sequence[Skipped],
    out: Path,
    cache: Cache,
    *,
    workers: int,
    text: bool,
    progress: Progress,
) -> Built:
    version = f"{versions.rules()} {text}"
    if cache.meta("rules") != version:
        cache.forget_results()
        cache.remember("rules", version)
    take_in(found, cache, workers, text, progress)
    articles, read, skipped = _chosen(cache)
    skipped = sorted([*skipped, *missing], key=lambda one: (one.identifier, one.reason))
    if not articles:
        raise NothingReadError(skipped)
    counts = Counts()
    published = {}
    for identifier, key in articles.items():
        summary = cache.summary(key)
        counts.add(summary)
        published[identifier] = summary.published
    everywhere = set()
    for kind, name in cache.entities(articles.values()):
        counts.entities[kind] += 1
        if kind in ("region", "agency"):
            everywhere.add((kind, name))
    background = background_quads(everywhere)
    counts.quads += len(background)
    hashes = {file: (sha256, read[file]) for file, (_, sha256) in cache.files().items() if read[file]}
    made = manifest.compose(counts, hashes, skipped, text)
    data = manifest.encode(made)
    changed = (
        not assembly.complete(out, cache) or cache.built() != articles or data != (out / manifest.NAME).read_bytes()
    )
    if changed:
        contents = assembly.Contents(articles, published, background, data)
        assembly.assemble(out, cache, contents, workers, progress)
    return Built(made, tuple(skipped), changed)


def _chosen(cache: Cache) -> tuple[dict[str, str], Mapping[str, int], list[Skipped]]:
    """The articles of the graph (identifier -> key), how many each file has, and what is left out.

    Of two articles that would share a named graph the first holds.
    """
    articles: dict[str, str] = {}
    read: Counter[str] = Counter()
    skipped = []
    holders: dict[str, str] = {}
    for file, entry in cache.entries():
        if entry.reason:
            skipped.append(Skipped(entry.identifier, entry.reason))
            continue
        iri = article_iri(entry.identifier)
        graphs = (iri, vocab.evidence_graph(iri))
        holder = next((holders[graph] for graph in graphs if graph in holders), None)
        if holder is not None:
            skipped.append(Skipped(entry.identifier, f"it shares its identifier with an article of {holder}"))
            continue
        holders.update(dict.fromkeys(graphs, file))
        articles[entry.identifier] = entry.key
        read[file] += 1
    return articles, read, skipped
