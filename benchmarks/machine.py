"""What a measurement was made on, and processes that are measured from outside."""

import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LIBRARIES = ("ahocorasick-rs", "jieba", "lxml", "pyoxigraph", "rdflib", "resiliparse")
PERIOD = 0.2
"""Seconds between two looks at the memory of a process."""


class Run(NamedTuple):
    """A process that has ended."""

    code: int
    seconds: float
    peak: float
    """Memory of the process and its children together at its highest, in MB; 0 where it cannot be seen."""
    output: str


def described() -> dict[str, object]:
    """Processor, memory, versions."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "commit": _commit(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "load": round(os.getloadavg()[0], 1),
    }


def _first(file: str, label: str) -> str:
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(label)), "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def run(command: Sequence[str], *, feed: str = "", environment: Mapping[str, str] | None = None) -> Run:
    """Runs a command below the project's root and watches its memory."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(PERIOD):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate(feed)
    seconds = time.perf_counter() - began
    ended.set()
    watcher.join()
    return Run(process.returncode, seconds, round(peak, 1), output)


def memory(process: int) -> float:
    """Memory of a process and all below it, shared pages counted once, in MB."""
    try:
        mine = next(
            int(line.split()[1])
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            if line.startswith("Pss:")
        )
        children = [
            int(child)
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, StopIteration):
        return 0.0
    return mine / 1000 + sum(map(memory, children))


def kg(*words: str | Path) -> list[str]:
    """The command `kg` of this Python."""
    return [sys.executable, "-m", "kg", *map(str, words)]
