"""Reform and service mentions -> canonical names; the names in initiatives.csv, else the article's own."""

from collections.abc import Collection, Sequence

from kg import catalogue, gazetteer
from kg.context import INITIATIVE
from kg.model import Document, Mention, Topic
from kg.normalise.pattern import pattern
from kg.quotation import known_forms, with_noun

LONG = 5
"""How long a name must be to be a known one without its last noun."""
NOUNS = ("制度", "改革", "机制", "模式", "行动")
MARKS = pattern(r"[“”‘’「」『』\s]")


ACRONYM = pattern(r"（[A-Za-z]{2,8}）$")  # “全球营运商计划（GOP）”


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """The canonical name, without quotation marks, is the key."""
    named = {topic.home, *topic.regions.values()} - {""}
    about = named.difference(*map(catalogue.ancestors, named))
    values = {m: m.span.quote if _is_elsewhere(m, about) else str(m.value) for m in mentions}
    names = {m: name for m, value in values.items() if (name := ACRONYM.sub("", MARKS.sub("", value)))}
    own = sorted({name for name in names.values() if name not in catalogue.initiatives()})
    one = (
        _fuller(own)
        | _shorter(own)
        | {
            form: names[m]
            for m, words in longer_forms(document, list(names)).items()
            if (form := MARKS.sub("", words)) in own and names[m] != form
        }
    )
    return {m: ((one.get(name, name),) * 2,) for m, name in names.items()}


def _is_elsewhere(mention: Mention, about: Collection[str]) -> bool:
    """Whether the words are short for what is known of another place than the article's: “缤纷社区” is Pudong's, unless
    the article tells of Jing'an."""
    known = catalogue.initiatives().get(str(mention.value))
    if known is None or not known.region or not about or MARKS.sub("", mention.span.quote) == known.name:
        return False
    around = {known.region, *catalogue.ancestors(known.region)}
    return not any(code in around or known.region in catalogue.ancestors(code) for code in about)


def longer_forms(document: Document, mentions: Sequence[Mention]) -> dict[Mention, str]:
    """What the article calls reforms and services with the noun behind them: “观察员”制度 of 观察员."""
    text = document.article.text
    named = (m for m in mentions if m.kind in INITIATIVE)
    return {m: form for m in named if (form := with_noun(text, m.span.start, m.span.end))}


def _fuller(names: Collection[str]) -> dict[str, str]:
    """一网通办总门户 -> 上海一网通办总门户, if the article names it both ways; of names that no table knows."""
    found: dict[str, str] = {}
    for longer in names:
        for shorter in names:
            if longer != shorter and longer.endswith(shorter) and _is_place(longer[: -len(shorter)]):
                found[shorter] = longer
    return found


def _shorter(names: Collection[str]) -> dict[str, str]:
    """村级小微权力清单 -> 小微权力清单制度, which is known as 村级小微权力清单制度 too."""
    forms = known_forms()
    long = (name for name in names if len(name) >= LONG)
    return {name: forms[name + noun] for name in long for noun in NOUNS if name + noun in forms}


def _is_place(words: str) -> bool:
    return any(place.start == 0 and place.end == len(words) for place in gazetteer.places(words))
