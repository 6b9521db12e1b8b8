"""The store of quads: open, replace an article's graphs, load in bulk, query (pyoxigraph underneath).

The default graph of a store holds what holds everywhere and the facts of all articles as one set, so that a plain
query meets each fact once, however many articles state it. Which article states it, and its evidence, is asked for
with GRAPH.
"""

import re
from collections.abc import Container, Iterable, Iterator
from contextlib import nullcontext
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyoxigraph as ox

from kg import vocab
from kg.background import background_quads
from kg.dataset import facts, in_order, lines_of, triples

QUERIES = Path(__file__).parent / "queries"

SKIPPED = re.compile(  # <iri>, """long""", '''long''', "short", 'short', # comment
    r"""<[^<>"{}|^`\\\x00-\x20]*>|\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|\#[^\n\r]*""",
    re.DOTALL,
)
CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")  # \u0053ERVICE
SERVICE = re.compile(r"service\s*(?:silent\s*)?(?:[?$]\w+|[\w.-]*:[\w.:%\\-]*)\s*\{", re.IGNORECASE)
OPERATOR = re.compile(r"[][(){}!+*/|&=<>^-]")
NAME = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^>]*>|(?<!\S)([a-z]+):((?:[^\s"\\]|\\.)*\\(?:[^\s"\\]|\\.)*)')
HEAD = re.compile(rb"\A(?:@prefix [^\n]*\n)*")
PLACE = re.compile(r"error at (\d+):(\d+):")
PART = 50_000
"""Lines that are loaded at once: a large file as a whole would take memory for all of it."""
MERGED = 500
"""Articles whose facts are merged at once."""
MAX_LENGTH = 65536
MAX_DEPTH = 100
MAX_OPERATORS = 4000
"""Brackets and operators of one query: far more of them overflow the stack of the parser and end us."""


class StoreError(Exception):
    """A store that cannot be opened; its message is one line."""


class QueryError(Exception):
    """A query that is wrong or not allowed; its message is one line."""


class Question(NamedTuple):
    """A named query of `queries/`, with the question that it answers."""

    name: str
    zh: str
    en: str
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """The named queries by name; the first line of each is `# 中文问题 / English question`."""
    found = {}
    for path in sorted(QUERIES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        zh, _, en = text.partition("\n")[0].removeprefix("# ").partition(" / ")
        found[path.stem] = Question(path.stem, zh, en, text)
    return found


def _bare(sparql: str) -> str:
    """A query without what stands in strings and comments; every IRI is `:`."""
    return SKIPPED.sub(lambda match: " : " if match[0][0] == "<" else " ", sparql)


def _code_point(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def check(sparql: str) -> None:
    """Raises QueryError for a query that would leave this machine (SERVICE) or overflow the parser."""
    if len(sparql) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH} characters")
    for text in {sparql, CODE_POINT.sub(_code_point, sparql)}:
        bare = _bare(text)
        if SERVICE.search(bare):
            raise QueryError("SERVICE is not allowed: queries read this store alone")
        depth = 0
        for operators, char in enumerate(OPERATOR.findall(bare)):
            depth += (char in "([{") - (char in ")]}")
            if depth >= MAX_DEPTH or operators >= MAX_OPERATORS:
                raise QueryError(f"the query nests {MAX_DEPTH} brackets or has over {MAX_OPERATORS} operators")


def _syntax(error: SyntaxError, sparql: str) -> QueryError:
    match = PLACE.match(str(error))
    if not match:
        return QueryError(f"syntax error: {' '.join(str(error).split())}")
    line, column = int(match[1]), int(match[2])
    there = sparql.split("\n")[line - 1][column - 1 :].strip()[:40]
    return QueryError(f"syntax error at line {line}, column {column}: {there or 'the query ends too early'}")


class Store:
    """A set of quads in memory or in a folder; `with Store.open(path) as store: ...` closes the folder."""

    def __init__(self, inner: ox.Store) -> None:
        self._inner = inner

    @classmethod
    def open(cls, path: Path | None = None, read_only: bool = False) -> Self:
        """A store in the folder `path`, made if it is missing; in memory without a path.

        A writer holds the folder alone; readers may be many. Raises StoreError.
        """
        if path is None:
            return cls(ox.Store())
        known = (path / "CURRENT").is_file()
        if not known and (read_only or (path.exists() and (not path.is_dir() or any(path.iterdir())))):
            raise StoreError(f"{path}: no store here")
        try:
            path.mkdir(parents=True, exist_ok=True)
            return cls(ox.Store.read_only(str(path)) if read_only else ox.Store(str(path)))
        except OSError as error:
            reason = "another process is writing here" if "lock" in str(error).lower() else str(error)
            raise StoreError(f"{path}: {' '.join(reason.split())}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the folder; the store cannot be used after it."""
        del self._inner

    def __len__(self) -> int:
        return len(self._inner)

    def replace(self, article: str, blocks: Iterable[str]) -> None:
        """Puts the lines of an article's two graphs, as the mapper made them, in the place of what they held."""
        self.remove(article)
        self.add([(article, lines_of(blocks))])

    def add(self, articles: Iterable[tuple[str, list[str]]]) -> None:
        """Adds many articles that are not there yet, each with the lines of its graphs."""
        both = (line for iri, lines in articles for line in (*lines, *triples(lines, {iri})))
        self._bulk(map(str.encode, both), checked=True)

    def remove(self, article: str) -> None:
        """Removes an article's facts and evidence; what other articles state stays. The background comes after it."""
        facts = list(self._inner.quads_for_pattern(None, None, None, ox.NamedNode(article)))
        for graph in (article, vocab.evidence_graph(article)):
            self._inner.remove_graph(ox.NamedNode(graph))
        self._forget(ox.Quad(q.subject, q.predicate, q.object) for q in facts)

    def replace_background(self, before: Iterable[str], lines: Iterable[str]) -> None:
        """Puts lines of the default graph in the place of those that it held before."""
        new = set(lines)
        gone = "".join(line for line in before if line not in new)
        self._forget(ox.parse(gone.encode(), ox.RdfFormat.N_QUADS))
        self._inner.load("".join(sorted(new)).encode(), ox.RdfFormat.N_QUADS)

    def _forget(self, quads: Iterable[ox.Quad]) -> None:
        """Takes from the default graph what no article states any more."""
        for quad in quads:
            stated = self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if not any(isinstance(other.graph_name, ox.NamedNode) for other in stated):
                self._inner.remove(quad)

    def _merge(self) -> None:
        """States the facts of all articles in the default graph too."""
        part: list[bytes] = []
        for article in self.articles():
            part.append(self._dump(article))
            if len(part) >= MERGED:
                self._inner.bulk_load(b"".join(part), ox.RdfFormat.N_TRIPLES)
                part = []
        self._inner.bulk_load(b"".join(part), ox.RdfFormat.N_TRIPLES)

    def load(self, source: Path | Iterable[str]) -> None:
        """Adds a file of N-Quads, or lines, in bulk, and states the facts of all articles in the default graph too.

        Raises StoreError for a file that is not N-Quads.
        """
        try:
            with source.open("rb") if isinstance(source, Path) else nullcontext(map(str.encode, source)) as lines:
                self._bulk(lines, checked=False)
        except (OSError, SyntaxError) as error:
            name = source if isinstance(source, Path) else "lines"
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            raise StoreError(f"{name}: {' '.join(reason.split())}") from error
        self._merge()

    def load_built(self, dataset: Path, articles: Container[str]) -> None:
        """The same for a sorted file that we wrote ourselves and the IRIs of its articles, in half the time."""
        with dataset.open("rb") as lines:
            self._bulk(lines, checked=True)
        self._bulk(map(str.encode, facts(dataset, articles)), checked=True)
        self._inner.optimize()  # else the next change, or the first queries, wait until the parts are merged

    def _bulk(self, lines: Iterable[bytes], checked: bool) -> None:
        """Adds lines of N-Quads, part by part; `checked` ones are known to be well-formed."""
        iterator = iter(lines)
        while part := b"".join(islice(iterator, PART)):
            self._inner.bulk_load(part, ox.RdfFormat.N_QUADS, lenient=checked)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The result of a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE); known prefixes need no PREFIX.

        Raises QueryError for a query that is wrong or not allowed.
        """
        check(sparql)
        try:
            return self._inner.query(sparql, prefixes=vocab.PREFIXES)
        except SyntaxError as error:
            raise _syntax(error, sparql) from error

    def select(self, sparql: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT query as text, in the order of its variables; unbound is empty."""
        result = self.query(sparql)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("not a SELECT query")
        return [tuple("" if term is None else _text(term) for term in row) for row in result]

    def articles(self) -> list[str]:
        """The IRIs of the articles, sorted."""
        rows = self.select("SELECT DISTINCT ?a { GRAPH ?a { ?a a schema:NewsArticle } }")
        return sorted(iri for (iri,) in rows)

    def newest(self) -> list[str]:
        """The IRIs of the articles, the newest first, those without a date last."""
        rows = self.select("SELECT ?a ?day { ?a a schema:NewsArticle OPTIONAL { ?a schema:datePublished ?day } }")
        return [iri for iri, _ in sorted(sorted(rows), key=lambda row: row[1], reverse=True)]

    def part(self, articles: Iterable[str]) -> Iterator[str]:
        """What holds everywhere, facts and evidence of these articles, as N-Triples."""
        yield from background_quads(self.keys())
        for article in articles:
            for graph in (article, vocab.evidence_graph(article)):
                yield from _lines(self._dump(graph))

    def keys(self) -> list[tuple[str, str]]:
        """Kind and key of every region and agency of the articles, sorted: the input of the background."""
        rows = self.select("SELECT DISTINCT ?e { GRAPH ?a { VALUES ?c { rkg:Region rkg:Agency } ?e a ?c } }")
        return sorted(pair for (iri,) in rows if (pair := vocab.kind_and_key(iri)))

    def quads(self) -> list[str]:
        """The dataset as lines of N-Quads, sorted: named graphs, and in the default graph what holds everywhere."""
        lines = set(self._background())
        for name in self._inner.named_graphs():
            tail = f" {name} .\n"
            lines.update(line[:-3] + tail for line in _lines(self._dump(name.value)))
        return sorted(lines)

    def triples(self, graph: str | None) -> list[str]:
        """One graph of the dataset (None: what holds everywhere) as N-Triples, sorted by subject, rdf:type first."""
        return in_order(self._background() if graph is None else _lines(self._dump(graph)))

    def facts(self) -> list[str]:
        """Background and facts of all articles as one set: N-Triples, sorted by subject, rdf:type first."""
        return in_order(_lines(self._dump(None)))

    def about(self, subjects: Iterable[str]) -> list[str]:
        """The facts about these subjects (as terms), in the same order."""
        found = (self._inner.quads_for_pattern(_node(one), None, None, ox.DefaultGraph()) for one in subjects)
        return in_order(f"{quad.triple} .\n" for quads in found for quad in quads)

    def _background(self) -> set[str]:
        """The lines of the default graph that hold everywhere."""
        return set(_lines(self._dump(None))).intersection(background_quads(self.keys()))

    def _dump(self, graph: str | None) -> bytes:
        """A graph as it is in the store, in N-Triples."""
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        return self._inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""


def _node(term: str) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])


def _lines(dump: bytes | None) -> list[str]:
    """Lines end with \\n alone: U+2028 and its like stand in literals as they are."""
    return list(StringIO((dump or b"").decode(), newline="\n"))


def prefixes() -> bytes:
    """What Turtle and TriG begin with, sorted."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(vocab.PREFIXES.items())).encode()


def serialise(data: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> bytes:
    """Turtle or TriG in the order given, prefixes sorted."""
    return prefixes() + body(data, form)


def body(data: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> bytes:
    """The same without the prefixes; a name that would need escapes is written as an IRI.

    rdflib cannot read a name that ends with an escaped dot, and escapes are hard to read for anyone.
    """
    text = ox.serialize(data, format=form, prefixes=vocab.PREFIXES) or b""
    return NAME.sub(_in_full, HEAD.sub(b"", text, count=1))


def _in_full(match: re.Match[bytes]) -> bytes:
    if match[1] is None:
        return match[0]
    local = re.sub(rb"\\(.)", rb"\1", match[2])
    return b"<" + vocab.PREFIXES[match[1].decode()].encode() + local + b">"


def _text(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
