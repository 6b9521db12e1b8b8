"""Word list -> regular expression that looks at each character once, however long the list."""

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest where several fit: 市长, 市民 -> (?:市(?:民|长))."""
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        branches.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rests in branches.items():
        longer = [rest for rest in rests if rest]
        if not longer:
            parts.append(re.escape(first))
        else:
            parts.append(re.escape(first) + alternation(longer) + ("?" if len(longer) < len(rests) else ""))
    return f"(?:{'|'.join(parts)})"
