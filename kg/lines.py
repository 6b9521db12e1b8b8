"""Files of sorted lines of any size, in little memory. The order is that of the bytes, as `LC_ALL=C sort` has it."""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

CHUNK = 32_000_000
"""Bytes that are sorted at once."""
BLOCK = 65_536
"""Bytes that are patched at once, as far as the end of a line."""
WRITTEN = 10_000
"""Lines that are written at once."""


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
    """Writes the sorted lines of `source` without those removed and with those added, sorted, to `target`.

    Most of a large file is copied block by block, without a look at its lines.
    """
    gone, new = deque(sorted(removed)), deque(sorted(added))
    with source.open("rb") as old, target.open("wb") as file:
        while block := old.read(BLOCK) + old.readline():
            last = block[block.rfind(b"\n", 0, -1) + 1 :]
            drop, more = set(_until(gone, last)), list(_until(new, last))
            if drop or more:
                kept = [line for line in block.splitlines(keepends=True) if line not in drop]
                block = b"".join(sorted(kept + more))
            file.write(block)
        file.writelines(new)


def _until(waiting: deque[bytes], last: bytes) -> Iterator[bytes]:
    """Takes away the lines up to `last`."""
    while waiting and waiting[0] <= last:
        yield waiting.popleft()


def _write(lines: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        iterator: Iterator[bytes] = iter(lines)
        while block := list(islice(iterator, WRITTEN)):
            file.write(b"".join(block))
