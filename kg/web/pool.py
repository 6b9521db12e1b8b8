"""Worker processes kept ready: a query goes to a free one; one that takes too long or too much is killed.

Everything here runs on the server's event loop, which never waits for a query.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kg.web import limits, worker
from kg.web.limits import Limits

PACKAGES = str(Path(__file__).parents[2])
"""Where a worker finds this very package."""
STARTING = 60.0
"""Seconds that a worker may take to open its store."""


class RefusedError(Exception):
    """A query without an answer: status of HTTP and one line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Job(NamedTuple):
    """A query, its dataset (default and named graphs; None: all), and the forms that its asker takes."""

    sparql: str
    dataset: tuple[Sequence[str], Sequence[str]] | None = None
    results: str | None = worker.ROWS
    triples: str | None = None


class Answer(NamedTuple):
    """What a query gave."""

    type: str
    body: bytes


def stamp(out: Path) -> tuple[int, ...]:
    """Changes when another build takes the place of the graph."""
    path = out / "store" / "CURRENT" if (out / "store").is_dir() else out / "graph.nq" if out.is_dir() else out
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


class _Worker:
    """One process, and the graph that it has opened."""

    def __init__(self, process: asyncio.subprocess.Process, opened: tuple[int, ...]) -> None:
        self.process = process
        self.opened = opened

    async def receive(self) -> tuple[worker.Head, bytes]:
        reader = self.process.stdout
        assert reader is not None  # noqa: S101 - it was started with a pipe
        head, body = worker.SIZES.unpack(await reader.readexactly(worker.SIZES.size))
        return json.loads(await reader.readexactly(head)), await reader.readexactly(body)

    async def ask(self, job: Job) -> tuple[worker.Head, bytes]:
        writer = self.process.stdin
        assert writer is not None  # noqa: S101 - it was started with a pipe
        head = json.dumps(job._asdict(), ensure_ascii=False).encode()
        writer.write(worker.SIZES.pack(len(head), 0) + head)
        await writer.drain()
        return await self.receive()

    def alive(self) -> bool:
        return self.process.returncode is None

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """So many workers over one graph; `start` before the first query, `close` after the last."""

    def __init__(self, out: Path, size: int, bounds: Limits) -> None:
        self.bounds = bounds
        self._out = out
        self._size = size
        self._free: asyncio.Queue[asyncio.Task[_Worker]] = asyncio.Queue()
        self._all: set[asyncio.Task[_Worker]] = set()
        self._endings: set[asyncio.Task[None]] = set()
        self._waiting = 0

    def start(self) -> None:
        """Starts all workers, without waiting until they are ready."""
        for _ in range(self._size):
            self._add()

    async def close(self) -> None:
        """Ends all workers, whatever they do."""
        for task in self._all:
            task.cancel()
        for result in await asyncio.gather(*self._all, return_exceptions=True):
            if isinstance(result, _Worker):
                await result.end()
        await asyncio.gather(*self._endings)

    async def run(self, job: Job) -> Answer:
        """The answer to a query. Raises RefusedError; never takes longer than twice the time limit."""
        if self._waiting >= limits.WAITING:
            raise RefusedError(503, "too many queries are waiting: try again later")
        self._waiting += 1
        try:
            task = await asyncio.wait_for(self._free.get(), self.bounds.seconds)
        except TimeoutError:
            raise RefusedError(503, "all workers are busy: try again later") from None
        finally:
            self._waiting -= 1
        keep = False
        try:
            task, one = await self._ready(task)
            head, body = await asyncio.wait_for(one.ask(job), self.bounds.seconds)
            keep = head["status"] != 503
        except TimeoutError:
            message = f"the query was stopped after {self.bounds.seconds:g} seconds"
            raise RefusedError(504, message) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            message = "the query was stopped: it needs more memory or nests deeper than it may"
            raise RefusedError(503, message) from None
        finally:
            if keep:
                self._free.put_nowait(task)
            else:
                self._replace(task)
        if head["status"] != 200:
            raise RefusedError(int(str(head["status"])), str(head["message"]))
        return Answer(str(head.get("type", "")), body)

    async def _ready(self, task: asyncio.Task[_Worker]) -> tuple[asyncio.Task[_Worker], _Worker]:
        """The worker when it has started; another one if it died meanwhile or its graph was replaced."""
        one = await asyncio.shield(task)
        if one.alive() and one.opened == stamp(self._out):
            return task, one
        self._replace(task)
        fresh = await self._free.get()
        return fresh, await asyncio.shield(fresh)

    def _add(self) -> None:
        task = asyncio.create_task(self._spawn())
        self._all.add(task)
        self._free.put_nowait(task)

    def _replace(self, task: asyncio.Task[_Worker]) -> None:
        """Ends a worker, in the background, and starts another."""
        self._all.discard(task)
        ending = asyncio.create_task(_end(task))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
        self._add()

    async def _spawn(self) -> _Worker:
        opened = stamp(self._out)
        bounds = (self.bounds.seconds, self.bounds.memory, self.bounds.answer)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.web.worker", str(self._out), *map(str, bounds)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": PACKAGES, "RUST_BACKTRACE": "0"},
        )
        one = _Worker(process, opened)
        try:
            head, _ = await asyncio.wait_for(one.receive(), STARTING)
            if head["status"] != 200:
                raise RefusedError(500, str(head["message"]))
        except BaseException:
            await one.end()
            raise
        return one


async def _end(task: asyncio.Task[_Worker]) -> None:
    with contextlib.suppress(Exception):
        await (await task).end()
