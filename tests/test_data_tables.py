"""The CSV tables of agencies, initiatives and their words: headers, counts, uniqueness, order."""

import csv
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "ontology/check_data.py"

TABLES = {
    "ontology/agencies.csv": ("name,aliases,bare,kind,parent,since,until,successor,source", 200),
    "ontology/initiatives.csv": ("name,aliases,quoted,kind,region,part_of,implementer,since,source", 350),
    "kg/lexicon/agency_patterns.csv": ("form,name,level,not_before,note", 300),
    "kg/lexicon/agency_tails.csv": ("tail,kind,note", 50),
    "kg/lexicon/initiative_heads.csv": ("head,kind,strength,note", 50),
    "kg/lexicon/initiative_generic.csv": ("phrase,note", 200),
    "kg/lexicon/slogans.csv": ("phrase,note", 300),
}


def lines_of(path):
    """A table's path -> its lines without the comments on top."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def rows_of(path):
    """A table's path -> its rows as dicts."""
    return list(csv.DictReader(lines_of(path)))


@pytest.fixture(scope="module")
def check_data():
    """The checking script as a module."""
    spec = importlib.util.spec_from_file_location("check_data", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", TABLES)
def test_form(path):
    """UTF-8 without a mark, LF, comments first, the header, enough rows."""
    header, least = TABLES[path]
    raw = (ROOT / path).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert raw.startswith(b"# ")
    assert lines_of(path)[0] == header
    assert len(rows_of(path)) >= least


@pytest.mark.parametrize("path", TABLES)
def test_first_column_is_unique(path):
    """No name stands twice; a form of local agencies may, at other levels."""
    key = ("form", "level") if "agency_patterns" in path else (TABLES[path][0].split(",")[0],)
    keys = [tuple(row[column] for column in key) for row in rows_of(path)]
    assert len(set(keys)) == len(keys)


def test_tables_are_right_and_canonical():
    """The script finds nothing to complain about and nothing to rewrite."""
    run = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.returncode == 0


def test_names_of_agencies():
    """Short forms lead to full names; what is ambiguous is bare, not an alias."""
    agencies = rows_of("ontology/agencies.csv")
    full = {alias: row["name"] for row in agencies for alias in row["aliases"].split("|") if alias}
    assert full["国家发改委"] == "国家发展和改革委员会"
    assert full["中组部"] == "中国共产党中央委员会组织部"
    assert full["银保监会"] == "中国银行保险监督管理委员会"
    assert "发改委" not in full
    successor = {row["name"]: row["successor"] for row in agencies}
    assert successor["中国银行保险监督管理委员会"] == "国家金融监督管理总局"


def test_channels_lead_to_their_whole():
    """part_of names the broader initiative."""
    whole = {row["name"]: row["part_of"] for row in rows_of("ontology/initiatives.csv")}
    assert whole["随申办"] == "一网通办"
    assert whole["证照分离"] == "放管服"


def test_templates_of_patterns():
    """A name with braces uses only {region}, {short} and {parent}."""
    for row in rows_of("kg/lexicon/agency_patterns.csv"):
        rest = row["name"].replace("{region}", "").replace("{short}", "").replace("{parent}", "")
        assert "{" not in rest
        assert "}" not in rest


@pytest.mark.parametrize(
    ("path", "row", "message"),
    [
        ("ontology/agencies.csv", "某局,国务院,,direct,,,,,", "names both"),
        ("ontology/agencies.csv", "某局,,,direct,没有的部,,,,", "unknown parent"),
        ("ontology/agencies.csv", "某局,,,nothing,,,,,", "is no kind"),
        ("ontology/initiatives.csv", "“某”改革,,,reform,,,,,", "quotation marks"),
        ("ontology/initiatives.csv", "某改革,,,reform,,没有的改革,,,", "unknown part_of"),
        ("ontology/initiatives.csv", "某改革,,,reform,999999,,,,", "is not in"),
        ("ontology/initiatives.csv", "四个意识,,,reform,,,,,", "an initiative and in"),
        ("kg/lexicon/agency_patterns.csv", "发改委,别的局,county,,", "at level county"),
        ("kg/lexicon/slogans.csv", "四个意识,again", "stands twice"),
        ("kg/lexicon/slogans.csv", "a,b,c", "3 cells"),
    ],
)
def test_errors_are_found(check_data, tmp_path, path, row, message):
    """A wrong row is reported in one line."""
    for name in (*TABLES, "ontology/regions.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        extra = row + "\n" if name == path else ""
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert any(message in error for error in check_data.errors(tmp_path))
