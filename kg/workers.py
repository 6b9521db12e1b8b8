"""A function over many tasks in several processes: in order, few in flight, and no task can take the others down."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, NamedTuple, TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 8
"""Tasks a worker that may be done before the next one in order is."""
PATIENCE = 1.0
"""Seconds to wait for results at a time: Ctrl-C in the moment before a wait begins is noticed only when it ends."""


class Died(NamedTuple):
    """The process that worked on a task ended (out of memory, killed)."""

    reason: str


def each(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int
) -> Iterator[tuple[Task, Result | Died]]:
    """Every task with its result, in the order of the tasks.

    With one worker all happens in this process. Otherwise `function`, a task and its result must be picklable.
    """
    if workers <= 1:
        for task in tasks:
            yield task, function(task)
        return
    crew = _Crew(function, workers)
    try:
        yield from crew.run(iter(tasks))
    finally:
        crew.end()


class _Crew(Generic[Task, Result]):
    """Processes that each work on one task at a time."""

    def __init__(self, function: Callable[[Task], Result], workers: int) -> None:
        self._function = function
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[Connection] = []
        self._busy: dict[Connection, tuple[int, Task]] = {}
        self._processes: dict[Connection, SpawnProcess] = {}
        self._workers = workers
        resource_tracker.ensure_running()  # it lets held signals go when it starts, so it starts before the workers
        for _ in range(workers):
            self._hire()

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Result | Died]]:
        done: dict[int, tuple[Task, Result | Died]] = {}
        started = given = 0
        more = True
        while more or self._busy or done:
            while more and self._idle and started - given < self._workers * AHEAD:
                try:
                    task = next(tasks)
                except StopIteration:
                    more = False
                    break
                self._start(started, task)
                started += 1
            if self._busy:
                for connection in wait(list(self._busy), PATIENCE):
                    number, task, result = self._collect(cast(Connection, connection))
                    done[number] = task, result
            while given in done:
                yield done.pop(given)
                given += 1

    def end(self) -> None:
        for connection, process in self._processes.items():
            connection.close()
            process.terminate()
        for process in self._processes.values():
            process.join()

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._function), daemon=True)
        with _interrupts_held():
            process.start()
        theirs.close()
        self._processes[ours] = process
        self._idle.append(ours)

    def _start(self, number: int, task: Task) -> None:
        connection = self._idle.pop()
        self._busy[connection] = number, task
        try:
            connection.send(task)
        except OSError:  # it died: reading from it says so
            return

    def _collect(self, connection: Connection) -> tuple[int, Task, Result | Died]:
        number, task = self._busy.pop(connection)
        try:
            result = connection.recv()
        except (EOFError, OSError):
            process = self._processes.pop(connection)
            connection.close()
            process.join()
            self._hire()
            return number, task, Died(f"the process that read it ended with code {process.exitcode}")
        self._idle.append(connection)
        return number, task, result


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits: a process that starts meanwhile has it held too, even before it can say how it takes it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, function: Callable[[Task], Result]) -> None:
    """The life of a worker: it ends when its parent closes the connection or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(function(task))
