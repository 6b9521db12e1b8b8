"""Titled laws, regulations, plans, opinions, notices: mostly in 《》, some by the form of a plain title.

A mention spans the title without the outer 《》; its value is the full title, also where the text uses a short
name (以下简称《意见》; 《通报》 after 《关于…的通报》; 本规定).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import catalogue
from kg.model import Document, Mention, Span
from kg.normalise.pattern import pattern

BOOK = pattern(r"《((?:[^《》\n]|《(?:[^《》\n]|《[^《》\n]*》)*》){1,140})》")  # 《关于修改〈…〉的决定》
ANGLE = pattern(r"[<〈](关于[^<>〈〉《》\n]{4,80})[>〉]")  # <关于…的通知>
TAIL = pattern(r"(?:[（(][^（）()]{1,30}[）)])+$")  # （征求意见稿）, (2021年版)
# （以下简称《意见》）, ，下称“规定”
DEFINED = pattern(r"[简下]称(?:为)?[：:]?[ 　]*[《“\"‘「]([^《》”\"’」\n]{1,30})[》”\"’」]")
PLACE = 8
"""How long the name of a place may be in front of a law's."""
WHOLE = 8
"""How long a title must be to be told without 《》."""
REACH = 60  # characters from a title's end to its definition
ISSUED_BEFORE = pattern(
    r"(?:印发|下发|出台|颁布|制定|颁发|签发|签署|签订|签下|转发|通过|起草|实施|修订|拟定|制订|发布)(?:了|的|过|实施)?$"
    r"|签[了过]$"
)
ISSUED_AFTER = pattern(
    r"(?:已经?|正式|日前|近日|今日|对外)*(?:印发|发布|出台|施行|公布|实施|下发|签[署订])"
    r"|(?:和《[^《》]*》|等[^，。；]{0,6})?(?:在[^，。；]{1,10}签[署订]|上签)"  # 《…纲领》在会上签署, 在《…协议》上签字
)
NOT_BEFORE = pattern(
    r"(?:电影|影片|电视剧|纪录片|节目|栏目|专栏|图书|新书|著作|专著|小说|歌曲|诗歌|话剧|文章|杂志|报纸|媒体|作品|讲话|合唱|演唱|游戏|剧目|报道|论文|课题)$"
)
NOT_AFTER = pattern(r"(?:杂志|周刊|节目|栏目|专栏|一书|一文|报道|记者|刊|电影|剧组|游戏|剧|专题片|获悉|编辑部)")
STARTS = pattern(
    r"关于|[12][0-9]{3}年|“?十[一二三四五]五|中共|中华|国家|国务院|[一-鿿]{2,7}(?:省|(?<![城都])市|自治区|县)[一-鿿]"
)
JOINT = pattern("》[、和及]?$")
NESTED = str.maketrans({"《": "〈", "》": "〉", "<": "〈", ">": "〉", "(": "（", ")": "）", " ": "", "　": ""})
MARKED = pattern('[《》<>() 　"]')
STRAIGHT = pattern(r'"([^"]*)"')
ISSUE_KINDS = "通知|意见|决定|办法|规定|通报|公告|通告|方案|决议|条例|细则|批复|措施"
PLAIN = pattern(  # 印发关于规范电梯维保的通知（2020年第2号）
    r"(?:印发|发布|下发|出台|公布|制定|转发|通过|签署|颁布)(?:了)?"
    rf"(关于[^，。；：！？\n]{{4,60}}?的[^，。；：！？、的\n]{{0,10}}?(?:{ISSUE_KINDS})(?:（[^（）\n]{{2,24}}）)?)(?=[，。；、\n”]|$)"
)
ABOUT = pattern("关于")
LINE = pattern(  # a line that is nothing but a title: 国务院办公厅关于…的通知
    r"^[ 　]*(?:附件[0-9一二三四五]*[：:.、 　]*)?"
    r"((?:[^，。；：！？\n印就发公出]{0,24}(?:部|委|局|厅|府|办|院|会|室|市|省|人大|办公厅|政府))?"
    rf"关于[^，。；：！？\n]{{4,70}}的(?:[^，。；：、的\n]{{0,6}})(?:{ISSUE_KINDS})(?:（[^（）\n]{{2,24}}）)?)[ 　]*$",
    re.MULTILINE,
)
NATIONAL = pattern(r"中华人民共和国[一-鿿]{2,24}?(?:法|条例)(?![律院规治定官人庭制学典])(?:实施条例|实施细则)?")
LAW_END = pattern(r"(?:法典?|条例|纲要)(?![律院规治官人庭学》])")
CODE = pattern(r"[宪刑]法(?=第[一二三四五六七八九十百0-9]+条|修正案)")  # 刑法第三百八十二条
STATE = "中华人民共和国"
THIS, OPENS = frozenset("本该"), frozenset("。！？；，、\n“”》,; 　")  # before the name of a kind
SUBJECT = pattern(r"[指要提明强规还同自的共称显从把将旨对]|适用|实施|施行|出台|发布|印发|于|由|所|第")  # 规定指出


class _Title(NamedTuple):
    start: int
    end: int
    name: str
    """The canonical form of the words."""
    rule: str
    base: str
    """The canonical form without （试行） and the like at its end."""


def _title(match: re.Match[str], group: int, rule: str) -> _Title:
    name = _canonical(match.group(group))
    return _Title(match.start(group), match.end(group), name, rule, TAIL.sub("", name))


@cache
def _endings() -> dict[str, str]:
    """Ending -> title, issued, whole or not."""
    table = {row["kind"]: row["use"] for row in catalogue.lexicon("legislation_kinds")}
    return table | dict.fromkeys(catalogue.words("not_legislation"), "not")


@cache
def _laws() -> dict[str, tuple[str, ...]]:
    """The laws by the three characters that they end in, longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(catalogue.words("laws"), key=lambda n: (-len(n), n)):
        found.setdefault(name[-3:], []).append(name)
    return {ending: tuple(names) for ending, names in found.items()}


def _known_laws(text: str) -> Iterator[_Title]:
    """行政许可法, 优化营商环境条例 in plain text."""
    for match in LAW_END.finditer(text):
        end = match.end()
        for name in _laws().get(text[end - 3 : end], ()):
            if text.endswith(name, 0, end):
                yield _Title(end - len(name), end, name, "legislation.law", name)
                break


def _is_kind(name: str) -> bool:
    """Whether the words only say what kind of document it is: 意见."""
    return _endings().get(name, "whole") != "whole"


def _ending(name: str) -> str:
    """The longest known ending of a title, without （试行） and the like; empty if none is known."""
    bare = TAIL.sub("", name)
    if bare in _endings():
        return bare
    return next((bare[i:] for i in range(max(0, len(bare) - 8), len(bare)) if bare[i:] in _endings()), "")


def _list_start(text: str, start: int) -> int:
    """Where the list of titles begins whose next one opens at `start`: 审议通过|《A》《B》、《C》."""
    while joint := JOINT.search(text, max(0, start - 2), start):
        opened = text.rfind("《", 0, joint.start())
        if opened < 0 or "》" in text[opened : joint.start()]:
            break
        start = opened
    return start


def _is_legislation(text: str, title: _Title) -> bool:
    """Whether a full title in 《》 names an official document."""
    before = text[max(0, title.start - 9) : title.start - 1]
    use = _endings().get(_ending(title.name), "")
    verb = ISSUED_BEFORE.search(text[: _list_start(text, title.start - 1)][-8:])
    strong = STARTS.match(title.name) or verb or ISSUED_AFTER.match(text, title.end + 1)
    if use == "not" or len(title.base) < 2:
        return False
    if NOT_AFTER.match(text, title.end + 1) or (NOT_BEFORE.search(before) and not STARTS.match(title.name)):
        return False
    return use in ("title", "whole") or strong is not None


def _canonical(name: str) -> str:
    """One form for a title however its inner marks are written."""
    return STRAIGHT.sub(r"“\1”", name.translate(NESTED)) if MARKED.search(name) else name


def _lines(text: str) -> Iterator[re.Match[str]]:
    """The lines that are nothing but a title."""
    for start in sorted({text.rfind("\n", 0, match.start()) + 1 for match in ABOUT.finditer(text)}):
        if match := LINE.match(text, start):
            yield match


def _written(text: str) -> Iterator[_Title]:
    """Every stretch that is written as a title, in any order."""
    for match in BOOK.finditer(text):
        yield _title(match, 1, "legislation.title")
    if "关于" in text:
        for match in ANGLE.finditer(text) if "<关于" in text or "〈关于" in text else ():
            yield _title(match, 1, "legislation.title")
        for match in (*PLAIN.finditer(text), *_lines(text)):
            yield _title(match, 1, "legislation.plain")
    if "法" in text or "条例" in text:
        codes = CODE.finditer(text) if "刑法" in text or "宪法" in text else ()
        for match in (*NATIONAL.finditer(text), *codes):
            yield _title(match, 0, "legislation.law")
        yield from _known_laws(text)


def _apart(titles: Iterator[_Title]) -> list[_Title]:
    """The titles in order without those that lie in another."""
    kept: list[_Title] = []
    end = -1
    for title in sorted(titles, key=lambda t: (t.start, -t.end)):
        if title.start >= end:
            kept.append(title)
            end = title.end
    return kept


def _definitions(text: str, titles: list[_Title]) -> dict[str, _Title]:
    """Short name -> the title before it: （以下简称《意见》）."""
    found: dict[str, _Title] = {}
    for match in DEFINED.finditer(text) if "简称" in text or "下称" in text else ():
        near = [t for t in titles if match.start() - REACH <= t.end <= match.start()]
        if near and _endings().get(_ending(match.group(1)), "not") != "not":
            found.setdefault(match.group(1), near[-1])
    return found


def _full(text: str, titles: list[_Title], defined: dict[str, _Title]) -> list[_Title]:
    """The titles that name an official document in full."""
    antecedents = set(defined.values())
    return [
        t
        for t in titles
        if t.name not in defined
        and not _is_kind(t.name)
        and (t in antecedents or t.rule != "legislation.title" or _is_legislation(text, t))
    ]


def _resolve(title: _Title, full: list[_Title], defined: dict[str, _Title]) -> str:
    """The full title that a title stands for; the bare name of a kind for the last one of it before, or for the
    only one of the article; empty if there is none."""
    if title.name in defined:
        return _resolve(defined[title.name], full, {})
    if not _is_kind(title.name):
        longer = {t.name for t in full if t.base == title.name and t.name != title.name}
        if len(longer) == 1:
            return longer.pop()
        state = STATE + title.name
        return state if any(t.name == state for t in full) else title.name
    meant = [t for t in full if t.base.endswith(title.name)]
    before = [t.name for t in meant if t.end <= title.start]
    only = meant[0].name if len({t.name for t in meant}) == 1 else ""
    return before[-1] if before else only


def _bare(text: str, full: list[_Title], defined: dict[str, _Title]) -> Iterator[_Title]:
    """规定指出, 本条例: names of kinds in plain text that only one title of the article can mean."""
    meanings: dict[str, set[str]] = {}
    for title in full:
        kinds = [kind for length in range(2, 9) if (kind := title.base[-length:]) in _bare_kinds()]
        name = _resolve(title, full, {}) if kinds else ""
        for kind in kinds:
            meanings.setdefault(kind, set()).add(name)
    short = {kind: names.pop() for kind, names in meanings.items() if len(names) == 1}
    short |= {name: _resolve(title, full, {}) for name, title in defined.items() if len(name) > 1}
    for name in sorted(short, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            before = text[start - 1 : start]
            if before in THIS or (before in OPENS and SUBJECT.match(text, end)):
                yield _Title(start, end, short[name], "legislation.short", name)
            start = text.find(name, end)


def _repeated(text: str, full: list[_Title]) -> Iterator[_Title]:
    """A title that stands in 《》 elsewhere, without them: 公平竞争审查条例实施办法4月20日起施行."""
    for name in sorted({t.name for t in full if t.rule == "legislation.title" and len(t.name) >= WHOLE}):
        start = text.find(name)
        while start >= 0:
            if text[start - 1 : start] not in ("《", "〈"):
                yield _Title(start, start + len(name), name, "legislation.repeat", name)
            start = text.find(name, start + len(name))


def _is_local(name: str, law: str) -> bool:
    """Whether a title is a law's with a place in front: 重庆市优化营商环境条例, beside which the law's name alone is
    short for it."""
    return name != law and name.endswith(law) and len(name) - len(law) < PLACE


@cache
def _bare_kinds() -> frozenset[str]:
    rows = catalogue.lexicon("legislation_kinds")
    return frozenset(row["kind"] for row in rows if row["use"] == "title" and len(row["kind"]) > 1)


def extract(document: Document) -> Iterator[Mention]:
    """Every mention of a titled law or official document, short names included."""
    text = document.article.text
    titles = _apart(_written(text))
    if not titles:
        return
    defined = _definitions(text, titles)
    full = _full(text, titles, defined)
    whole = set(full)
    resolved = []
    for title in titles:
        if title.rule == "legislation.law" and any(
            t.rule != title.rule and _is_local(t.base, title.name) for t in full
        ):
            continue
        value = _resolve(title, full, defined) if title in whole or _short(title, defined) else ""
        if value:
            resolved.append(title._replace(name=value))
    if full:
        resolved += (*_bare(text, full, defined), *_repeated(text, full))
    for title in _apart(iter(resolved)):
        span = Span(title.start, title.end, text[title.start : title.end])
        rule = title.rule if title in resolved and title.name == _canonical(span.quote) else "legislation.short"
        yield Mention("legislation", span, title.name, rule)


def _short(title: _Title, defined: dict[str, _Title]) -> bool:
    return title.name in defined or _is_kind(title.name)
