"""Regular expressions that are compiled when they are first used, and kept compiled for the next run if asked to.

Compiling all of them takes longer than reading a sentence does: a text without dates pays for no date's pattern.
"""

import atexit
import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import ClassVar, cast

MANY = 2000
"""Patterns of so many former versions are forgotten together."""
Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the compiler makes of an expression: flags, code, number of groups, their names by number and the reverse."""


class _Pattern:
    """Becomes the compiled pattern when it is first asked for one of its methods: it takes them all over."""

    kept: ClassVar["_Kept | None"] = None

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        made = self._compiled()
        self.__dict__.update({each: getattr(made, each) for each in dir(made) if not each.startswith("_")})
        return getattr(made, name)

    def _compiled(self) -> re.Pattern[str]:
        if self.kept is not None:
            with suppress(Exception):
                return self.kept.compiled(self.pattern, self._flags)
        return re.compile(self.pattern, self._flags)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, made when it is needed; a wrong source shows then."""
    return cast(re.Pattern[str], _Pattern(source, flags))


def keep(folder: Path) -> None:
    """From now on takes compiled patterns from a file in this folder, and adds new ones to it when the program ends.

    Python has no public way to do so: this one goes through the modules inside `re` and is tied to the exact version
    of Python. Whatever fails (a folder that cannot be written, a damaged file) ends in `re.compile`, in silence. A
    pattern is found by its source, so none is ever stale.
    """
    _Pattern.kept = _Kept(folder / f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}")
    atexit.register(_Pattern.kept.save)


class _Kept:
    """The file of compiled patterns."""

    def __init__(self, path: Path) -> None:
        self._path, self._grown = path, False
        self._known: dict[tuple[str, int], Parts] = {}
        with suppress(OSError, ValueError, EOFError, TypeError):
            known = dict(marshal.loads(path.read_bytes()))  # noqa: S302 - as safe as the .pyc files of the user
            self._known = known if len(known) < MANY else {}

    def compiled(self, source: str, flags: int) -> re.Pattern[str]:
        key = source, int(flags)
        if key not in self._known:
            self._known[key], self._grown = _parts(source, int(flags)), True
        full, code, groups, numbers, names = self._known[key]
        make = import_module("_sre").compile  # it checks the code
        return cast(re.Pattern[str], make(source, full, array("I", code).tolist(), groups, numbers, names))

    def save(self) -> None:
        if self._grown:
            aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            with suppress(OSError):
                aside.parent.mkdir(parents=True, exist_ok=True)
                aside.write_bytes(marshal.dumps(self._known))
                aside.replace(self._path)


def _parts(source: str, flags: int) -> Parts:
    """As `re.compile` makes them (Lib/re/_compiler.py)."""
    tree = import_module("re._parser").parse(source, flags)
    code = import_module("re._compiler")._code(tree, flags)
    numbers = dict(tree.state.groupdict)
    names: list[str | None] = [None] * tree.state.groups
    for name, number in numbers.items():
        names[number] = name
    return int(flags | tree.state.flags), array("I", map(int, code)).tobytes(), len(names) - 1, numbers, tuple(names)
