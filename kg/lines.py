"""Files of sorted lines of any size, in little memory. The order is that of the bytes, as `LC_ALL=C sort` has it."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

CHUNK = 32_000_000
"""Bytes that are sorted at once."""
BLOCK = 50_000
"""Lines that are patched at once."""


def merge(batches: Iterable[list[bytes]], target: Path) -> None:
    """Writes all lines (each with its line break) sorted to `target`; parts that do not fit in memory lie beside it."""
    parts: list[Path] = []
    waiting: list[bytes] = []
    size = 0
    for batch in batches:
        waiting += batch
        size += sum(map(len, batch))
        if size > CHUNK:
            parts.append(target.with_name(f"{target.name}.{len(parts)}"))
            _write(sorted(waiting), parts[-1])
            waiting, size = [], 0
    waiting.sort()
    if not parts:
        _write(waiting, target)
        return
    files = [part.open("rb") for part in parts]
    _write(heapq.merge(*files, waiting), target)
    for file, part in zip(files, parts, strict=True):
        file.close()
        part.unlink()


def patch(source: Path, removed: Iterable[bytes], added: Iterable[bytes], target: Path) -> None:
    """Writes the sorted lines of `source` without those removed and with those added, sorted, to `target`."""
    gone, new = sorted(removed), sorted(added)
    with source.open("rb") as old, target.open("wb") as file:
        while block := list(islice(old, BLOCK)):
            last = block[-1]
            first_gone, gone = _until(gone, last)
            first_new, new = _until(new, last)
            if first_gone:
                drop = set(first_gone)
                block = [line for line in block if line not in drop]
            if first_new:
                block = sorted(block + first_new)
            file.write(b"".join(block))
        file.write(b"".join(new))


def _until(lines: list[bytes], last: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines up to `last`, and those after it."""
    if not lines or lines[0] > last:
        return [], lines
    cut = bisect_left(lines, last)
    cut += cut < len(lines) and lines[cut] == last
    return lines[:cut], lines[cut:]


def _write(lines: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        iterator: Iterator[bytes] = iter(lines)
        while block := list(islice(iterator, BLOCK)):
            file.write(b"".join(block))
