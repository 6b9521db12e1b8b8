"""Results in the cache -> the files of a build: written aside, all of them, then put in their places."""

import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from kg import dataset, lines, versions
from kg.cache import Cache
from kg.exporters import html, turtle
from kg.intake import Progress
from kg.manifest import NAME
from kg.normalise.article import article_iri
from kg.store import Store, StoreError
from kg.workers import Died, each

ASIDE = ".building"
FILES = NQUADS, TURTLE, HTML = "graph.nq", "graph.ttl", "graph.html"
STORE = "store"
PATCHED = 20
"""Per cent of the articles up to which a build changes the last graph instead of making a new one."""
LARGE = 20_000_000
"""Bytes of a dataset from which on it is worth a second process."""
MOST = 500
"""Articles up to which it does so: what they say is held in memory."""


def complete(out: Path, cache: Cache) -> bool:
    """Whether all files of the last build are there as it left them, and this program would write them so."""
    stamps = _stamps(out)
    return stamps != "" and cache.meta("outputs") == f"{versions.program()}\n{stamps}"


def _stamps(out: Path) -> str:
    """Size and time of each file of a build; empty if one is missing."""
    found = []
    for path in (*(out / name for name in (*FILES, NAME)), out / STORE / "CURRENT"):
        if not path.is_file():
            return ""
        stat = path.stat()
        found.append(f"{path.name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(found)


class Contents(NamedTuple):
    """What a folder is to hold."""

    articles: Mapping[str, str]
    """Identifier -> key of its result."""
    published: Mapping[str, str]
    """Identifier -> ISO date, or empty."""
    background: list[str]
    """The lines of the default graph."""
    manifest: bytes


class _Output(NamedTuple):
    """Something that is made of the sorted file by itself."""

    kind: str
    dataset: Path
    addresses: frozenset[str]
    """The IRIs of all articles in it."""


def assemble(out: Path, cache: Cache, contents: Contents, workers: int, progress: Progress) -> None:
    """Makes the files in `out` those of these contents; until all of them are written nothing changes."""
    articles = contents.articles
    before = cache.built() if complete(out, cache) else {}
    changes = {i for i in before.keys() | articles.keys() if before.get(i) != articles.get(i)}
    known = all(cache.has(before[i]) for i in changes if i in before)
    with _aside(out) as aside:
        progress(HTML, 0, 1)
        html.write(_newest(cache, contents), max(0, len(articles) - html.SHOWN), aside / HTML)
        if known and before and len(changes) <= min(MOST, len(articles) * PATCHED // 100):
            progress("changes", 0, 1)
            _patch(out, aside, cache, contents, changes)
        else:
            _make(aside, cache, contents, workers, progress)
        (aside / NAME).write_bytes(contents.manifest)
        _put(aside, out)
    cache.set_built(dict(articles))
    cache.remember("background", "".join(contents.background))
    cache.remember("outputs", f"{versions.program()}\n{_stamps(out)}")
    cache.commit()


def _make(aside: Path, cache: Cache, contents: Contents, workers: int, progress: Progress) -> None:
    """The graph anew: all lines are sorted, all else is made of the sorted file, by two processes if there may be."""
    progress(NQUADS, 0, 1)
    lines.merge(_all_lines(cache, contents), aside / NQUADS)
    progress(f"{STORE}, {TURTLE}", 0, 1)
    addresses = frozenset(map(article_iri, contents.articles))
    outputs = [_Output(kind, aside / NQUADS, addresses) for kind in (TURTLE, STORE)]
    large = (aside / NQUADS).stat().st_size > LARGE
    for output, made in each(_output, outputs, min(workers, len(outputs)) if large else 1):
        if isinstance(made, Died):
            raise StoreError(f"{aside / output.kind}: {made.reason}")
        if made is not None:
            raise made


def _output(output: _Output) -> OSError | StoreError | None:
    """Writes it beside the dataset; what went wrong is the result, so that it reaches another process."""
    target = output.dataset.with_name(output.kind)
    try:
        if output.kind == TURTLE:
            turtle.write(dataset.facts(output.dataset, output.addresses), target)
        else:
            with Store.open(target) as store:
                store.load_built(output.dataset, output.addresses)
    except (OSError, StoreError) as error:
        return error
    return None


def _patch(out: Path, aside: Path, cache: Cache, contents: Contents, changes: set[str]) -> None:
    """The graph from the last one, with what these articles change in it."""
    removed, added = _difference(cache, contents, changes)
    lines.patch(out / NQUADS, removed, added, aside / NQUADS)
    addresses = frozenset(map(article_iri, changes))
    subjects = set(map(dataset.subject, dataset.triples(map(bytes.decode, removed | added), addresses)))
    shutil.copytree(out / STORE, aside / STORE, copy_function=_copy)
    with Store.open(aside / STORE) as store:
        _change(store, cache, contents, changes)
        turtle.patch(out / TURTLE, subjects, store.about(subjects), aside / TURTLE)


def _all_lines(cache: Cache, contents: Contents) -> Iterator[list[bytes]]:
    yield [line.encode() for line in contents.background]
    for identifier in sorted(contents.articles):
        yield _lines(cache, contents.articles[identifier])


def _lines(cache: Cache, key: str) -> list[bytes]:
    return zlib.decompress(cache.lines(key)).splitlines(keepends=True)


def _newest(cache: Cache, contents: Contents) -> Iterator[str]:
    """What holds everywhere, facts and evidence of the articles that the view shows, as N-Triples."""
    yield from contents.background
    published = contents.published
    newest = sorted(sorted(published, key=article_iri), key=published.__getitem__, reverse=True)
    for identifier in newest[: html.SHOWN]:
        for line in _lines(cache, contents.articles[identifier]):
            yield f"{line.decode().rpartition(' <')[0]} .\n"


def _difference(cache: Cache, contents: Contents, changes: set[str]) -> tuple[set[bytes], set[bytes]]:
    """The lines that the last build has too many, and those that it lacks."""
    before = cache.built()
    old = set(cache.meta("background").encode().splitlines(keepends=True))
    new = {line.encode() for line in contents.background}
    for identifier in changes:
        if identifier in before:
            old.update(_lines(cache, before[identifier]))
        if identifier in contents.articles:
            new.update(_lines(cache, contents.articles[identifier]))
    return old - new, new - old


def _change(store: Store, cache: Cache, contents: Contents, changes: set[str]) -> None:
    """Makes the store of the last build that of these contents."""
    for identifier in sorted(changes):
        store.remove(article_iri(identifier))
    there = sorted(changes & contents.articles.keys())
    found = ((article_iri(one), _lines(cache, contents.articles[one])) for one in there)
    store.add((iri, [line.decode() for line in lines]) for iri, lines in found)
    store.replace_background(StringIO(cache.meta("background"), newline="\n"), contents.background)


def _copy(source: str, target: str) -> None:
    """Sorted tables of the store never change once they are written: a link does, where there can be one."""
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """An empty folder inside `out`, gone in the end; what a killed build left there goes too."""
    aside = out / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, out: Path) -> None:
    """Puts everything in its place; the manifest, which says that it is all there, last."""
    if (out / STORE).exists():
        (out / STORE).rename(aside / "former")
    (aside / STORE).rename(out / STORE)
    for name in (*FILES, NAME):
        (aside / name).replace(out / name)
