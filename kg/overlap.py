"""Which mention holds where several claim the same words: the longest, then the order of kinds."""

from collections.abc import Iterable

from kg.model import Mention

ORDER = ("legislation", "agency", "service", "reform", "person", "time", "indicator", "region")
"""Of two mentions of the same words the kind that stands first here holds."""
RANK = {kind: n for n, kind in enumerate(ORDER)}
NESTED = {
    "legislation": frozenset({"reform", "service", "agency", "region"}),
    "service": frozenset({"reform", "service", "region"}),
    "reform": frozenset({"reform", "region"}),
}
"""Kinds that survive inside a mention of another kind; all others are part of the outer name."""


SEVERAL = "agency.several"
"""The rule that names the bodies of several regions by a list of these, which are named themselves by it."""


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions in text order: none crosses another, and one lies in another only as NESTED allows."""
    kept: list[Mention] = []
    enclosing: list[Mention] = []
    for mention in sorted(mentions, key=_order):
        span = mention.span
        while enclosing and enclosing[-1].span.end <= span.start:
            enclosing.pop()
        if enclosing:
            outer = enclosing[-1]
            if not outer.span.covers(span):
                if len(span.quote) <= len(outer.span.quote) or len(enclosing) > 1:
                    continue
                dropped = outer.span
                kept = [m for m in kept if not dropped.covers(m.span)]
                enclosing.pop()
            elif outer.span == span or not _survives(mention, outer):
                continue
        kept.append(mention)
        enclosing.append(mention)
    return tuple(kept)


def _survives(mention: Mention, outer: Mention) -> bool:
    """Whether a mention inside another one is more than a part of its name: 甲市 in 甲市、乙市和丙市民政局."""
    return mention.kind in NESTED.get(outer.kind, ()) or (outer.rule == SEVERAL and mention.kind == "region")


def _order(mention: Mention) -> tuple[int, int, int, str]:
    return mention.span.start, -mention.span.end, RANK[mention.kind], mention.rule
