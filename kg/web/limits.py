"""What a query may use; everything over it is refused with words, never cut in silence."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds of one query."""

    seconds: float = 30.0
    """Wall-clock time, then the worker is killed."""
    memory: int = 2 << 30
    """Address space of a worker in bytes."""
    answer: int = 20 << 20
    """Bytes of an answer."""


QUERIES = Limits()
PAGES = Limits(10.0, 2 << 30, 64 << 20)
LONGEST = 65536
"""Bytes of a query."""
BODY = 9 * LONGEST
"""Bytes of a request: each byte of a query may be percent-encoded in a form, with room for its graphs."""
WAITING = 64
"""Queries that may wait for a worker."""
