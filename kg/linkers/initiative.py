"""Reform and service mentions -> canonical names; the names in initiatives.csv, else the article's own."""

from collections.abc import Collection, Sequence

from kg import catalogue, gazetteer
from kg.context import INITIATIVE
from kg.model import Document, Mention, Topic
from kg.normalise.pattern import pattern
from kg.quotation import with_noun

MARKS = pattern(r"[“”‘’「」『』\s]")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """The canonical name, without quotation marks, is the key."""
    names = {m: name for m in mentions if (name := MARKS.sub("", str(m.value)))}
    fuller = _fuller(set(names.values()))
    return {m: ((fuller.get(name, name),) * 2,) for m, name in names.items()}


def longer_forms(document: Document, mentions: Sequence[Mention]) -> dict[Mention, str]:
    """What the article calls reforms and services with the noun behind them: “观察员”制度 of 观察员."""
    text = document.article.text
    named = (m for m in mentions if m.kind in INITIATIVE)
    return {m: form for m in named if (form := with_noun(text, m.span.start, m.span.end))}


def _fuller(names: Collection[str]) -> dict[str, str]:
    """一网通办总门户 -> 上海一网通办总门户, if the article names it both ways and it is known by neither."""
    known = catalogue.initiatives()
    own = sorted(name for name in names if name not in known)
    found: dict[str, str] = {}
    for longer in own:
        for shorter in own:
            if longer != shorter and longer.endswith(shorter) and _is_place(longer[: -len(shorter)]):
                found[shorter] = longer
    return found


def _is_place(words: str) -> bool:
    return any(place.start == 0 and place.end == len(words) for place in gazetteer.places(words))
