"""Reforms and services: known by name, by what stands in quotation marks, or by the noun that ends the name.

The value is the canonical name: a known one's from initiatives.csv, else the words without quotation marks.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import catalogue, gazetteer
from kg.model import Document, Mention, Span

QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』，。；：！？\n]{1,20})[”’」』]")  # “一网通办”
OPENING, CLOSING = "“‘「『", "”’」』"
STOPS = "的了在是将把被对向从到由于让使与及和或并且而等、，。；：“”‘’《》（）()！？\\s"
LEFT = re.compile(rf"[^{STOPS}]{{1,18}}$")
RIGHT = re.compile(rf"[{STOPS}中上下后前方]|试点|工作|任务|要求|办理|$")
GENERIC_START = re.compile(
    r"[各本该此这那其某每一二三四五六七八九十两多几0-9]|有关|相关|重大|重要|上述|以下|新的|我国|我们|他们"
)
SAME = frozenset(("平台", "服务", "系统", "改革"))  # “一网通办”平台 is 一网通办 under another name
# a name's own beginning: 全国…平台, 国家…系统
NATIONWIDE = re.compile(r"全国|国家|中国|全省|全市")


class _Head(NamedTuple):
    kind: str
    strong: bool


class _Hit(NamedTuple):
    start: int
    end: int
    kind: str
    value: str
    rule: str


@cache
def _heads() -> dict[str, _Head]:
    return {r["head"]: _Head(r["kind"], r["strength"] == "strong") for r in catalogue.lexicon("initiative_heads")}


@cache
def _quoted_head() -> re.Pattern[str]:
    """What after a closing quotation mark makes the quoted words a name: “X”改革, “X”服务专区."""
    heads = sorted(_heads(), key=lambda h: (-len(h), h))
    return re.compile(rf"[{CLOSING}]([一-鿿]{{0,6}}?)({'|'.join(map(re.escape, heads))})")


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["shape"]), row["kind"]) for row in catalogue.lexicon("initiative_shapes"))


@cache
def _generic() -> frozenset[str]:
    return frozenset(catalogue.words("initiative_generic"))


@cache
def _slogans() -> frozenset[str]:
    return frozenset(catalogue.words("slogans"))


@cache
def _cue() -> re.Pattern[str]:
    cues = sorted(catalogue.words("initiative_cues"), key=lambda c: (-len(c), c))
    return re.compile("|".join(map(re.escape, cues)))


def _is_quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] in OPENING and end < len(text) and text[end] in CLOSING


def _known(text: str) -> Iterator[_Hit]:
    """Names of initiatives.csv; those of everyday words only inside quotation marks."""
    names = list(gazetteer.find(text, "initiative"))
    names += [n for n in gazetteer.find(text, "initiative.quoted") if _is_quoted(text, n.start, n.end)]
    for name in gazetteer.longest(names):
        value = name.values[0]
        yield _Hit(name.start, name.end, catalogue.initiatives()[value].kind, value, "initiative.gazetteer")


def _quotations(text: str, known: dict[int, _Hit]) -> Iterator[_Hit]:
    """“X”改革, “X”平台, and “X” whose shape is that of a name: “拿地即开工”."""
    for match in QUOTED.finditer(text):
        words, start, end = match.group(1), match.start(1), match.end(1)
        head = _quoted_head().match(text, end)
        if start in known and known[start].end == end:
            # “跨省通办”专窗 is a service of its own, “一网通办”平台 and “一网通办”改革 are not
            if head and _heads()[head.group(2)].kind == "service" and head.group(2) not in SAME:
                value = known[start].value + head.group(1) + head.group(2)
                yield _Hit(start - 1, head.end(), "service", value, "initiative.window")
            continue
        if words in _slogans() or words in _generic() or len(words) < 2:
            continue
        if head and len(head.group(1)) <= 4:
            yield _Hit(start, end, _heads()[head.group(2)].kind, words, "initiative.quoted-head")
            continue
        kind = next((kind for shape, kind in _shapes() if shape.fullmatch(words)), None)
        if kind:
            yield _Hit(start, end, kind, words, "initiative.quoted-shape")


def _headed(text: str, known: list[_Hit]) -> Iterator[_Hit]:
    """Names that end in 改革, 行动, 平台 and begin after a verb, at a list's comma, or with a region."""
    taken = {hit.end: hit for hit in known}
    accepted_end = -1
    for head in gazetteer.longest(gazetteer.find(text, "initiative.head")):
        words = text[head.start : head.end]
        kind, strong = _heads()[words]
        if not strong or head.end in taken or not RIGHT.match(text, head.end):
            continue
        low = max(0, head.start - 18)
        left = LEFT.search(text, low, head.start)
        if left is None:
            continue
        start = left.start()
        cued = False
        for cue in _cue().finditer(text, start, head.start):
            start, cued = cue.end(), True
        name = text[start : head.end]
        before = text[left.start() - 1 : left.start()]
        listed = before == "、" and left.start() - 1 == accepted_end
        if kind == "service":
            wide = NATIONWIDE.search(text, start, head.start)
            place = _first_place(text, start, head.start)
            if wide is None and place is None:
                continue
            start = min(x for x in (wide.start() if wide else None, place) if x is not None)
            name = text[start : head.end]
        elif not (cued or listed or (words == "改革" and before in "，。；：、\n")):
            continue
        modifier = name[: -len(words)]
        if len(modifier) < 2 or name in _generic() or modifier in _generic() or GENERIC_START.match(name):
            continue
        accepted_end = head.end
        yield _Hit(start, head.end, kind, name, f"initiative.headed-{'list' if listed and not cued else kind}")


def _first_place(text: str, start: int, end: int) -> int | None:
    """Where the first region's name in `text[start:end]` begins."""
    starts = [
        n.start
        for table in ("region", "region.short")
        for n in gazetteer.find(text, table)
        if start <= n.start and n.end <= end and any(catalogue.regions()[c].level != "county" for c in n.values)
    ]
    return min(starts, default=None)


def extract(document: Document) -> Iterator[Mention]:
    """Every named reform and service; slogans and generic nouns are none."""
    text = document.article.text
    known = list(_known(text))
    hits = [*known, *_quotations(text, {hit.start: hit for hit in known}), *_headed(text, known)]
    for hit in hits:
        yield Mention(hit.kind, Span(hit.start, hit.end, text[hit.start : hit.end]), hit.value, hit.rule)
