"""The region data: counts, parents, groups, former names, zones and traps."""

import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def table(path: str) -> list[dict[str, str]]:
    lines = (ROOT / path).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


REGIONS = table("ontology/regions.csv")
FORMER = table("ontology/regions_former.csv")
GROUPS = table("ontology/groups.csv")
ZONES = table("ontology/zones.csv")
TRAPS = table("kg/lexicon/region_traps.csv")
BY_CODE = {row["code"]: row for row in REGIONS}


def test_counts():
    assert Counter(row["level"] for row in REGIONS) == {"province": 34, "prefecture": 333, "county": 2846}
    assert len(BY_CODE) == len(REGIONS)


def test_parents_and_capitals_exist():
    for row in REGIONS:
        assert (row["parent"] in BY_CODE) == (row["level"] != "province"), row
        assert not row["capital"] or row["capital"] in BY_CODE, row
    assert not {"市辖区", "县", "省直辖县级行政区划"} & {row["name"] for row in REGIONS}


@pytest.mark.parametrize(
    ("code", "name", "short", "parent"),
    [
        ("310000", "上海市", "上海", ""),
        ("310115", "浦东新区", "浦东", "310000"),
        ("150000", "内蒙古自治区", "内蒙古", ""),
        ("320509", "吴江区", "吴江", "320500"),
        ("320412", "武进区", "武进", "320400"),
        ("330113", "临平区", "临平", "330100"),
        ("330421", "嘉善县", "嘉善", "330400"),
        ("320322", "沛县", "", "320300"),
        ("420682", "老河口市", "老河口", "420600"),
        ("422800", "恩施土家族苗族自治州", "恩施", "420000"),
        ("429004", "仙桃市", "仙桃", "420000"),
        ("419001", "济源市", "济源", "410000"),
        ("469001", "五指山市", "五指山", "460000"),
        ("441900", "东莞市", "东莞", "440000"),
        ("530621", "鲁甸县", "鲁甸", "530600"),
        ("622927", "积石山保安族东乡族撒拉族自治县", "积石山", "622900"),
        ("211000", "辽阳市", "辽阳", "210000"),
        ("211021", "辽阳县", "", "211000"),
        ("232700", "大兴安岭地区", "大兴安岭", "230000"),
        ("152500", "锡林郭勒盟", "锡林郭勒", "150000"),
        ("659012", "白杨市", "白杨", "650000"),
        ("653229", "和安县", "和安", "653200"),
    ],
)
def test_region(code, name, short, parent):
    row = BY_CODE[code]
    assert (row["name"], row["short"], row["parent"]) == (name, short, parent)


def test_abbreviations():
    assert BY_CODE["310000"]["abbr"] == "沪|申"
    assert BY_CODE["330200"]["abbr"] == "甬"
    assert all(len(part) == 1 for row in REGIONS for part in row["abbr"].split("|") if part)
    assert all(row["abbr"] for row in REGIONS if row["level"] == "province")


@pytest.mark.parametrize("rows", [REGIONS, FORMER])
def test_no_short_name_of_one_character(rows):
    assert not [row["name"] for row in rows if len(row["short"]) == 1]


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("襄樊市", "420600"),
        ("萧山市", "330109"),
        ("海门市", "320614"),
        ("闸北区", "310106"),
        ("卢湾区", "310101"),
        ("南汇区", "310115"),
        ("莱芜市", "370116"),
        ("思茅市", "530800"),
        ("铜陵县", "340706"),
        ("江东区", "330212"),
        ("港闸区", "320613"),
        ("下城区", "330105"),
        ("江都市", "321012"),
        ("洞头县", "330305"),
    ],
)
def test_former(name, current):
    assert current in {row["current"] for row in FORMER if row["name"] == name}


def test_former_names_map_to_current_regions():
    assert len(FORMER) > 500
    assert not [row for row in FORMER if row["current"] not in BY_CODE or not row["until"][:4].isdigit()]


def test_yangtze_delta_has_41_cities():
    delta = next(row for row in GROUPS if row["name"] == "长三角")["members"].split("|")
    cities = [
        r["code"] for r in REGIONS if r["level"] == "prefecture" and r["parent"] in {"320000", "330000", "340000"}
    ]
    assert sorted(delta) == sorted(["310000", *cities])
    assert len(delta) == 41


@pytest.mark.parametrize(
    ("name", "count"), [("粤港澳大湾区", 11), ("珠三角", 9), ("G60科创走廊", 9), ("长江经济带", 11)]
)
def test_group_size(name, count):
    assert len(next(row for row in GROUPS if row["name"] == name)["members"].split("|")) == count


def test_groups_and_zones_are_sound():
    assert not [c for row in GROUPS for c in row["members"].split("|") if c not in BY_CODE]
    assert not [row for row in ZONES if row["region"] not in BY_CODE]
    assert all(row["source"] for row in [*GROUPS, *ZONES])
    forms = Counter(form for row in [*GROUPS, *ZONES] for form in (row["name"], *row["aliases"].split("|")) if form)
    assert not [form for form, count in forms.items() if count > 1]
    assert not forms.keys() & {form for row in REGIONS for form in (row["name"], row["short"]) if form}


def test_traps():
    kinds = {row["phrase"]: row["kind"] for row in TRAPS}
    assert len(kinds) == len(TRAPS)
    assert kinds["比如"] == kinds["和平"] == kinds["通道"] == kinds["东方"] == "word"
    assert kinds["南通过"] == kinds["孙中山"] == "phrase"
    assert not {"上海", "南京", "大连", "浦东", "朝阳", "保定"} & kinds.keys()
