"""Builds of whole folders: time, memory, several workers, what a second build costs, the store, exports, queries."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import corpus
from benchmarks.machine import kg, run
from kg import inputs
from kg.builder import silent
from kg.cache import Cache
from kg.exporters import EXPORTERS, export
from kg.folder import open_store
from kg.intake import take_in
from kg.store import Store, questions

CHANGED = 100
"""One article in this many changes."""
TRIALS = 11
SENTENCE = "上海市政府秘书长马春雷介绍，“一网通办”于2021年7月1日上线，接入3197项事项。\n"


def builds(size: int, workers: int, folder: Path, out: Path) -> dict[str, object]:
    """A fresh build of `size` articles with so many workers."""
    shutil.rmtree(out, ignore_errors=True)
    done = run(kg("build", folder, "-o", out, "--workers", str(workers)))
    if done.code:
        raise RuntimeError(f"kg build ended with {done.code}: {done.output}")
    dataset = (out / "graph.nq").stat().st_size
    quads = _lines(out / "graph.nq")
    return {
        "articles": size,
        "workers": workers,
        "seconds": round(done.seconds, 1),
        "articles_a_second": round(size / done.seconds, 1),
        "quads_a_second": round(quads / done.seconds),
        "peak_memory_mb": done.peak,
        "quads": quads,
        "dataset_bytes": dataset,
        "store_bytes": sum(path.stat().st_size for path in (out / "store").rglob("*") if path.is_file()),
    }


def reading(folder: Path, aside: Path) -> dict[str, object]:
    """What workers share: articles -> results in the cache, by one and by two of them; the files come after it."""
    found, _ = inputs.find([folder], aside)
    seconds = {}
    for workers in (1, 2):
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        with Cache(aside / "cache.sqlite") as cache:
            seconds[workers] = timed(lambda c=cache, n=workers: take_in(found, c, n, True, silent))
    return {"one": seconds[1], "two": seconds[2], "two against one": round(seconds[1] / seconds[2], 2)}


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def again(size: int, folder: Path, out: Path, first: float) -> dict[str, object]:
    """Later builds of a folder, as shares of the first's time: nothing changed, one in CHANGED, one article less."""
    found: dict[str, object] = {"articles": size}

    def build(name: str) -> None:
        seconds = run(kg("build", folder, "-o", out, "--workers", "1")).seconds
        found[name] = {"seconds": round(seconds, 2), "share_of_full": round(seconds / first, 4)}

    build("nothing changed")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for number, path in enumerate(files[::CHANGED]):
        path.write_text(corpus.html(corpus.article(size + number)), encoding="utf-8")
    build("1 % changed")
    files[1].unlink()
    build("one removed")
    return found


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return round(time.perf_counter() - began, 3)


def from_store(out: Path, aside: Path) -> dict[str, object]:
    """Loading the store in bulk, each export, each named query, on a built folder."""
    dataset = out / "graph.nq"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    with Store.open(aside / "store") as store:
        load = timed(lambda: store.load(dataset))
        quads = len(store)
    store = open_store(out)
    return {
        "load": {"seconds": load, "quads": quads, "quads_a_second": round(quads / load)},
        "exports": {
            name: timed(lambda n=name, s=suffix: export(n, store, aside / f"graph{s}"))
            for name, (_, suffix) in EXPORTERS.items()
        },
        "queries": {name: timed(lambda q=question: store.select(q.sparql)) for name, question in questions().items()},
    }


def start_up() -> dict[str, object]:
    """`kg extract` on one sentence against Python with the two libraries that it needs, and with the names loaded too.

    Medians, in turns. Bytecode and compiled patterns are kept from a first run, as after an installation.
    """
    libraries = "import pyoxigraph, click"
    commands = {
        "libraries": [sys.executable, "-c", libraries],
        "libraries and names": [
            sys.executable,
            "-c",
            f"{libraries}; from kg import gazetteer; gazetteer.places('上海')",
        ],
        "kg extract": kg("extract"),
        "kg --help": kg("--help"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    with TemporaryDirectory() as kept:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": kept, "XDG_CACHE_HOME": kept}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for trial in range(TRIALS + 1):
            for name, command in commands.items():
                taken = run(command, feed=SENTENCE, environment=environment).seconds
                if trial:
                    seconds[name].append(taken)
    found: dict[str, object] = {name: round(median(times), 3) for name, times in seconds.items()}
    for base in ("libraries", "libraries and names"):
        pairs = zip(seconds["kg extract"], seconds[base], strict=True)
        found[f"ratio to {base}"] = round(median(mine / its for mine, its in pairs), 2)
    return found
