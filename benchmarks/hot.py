"""Where the time of the whole pipeline goes: the hottest functions, by sampling and by counting every call.

    python -m benchmarks.hot [ARTICLES]

Sampling says what the functions of this project cost with all that they call outside it (regular expressions,
parsers, the automaton); cProfile adds its own cost to every call and so flatters what makes few calls.
"""

import cProfile
import pstats
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import kg
from benchmarks import corpus
from benchmarks.stages import whole

PACKAGE = str(Path(kg.__file__).parent)
PERIOD = 0.001
"""Processor seconds between two samples."""
SHOWN = 25
Place = tuple[str, str, int]


class Sampler:
    """Counts which of our functions run: itself with what is outside (own), or anything it calls (whole)."""

    def __init__(self) -> None:
        self.own: Counter[Place] = Counter()
        self.lines: Counter[Place] = Counter()
        self.samples = 0

    def __enter__(self) -> "Sampler":
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, PERIOD, PERIOD)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _sample(self, number: int, frame: FrameType | None) -> None:
        self.samples += 1
        while frame is not None:
            code = frame.f_code
            if code.co_filename.startswith(PACKAGE):
                file = code.co_filename.removeprefix(PACKAGE + "/")
                self.own[file, code.co_qualname, code.co_firstlineno] += 1
                self.lines[file, code.co_qualname, frame.f_lineno] += 1
                return
            frame = frame.f_back


def main() -> None:
    """The command line."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(size, folder / "in")
        paths = sorted(path for path in (folder / "in").rglob("*") if path.is_file())
        third = len(paths) // 3
        _all(paths[:third], folder)  # what is loaded once is loaded
        with Sampler() as sampler:
            _all(paths[third : 2 * third], folder)
        profile = cProfile.Profile()
        profile.runcall(_all, paths[2 * third :], folder)
    for title, counted in (("functions", sampler.own), ("lines", sampler.lines)):
        print(f"sampled {title}, with what they call outside the project:")
        for (file, function, line), number in counted.most_common(SHOWN):
            print(f"{100 * number / sampler.samples:6.1f} %  {file}:{line} {function}")
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)


def _all(paths: Sequence[Path], folder: Path) -> None:
    with (folder / "aside.nq").open("wb") as target:
        for path in paths:
            whole(path, target)


if __name__ == "__main__":
    main()
