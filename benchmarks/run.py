"""Measures everything and writes benchmarks/results/bench.json. Usage:

    python -m benchmarks [--quick] [--only PART ...]

Absolute times mean little on a shared machine: look at the ratios.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus, folders, machine, stages, table

RESULTS = Path(__file__).parent / "results"
SIZES = {True: (200, 2000), False: (2000, 20000)}
"""Articles of the two builds whose memory is compared, in quick mode and else."""
STAGED = {True: 200, False: 1000}
"""Articles that the stages are measured on."""
PARTS = ("stages", "startup", "builds", "memory")
Report = dict[str, object]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the articles")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts; the others keep their results")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the results")
    given = parser.parse_args()
    name = "bench-quick.json" if given.quick else "bench.json"
    report = _former(given.results / name)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        for part in given.only:
            print(f"== {part}", flush=True)
            measured = MEASURES[part](given.quick, Path(folder))
            report[part] = measured | {"machine": machine.described()}
            _show(measured)
            given.results.mkdir(parents=True, exist_ok=True)
            (given.results / name).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    table.main()


def _former(path: Path) -> Report:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _stages(quick: bool, folder: Path) -> Report:
    corpus.write(STAGED[quick], folder / "stages")
    return stages.measure(folder / "stages", folder / "aside.nq")


def _startup(quick: bool, folder: Path) -> Report:
    return folders.start_up()


def _builds(quick: bool, folder: Path) -> Report:
    """Workers, later builds and the store, on the smaller corpus."""
    size = SIZES[quick][0]
    corpus.write(size, folder / "small")
    two = folders.builds(size, 2, folder / "small", folder / "two")
    one = folders.builds(size, 1, folder / "small", folder / "one")
    read = folders.reading(folder / "small", folder / "read")
    stored = folders.from_store(folder / "one", folder / "store")
    later = folders.again(size, folder / "small", folder / "one", float(str(one["seconds"])))
    return {
        "one worker": one,
        "two workers": two,
        "speed of two workers": round(float(str(one["seconds"])) / float(str(two["seconds"])), 2),
        "reading and extracting": read,
        "later builds": later,
        **stored,
    }


def _memory(quick: bool, folder: Path) -> Report:
    """Peak memory of a small and a large build by one worker, and later builds of the large one."""
    found: Report = {}
    peaks = []
    for size in SIZES[quick]:
        corpus.write(size, folder / "memory")
        built = folders.builds(size, 1, folder / "memory", folder / "memory-out")
        peaks.append(float(str(built["peak_memory_mb"])))
        found[f"{size} articles"] = built
        full = float(str(built["seconds"]))
    found["later builds"] = folders.again(size, folder / "memory", folder / "memory-out", full)
    return found | {"peak of the large one to that of the small one": round(peaks[1] / peaks[0], 2)}


MEASURES: dict[str, Callable[[bool, Path], Report]] = {
    "stages": _stages,
    "startup": _startup,
    "builds": _builds,
    "memory": _memory,
}


def _show(found: Report, indent: str = "") -> None:
    """Names and numbers, one a line."""
    for name, value in found.items():
        if isinstance(value, dict):
            print(f"{indent}{name}:")
            _show(value, indent + "  ")
        else:
            number = f"{value:,}" if isinstance(value, int | float) else value
            print(f"{indent}{name.replace('_', ' ')}: {number}", flush=True)


if __name__ == "__main__":
    main()
