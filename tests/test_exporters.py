"""Exports: readable by others, the same bytes whatever the order, nothing half-written."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from graphs import IRI, Builder, example

from kg.background import background_quads
from kg.dataset import in_order, subject
from kg.exporters import EXPORTERS, export, turtle
from kg.mapper import article_quads, evidence_quads
from kg.model import InputError
from kg.network import links, things
from kg.store import Store

GRAPHS = [example(), example(IRI + "2")]


def filled(graphs) -> Store:
    store = Store.open()
    for graph in graphs:
        store.replace(graph.article.iri, article_quads(graph) + evidence_quads(graph))
    store.replace_background((), background_quads(store.keys()))
    return store


@pytest.fixture(scope="module")
def store() -> Store:
    return filled(GRAPHS)


def content(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(path.iterdir())) if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_the_order_of_loading_does_not_matter(name, store, tmp_path):
    suffix = EXPORTERS[name][1]
    export(name, store, tmp_path / f"a{suffix}")
    export(name, filled(GRAPHS[::-1]), tmp_path / f"b{suffix}")
    assert content(tmp_path / f"a{suffix}") == content(tmp_path / f"b{suffix}")
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


@pytest.mark.parametrize(("name", "form"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_facts(name, form, store, tmp_path):
    export(name, store, tmp_path / "g")
    read = rdflib.Graph().parse(tmp_path / "g", format=form)
    assert set(read) == set(rdflib.Graph().parse(data="".join(store.facts()), format="nt"))


@pytest.mark.skipif(not shutil.which("rapper"), reason="raptor2-utils is not installed")
def test_rapper_reads_the_turtle(store, tmp_path):
    export("turtle", store, tmp_path / "g.ttl")
    command = ["rapper", "-c", "-i", "turtle", tmp_path / "g.ttl"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"returned {len(store.facts())} triples" in run.stderr


def test_a_patched_turtle_is_like_a_fresh_one(store, tmp_path):
    """Subjects that are gone, new, changed, at both ends; some written in full, as prefixes cannot say them."""
    facts = store.facts()
    odd = [f'<https://w3id.org/reformkg/id/region/{name}> <a:p> "1" .\n' for name in ("a.", "z/é", "310000x")]
    subjects = sorted({subject(line) for line in facts})
    gone = set(subjects[:1] + subjects[3::5] + subjects[-1:])
    kept = [line for line in facts if subject(line) not in gone]
    before, after = (
        in_order(facts + odd[:2]),
        in_order([*kept, f'{subjects[2]} <a:p> "x" .\n', *odd[1:], "<z:z> <a:p> <a:b> .\n"]),
    )
    changed = {subject(line) for line in {*before} ^ {*after}}
    turtle.write(before, tmp_path / "before.ttl")
    turtle.write(after, tmp_path / "after.ttl")
    turtle.patch(
        tmp_path / "before.ttl", changed, [line for line in after if subject(line) in changed], tmp_path / "patched.ttl"
    )
    assert (tmp_path / "patched.ttl").read_bytes() == (tmp_path / "after.ttl").read_bytes()
    assert (tmp_path / "after.ttl").read_bytes() != (tmp_path / "before.ttl").read_bytes()


def test_turtle_in_parts_is_like_turtle_as_a_whole(store, tmp_path, monkeypatch):
    turtle.write(store.facts(), tmp_path / "whole.ttl")
    monkeypatch.setattr(turtle, "PART", 2)
    turtle.write(store.facts(), tmp_path / "parts.ttl")
    assert (tmp_path / "parts.ttl").read_bytes() == (tmp_path / "whole.ttl").read_bytes()


@pytest.mark.parametrize("name", ["nquads", "trig"])
def test_everything_comes_back(name, store, tmp_path):
    path = tmp_path / f"g{EXPORTERS[name][1]}"
    export(name, store, path)
    again = sorted(f"{quad} .\n" for quad in ox.parse(path=str(path)))
    assert again == store.quads()


def test_turtle_is_grouped_with_types_first(store, tmp_path):
    export("turtle", store, tmp_path / "g.ttl")
    text = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    assert "\n\nservice:浙里办 a cpsv:PublicService , rkg:Service ;\n" in text
    assert "\\" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)


def test_names_and_words_that_turtle_must_escape(tmp_path):
    b = Builder(
        '他说：“\\"date:x\\. , @prefix x”\n@prefix a: <b> .', iri="https://w3id.org/reformkg/id/article/a/b(1)."
    )
    b.entity("reform", "a.b/c d.", 'a.b/c "d"\\.', ["他说"])
    store = filled([b.graph()])
    export("turtle", store, tmp_path / "g.ttl")
    read = rdflib.Graph().parse(tmp_path / "g.ttl")
    assert set(read) == set(rdflib.Graph().parse(data="".join(store.facts()), format="nt"))


@pytest.mark.parametrize(("name", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_hold_entities_and_statements(name, reader, store, tmp_path):
    export(name, store, tmp_path / "g")
    graph = reader(tmp_path / "g")
    assert set(graph) == set(things(store))
    edges = sorted(data["predicate"] for _, _, data in graph.edges(data=True))
    assert edges == sorted(link.predicate for link in links(store))
    assert all(data["articles"] == 2 for _, _, data in graph.edges(data=True))
    assert b"lastmodified" not in (tmp_path / "g").read_bytes()


def test_tables_open_in_a_spreadsheet(store, tmp_path):
    export("csv", store, tmp_path / "tables")
    read = {}
    for name in ("entities", "statements", "indicators"):
        data = (tmp_path / "tables" / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        read[name] = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert len(read["entities"]) == len(things(store))
    assert {row["label"] for row in read["entities"] if row["code"] == "330000"} == {"浙江省"}
    assert len(read["statements"]) == sum(len(graph.statements) for graph in GRAPHS)
    assert {(row["value"], row["bound"], row["about"]) for row in read["indicators"]} == {
        ("3197", "=", "浙里办"),
        ("54015000", ">", "浙里办"),
    }


def test_a_cell_is_never_a_formula(tmp_path):
    b = Builder("=HYPERLINK(1)和@x")
    b.entity("reform", "=1+1", "=1+1", ["=HYPERLINK(1)"])
    export("csv", filled([b.graph()]), tmp_path / "t")
    assert "reform,'=1+1," in (tmp_path / "t" / "entities.csv").read_text(encoding="utf-8-sig")


def test_a_folder_keeps_other_files(store, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    export("csv", store, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "entities.csv").is_file()


def test_what_cannot_be_written_is_one_line(store, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError) as caught:
        export("turtle", store, tmp_path / "file" / "g.ttl")
    assert "\n" not in str(caught.value)
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        export("turtle", store, tmp_path / "folder")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]
