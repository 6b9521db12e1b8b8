"""Places that do something together: 来安县与浦口区, 温州市发改委与金华市发改委, 两地 once both were named, 与滁州
in a text on 南京, 三省一市 for 长三角."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import catalogue
from kg.context import NATIONAL, NUMERALS, Scene, Sentence
from kg.model import Mention, Topic
from kg.normalise.pattern import pattern
from kg.relations.places.clause import OUTER, is_deed

JOINED = pattern(  # 来安县、浦口区; 来安县今年多次与浦口区
    r"[、和与及同跟]|以及|(?:将|主动|先后|已|再次?|多次|分别|率先|还|也|[今去]年|近日)*(?:与|同|联合|会同|携手|联手|牵手|对接|协同)"
)
PARTNER = pattern(r"(?:与|同|和|联合|会同|携手|牵手|联手|对接)$")
COUNTED = pattern(
    r"双方|(?<![第之前后])([两二三四五六七八九十]|[0-9]{1,2})"
    r"(?:地(?![块铁])|个?(?:省([一两二三])市|省市|省区市|城市|市县|区县|县市|[省市县区州城])(?![级民场区域长政委]))"
)
DOING = pattern(
    r"率先|纳入|签|共|统一|联|携手|合作|互|开通|启动|推出|立|实现|推行|推进|实施|探索|打造|商定|达成|启用|加快|[设创]|建(?!议)"
)
BY = pattern(r"[^，。；]{0,12}由")  # “跨界一窗”由两地共建
SIGNED = pattern(r"[^，。；]{0,8}(?:签|合作)")  # “跨界通办”，与滁州、马鞍山签约


@dataclass(slots=True, frozen=True)
class Company:
    """Places named or meant together, and where in the text."""

    regions: tuple[Mention, ...]
    start: int
    end: int
    paragraph: int


def joint(scene: Scene, topic: Topic) -> Iterator[tuple[Sentence, Mention, Sequence[Mention]]]:
    """What places run together, by deed or by name: 来安、浦口签约共建“宁来通办”, “宁来通办”由两地推出."""
    text = scene.document.article.text
    for sentence, companies in _companies(scene, topic):
        for initiative in sentence.initiatives:
            inside = scene.within(initiative, "region")
            if NATIONAL.match(str(initiative.value)) or any(m.value not in catalogue.groups() for m in inside):
                continue
            start, end = initiative.span.start, initiative.span.end
            before = next((c for c in reversed(companies) if c.end <= start), None)
            after = next((c for c in companies if c.start >= end), None)
            if before and text[before.start - 1] == "在" and "，" in text[before.end : start]:
                continue  # 在重庆、浙江等地开展“甲”，推进“乙”
            if before and _does(sentence, before, initiative, text[before.end : start]):
                yield sentence, initiative, before.regions
            elif after and _done_by(after, text, end):
                yield sentence, initiative, after.regions


def _done_by(company: Company, text: str, start: int) -> bool:
    """Whether what ends at the offset `start` is done by the company behind it: …由两地共建, …，与滁州、马鞍山签约."""
    if BY.fullmatch(text[start : company.start]):
        return True
    joined = PARTNER.search(text[max(start, company.start - 4) : company.start])
    return joined is not None and SIGNED.match(text[company.end : company.end + 16]) is not None


def _does(sentence: Sentence, company: Company, initiative: Mention, words: str) -> bool:
    """Whether a company does what the words in front of an initiative say, and no other place stands between."""
    if any(company.end <= place.span.start < initiative.span.start for place in sentence.places):
        return False
    return DOING.search(words) is not None and is_deed(words)


def _companies(scene: Scene, topic: Topic) -> Iterator[tuple[Sentence, list[Company]]]:
    """The companies of places in each sentence with initiatives."""
    regions = scene.of("region")
    codes = {code: m for m in reversed(regions) if (code := topic.regions.get(m))}
    groups = {str(m.value): m for m in reversed(regions) if m.value in catalogue.groups()}
    home = scene.home(topic)
    last: dict[int, Company] = {}
    for sentence in scene.telling:
        named = list(_named(sentence, topic, codes, home))
        if sentence.initiatives:
            found = [*named, *(_counted(sentence, last, named, groups) if last or named or groups else ())]
            yield sentence, sorted(found, key=lambda company: company.start)
        last |= {len(company.regions): company for company in named}


def _named(sentence: Sentence, topic: Topic, codes: Mapping[str, Mention], home: Mention | None) -> Iterator[Company]:
    """The lists of at least two places; with the home region, if they are those that it joins: 与滁州签约."""
    names = (*sentence.places, *sentence.agencies)
    if len(names) < 2 and not any(PARTNER.search(sentence.before(name, 4)) for name in names):
        return
    for run in _runs(sentence, topic, codes):
        regions = [region for _, region in run]
        partner = home is not None and PARTNER.search(sentence.before(run[0][0], 4))
        if home and partner and any(_are_peers(home, region, topic) for region in regions):
            regions = [home, *regions]
        if len({topic.regions.get(region) for region in regions}) > 1:
            yield Company(tuple(regions), run[0][0].span.start, run[-1][0].span.end, sentence.paragraph)


def _runs(sentence: Sentence, topic: Topic, codes: Mapping[str, Mention]) -> Iterator[list[tuple[Mention, Mention]]]:
    """The places of a sentence, each with its region, those that are joined together; of 江苏省南京市 the smaller."""
    run: list[tuple[Mention, Mention]] = []
    for place, region in _places(sentence, topic, codes):
        between = sentence.between(run[-1][0], place) if run else ""
        if run and JOINED.fullmatch(between):
            run.append((place, region))
        elif run and OUTER.fullmatch(between) and _holds(run[-1][1], region, topic):
            run[-1] = (place, region)
        else:
            if run:
                yield run
            run = [(place, region)]
    if run:
        yield run


def _places(sentence: Sentence, topic: Topic, codes: Mapping[str, Mention]) -> list[tuple[Mention, Mention]]:
    """The places of a sentence, and its bodies of a place that the text names: 温州市发改委 with 温州."""
    names = (*sentence.agencies, *sentence.initiatives, *sentence.documents)
    found = [(m, m) for m in sentence.places if m in topic.regions and not any(n.span.covers(m.span) for n in names)]
    seats = ((agency, str(agency.value).partition(">")[0]) for agency in sentence.agencies)
    found += [(agency, codes[code]) for agency, code in seats if code in codes]
    return sorted(found, key=lambda pair: pair[0].span.start)


def _holds(outer: Mention, inner: Mention, topic: Topic) -> bool:
    """Whether one region lies in the other."""
    return topic.regions.get(outer, "") in catalogue.ancestors(topic.regions.get(inner, ""))


def _are_peers(one: Mention, other: Mention, topic: Topic) -> bool:
    """Two regions of one rank, as those are that join hands."""
    regions = catalogue.regions()
    first, second = regions.get(topic.regions.get(one, "")), regions.get(topic.regions.get(other, ""))
    return first is not None and second is not None and first is not second and first.level == second.level


def _counted(
    sentence: Sentence, last: Mapping[int, Company], named: Sequence[Company], groups: Mapping[str, Mention]
) -> Iterator[Company]:
    """两地, 四市: as many places as were last named together, 双方 if that was just now; 三省一市: a group of so many
    that the text has."""
    for match in COUNTED.finditer(sentence.span.quote):
        start = sentence.span.start + match.start()
        end = start + len(match.group())
        count = sum(NUMERALS.get(part) or int(part) for part in match.groups() if part) or 2
        here = (c for c in reversed(named) if c.end <= start and len(c.regions) == count)
        meant = next(here, last.get(count))
        group = next((m for name, m in groups.items() if count in _sizes(name)), None) if count > 2 else None
        if meant and (match.group(1) or sentence.paragraph - meant.paragraph <= 1):
            yield Company(meant.regions, start, end, sentence.paragraph)
        elif group:
            yield Company((group,), start, end, sentence.paragraph)


def _sizes(name: str) -> tuple[int, int]:
    """How many regions a group has, and of how many provinces they are."""
    members = catalogue.groups()[name].members
    return len(members), len({code[:2] for code in members})
