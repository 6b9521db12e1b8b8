"""Check the project's CSV tables and rewrite them in canonical order."""

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEVELS = frozenset({"province", "prefecture", "county"})
STRENGTHS = frozenset({"strong", "weak", "own"})
INITIATIVE_KINDS = frozenset({"reform", "service"})
AGENCY_KINDS = frozenset(
    {"party", "congress", "cppcc", "state_council", "ministry", "special", "direct", "office", "institution"}
    | {"bureau", "supervision", "court", "procuratorate", "military", "coordination", "unit"}
    | {"people_organisation", "democratic_party"}
)
QUOTES = "“”\"'「」《》"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its path, header, key columns, and what its cells may hold."""

    path: str
    header: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    lists: tuple[str, ...] = ()
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)


AGENCIES = Table(
    "ontology/agencies.csv",
    ("name", "aliases", "bare", "kind", "parent", "since", "until", "successor", "source"),
    ("name",),
    ("name", "kind"),
    ("aliases", "bare"),
    {"kind": AGENCY_KINDS},
)
INITIATIVES = Table(
    "ontology/initiatives.csv",
    ("name", "aliases", "quoted", "kind", "region", "part_of", "implementer", "since", "source"),
    ("name",),
    ("name", "kind"),
    ("aliases", "quoted"),
    {"kind": INITIATIVE_KINDS},
)
PATTERNS = Table(
    "kg/lexicon/agency_patterns.csv",
    ("form", "name", "level", "not_before", "note"),
    ("form", "level"),
    ("form", "name"),
    ("level", "not_before"),
    {"level": LEVELS},
)
TAILS = Table(
    "kg/lexicon/agency_tails.csv",
    ("tail", "kind", "note"),
    ("tail",),
    ("tail", "kind"),
    (),
    {"kind": STRENGTHS},
)
HEADS = Table(
    "kg/lexicon/initiative_heads.csv",
    ("head", "kind", "strength", "note"),
    ("head",),
    ("head", "kind", "strength"),
    (),
    {"kind": INITIATIVE_KINDS, "strength": STRENGTHS | {"whole"}},
)
GENERIC = Table("kg/lexicon/initiative_generic.csv", ("phrase", "note"), ("phrase",), ("phrase",))
SLOGANS = Table("kg/lexicon/slogans.csv", ("phrase", "note"), ("phrase",), ("phrase",))
TABLES = (AGENCIES, INITIATIVES, PATTERNS, TAILS, HEADS, GENERIC, SLOGANS)
REGIONS = "ontology/regions.csv"
VERB = re.compile(
    r"(?:全面|深入|加快|进一步)?(?:深化|推进|推动|推行|实施|开展|设立|建立|促进|完善|推广|打造|发起|执行|加快)"
)


def split(text: str) -> tuple[list[str], list[str]]:
    """The text of a table -> its comment lines on top, and the lines below them."""
    lines = text.splitlines()
    top = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:top], lines[top:]


def rows(path: Path) -> list[Row]:
    """The path of a table -> its rows, each a dict by column name."""
    return list(csv.DictReader(split(path.read_text(encoding="utf-8"))[1]))


def parts(cell: str) -> list[str]:
    """A `|`-separated cell -> its members."""
    return cell.split("|") if cell else []


def canonical(text: str, table: Table) -> str:
    """The text of a table -> the same with its rows sorted by key, LF, minimal quotes."""
    comments, lines = split(text)
    body = sorted(csv.DictReader(lines), key=lambda row: [row[column] for column in table.key])
    out = io.StringIO()
    out.writelines(f"{line.rstrip()}\n" for line in comments)
    writer = csv.DictWriter(out, table.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(body)
    return out.getvalue()


def shape_errors(text: str, table: Table) -> Iterator[str]:
    """The text of a table -> what is wrong with its comments, header and width."""
    comments, lines = split(text)
    if not comments:
        yield "no comment lines on top"
    records = list(csv.reader(lines))
    if not records or tuple(records[0]) != table.header:
        yield f"header is not {','.join(table.header)}"
    for record in records:
        if len(record) != len(table.header):
            yield f"{len(record)} cells in {','.join(record)}"


def cell_errors(table: Table, body: list[Row]) -> Iterator[str]:
    """The rows of a table -> what is wrong with single cells and with keys."""
    seen: set[tuple[str, ...]] = set()
    for row in body:
        key = tuple(row[column] for column in table.key)
        if key in seen:
            yield f"{key}: stands twice"
        seen.add(key)
        for column, cell in row.items():
            members = parts(cell) if column in table.lists else [cell]
            if cell != cell.strip() or any(not member for member in members[1:]):
                yield f"{key}: stray space or empty member in {column}"
            if len(set(members)) != len(members):
                yield f"{key}: {column} repeats a member"
            if column in table.required and not cell:
                yield f"{key}: {column} is empty"
            allowed = table.allowed.get(column)
            if allowed is not None and cell and not allowed.issuperset(members):
                yield f"{key}: {cell} is no {column}"


def name_errors(body: list[Row]) -> Iterator[str]:
    """Rows with name and aliases -> names and aliases that two rows share."""
    owner: dict[str, str] = {}
    for row in body:
        for name in [row["name"], *parts(row["aliases"])]:
            if name in owner:
                yield f"{name}: names both {owner[name]} and {row['name']}"
            owner[name] = row["name"]
    for row in body:
        for name in parts(row.get("bare") or row.get("quoted") or ""):
            if "bare" in row and name in owner:
                yield f"{name}: bare in {row['name']}, a full name in {owner[name]}"
            if "quoted" in row and owner.setdefault(name, row["name"]) != row["name"]:
                yield f"{name}: quoted in {row['name']}, names {owner[name]}"


def agency_errors(agencies: list[Row]) -> Iterator[str]:
    """Rows of agencies -> unknown parents and successors, years that are none."""
    names = {row["name"] for row in agencies}
    for row in agencies:
        for column in ("parent", "successor"):
            if row[column] and (row[column] not in names or row[column] == row["name"]):
                yield f"{row['name']}: unknown {column} {row[column]}"
        for column in ("since", "until"):
            if row[column] and not (len(row[column]) == 4 and row[column].isdigit()):
                yield f"{row['name']}: {column} is no year"
        if row["successor"] and not row["until"]:
            yield f"{row['name']}: a successor but no year of end"


def initiative_errors(initiatives: list[Row], agencies: list[Row], regions: frozenset[str] | None) -> Iterator[str]:
    """Rows of initiatives -> unknown wholes, implementers, regions; quotation marks."""
    whole = {row["name"]: row["part_of"] for row in initiatives}
    official = {row["name"] for row in agencies}
    for row in initiatives:
        name, code = row["name"], row["region"]
        if any(mark in cell for cell in (name, row["aliases"], row["quoted"]) for mark in QUOTES):
            yield f"{name}: quotation marks"
        if row["part_of"] and row["part_of"] not in whole:
            yield f"{name}: unknown part_of {row['part_of']}"
        seen, up = {name}, row["part_of"]
        while up and up not in seen:
            seen.add(up)
            up = whole.get(up, "")
        if up:
            yield f"{name}: part_of runs in a circle"
        if code and not (len(code) == 6 and code.isdigit()):
            yield f"{name}: {code} is no region code"
        if code and regions is not None and code not in regions:
            yield f"{name}: {code} is not in {REGIONS}"
        if row["implementer"] and not code and row["implementer"] not in official:
            yield f"{name}: unknown implementer {row['implementer']}"


def verb_errors(initiatives: list[Row]) -> Iterator[str]:
    """Rows of initiatives -> aliases that are another name with a verb before it, which belongs to the sentence."""
    for row in initiatives:
        aliases = parts(row["aliases"])
        for alias in aliases:
            bare = VERB.sub("", alias)
            if bare != alias and bare in (row["name"], *aliases):
                yield f"{row['name']}: {alias} has a verb before {bare}"


def cross_errors(data: dict[str, list[Row]]) -> Iterator[str]:
    """All tables -> a name that is an initiative and also something that is none."""
    known = {
        name for row in data[INITIATIVES.path] for name in [row["name"], *parts(row["aliases"]), *parts(row["quoted"])]
    }
    for table in (AGENCIES, GENERIC, SLOGANS):
        for row in data[table.path]:
            for name in [row[table.key[0]], *parts(row.get("aliases", ""))]:
                if name in known:
                    yield f"{name}: an initiative and in {table.path}"


def level_errors(patterns: list[Row]) -> Iterator[str]:
    """Rows of agency patterns -> forms with two names at one level of region."""
    owner: dict[tuple[str, str], str] = {}
    for row in patterns:
        for level in parts(row["level"]) or sorted(LEVELS):
            name = owner.setdefault((row["form"], level), row["name"])
            if name != row["name"]:
                yield f"{row['form']}: {name} and {row['name']} at level {level}"


def errors(root: Path) -> list[str]:
    """The project's folder -> every error in its tables, one line each."""
    found: list[str] = []
    for table in TABLES:
        text = (root / table.path).read_text(encoding="utf-8")
        found += [f"{table.path}: {error}" for error in shape_errors(text, table)]
    if found:
        return found
    data = {table.path: rows(root / table.path) for table in TABLES}
    agencies, initiatives = data[AGENCIES.path], data[INITIATIVES.path]
    path = root / REGIONS
    regions = frozenset(row["code"] for row in rows(path)) if path.exists() else None
    for table in TABLES:
        found += [f"{table.path}: {error}" for error in cell_errors(table, data[table.path])]
    for body in (agencies, initiatives):
        found += name_errors(body)
    found += agency_errors(agencies)
    found += initiative_errors(initiatives, agencies, regions)
    found += verb_errors(initiatives)
    found += level_errors(data[PATTERNS.path])
    found += cross_errors(data)
    return found


def main(arguments: list[str]) -> int:
    """`--check` or nothing -> 0 when the tables are right (and, with --check, canonical)."""
    found = errors(ROOT)
    for table in TABLES if not found else ():
        path = ROOT / table.path
        text = path.read_text(encoding="utf-8")
        wanted = canonical(text, table)
        if wanted != text and "--check" in arguments:
            found.append(f"{table.path}: not canonical, run ontology/check_data.py")
        elif wanted != text:
            path.write_text(wanted, encoding="utf-8", newline="\n")
    for error in found:
        print(error, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
