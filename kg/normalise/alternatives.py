"""Words -> a pattern for any of them that fails fast: grouped by first character, longest first within a group."""

import re
from collections.abc import Iterable, Mapping


def alternatives(
    words: Iterable[str],
    not_after: Mapping[str, str] | None = None,
    not_before: Mapping[str, str] | None = None,
) -> str:
    """The source of a group that matches one of the words, the longest that fits.

    `not_after` and `not_before` give, by word, the characters that may not stand before it and the pattern of what
    may not follow; empty or absent for none.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        first, rest = re.escape(word[0]), re.escape(word[1:])
        before, behind = (not_after or {}).get(word, ""), (not_before or {}).get(word, "")
        guard = f"(?<![{before}]{first})" if before else ""
        groups.setdefault(first, []).append(f"{guard}{rest}" + (f"(?!{behind})" if behind else ""))
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items())) + ")"
