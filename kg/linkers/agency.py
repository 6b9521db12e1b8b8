"""Agency mentions -> official full names: 市人社局 in an article on Suzhou is 苏州市人力资源和社会保障局."""

from collections.abc import Sequence
from functools import cache, lru_cache

from kg import catalogue
from kg.model import Document, Mention, Topic


@cache
def _patterns() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Form -> the official names it stands for, each with the levels it is used at (none = all)."""
    patterns: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for row in catalogue.lexicon("agency_patterns"):
        levels = frozenset(level for level in row["level"].split("|") if level)
        patterns.setdefault(row["form"], []).append((row["name"], levels))
    return {form: tuple(names) for form, names in patterns.items()}


def full_region(code: str) -> str:
    """A region's name as official names begin: a district's with its city (常州市武进区), others' alone (昆山市)."""
    region = catalogue.regions().get(code)
    if region is None:
        return code
    parent = catalogue.regions().get(region.parent)
    district = region.level == "county" and region.name.endswith("区") and parent
    return f"{parent.name}{region.name}" if district and parent else region.name


@lru_cache(maxsize=4096)  # articles name the same bodies again and again
def official(code: str, form: str) -> str:
    """The official name of the body of region `code` that `form` names."""
    region = catalogue.regions().get(code)
    level = region.level if region else ""
    branch, _, unit = form.partition("分局")
    if unit and f"{branch}分局" in _patterns():  # 公安分局|出入境管理办公室
        return official(code, f"{branch}分局") + unit
    names = _patterns().get(form, ((form, frozenset[str]()),))
    template = next((name for name, levels in names if level in levels), names[0][0])
    if "{" not in template:
        return full_region(code) + template
    above = catalogue.regions().get(region.parent) if region else None
    short = region.short if region else code
    return template.format(region=full_region(code), short=short, parent=above.name if above else "")


def link(document: Document, mentions: Sequence[Mention], topic: Topic) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """The official name, which is the key, of each; one mention may name several bodies (上海、江苏两省市人大常委会).

    A local body whose region stays open keeps its own words.
    """
    linked: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in mentions:
        value = str(mention.value)
        places, _, form = value.partition(">")
        if not form:
            names = [value]
        else:
            codes = [_decide(place, topic) for place in places.split("+")]
            names = [official(code, form) for code in codes if code]
        alone = [] if places == "@" or mention.rule == "agency.own-office" else [mention.span.quote]
        linked[mention] = tuple((name, name) for name in names or alone)
    return linked | _abbreviated(linked, topic) | _townships(linked, topic)


def _abbreviated(
    linked: dict[Mention, tuple[tuple[str, str], ...]], topic: Topic
) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """市政务办 is what the article calls 市政务服务管理办公室, and not what the table has for most places."""
    called: dict[str, dict[str, str]] = {}
    short: list[tuple[Mention, str, str]] = []
    for mention, identities in linked.items():
        place, _, form = str(mention.value).partition(">")
        if form and "+" not in place and (code := _decide(place, topic)):
            called.setdefault(code, {})[form] = identities[0][0]
            short.append((mention, code, form))
    found: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention, code, form in short:
        meant = {name for longer, name in called[code].items() if _is_short(form, longer)}
        if len(meant) == 1:
            name = meant.pop()
            found[mention] = ((name, name),)
    return found


def _is_short(form: str, longer: str) -> bool:
    """Whether a form of three characters or more says in order what the longer one says, both of an office: 政务办."""
    if not 3 <= len(form) < len(longer) or form[-1] != "办" or form[:2] != longer[:2] or not longer.endswith("办公室"):
        return False
    rest = iter(longer)
    return all(character in rest for character in form)


def _townships(
    linked: dict[Mention, tuple[tuple[str, str], ...]], topic: Topic
) -> dict[Mention, tuple[tuple[str, str], ...]]:
    """壶镇镇政府 is the town of 缙云县壶镇镇人民政府 if the article names it so, else of the home county."""
    names = sorted({name for identities in linked.values() for name, _ in identities})
    county = full_region(topic.homes["county"]) if "county" in topic.homes else ""
    found: dict[Mention, tuple[tuple[str, str], ...]] = {}
    for mention in linked:
        town = str(mention.value)
        if mention.rule == "agency.township" and ">" not in town:
            name = next((n for n in names if n != town and n.endswith(town)), county + town)
            found[mention] = ((name, name),)
    return found


def _decide(place: str, topic: Topic) -> str:
    """The code of the region meant: of `@` the home, of `@level` the home at that level; of several that share the name
    the one decided, or nearest to the home."""
    if place == "@":
        return topic.home
    if place.startswith("@"):
        return topic.homes.get(place[1:], "")
    codes = place.split("|")
    if len(codes) == 1:
        return codes[0]
    for known in (set(topic.regions.values()), *({home} for home in reversed(topic.homes.values()))):
        near = [code for code in codes if known.intersection((code, *catalogue.ancestors(code)))]
        if len(near) == 1:
            return near[0]
    return ""
