"""`kg build`: articles -> a folder with the graph."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import click

from kg.builder import Built, NothingReadError, build
from kg.model import Skipped

INTERRUPTED = 130
PERIOD = 0.2
"""Seconds between two states of the progress line."""


class Line:
    """A line on the terminal that says how far a build is; nothing where nobody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._began = self._shown = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._watched or (0 < done < total and now - self._shown < PERIOD):
            return
        self._shown = now
        if step == "articles":
            rate = done / max(now - self._began, 0.001)
            left = round((total - done) / rate) if rate else 0
            words = f"{done} of {total} articles, {rate:.0f} a second, {left // 60}:{left % 60:02} left"
        else:
            words = f"writing {step}"
        click.echo(f"\r\x1b[K{words}", nl=False, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watched:
            click.echo("\r\x1b[K", nl=False, err=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder for the graph.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    help="Processes at most. Default: one for each core.",
)
@click.option("--text/--no-text", default=True, help="Keep the articles' texts in the graph, or only quotes.")
@click.pass_context
def command(ctx: click.Context, inputs: tuple[str, ...], out: Path, workers: int, text: bool) -> None:
    """Build the graph of articles.

    INPUT is a file, a folder or a pattern: Markdown, HTML, plain text, JSON lines, RSS and Atom. The folder OUT
    gets graph.ttl (the facts), graph.nq (everything, with evidence), graph.html (a view) and manifest.json (what was
    read); a second build does only what changed.

    \b
    Examples:
      kg build examples -o out
      kg build news/*.md feed.rss -o out --workers 4
    """
    signal.signal(signal.SIGTERM, _stop)
    try:
        with Line() as line:
            built = build(inputs, out, workers=workers, text=text, progress=line)
    except NothingReadError as error:
        _name(error.skipped)
        click.echo(f"kg: {error}", err=True)
        ctx.exit(1)
    except KeyboardInterrupt:
        click.echo("kg: interrupted; the next run goes on from here", err=True)
        ctx.exit(INTERRUPTED)
    _name(built.skipped)
    _report(built, out)
    ctx.exit(1 if built.skipped else 0)


def _name(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped:
        click.echo(f"skipped {one.identifier}: {one.reason}", err=True)


def _report(built: Built, out: Path) -> None:
    made = built.manifest
    entities, statements = sum(made["entities"].values()), sum(made["statements"].values())
    state = "" if built.changed else " (nothing changed)"
    click.echo(
        f"{made['articles']} articles, {entities} entities, {statements} statements, {made['quads']} quads{state}"
    )
    for name, what in (
        ("graph.ttl", "the facts, in Turtle"),
        ("graph.nq", "the dataset: facts and evidence, a named graph an article"),
        ("graph.html", "the view, for a browser"),
    ):
        click.echo(f"  {out / name}  {what}")
    click.echo(f"Try: kg query reforms-by-agency {out}")
