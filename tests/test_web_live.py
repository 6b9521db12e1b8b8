"""The server as a process: real clients, hostile queries, several at once, a clean start and stop."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, XML, SPARQLWrapper
from web_server import ROOT, Live

from kg.builder import build

SECONDS = 4
NAMES = "SELECT DISTINCT ?name { ?thing a rkg:Reform ; skos:prefLabel ?name } ORDER BY ?name"
PREFIXES = "PREFIX rkg: <https://w3id.org/reformkg/ns#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
HOSTILE = {
    "cartesian": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sorted cartesian": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY RAND()",
    "runaway path": "SELECT (COUNT(*) AS ?n) { ?s (!<x:a>|^!<x:b>)* ?o . ?o (!<x:c>|^!<x:d>)* ?z . ?z (!<x:e>)* ?y }",
    "parentheses": "SELECT * { BIND(" + "(" * 20000 + "1" + ")" * 20000 + " AS ?a) }",
    "unions": "SELECT * {" + " UNION ".join(["{ ?s ?p ?o }"] * 4000) + "}",
    "signs": "SELECT (" + "-" * 30000 + "1 AS ?a) {}",
    "huge text": "SELECT (STRLEN(?v14) AS ?n) { BIND('xxxxxxxxxx' AS ?v0) "
    + "".join(f"BIND(CONCAT({', '.join([f'?v{i}'] * 8)}) AS ?v{i + 1}) " for i in range(14))
    + "}",
    "one text": "SELECT (GROUP_CONCAT(?a) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "patterns": "SELECT * {" + " ".join(f"?s ?p{i} ?o{i} ." for i in range(1000)) + "}",
    "large answer": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "large graph": "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("live") / "out"
    build([ROOT / "examples"], folder)
    return folder


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[Live]:
    with Live(out, "--read-only", "--timeout", str(SECONDS)) as server:
        yield server


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(server: Live, method: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)
    client.setQuery(PREFIXES + NAMES)
    client.setReturnFormat(JSON)
    names = [row["name"]["value"] for row in client.queryAndConvert()["results"]["bindings"]]
    assert "一网通办" in names
    client.setReturnFormat(XML)
    assert "一网通办" in client.query().convert().toxml()
    client.setReturnFormat(CSV)
    assert "一网通办" in client.queryAndConvert().decode()
    if method == POST:
        client.setRequestMethod(POSTDIRECTLY)
        client.setReturnFormat(JSON)
        assert client.queryAndConvert()["results"]["bindings"]
    client.setQuery(PREFIXES + "CONSTRUCT { ?s skos:prefLabel ?o } { ?s a rkg:Reform ; skos:prefLabel ?o }")
    client.setReturnFormat(N3)
    graph = Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert len(graph) == len(names)


def test_rdflib(server: Live) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = Graph(SPARQLStore(f"{server.url}/sparql", method=method), bind_namespaces="none")
        names = [str(row[0]) for row in graph.query(PREFIXES + NAMES)]
        assert "一网通办" in names
        reform = URIRef("https://w3id.org/reformkg/id/reform/一网通办")
        label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
        assert str(graph.value(reform, label)) == "一网通办"
        assert (reform, label, None) in graph
        assert graph.query("ASK { ?s ?p ?o }").askAnswer


def ask(server: Live, query: str) -> tuple[int, bytes]:
    status, body, _ = server.get("/sparql", query.encode(), Content_Type="application/sparql-query")
    return status, body


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_while_others_are_answered(server: Live, name: str) -> None:
    found: list[tuple[int, bytes]] = []
    thread = threading.Thread(target=lambda: found.append(ask(server, HOSTILE[name])))
    thread.start()
    while thread.is_alive():
        assert server.get("/healthz")[0] == 200
        assert ask(server, "ASK {}")[0] == 200
        time.sleep(0.05)
    status, body = found[0]
    assert status in (400, 413, 503, 504), body[:200]
    assert body.count(b"\n") == 1


def test_pages_are_answered_before_the_hostile_queries_end(server: Live) -> None:
    threads = [threading.Thread(target=ask, args=(server, HOSTILE["cartesian"])) for _ in range(6)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    assert server.get(f"/id/reform/{quote('一网通办')}", Accept="text/html")[0] == 200
    assert any(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join()
    assert ask(server, NAMES)[0] == 200


def test_queries_whose_askers_have_gone_do_not_keep_others_out(server: Live) -> None:
    path = f"/sparql?query={quote(HOSTILE['cartesian'])}"
    for _ in range(12):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.05)
    assert ask(server, NAMES)[0] == 200


def test_access_log(server: Live) -> None:
    server.get("/coverage?city=310000&x=%0d%0aforged", Accept="text/html")
    time.sleep(0.1)
    log = server.log.read_text()
    assert '"GET /coverage?city=310000&x=%0d%0aforged" 200' in log
    assert "forged\n" not in log


def test_stops_cleanly(out: Path) -> None:
    with Live(out) as server:
        thread = threading.Thread(target=ask, args=(server, HOSTILE["cartesian"]))
        thread.start()
        time.sleep(0.5)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        assert len(children) >= 5
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(120) == 0
        thread.join()
        time.sleep(0.3)
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
        assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["missing"], "no such folder"),
        (["{out}", "--base", "ftp://x"], "not an http or https address"),
        (["{out}", "--base", "http://["], "not an http or https address"),
        (["{out}", "--host", "256.0.0.1"], "cannot listen there"),
    ],
)
def test_wrong_usage_is_one_line(out: Path, options: list[str], words: str) -> None:
    arguments = [sys.executable, "-m", "kg", "serve", *(option.format(out=out) for option in options)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra(out: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['serve', {str(out)!r}]\n"
        "from kg.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr == "kg: kg serve needs uvicorn: pip install 'reform-kg[serve]'\n"


def test_a_folder_with_the_dataset_alone(out: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    shutil.copy(out / "graph.nq", tmp_path / "out" / "graph.nq")
    with Live(tmp_path / "out") as server:
        status, body = ask(server, NAMES)
        assert status == 200
        assert json.loads(body)["results"]["bindings"]
