"""Inputs -> results in the cache: reads, extracts and maps every article that the cache does not know yet."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest, sha256
from typing import NamedTuple

from kg import inputs, workers
from kg.cache import Cache, Entry, Summary
from kg.inputs import Input
from kg.mapper import article_quads, evidence_quads
from kg.model import Article, InputError, Skipped
from kg.pipeline import graph_of
from kg.readers import READERS, read

LARGE = 1_000_000
"""Bytes of a collection above which it is cut into its articles before they go to the workers; work enough for one."""
BATCH = 40
"""Articles of a large collection that go to a worker at once."""
COMMIT = 200
"""Tasks after which what was found out is kept for good."""
COMPRESSION = 1

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and of how much."""


class Task(NamedTuple):
    """A file to read, or some articles of a large one."""

    input: Input
    stamp: str
    sha256: str
    """Of the file, as far as known: one with the same hash need not be read."""
    text: bool
    """Whether articles' texts go into the graph."""
    articles: tuple[tuple[int, Article], ...] | None = None
    """Position and article; None: the file is to be read."""
    last: bool = True
    """No further task comes for this file."""


class Result(NamedTuple):
    """What the rules make of an article."""

    summary: Summary
    entities: list[tuple[str, str]]
    """Kind and key, without indicators."""
    lines: bytes
    """Its quads, compressed."""


class Found(NamedTuple):
    """An article's entry, and its result if it was not skipped."""

    entry: Entry
    result: Result | None = None


class Answer(NamedTuple):
    """What became of a task."""

    sha256: str
    found: list[Found] | None
    """None: the file's bytes are those that the cache knows."""
    certain: bool
    """Whether it would be the same another time; a fault in this program need not be."""


def take_in(found: Sequence[Input], cache: Cache, crew: int, text: bool, progress: Progress) -> None:
    """Brings the cache's entries for these inputs up to date, in `crew` processes at most."""
    cache.drop_files(one.identifier for one in found)
    waiting, size = _waiting(found, cache, text)
    counter = _Counter(len(waiting), progress)
    doubtful: set[str] = set()
    answers = workers.each(work, _cut(waiting, cache, counter), min(crew, 1 + size // LARGE))
    for number, (task, answer) in enumerate(answers, start=1):
        result = _after_death(task, answer) if isinstance(answer, workers.Died) else answer
        if not result.certain:
            doubtful.add(task.input.identifier)
        _keep(task, result, cache, task.input.identifier in doubtful)
        counter.add(1 if task.articles is None else len(task.articles))
        if number % COMMIT == 0:
            cache.commit()
    cache.commit()


def _waiting(found: Sequence[Input], cache: Cache, text: bool) -> tuple[list[Task], int]:
    """The files that changed as far as one can see without reading them, and their bytes."""
    known = cache.files()
    waiting, size = [], 0
    for one in found:
        stamp = inputs.stamp(one.path)
        before, digest = known.get(one.identifier, ("", ""))
        if not stamp or before != stamp:
            waiting.append(Task(one, stamp, digest if before else "", text))
            size += one.path.stat().st_size if stamp else 0
    return waiting, size


class _Counter:
    """How much is done; the total grows when a collection turns out to hold many articles."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self._done, self._progress = total, 0, progress

    def add(self, done: int) -> None:
        self._done += done
        self._progress("articles", self._done, self.total)


def _cut(waiting: Sequence[Task], cache: Cache, counter: _Counter) -> Iterator[Task]:
    """The tasks, with each large collection cut into batches of the articles that the cache does not know."""
    for task in waiting:
        path = task.input.path
        collection = READERS.get(path.suffix.lower()) is READERS[".jsonl"]
        if collection and task.stamp and path.stat().st_size > LARGE:
            yield from _batches(task, cache, counter)
        else:
            yield task


def _batches(task: Task, cache: Cache, counter: _Counter) -> Iterator[Task]:
    """A collection's unknown articles, batch by batch; the last task is empty."""
    file = task.input.identifier
    digest, items = _opened(task)
    if items is None:
        yield task._replace(articles=())
        return
    cache.begin(file)
    known, unknown = [], []
    for position, item in enumerate(items):
        if isinstance(item, Skipped):
            known.append(_skipped(position, item.identifier, item.reason))
        elif cache.has(key := _key(item, task.text)):
            known.append(Entry(position, item.identifier, key, ""))
        else:
            unknown.append((position, item))
    cache.put(file, known)
    counter.total += len(unknown) - 1
    for start in range(0, len(unknown), BATCH):
        yield task._replace(sha256=digest, articles=tuple(unknown[start : start + BATCH]), last=False)
    yield task._replace(sha256=digest, articles=())


def _opened(task: Task) -> tuple[str, Sequence[Article | Skipped] | None]:
    """Hash and articles of a file; None if the cache knows them."""
    identifier = task.input.identifier
    try:
        digest = _digest(task.input)
        return digest, None if digest == task.sha256 else read(task.input.path, identifier)
    except InputError as error:
        return "", (Skipped(identifier, str(error)),)


def work(task: Task) -> Answer:
    """Reads what a task names and maps it; whatever goes wrong becomes a reason."""
    if task.articles is not None:
        return _mapped(task.sha256, task.articles, task.text)
    identifier, digest = task.input.identifier, ""
    try:
        digest = _digest(task.input)
        if digest == task.sha256:
            return Answer(digest, None, True)
        items = tuple(enumerate(read(task.input.path, identifier)))
    except InputError as error:
        return Answer(digest, [Found(_skipped(0, identifier, str(error)))], bool(digest))
    except Exception as error:
        return Answer(digest, [Found(_skipped(0, identifier, _fault(error)))], False)
    return _mapped(digest, items, task.text)


def _mapped(digest: str, items: Sequence[tuple[int, Article | Skipped]], text: bool) -> Answer:
    found = []
    certain = True
    for position, item in items:
        if isinstance(item, Skipped):
            found.append(Found(_skipped(position, item.identifier, item.reason)))
            continue
        try:
            found.append(Found(Entry(position, item.identifier, _key(item, text), ""), _result(item, text)))
        except Exception as error:
            found.append(Found(_skipped(position, item.identifier, _fault(error))))
            certain = False
    return Answer(digest, found, certain)


def _result(article: Article, text: bool) -> Result:
    graph = graph_of(article)
    lines = "".join(sorted(article_quads(graph) + evidence_quads(graph, text)))
    summary = Summary(
        sum(e.kind == "indicator" for e in graph.entities),
        dict(Counter(s.predicate for s in graph.statements)),
        lines.count("\n"),
        str(article.published or ""),
    )
    entities = [(e.kind, e.key) for e in graph.entities if e.kind != "indicator"]
    return Result(summary, entities, zlib.compress(lines.encode(), COMPRESSION))


def _after_death(task: Task, death: workers.Died) -> Answer:
    """The answer to a task that ended its process: its articles are tried again, each in a process of its own."""
    articles = task.articles or ()
    if len(articles) > 1:
        found: list[Found] = []
        single = [task._replace(articles=(one,)) for one in articles]
        for one, answer in workers.each(work, single, 2):
            again = _after_death(one, answer) if isinstance(answer, workers.Died) else answer
            found += again.found or ()
        return Answer(task.sha256, found, False)
    position, identifier = (articles[0][0], articles[0][1].identifier) if articles else (0, task.input.identifier)
    return Answer("", [Found(_skipped(position, identifier, death.reason))], False)


def _keep(task: Task, answer: Answer, cache: Cache, doubtful: bool) -> None:
    file = task.input.identifier
    if answer.found is not None:
        if task.articles is None:
            cache.begin(file)
        for one in answer.found:
            if one.result is not None:
                cache.put_result(one.entry.key, *one.result)
        cache.put(file, [one.entry for one in answer.found])
    if task.last:
        cache.finish(file, "" if doubtful else task.stamp, answer.sha256)


def _digest(one: Input) -> str:
    try:
        with one.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"it cannot be read: {(error.strerror or str(error)).lower()}") from None


def _key(article: Article, text: bool) -> str:
    return sha256(repr((article, text)).encode()).hexdigest()


def _skipped(position: int, identifier: str, reason: str) -> Entry:
    return Entry(position, identifier, "", " ".join(reason.split()))


def _fault(error: Exception) -> str:
    return f"a fault in this program: {type(error).__name__}: {error}"
