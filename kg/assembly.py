"""Results in the cache -> the files of a build: written aside, all of them, then put in their places."""

import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from kg import dataset, lines
from kg.cache import Cache
from kg.exporters import html, turtle
from kg.intake import Progress
from kg.manifest import NAME
from kg.normalise.article import article_iri
from kg.store import Store

ASIDE = ".building"
FILES = ("graph.nq", "graph.ttl", "graph.html")
STORE = "store"
PATCHED = 20
"""Per cent of the articles up to which a build changes the last graph instead of making a new one."""


def complete(out: Path, cache: Cache) -> bool:
    """Whether all files of the last build are there as it left them."""
    return cache.meta("outputs") != "" and cache.meta("outputs") == _stamps(out)


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
    background: list[str]
    """The lines of the default graph."""
    manifest: bytes


def assemble(out: Path, cache: Cache, contents: Contents, progress: Progress) -> None:
    """Makes the files in `out` those of these contents; until all of them are written nothing changes."""
    articles = contents.articles
    before = cache.built() if complete(out, cache) else {}
    changes = {i for i in before.keys() | articles.keys() if before.get(i) != articles.get(i)}
    known = all(cache.has(before[i]) for i in changes if i in before)
    addresses = frozenset(map(article_iri, articles))
    with _aside(out) as aside:
        progress("graph.nq", 0, 1)
        if known and before and len(changes) * 100 <= len(articles) * PATCHED:
            removed, added = _difference(cache, before, contents, changes)
            lines.patch(out / "graph.nq", removed, added, aside / "graph.nq")
            progress("store", 0, 1)
            _patch_store(out / STORE, aside / STORE, cache, contents, changes)
        else:
            lines.merge(_all_lines(cache, contents), aside / "graph.nq")
            progress("store", 0, 1)
            with Store.open(aside / STORE) as store:
                store.load_built(aside / "graph.nq", addresses)
        progress("graph.ttl", 0, 1)
        turtle.write(dataset.facts(aside / "graph.nq", addresses), aside / "graph.ttl")
        progress("graph.html", 0, 1)
        with Store.open(aside / STORE) as store:
            html.export(store, aside / "graph.html")
        (aside / NAME).write_bytes(contents.manifest)
        _put(aside, out)
    cache.set_built(dict(articles))
    cache.remember("background", "".join(contents.background))
    cache.remember("outputs", _stamps(out))
    cache.commit()


def _all_lines(cache: Cache, contents: Contents) -> Iterator[list[bytes]]:
    yield [line.encode() for line in contents.background]
    for identifier in sorted(contents.articles):
        yield _lines(cache, contents.articles[identifier])


def _lines(cache: Cache, key: str) -> list[bytes]:
    return zlib.decompress(cache.lines(key)).splitlines(keepends=True)


def _difference(
    cache: Cache, before: Mapping[str, str], contents: Contents, changes: set[str]
) -> tuple[set[bytes], set[bytes]]:
    """The lines that the last build has too many, and those that it lacks."""
    old = set(cache.meta("background").encode().splitlines(keepends=True))
    new = {line.encode() for line in contents.background}
    for identifier in changes:
        if identifier in before:
            old.update(_lines(cache, before[identifier]))
        if identifier in contents.articles:
            new.update(_lines(cache, contents.articles[identifier]))
    return old - new, new - old


def _patch_store(source: Path, target: Path, cache: Cache, contents: Contents, changes: set[str]) -> None:
    """Makes `target` the store of these contents from the last one."""
    shutil.copytree(source, target, copy_function=_copy)
    with Store.open(target) as store:
        for identifier in sorted(changes):
            key = contents.articles.get(identifier)
            text = zlib.decompress(cache.lines(key)).decode() if key else ""
            store.replace(article_iri(identifier), (text,))
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
