"""The lines of a dataset: graph.nq, sorted -> its facts, one subject after another, in little memory."""

from collections.abc import Container, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg import vocab

TYPE = f"> <{vocab.TYPE}> "
FIRST = "> <\x01> "
"""Stands for rdf:type while lines are sorted: it is to come first."""


def lines_of(blocks: Iterable[str]) -> list[str]:
    """The lines, each with its line break, of blocks of whole lines."""
    return [f"{line}\n" for line in "".join(blocks).split("\n")[:-1]]


def in_order(triples: Iterable[str]) -> list[str]:
    """Lines of N-Triples sorted by subject, rdf:type first, each once."""
    return [line.replace(FIRST, TYPE, 1) for line in sorted({line.replace(TYPE, FIRST, 1) for line in triples})]


def facts(path: Path, articles: Container[str]) -> Iterator[str]:
    """Background and facts of all articles as one set: N-Triples, sorted by subject, rdf:type first.

    `path` is sorted N-Quads as builds write them; `articles` are the IRIs of all articles in it.
    """
    with path.open(encoding="utf-8", newline="\n") as lines:
        for _, about in groupby(triples(lines, articles), key=subject):
            yield from in_order(about)


def subject(line: str) -> str:
    """The subject of a line, as a term: <IRI>."""
    return line[: line.index(" ")]


def triples(lines: Iterable[str], articles: Container[str]) -> Iterator[str]:
    """The lines of the default graph and of the articles' own graphs, without their graph."""
    for line in lines:
        triple, _, end = line.rpartition(" <")
        graph = end[:-4]  # IRI> .\n
        if graph in articles:
            yield f"{triple} .\n"
        elif not (graph.endswith(vocab.EVIDENCE) and graph.removesuffix(vocab.EVIDENCE) in articles):
            yield line
