"""The laws of the architecture that a machine can check: layers, families, data, size, no clock, chance or network."""

import ast
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400
FAMILIES = {
    "readers": "READERS",
    "extractors": "EXTRACTORS",
    "relations": "RELATORS",
    "linkers": "LINKERS",
    "exporters": "EXPORTERS",
}
"""Family -> its table."""
OWNERS = {
    "jieba": set(),
    "networkx": {"network.py"},
    "pyvis": {"exporters/html.py"},
    "click": {"cli"},
    "pyshacl": {"shapes.py"},
    "rdflib": {"shapes.py"},
}
FORBIDDEN = {
    "random": None,
    "secrets": None,
    "uuid": None,
    "socket": {"cli", "web"},
    "urllib.request": None,
    "http.client": None,
    "time": {"cli", "web"},
}
"""Modules that no library code imports, and who may."""
FORBIDDEN_CALLS = re.compile(
    r"\b(?:datetime\.now|date\.today|datetime\.utcnow|time\.time|os\.getcwd|Path\.cwd|os\.urandom)\("
)
NOT_MODULES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported(path: Path) -> set[str]:
    """Absolute names of the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}: a relative import"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def owned(path: Path, owners: set[str]) -> bool:
    return any(place(path) == owner or place(path).startswith(f"{owner}/") for owner in owners)


def test_imports_go_down_one_list(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert read_configuration()["contracts_options"]
    assert lint_imports() == 0


def test_every_contract_is_strict():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"] is True


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_file_is_short_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert path.stem not in NOT_MODULES


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_library_has_no_clock_chance_or_network(path):
    names = imported(path)
    for module, allowed in FORBIDDEN.items():
        assert module not in names or (allowed and owned(path, allowed)), module
    assert not FORBIDDEN_CALLS.search(path.read_text(encoding="utf-8")) or owned(path, {"cli", "web"})


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_heavy_libraries_have_one_owner(path):
    tops = {name.partition(".")[0] for name in imported(path)}
    for library, owners in OWNERS.items():
        assert library not in tops or owned(path, owners), library


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_only_owners_of_heavy_libraries_import_inside_functions(path):
    """Anything else comes in at the top, where the layers are seen."""
    heavy = {*OWNERS, "lxml", "yaml", "resiliparse", "uvicorn", "starlette"}
    if place(path) == "__init__.py" or owned(path, {"cli"}):  # these load what they need when they need it
        return
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                top = str(module).partition(".")[0]
                assert top in heavy or top in sys.stdlib_module_names, f"{function.name} imports {module}"


@pytest.mark.parametrize(("family", "table"), FAMILIES.items())
def test_every_member_of_a_family_is_registered(family, table):
    """Its `__init__` imports every member (an import that is not used is an error of ruff) and has the table."""
    members = {path.stem for path in (PACKAGE / family).glob("*.py")} - {"__init__"}
    known = {name.removeprefix(f"kg.{family}.") for name in imported(PACKAGE / family / "__init__.py")}
    assert members <= known
    assert getattr(import_module(f"kg.{family}"), table)


@pytest.mark.parametrize("family", [*FAMILIES, "cli"])
def test_members_of_a_family_do_not_know_each_other(family):
    for path in (PACKAGE / family).glob("*.py"):
        if path.stem != "__init__":
            known = {name for name in imported(path) if name == f"kg.{family}" or name.startswith(f"kg.{family}.")}
            own = {name for name in known if (PACKAGE / family / path.stem).is_dir()}
            assert known <= own | {name for name in known if (PACKAGE / Path(*name.split(".")[1:3])).is_dir()}, place(
                path
            )


def test_every_command_has_its_file():
    from kg.cli import COMMANDS

    assert {path.stem for path in (PACKAGE / "cli").glob("*.py")} - {"__init__"} == set(COMMANDS)


def test_names_are_data():
    """No long list of Chinese words in code: that is what the CSV tables are for."""
    chinese = re.compile(r"[\u4e00-\u9fff]{2,}")
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set):
                words = [e for e in node.elts if isinstance(e, ast.Constant) and chinese.search(str(e.value))]
                assert len(words) <= 5, f"{place(path)} line {node.lineno}"


def test_top_level_holds_what_the_layout_says():
    tracked = {
        "pyproject.toml", "kg", "ontology", "exports", "tests", "examples", "README.md", "README.zh.md", "CHANGELOG.md",
        "Makefile", "LICENSE", ".ci", "benchmarks", "docs", ".gitignore",
    }  # fmt: skip
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    there = {path.name for path in ROOT.iterdir()} - {".git"}
    assert {name for name in there - tracked - ignored if not name.endswith(".egg-info")} == set()
