"""The same graph on many machines: a table or files of articles -> parts of N-Quads and a table of what was skipped.

    python -m kg.spark INPUT OUT [--master URL]

Articles are independent and keys are natural, so the graph is the union of what its articles say: the sorted lines of
all parts are the `graph.nq` that `kg build INPUT` writes. Needs PySpark: pip install 'reform-kg[spark]'.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import groupby, takewhile
from pathlib import PurePosixPath
from typing import NamedTuple
from zlib import crc32

from pyspark import RDD, StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Row, SparkSession

from kg import vocab
from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads
from kg.model import Article, InputError, Skipped
from kg.normalise.article import article_iri
from kg.pipeline import graph_of
from kg.readers import LARGEST_ARTICLE, LARGEST_COLLECTION, READERS, jsonl, parse

FIELDS = ("id", "text", "html", "title", "published", "source", "url")
"""Columns of a table of articles; all but `id` and one of `text` and `html` may be missing."""
TABLES = ("parquet", "orc")
"""Suffixes of inputs that are tables."""
TASKS = 8
"""Tasks a core: the last ones keep the others waiting less, and a lost machine takes less work with it."""
MAGIC = frozenset("*?[{")
"""Characters that make a path a pattern."""
EVIDENCE = vocab.evidence_graph("")


class Place(NamedTuple):
    """Where an article comes from; of two that would share a named graph the first by place holds."""

    graph: str
    """Without the suffix of evidence: articles that may share a graph have the same."""
    file: str
    """Empty for a row of a table."""
    position: int
    digest: str
    """Of a row of a table, whose rows have no order."""


Placed = tuple[Place, Article | Skipped]


class Result(NamedTuple):
    """What became of an article."""

    identifier: str
    reason: str
    """Why it was skipped; empty if it was not."""
    lines: str
    """Its quads; without the last line break."""
    keys: list[tuple[str, str]]
    """Kind and key of its regions and agencies: what the background speaks of."""


class Graph(NamedTuple):
    """The graph of many articles; not computed before it is used, and computed once."""

    quads: DataFrame
    """Column `value`: lines of N-Quads, each once, in no order."""
    skipped: DataFrame
    """Columns `identifier` and `reason`."""


def quads(articles: DataFrame, text: bool = True) -> DataFrame:
    """A table of articles (columns as FIELDS, `id` identifies them) -> lines of N-Quads in the column `value`."""
    return graph(of_table(articles), articles.sparkSession, text).quads


def of_table(articles: DataFrame) -> "RDD[Placed]":
    """The articles of a table. `published` may be text, a date or a timestamp."""
    columns = [name for name in FIELDS if name in articles.columns]
    if "id" not in columns or not {"text", "html"} & set(columns):
        raise InputError(f"a table of articles needs columns id and text or html, not {' '.join(articles.columns)}")
    return articles.select(*columns).rdd.map(_of_row)


def of_files(spark: SparkSession, path: str) -> "RDD[Placed]":
    """The articles of a file, a folder or a pattern, wherever Spark can read, named as `kg build` names them.

    Spark itself passes over files and folders whose names begin with `_` or `.`. Raises InputError if there is nothing.
    """
    root = _root(spark, path)
    suffixes = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in suffix) for suffix in READERS)
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    files = reader.option("pathGlobFilter", f"*{{{','.join(suffixes)}}}").load(path)
    fit = files.where(files.length <= LARGEST_COLLECTION).select("path", "length", "content")
    rest = files.where(files.length > LARGEST_COLLECTION).select("path", "length")
    return fit.rdd.flatMap(partial(_of_file, root)).union(rest.rdd.flatMap(partial(_of_file, root)))


def graph(articles: "RDD[Placed]", spark: SparkSession, text: bool = True) -> Graph:
    """The graph of articles, and which were left out and why; `text=False` leaves the articles' texts out."""
    tasks = max(articles.getNumPartitions(), TASKS * spark.sparkContext.defaultParallelism)
    placed = articles.repartitionAndSortWithinPartitions(tasks, _share)
    results = placed.mapPartitions(partial(_results, text)).persist(StorageLevel.DISK_ONLY)
    told = results.filter(lambda one: not one.reason).map(lambda one: (one.lines,))
    keys = results.flatMap(lambda one: one.keys).distinct().coalesce(1)
    everywhere = keys.mapPartitions(background_quads).map(lambda line: (line.removesuffix("\n"),))
    skipped = results.filter(lambda one: bool(one.reason)).map(lambda one: (one.identifier, one.reason))
    blocks = spark.createDataFrame(told, "value string", verifySchema=False)
    return Graph(
        blocks.selectExpr(r"explode(split(value, '\n')) AS value").union(
            spark.createDataFrame(everywhere, "value string", verifySchema=False)
        ),
        spark.createDataFrame(skipped, "identifier string, reason string"),
    )


def write(found: Graph, out: str) -> int:
    """Writes the folders `OUT/quads` (N-Quads) and `OUT/skipped` (JSON lines); returns how many were skipped.

    Neither folder may exist; `_SUCCESS` in each says that it is complete.
    """
    found.quads.write.text(f"{out}/quads")
    found.skipped.coalesce(1).sortWithinPartitions("identifier", "reason").write.json(f"{out}/skipped")
    return int(found.skipped.count())


def _root(spark: SparkSession, path: str) -> str:
    """The folder below which names count, as Spark writes it, with `/` at its end."""
    fixed = "/".join(takewhile(lambda part: not MAGIC & set(part), path.split("/")))
    folder = spark._jvm.org.apache.hadoop.fs.Path(fixed or ("/" if path.startswith("/") else "."))  # type: ignore[union-attr, unused-ignore]
    system = folder.getFileSystem(spark._jsc.hadoopConfiguration())
    if not system.exists(folder):
        raise InputError(f"{path}: no such file or folder")
    whole = system.makeQualified(folder)
    if system.getFileStatus(whole).isFile():
        whole = whole.getParent()
    return f"{whole.toString().rstrip('/')}/"


def _of_row(row: Row) -> Placed:
    """An article of a table, read as a line of JSON is."""
    fields = {name: value for name, value in row.asDict().items() if value is not None}
    if not isinstance(fields.get("published", ""), str | int):
        fields["published"] = str(fields["published"])
    identifier = str(fields.get("id", ""))
    data = json.dumps(fields | {"id": identifier}, sort_keys=True).encode()
    place = Place(_graph(identifier), "", 0, sha256(data).hexdigest())
    if not identifier:
        return place, Skipped("", "it has no id")
    item = next(jsonl.read(data, ""))
    if isinstance(item, Skipped):
        return place, Skipped(identifier, item.reason.removeprefix("line 1: "))
    return place, replace(item, identifier=identifier, iri=article_iri(identifier))


def _of_file(root: str, row: Row) -> Iterator[Placed]:
    """The articles of a file, and what has to be skipped; the content is missing where the file is far too large."""
    name = row.path.removeprefix(root)
    suffix = PurePosixPath(name).suffix
    limit = LARGEST_COLLECTION if READERS[suffix.lower()] is jsonl.read else LARGEST_ARTICLE
    try:
        if row.length > limit:
            raise InputError(f"it is larger than {limit // 1_000_000} MB")
        items = list(parse(bytes(row.content), name, suffix))
    except Exception as error:
        items = [Skipped(name, _reason(error))]
    for position, item in enumerate(items):
        yield Place(_graph(item.identifier), name, position, ""), item


def _graph(identifier: str) -> str:
    """What the two graphs of an article have in common with those of any article that could share one."""
    iri = article_iri(identifier)
    while iri.endswith(EVIDENCE):
        iri = iri.removesuffix(EVIDENCE)
    return iri


def _share(place: Place) -> int:
    """The same on every machine, which the hash of Python is not."""
    return crc32(place[0].encode())


def _results(text: bool, placed: Iterable[Placed]) -> Iterator[Result]:
    """The articles of one task, sorted by place, with what they say."""
    for _, group in groupby(placed, key=lambda one: one[0][0]):
        holders: dict[str, str] = {}
        for (_, file, _, _), item in group:
            if isinstance(item, Skipped):
                yield _left_out(item.identifier, item.reason)
                continue
            graphs = (item.iri, vocab.evidence_graph(item.iri))
            holder = next((holders[graph] for graph in graphs if graph in holders), None)
            if holder is not None:
                yield _left_out(item.identifier, f"it shares its identifier with an article of {holder}")
                continue
            holders.update(dict.fromkeys(graphs, file or "this table"))
            yield _result(item, text)


def _result(article: Article, text: bool) -> Result:
    try:
        found = graph_of(article)
        lines = "".join(article_quads(found) + evidence_quads(found, text))
    except Exception as error:
        return _left_out(article.identifier, _reason(error))
    keys = [(entity.kind, entity.key) for entity in found.entities if entity.kind in ("region", "agency")]
    return Result(article.identifier, "", lines.removesuffix("\n"), keys)


def _left_out(identifier: str, reason: str) -> Result:
    return Result(identifier, " ".join(reason.split()), "", [])


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, InputError) else f"a fault in this program: {type(error).__name__}: {error}"


def main() -> int:
    """The command line; the exit code is that of `kg build`: 0 done, 1 some were skipped, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.spark", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", help="files, a folder, a pattern, or a table of articles")
    parser.add_argument("out", help="folder to make")
    parser.add_argument("--master", help="for instance spark://HOST:7077, yarn; default: what Spark is set up for")
    parser.add_argument("--format", help="what kind of table INPUT is (parquet, orc, ...); default: by its suffix")
    parser.add_argument("--no-text", action="store_true", help="leave the articles' texts out of the graph")
    given = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("reform-kg")
    spark = (builder.master(given.master) if given.master else builder).getOrCreate()
    suffix = PurePosixPath(given.input).suffix[1:]
    table = given.format or (suffix if suffix in TABLES else "")
    try:
        articles = of_table(spark.read.format(table).load(given.input)) if table else of_files(spark, given.input)
        skipped = write(graph(articles, spark, not given.no_text), given.out)
    except (InputError, PySparkException) as error:
        print(f"kg.spark: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"{given.out}/quads: the graph; {given.out}/skipped: {skipped} left out")
    return 1 if skipped else 0


if __name__ == "__main__":
    from kg import spark  # noqa: PLW0406 - so that workers find its types and functions by their names

    sys.exit(spark.main())
