"""What an article is about: home region, which of several regions of one name, main reform and agency."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
    title_end = len(document.article.title)
    regions = [m for m in mentions if m.kind == "region"]
    agencies = [m for m in mentions if m.kind == "agency"]
    initiatives = [m for m in mentions if m.kind in ("reform", "service")]
    placed = (*regions, *agencies)
    weights = _weights(document.article.source, placed, initiatives, title_end)
    sums = _sums(weights)
    if _add_decided(weights, sums, placed, title_end):
        sums = _sums(weights)
    homes = _homes(sums)
    titled = _named([m for m in regions if m.span.start < title_end], sums)
    titled = titled or _seated([m for m in agencies if m.span.start < title_end])
    home = _home(weights, sums, homes, titled)
    if home and catalogue.regions()[home].level == "county" and catalogue.regions()[home].name.endswith("市"):
        homes["prefecture"] = home  # in an article on 昆山 全市 is 昆山市
    if home and catalogue.regions()[home].name.endswith("自治区") and not any(map(_of_a_county, placed)):
        homes["county"] = home  # in an article on 内蒙古 全区 is 内蒙古
    zones = {str(m.value) for m in regions if m.span.start < title_end and m.value in catalogue.zones()}
    if len(zones) == 1:
        homes.setdefault("county", zones.pop())  # in an article on a zone its bureaus are 区财政局
    decided = {m: key for m in regions if (key := decide(str(m.value), sums, homes))}
    return Topic(homes, home, decided, _main(initiatives, title_end), _main(agencies, title_end))


def around(topic: Topic) -> tuple[str, ...]:
    """The codes of the article's home, of what it lies in and of its homes at each level, and empty for nowhere."""
    return ("", topic.home, *catalogue.ancestors(topic.home), *topic.homes.values())


def seat(agency: Mention, topic: Topic) -> str:
    """The value of the region that a local body is of: a code, decided for 市政府; empty if there is none."""
    place, local, _ = str(agency.value).partition(">")
    if not local:
        return ""
    return topic.homes.get(place[1:], "") if place.startswith("@") else place


def _of_a_county(mention: Mention) -> bool:
    """Whether it is 全县, 县政府 and the like."""
    return str(mention.value).startswith("@county") and "县" in mention.span.quote[:2]


def _weights(
    source: str, placed: Iterable[Mention], initiatives: Iterable[Mention], title_end: int
) -> defaultdict[str, int]:
    """How much the article speaks of each region that it names beyond doubt; `placed`: regions and agencies."""
    weights: defaultdict[str, int] = defaultdict(int)
    known = catalogue.regions()
    for mention in placed:
        codes, of_region, _ = str(mention.value).partition(">")
        if mention.kind == "agency" and not of_region:
            continue
        for code in codes.split("+"):
            if code in known:
                weights[code] += _weight(mention, title_end)
    for mention in initiatives:
        initiative = catalogue.initiatives().get(str(mention.value))
        if initiative and initiative.region:
            weights[initiative.region] += OF_INITIATIVE
    for place in gazetteer.places(source) if source else ():
        if place.sure and place.value in known:
            weights[place.value] += IN_SOURCE
    return weights


def _weight(mention: Mention, title_end: int) -> int:
    """How much one mention of a region or of a local body says that the article is about its region."""
    return IN_TITLE if mention.span.start < title_end else OF_AGENCY if mention.kind == "agency" else 1


def _add_decided(
    weights: defaultdict[str, int], sums: Mapping[str, int], placed: Iterable[Mention], title_end: int
) -> bool:
    """Adds the weight of names that several regions bear, where one of these lies in what the article speaks of: 普陀区
    beside 上海. Whether there were any."""
    decided = False
    for mention in placed:
        codes = str(mention.value).partition(">")[0]
        if "|" in codes and (code := decide(codes, sums, {})):
            weights[code] += _weight(mention, title_end)
            decided = True
    return decided


def _sums(weights: Mapping[str, int]) -> dict[str, int]:
    """Each region's weight with that of all that lies in it."""
    sums: defaultdict[str, int] = defaultdict(int)
    for code, weight in weights.items():
        sums[code] += weight
        for outer in catalogue.ancestors(code):
            sums[outer] += weight
    return dict(sums)


def _best(sums: Mapping[str, int], codes: Iterable[str]) -> str:
    """The weightiest, if it outweighs the next."""
    ranked = sorted([(sums[c], c) for c in codes], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return ""
    return ranked[0][1]


def _homes(sums: Mapping[str, int]) -> dict[str, str]:
    """Home by level: within the home province the city most spoken of, within that the county."""
    regions = catalogue.regions()
    homes: dict[str, str] = {}
    within = ""
    for level in LEVELS:
        codes = [c for c in sums if regions[c].level == level and (not within or within in catalogue.ancestors(c))]
        best = _best(sums, codes)
        if level == "prefecture" and within in catalogue.municipalities():
            best = within
        if not best:
            break
        homes[level] = within = best
    return homes


def _named(regions: Sequence[Mention], sums: Mapping[str, int]) -> list[str]:
    """The regions named; of 佛山南海 the inner one alone, if most of what is said about the outer is about it."""
    starts = {m.span.start: decide(str(m.value), sums, {}) for m in regions}
    named = []
    for mention in regions:
        code, inner = starts[mention.span.start], starts.get(mention.span.end, "")
        if code not in catalogue.ancestors(inner) or sums.get(inner, 0) * 2 <= sums.get(code, 0):
            named.append(code)
    return named


def _seated(agencies: Sequence[Mention]) -> list[str]:
    """The regions of the local bodies named, each once: what a title is about that names no region by itself."""
    return sorted({str(m.value).partition(">")[0] for m in agencies if ">" in str(m.value)})


def _home(weights: Mapping[str, int], sums: Mapping[str, int], homes: Mapping[str, str], title: Sequence[str]) -> str:
    """The one region that the title names; else the smallest that carries most of what is said about regions."""
    if len(title) == 1 and title[0] in homes.values():
        return title[0]
    home = ""
    whole = sum(weights.values())
    for level in LEVELS:
        code = homes.get(level, "")
        if not code or sums[code] * 2 <= whole:
            break
        home = code
    return home


def decide(value: str, sums: Mapping[str, int], homes: Mapping[str, str]) -> str:
    """The one region that a value means here: 鼓楼区 is Nanjing's if the article speaks of Nanjing; empty if open."""
    if value.startswith("@"):
        return homes.get(value[1:], "")
    if "|" not in value:
        return value
    codes = value.split("|")
    support = {c: sum([sums.get(a, 0) for a in catalogue.ancestors(c)]) for c in codes}
    best = _best(support, codes)
    return best if support.get(best) else ""


def _main(mentions: Sequence[Mention], title_end: int) -> Mention | None:
    """The first mention of what is named most, the title counting double."""
    counts: defaultdict[object, int] = defaultdict(int)
    first: dict[object, Mention] = {}
    end: dict[object, int] = {}
    for mention in mentions:
        if mention.span.end <= end.get(mention.value, 0):
            continue  # 96333 inside “96333”平台 counts once
        end[mention.value] = mention.span.end
        counts[mention.value] += IN_TITLE if mention.span.start < title_end else 1
        first.setdefault(mention.value, mention)
    if not counts:
        return None
    best = max(counts, key=lambda value: (counts[value], -first[value].span.start))
    return first[best]
