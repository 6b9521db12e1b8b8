"""A process that answers queries from the store: frames on standard input and output, one query at a time.

A query cannot be stopped from inside, and one that is deep or large enough ends the process that runs it. So this
process holds nothing but a read-only store: whoever started it kills it and starts another. A frame is two numbers
(bytes of the head, bytes of the body), the head in JSON, the body.
"""

import json
import math
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, BinaryIO, NoReturn, cast

import pyoxigraph as ox

from kg import vocab
from kg.store import QueryError, Store, StoreError, check, serialise

SIZES = struct.Struct(">II")
GRACE = 5
"""Seconds after the time limit at which a process that nobody killed ends by itself."""
RESULTS = {
    "json": (ox.QueryResultsFormat.JSON, "application/sparql-results+json"),
    "xml": (ox.QueryResultsFormat.XML, "application/sparql-results+xml"),
    "csv": (ox.QueryResultsFormat.CSV, "text/csv; charset=utf-8"),
    "tsv": (ox.QueryResultsFormat.TSV, "text/tab-separated-values; charset=utf-8"),
}
TRIPLES = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json"),
    "nt": (ox.RdfFormat.N_TRIPLES, "application/n-triples"),
    "rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
}
ROWS = "rows"
"""The form of results that pages take: a JSON array of arrays of strings."""
Head = dict[str, object]
Answer = tuple[Head, bytes]


class TooLargeError(Exception):
    """An answer over its bound."""


class Bounded:
    """A file that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._limit -= len(part)
        if self._limit < 0:
            raise TooLargeError
        self._parts.append(part)
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""

    def value(self) -> bytes:
        return b"".join(self._parts)


class Served(Store):
    """A store that also takes the dataset of a query from its request (SPARQL 1.1 Protocol, section 2.1.4)."""

    def ask(
        self, sparql: str, dataset: tuple[Sequence[str], Sequence[str]] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The result over the default and named graphs given, which win over FROM; None: as `query` does."""
        if dataset is None:
            return self.query(sparql)
        check(sparql)
        try:
            default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in dataset[0]]
            named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in dataset[1]]
        except ValueError as error:
            raise QueryError(f"not the IRI of a graph: {' '.join(str(error).split())}") from None
        try:
            return self._inner.query(sparql, prefixes=vocab.PREFIXES, default_graph=default, named_graphs=named)
        except SyntaxError:
            return self.query(sparql)  # fails in the same way, with its place


def open_served(out: Path) -> Served:
    """The store of a built folder; where only `graph.nq` is, one in memory. Raises StoreError."""
    if (out / "store").is_dir():
        return Served.open(out / "store", read_only=True)
    dataset = out / "graph.nq" if out.is_dir() else out
    if not dataset.is_file():
        raise StoreError(f"{out}: holds no graph; `kg build INPUT -o {out}` makes one")
    store = Served.open()
    store.load(dataset)
    return store


def answer(store: Served, head: Head, limit: int) -> Answer:
    """What a query gives, in the first form offered that fits its kind; its status is that of HTTP."""
    dataset = head.get("dataset")
    if not isinstance(sparql := head["sparql"], str) or not (dataset is None or isinstance(dataset, list)):
        raise TypeError("a frame that no server of ours sends")
    try:
        result = store.ask(sparql, None if dataset is None else (dataset[0], dataset[1]))
        if isinstance(result, ox.QueryTriples):
            return _triples(result, head.get("triples"), limit)
        return _results(result, head.get("results"), limit)
    except QueryError as error:
        return {"status": 400, "message": str(error)}, b""
    except TooLargeError:
        return {"status": 413, "message": f"the answer is larger than {limit >> 20} MB: ask for less, with LIMIT"}, b""
    except MemoryError:
        return {"status": 503, "message": "the query needs more memory than it may have"}, b""
    except (OSError, RuntimeError, ValueError) as error:
        return {"status": 500, "message": " ".join(str(error).split())}, b""


def _results(result: ox.QuerySolutions | ox.QueryBoolean, form: object, limit: int) -> Answer:
    if form == ROWS and isinstance(result, ox.QuerySolutions):
        rows, size = [], 0
        for solution in result:
            rows.append(["" if term is None else _text(term) for term in solution])
            size += sum(map(len, rows[-1]))
            if size > limit:
                raise TooLargeError
        return {"status": 200}, json.dumps(rows, ensure_ascii=False).encode()
    if not isinstance(form, str) or form not in RESULTS:
        return {"status": 406, "message": "results come as JSON, XML, CSV or TSV"}, b""
    inner, name = RESULTS[form]
    file = Bounded(limit)
    result.serialize(cast(IO[bytes], file), format=inner)
    return {"status": 200, "type": name}, file.value()


def _triples(result: ox.QueryTriples, form: object, limit: int) -> Answer:
    if not isinstance(form, str) or form not in TRIPLES:
        return {"status": 406, "message": "triples come as Turtle, JSON-LD, N-Triples or RDF/XML"}, b""
    found: set[ox.Triple] = set()
    size = 0
    for triple in result:
        if triple not in found:
            found.add(triple)
            size += len(str(triple))
            if size > limit:
                raise TooLargeError
    inner, name = TRIPLES[form]
    triples = sorted(found, key=str)
    if form == "ttl":
        return {"status": 200, "type": name}, serialise(triples, inner)
    prefixes = None if form == "nt" else vocab.PREFIXES
    return {"status": 200, "type": name}, ox.serialize(triples, format=inner, prefixes=prefixes) or b""


def _text(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)


def _bound(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us


def _alarm(seconds: float) -> None:
    """Ends this process after so many seconds, even inside a query; 0 takes it back."""
    if sys.platform != "win32":
        signal.alarm(math.ceil(seconds))


def _send(out: BinaryIO, head: Head, body: bytes) -> None:
    encoded = json.dumps(head, ensure_ascii=False).encode()
    out.write(SIZES.pack(len(encoded), len(body)) + encoded + body)
    out.flush()


def serve(out: Path, seconds: float, memory: int, limit: int) -> NoReturn:
    """Answers until standard input ends; the first frame says that the store is open, or why not."""
    _bound(memory)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    try:
        store = open_served(out)
    except StoreError as error:
        _send(target, {"status": 500, "message": str(error)}, b"")
        sys.exit(1)
    _send(target, {"status": 200}, b"")
    while sizes := source.read(SIZES.size):
        head = json.loads(source.read(SIZES.unpack(sizes)[0]))
        _alarm(seconds + GRACE)
        _send(target, *answer(store, head, limit))
        _alarm(0)
    sys.exit(0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
