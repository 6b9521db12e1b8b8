"""SPARQL 1.1 Protocol: the 34 cases of the W3C's manifest, told in our own words and with our own data.

https://www.w3.org/TR/sparql11-protocol/; the cases that update must be refused here: this service only reads.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.web.app import create
from kg.web.limits import QUERIES

A, B, C = (f"https://example.org/graph/{name}" for name in "abc")
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
BOOLEAN = ("application/sparql-results+json", "application/sparql-results+xml")
BOTH = f"ASK {{ <{A}> a ?type . <{B}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{A}> a ?type }} GRAPH ?h {{ <{B}> a ?type }} }}"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs, each saying one thing of itself."""
    folder = tmp_path_factory.mktemp("protocol")
    store = ox.Store(str(folder / "store"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for name in (A, B, C):
        node = ox.NamedNode(name)
        store.add(ox.Quad(node, kind, ox.NamedNode("https://example.org/Document"), node))
    store.flush()
    del store
    return folder


@pytest.fixture(scope="module")
def client(out: Path) -> Iterator[TestClient]:
    app = create(out, names=("testserver",), limits=QUERIES._replace(seconds=5))
    with TestClient(app) as client:
        yield client


def yes(response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] in BOOLEAN
    return json.loads(response.content)["boolean"]


def graphs(kind: str, *names: str) -> str:
    return "&".join(f"{kind}-graph-uri={quote_plus(name)}" for name in names)


# Queries


def test_query_by_get(client: TestClient) -> None:
    assert yes(client.get("/sparql", params={"query": "ASK {}"}))


def test_query_by_posted_form(client: TestClient) -> None:
    body = f"query={quote_plus('ASK {}')}"
    address = f"/sparql/?{graphs('default', 'http://nowhere.invalid/data')}"
    assert yes(client.post(address, content=body, headers={"Content-Type": FORM}))


def test_query_posted_directly(client: TestClient) -> None:
    assert yes(client.post("/sparql/", content="ASK {}", headers={"Content-Type": QUERY}))


def test_default_graphs_by_get(client: TestClient) -> None:
    assert yes(client.get(f"/sparql?query={quote_plus(BOTH)}&{graphs('default', A, B)}"))
    assert not yes(client.get(f"/sparql?query={quote_plus(BOTH)}&{graphs('default', A)}"))


def test_default_graphs_by_post(client: TestClient) -> None:
    address = f"/sparql?{graphs('default', A, B)}"
    assert yes(client.post(address, content=BOTH, headers={"Content-Type": QUERY}))
    form = f"query={quote_plus(BOTH)}&{graphs('default', A, B)}"
    assert yes(client.post("/sparql", content=form, headers={"Content-Type": FORM}))


def test_named_graphs_by_post(client: TestClient) -> None:
    address = f"/sparql?{graphs('named', A, B)}"
    assert yes(client.post(address, content=NAMED, headers={"Content-Type": QUERY}))
    assert not yes(client.post(address, content=BOTH, headers={"Content-Type": QUERY})), "no default graph is named"


def test_named_graphs_by_get(client: TestClient) -> None:
    assert yes(client.get(f"/sparql?query={quote_plus(NAMED)}&{graphs('named', A, B)}"))
    assert not yes(client.get(f"/sparql?query={quote_plus(NAMED)}&{graphs('named', A)}"))


FULL = f"ASK {{ <{C}> a ?type GRAPH ?g {{ <{A}> a ?type }} GRAPH ?h {{ <{B}> a ?type }} }}"


def test_default_and_named_graphs(client: TestClient) -> None:
    address = f"/sparql?{graphs('default', C)}&{graphs('named', A, B)}"
    assert yes(client.post(address, content=FULL, headers={"Content-Type": QUERY}))
    assert not yes(client.post(address, content=BOTH, headers={"Content-Type": QUERY}))


def test_graphs_of_the_request_win_over_those_of_the_query(client: TestClient) -> None:
    inside = f"ASK FROM <{A}> {{ <{A}> a ?type }}"
    other = f"ASK FROM <{A}> {{ <{C}> a ?type }}"
    address = f"/sparql?{graphs('default', C)}"
    assert not yes(client.post(address, content=inside, headers={"Content-Type": QUERY}))
    assert yes(client.post(address, content=other, headers={"Content-Type": QUERY}))


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0.3, text/csv;q=0.7", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/*;q=0.1, application/xml", "application/sparql-results+xml"),
        ("application/*;q=0, text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_select_answers_in_the_form_wanted(client: TestClient, accept: str, expected: str) -> None:
    response = client.get("/sparql", params={"query": "SELECT (1 AS ?value) {}"}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == expected
    assert "1" in response.text


def test_ask_answers_with_a_boolean(client: TestClient) -> None:
    for form in BOOLEAN:
        response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": form})
        assert response.headers["content-type"] == form
        assert "true" in response.text


GRAPH_FORMS = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")


@pytest.mark.parametrize("query", [f"DESCRIBE <{A}> FROM <{A}>", f"CONSTRUCT FROM <{A}> WHERE {{ <{A}> ?p ?o }}"])
def test_describe_and_construct_answer_with_triples(client: TestClient, query: str) -> None:
    for form in GRAPH_FORMS:
        response = client.get("/sparql", params={"query": query}, headers={"Accept": form})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == form
        assert A in response.text


# Updates, all refused


@pytest.mark.parametrize(
    ("content", "kind", "address"),
    [
        ("update=" + quote_plus("CLEAR ALL"), FORM, "/sparql"),
        ("CLEAR ALL", UPDATE, "/sparql"),
        ("BASE <http://example.org/> INSERT DATA { <x> <y> <z> }", UPDATE, "/sparql"),
        ("INSERT { ?s a 1 } WHERE { ?s a ?t }", UPDATE, f"/sparql?using-graph-uri={quote_plus(A)}"),
        (
            "INSERT { ?s a 1 } WHERE { ?s a ?t }",
            UPDATE,
            f"/sparql?using-graph-uri={quote_plus(A)}&using-graph-uri={quote_plus(B)}",
        ),
        ("INSERT { ?s a 1 } WHERE { ?s a ?t }", UPDATE, f"/sparql?using-named-graph-uri={quote_plus(A)}"),
        (
            "INSERT { ?s a 1 } WHERE { ?s a ?t }",
            UPDATE,
            f"/sparql?using-graph-uri={quote_plus(A)}&using-named-graph-uri={quote_plus(B)}",
        ),
        ("INSERT { ?s a 1 } USING <x:a> WHERE {}", UPDATE, f"/sparql?using-graph-uri={quote_plus(A)}"),
        ("update=CLEAR+NAMED&update=CLEAR+DEFAULT", FORM, "/sparql"),
        ("CLEAR XYZ", UPDATE, "/sparql"),
    ],
)
def test_updates_are_refused(client: TestClient, content: str, kind: str, address: str) -> None:
    response = client.post(address, content=content, headers={"Content-Type": kind})
    assert response.status_code == 403
    assert yes(client.get("/sparql", params={"query": f"ASK {{ GRAPH ?g {{ <{A}> a ?t }} }}"}))


def test_an_update_by_get_is_refused(client: TestClient) -> None:
    assert client.get("/sparql", params={"update": "CLEAR ALL"}).status_code == 400
    assert client.post("/sparql", content=b"CLEAR \xff", headers={"Content-Type": UPDATE}).status_code == 403
    assert client.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/sparql", content="update=CLEAR+ALL").status_code == 415


def test_an_update_is_no_query(client: TestClient) -> None:
    for text in ("CLEAR ALL", "INSERT DATA { <x:a> <x:b> <x:c> }", "LOAD <http://127.0.0.1:9/>"):
        assert client.get("/sparql", params={"query": text}).status_code == 400


# Bad queries


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_method(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


def test_bad_multiple_queries(client: TestClient) -> None:
    assert client.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D").status_code == 400


def test_bad_media_type(client: TestClient) -> None:
    assert client.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_bad_missing_media_type(client: TestClient) -> None:
    assert client.post("/sparql", content="query=ASK+%7B%7D").status_code == 415
    assert client.post("/sparql", content="ASK {}").status_code == 415


def test_bad_encoding(client: TestClient) -> None:
    text = "ASK {}".encode("utf-16")
    assert client.post("/sparql", content=text, headers={"Content-Type": QUERY}).status_code == 400
    assert client.post("/sparql", content=text, headers={"Content-Type": f"{QUERY}; charset=UTF-16"}).status_code == 415
    assert client.post("/sparql", content=b"query=%FF", headers={"Content-Type": FORM}).status_code == 400


def test_bad_syntax(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "ASK {\n  ?a ?b\n}"})
    assert response.status_code == 400
    assert "line 3" in response.text


def test_bad_accept(client: TestClient) -> None:
    query = {"query": "SELECT * {}"}
    assert client.get("/sparql", params=query, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", params=query, headers={"Accept": "text/turtle"}).status_code == 406
    construct = {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}
    assert client.get("/sparql", params=construct, headers={"Accept": "text/csv"}).status_code == 406


def test_bad_size(client: TestClient) -> None:
    long = "ASK {} #" + "改" * 30000
    assert client.post("/sparql", content=long.encode(), headers={"Content-Type": QUERY}).status_code == 413
    assert client.post("/sparql", content=b" " * 10**6, headers={"Content-Type": QUERY}).status_code == 413
    deep = "ASK " + "{" * 120 + "}" * 120
    assert client.post("/sparql", content=deep, headers={"Content-Type": QUERY}).status_code == 400


def test_no_query(client: TestClient) -> None:
    assert client.post("/sparql", content="", headers={"Content-Type": FORM}).status_code == 400
    response = client.get("/sparql", headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == 400


# What surrounds the protocol


def test_description_of_the_service(client: TestClient) -> None:
    for form in (*GRAPH_FORMS, "*/*"):
        response = client.get("/sparql", headers={"Accept": form})
        assert response.status_code == 200
        assert "sparql-service-description" in response.text
    turtle = client.get("/sparql", headers={"Accept": "text/turtle"})
    said = {str(t.object.value) for t in ox.parse(turtle.content, ox.RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert {f"{sd}Service", f"{sd}SPARQL11Query", "http://testserver/sparql"} <= said


def test_a_browser_gets_the_page(client: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": browser})
    assert response.headers["content-type"].startswith("text/html")
    assert "access-control-allow-origin" not in response.headers


def test_other_sites_may_read_here_alone(client: TestClient) -> None:
    ask = client.get("/sparql", params={"query": "ASK {}"})
    assert ask.headers["access-control-allow-origin"] == "*"
    before = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    for path in ("/", "/suggest?q=a", "/healthz"):
        assert "access-control-allow-origin" not in client.get(path).headers


def test_nothing_is_fetched(client: TestClient) -> None:
    for query in (
        "SELECT * FROM <http://127.0.0.1:9/data> { ?s ?p ?o }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/data> { GRAPH ?g { ?s ?p ?o } }",
    ):
        response = client.get("/sparql", params={"query": query})
        assert response.status_code == 200
        assert response.json()["results"]["bindings"] == []
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service ?where { ?s ?p ?o } }",
    ):
        assert client.get("/sparql", params={"query": query}).status_code == 400
    address = f"/sparql?{graphs('default', 'http://127.0.0.1:9/', 'file:///etc/passwd')}"
    response = client.post(address, content="SELECT * { ?s ?p ?o }", headers={"Content-Type": QUERY})
    assert response.json()["results"]["bindings"] == []
    assert client.get(f"/sparql?query=ASK%7B%7D&{graphs('default', 'not an iri')}").status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "testserver:80:80", "", "a b"])
def test_a_host_that_is_not_ours(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["testserver", "127.0.0.1:8000", "[::1]:8000", "TESTSERVER:1"])
def test_a_host_that_is_ours(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
