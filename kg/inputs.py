"""What the user named (files, folders, patterns) -> the files to read, each with its identifier."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.model import Skipped
from kg.readers import READERS


class Input(NamedTuple):
    """A file to read."""

    identifier: str
    """Its path below the input's root, with `/`; for a file given directly its name."""
    path: Path


def find(named: Iterable[str | Path], leave_out: Path) -> tuple[list[Input], list[Skipped]]:
    """The files, sorted by identifier, and what had to be skipped; nothing below the folder `leave_out` is an input.

    Folders are searched for files with known suffixes, without hidden ones; links are followed, each folder once.
    A file that several inputs name is read once; of two files with the same identifier the first by path is read.
    """
    found: set[Input] = set()
    skipped: list[Skipped] = []
    for name in map(str, named):
        files = list(_files(name, _real(leave_out), skipped))
        found.update(files)
        if not files and not any(s.identifier == name for s in skipped):
            known = " ".join(sorted(READERS))
            skipped.append(Skipped(name, f"no articles in this folder (looked for {known})"))
    kept: dict[str, Input] = {}
    paths: set[Path] = set()
    for one in sorted(found):
        path = _real(one.path)
        if path in paths:
            continue
        if one.identifier in kept:
            reason = f"{one.path} and {kept[one.identifier].path} have the same name below their roots"
            skipped.append(Skipped(one.identifier, reason))
            continue
        paths.add(path)
        kept[one.identifier] = one
    named_well = {Skipped(_text(one.identifier), _text(one.reason)) for one in skipped}
    return list(kept.values()), sorted(named_well, key=lambda one: (one.identifier, one.reason))


def _files(name: str, leave_out: Path, skipped: list[Skipped]) -> Iterator[Input]:
    """The files that one argument names."""
    path = Path(name)
    if not name:
        skipped.append(Skipped(name, "an empty path"))
    elif path.is_dir():
        yield from _below(path, path, leave_out, skipped)
    elif os.path.lexists(path):
        yield Input(_text(path.name), path)
    elif glob.has_magic(name):
        yield from _matches(name, leave_out, skipped)
    else:
        skipped.append(Skipped(name, "no such file or folder"))


def _matches(pattern: str, leave_out: Path, skipped: list[Skipped]) -> Iterator[Input]:
    """The files that a pattern matches, and those in folders that it matches; its root is what stands before it."""
    parts = Path(pattern).parts
    root = Path(*parts[: next(i for i, part in enumerate(parts) if glob.has_magic(part))])
    matches = sorted(Path(match) for match in glob.iglob(pattern, recursive=True))  # noqa: PTH207 - it takes any pattern
    if not matches:
        skipped.append(Skipped(pattern, "no file matches this pattern"))
    for match in matches:
        if match.is_dir():
            if "**" not in pattern:
                yield from _below(match, root, leave_out, skipped)
        elif not _real(match).is_relative_to(leave_out):
            yield Input(_text(match.relative_to(root).as_posix()), match)


def _below(folder: Path, root: Path, leave_out: Path, skipped: list[Skipped]) -> Iterator[Input]:
    """The files in a folder and its folders; linked folders come last, so that real paths win over links."""
    waiting, links = [folder], list[Path]()
    seen: set[Path] = set()
    while waiting or links:
        here = waiting.pop() if waiting else links.pop()
        real = _real(here)
        if real in seen or real.is_relative_to(leave_out):
            continue
        seen.add(real)
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            skipped.append(Skipped(str(here), f"this folder cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            path = here / entry.name
            if entry.name.startswith("."):
                continue
            if path.is_dir():
                (links if entry.is_symlink() else waiting).append(path)
            elif path.suffix.lower() in READERS:
                yield Input(_text(path.relative_to(root).as_posix()), path)


def _real(path: Path) -> Path:
    """The path without links; unlike `Path.resolve` it takes links that go in circles."""
    return Path(os.path.realpath(path))


def _text(name: str) -> str:
    """A file's name as text that UTF-8 can write, whatever its bytes."""
    return os.fsencode(name).decode("utf-8", "replace")


def stamp(path: Path) -> str:
    """What changes when a file does, without reading it; empty for what is no file that can be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
