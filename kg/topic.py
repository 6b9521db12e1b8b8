"""What an article is about: home region, which of several regions of one name, main reform and agency."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg import catalogue, gazetteer
from kg.model import Document, Mention, Topic

IN_TITLE = 6
"""How many mentions in the body one in the title outweighs."""
IN_SOURCE = 4
LEVELS = ("province", "prefecture", "county")
OF_AGENCY = 2
OF_INITIATIVE = 1


def settle(document: Document, mentions: Sequence[Mention]) -> Topic:
    """Decides once for the whole article; every later stage reads it."""
    article = document.article
    title_end = len(article.title)
    weights = _weights(document, mentions, title_end)
    homes = _homes(weights)
    home = _home(weights, homes, _named(mentions, title_end))
    if home and catalogue.regions()[home].level == "county" and catalogue.regions()[home].name.endswith("市"):
        homes["prefecture"] = home  # in an article on 昆山 全市 is 昆山市
    regions = _regions(mentions, weights, homes)
    initiatives = [m for m in mentions if m.kind in ("reform", "service")]
    agencies = [m for m in mentions if m.kind == "agency"]
    return Topic(
        homes,
        home,
        regions,
        _main(initiatives, title_end),
        _main(agencies, title_end),
    )


def _codes(value: object) -> list[str]:
    """The codes of a region or agency mention's value, one list of candidates for each region it names."""
    return [] if not isinstance(value, str) else value.split(">")[0].split("+")


def _weights(document: Document, mentions: Iterable[Mention], title_end: int) -> Counter[str]:
    """How much the article speaks of each region that it names beyond doubt."""
    weights: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind not in ("region", "agency") or (mention.kind == "agency" and ">" not in str(mention.value)):
            continue
        for candidates in _codes(mention.value):
            if candidates in catalogue.regions():
                weights[candidates] += (
                    IN_TITLE if mention.span.start < title_end else OF_AGENCY if mention.kind == "agency" else 1
                )
    for mention in mentions:
        known = catalogue.initiatives().get(str(mention.value)) if mention.kind in ("reform", "service") else None
        if known and known.region:
            weights[known.region] += OF_INITIATIVE
    for place in gazetteer.places(document.article.source):
        if place.sure and place.value in catalogue.regions():
            weights[place.value] += IN_SOURCE
    return weights


def _line(code: str) -> tuple[str, ...]:
    return (code, *catalogue.ancestors(code))


def _sums(weights: Counter[str]) -> Counter[str]:
    """Each region's weight with that of all that lies in it."""
    sums: Counter[str] = Counter()
    for code, weight in weights.items():
        for each in _line(code):
            sums[each] += weight
    return sums


def _best(sums: Counter[str], codes: Iterable[str]) -> str:
    """The weightiest, if it outweighs the next."""
    ranked = sorted(((sums[c], c) for c in codes), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return ""
    return ranked[0][1]


def _homes(weights: Counter[str]) -> dict[str, str]:
    """Home by level: within the home province the city most spoken of, within that the county."""
    sums = _sums(weights)
    homes: dict[str, str] = {}
    within = ""
    for level in LEVELS:
        codes = [c for c in sums if catalogue.regions()[c].level == level and (not within or within in _line(c))]
        best = _best(sums, codes)
        if level == "prefecture" and within in catalogue.municipalities():
            best = within
        if not best:
            break
        homes[level] = within = best
    return homes


def _named(mentions: Iterable[Mention], title_end: int) -> list[str]:
    """The regions that the title names."""
    return [str(m.value) for m in mentions if m.kind == "region" and m.span.start < title_end]


def _home(weights: Counter[str], homes: dict[str, str], title: Sequence[str]) -> str:
    """The one region of the title; else the smallest region that carries most of what is said about regions."""
    if len(title) == 1 and title[0] in homes.values():
        return title[0]
    sums = _sums(weights)
    home = ""
    whole = sum(weights.values())
    for level in LEVELS:
        code = homes.get(level, "")
        if not code or sums[code] * 2 <= whole:
            break
        home = code
    return home


def _regions(mentions: Sequence[Mention], weights: Counter[str], homes: dict[str, str]) -> dict[Mention, str]:
    sums = _sums(weights)
    decided = {}
    for mention in mentions:
        if mention.kind == "region" and isinstance(mention.value, str):
            key = decide(mention.value, sums, homes)
            if key:
                decided[mention] = key
    return decided


def decide(value: str, sums: Counter[str], homes: dict[str, str]) -> str:
    """The one region that a value means here: 鼓楼区 is Nanjing's if the article speaks of Nanjing; empty if open."""
    if value.startswith("@"):
        return homes.get(value[1:], "")
    codes = value.split("|")
    if len(codes) == 1:
        return codes[0]
    support = Counter({c: sum(sums[a] for a in catalogue.ancestors(c)) for c in codes})
    best = _best(support, codes)
    return best if support[best] else ""


def _main(mentions: Sequence[Mention], title_end: int) -> Mention | None:
    """The first mention of what is named most, the title counting double."""
    counts: Counter[object] = Counter()
    first: dict[object, Mention] = defaultdict()
    for mention in mentions:
        counts[mention.value] += IN_TITLE if mention.span.start < title_end else 1
        first.setdefault(mention.value, mention)
    if not counts:
        return None
    best = max(counts, key=lambda value: (counts[value], -first[value].span.start))
    return first[best]
