"""A regular expression that is compiled when it is first used.

Compiling all of them takes longer than reading a sentence does; a text without dates pays for no date's pattern.
"""

import re
from typing import cast


class _Pattern:
    """Becomes the compiled pattern: each of its methods is looked up there once, and called directly from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(self.pattern, self._flags), name)  # `re` keeps what it compiled last
        setattr(self, name, found)
        return found


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, made when it is needed; a wrong source shows then."""
    return cast(re.Pattern[str], _Pattern(source, flags))
