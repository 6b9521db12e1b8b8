"""Branches of bodies, named by their places or by what is above them: 人行杭州中支, 武汉海关所属汉口海关."""

from collections.abc import Iterator
from typing import NamedTuple

from kg import catalogue, seat
from kg.gazetteer import Name
from kg.normalise.pattern import pattern

BRANCH = pattern(r"中心支行|中支|分行|营业管理部|总部|分局|监管局|监管分局|税务局|调查总队|调查队")
POLICE = pattern(r"(?:公安)?分局(?!限)")
CUSTOMS = pattern(r"海关(?:所属|隶属的?|下辖的?)([一-鿿]{2,8}?海关)")
NATIONAL = ("国家", "中国")
"""How the names of those begin that have branches named after places: 中国人民银行, 国家税务总局."""


class Hit(NamedTuple):
    """A body that the text names in `text[start:end]`: its value (see extractors/agency.py), and the rule."""

    start: int
    end: int
    value: str
    rule: str


def of(text: str, starts: dict[int, int], name: Name) -> Iterator[Hit]:
    """The branch that a central organ has in the place behind its name, 人民银行|杭州|中支; `starts` says where the
    names of places begin and end."""
    end = name.end
    while end in starts:
        end = starts[end]
    branch = BRANCH.match(text, end) if end > name.end else None
    if branch and name.values[0].startswith(NATIONAL):
        words = text[name.end : branch.end()].replace("中支", "中心支行")
        yield Hit(name.start, branch.end(), name.values[0] + words, "agency.branch")


def of_police(text: str, places: dict[int, seat.Seat]) -> Iterator[Hit]:
    """江宁分局 in a text on the police is 南京市公安局江宁分局."""
    if "公安" not in text:
        return
    for branch in POLICE.finditer(text):
        county = places.get(branch.start())
        region = catalogue.regions().get(county.value) if county and county.start not in places else None
        if county and region and region.level == "county":
            form = f"公安局{text[county.start : branch.start()]}分局"
            yield Hit(county.start, branch.end(), f"{region.parent}>{form}", "agency.police")


def of_customs(text: str) -> Iterator[Hit]:
    """汉口海关 of 武汉海关所属汉口海关."""
    for below in CUSTOMS.finditer(text) if "海关" in text else ():
        yield Hit(*below.span(1), below.group(1), "agency.below")
