"""`kg extract`: a text -> what it says, as JSON with spans."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from kg.answer import Json, answer
from kg.model import Article, ArticleGraph, InputError, Skipped
from kg.normalise.article import article_of
from kg.normalise.charset import decode
from kg.normalise.published import published_day
from kg.pipeline import graph_of
from kg.readers import READERS, parse, read

STDIN = "-"


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    day = published_day(value)
    if day is None:
        raise click.BadParameter(f"{value!r} is no date; write it like 2021-07-27")
    return day


@click.command()
@click.argument("file", default=STDIN)
@click.option("--published", metavar="DATE", callback=_day, help="Day of publication: what 今年, 昨天 count from.")
@click.option("--title", default="", help="Title of the text; offsets then count from its start.")
@click.option("--format", "form", type=click.Choice(["json", "jsonl", "ttl"]), default="json", help="Default: json.")
@click.option("--jsonl", "stream", is_flag=True, help="Read JSON lines, answer line by line, in order.")
@click.pass_context
def command(ctx: click.Context, *, file: str, published: date | None, title: str, form: str, stream: bool) -> None:
    """Say what one text holds, as JSON with spans.

    FILE is an article in any form that build reads; without it, or for -, the text comes from standard input as it is,
    and be it one sentence. Offsets count characters (code points) of the text. With --jsonl each line of FILE or of
    standard input is {"id", "text", "title"?, "published"?}.

    \b
    Examples:
      echo 江苏省苏州市吴江区 | kg extract
      kg extract article.html --published 2021-07-27 --format ttl
      kg extract --jsonl < articles.jsonl
    """
    if stream:
        if form == "ttl":
            raise click.UsageError("--jsonl answers in JSON lines", ctx)
        ctx.exit(_answer_lines(file, published))
    skipped = False
    graphs: list[tuple[ArticleGraph, str | None]] = []
    for item in _articles(file, published, title):
        if isinstance(item, Skipped):
            skipped = True
            click.echo(f"skipped {item.identifier}: {item.reason}", err=True)
        else:
            graphs.append((graph_of(item), None if item.identifier == STDIN else item.identifier))
    if form == "ttl":
        click.echo(_turtle([graph for graph, _ in graphs]), nl=False)
    elif form == "jsonl":
        for graph, name in graphs:
            click.echo(json.dumps(answer(graph, name), ensure_ascii=False))
    else:
        answers = [answer(graph, name) for graph, name in graphs]
        click.echo(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=1))
    ctx.exit(1 if skipped else 0)


def _articles(file: str, published: date | None, title: str) -> Iterator[Article | Skipped]:
    path = Path(file)
    if file != STDIN and path.suffix.lower() in READERS:
        if title:
            raise click.UsageError(f"--title is for bare text; {file} says its own")
        try:
            items = read(path)
        except InputError as error:
            raise InputError(f"{file}: {error}") from None
        for item in items:
            yield replace(item, published=published) if published and isinstance(item, Article) else item
        return
    name = STDIN if file == STDIN else path.name
    yield article_of(_bare(file), identifier=name, title=title, published=published)


def _bare(file: str) -> str:
    """The text as it is, but for its encoding."""
    try:
        text = decode(sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes())
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    except InputError as error:
        raise InputError(f"{'standard input' if file == STDIN else file}: {error}") from None
    if not text.strip():
        raise InputError(f"{'standard input' if file == STDIN else file}: no text in it")
    return text


def _turtle(graphs: list[ArticleGraph]) -> bytes:
    """The facts of the articles, as `kg build` writes them, without what holds everywhere."""
    from tempfile import TemporaryDirectory

    from kg.exporters import turtle
    from kg.mapper import article_quads
    from kg.store import Store

    store = Store.open()
    store.load([block for graph in graphs for block in article_quads(graph)])
    with TemporaryDirectory() as folder:
        turtle.export(store, path := Path(folder) / "facts.ttl")
        return path.read_bytes()


def _answer_lines(file: str, published: date | None) -> int:
    """Answers each line as it comes; the exit code."""
    code = 0
    try:
        with sys.stdin.buffer if file == STDIN else Path(file).open("rb") as source:
            for number, line in enumerate(source, start=1):
                if not line.strip():
                    continue
                found = _answer_line(line, number, published)
                code = code or int("error" in found)
                click.echo(json.dumps(found, ensure_ascii=False))
                sys.stdout.flush()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    return code


def _answer_line(line: bytes, number: int, published: date | None) -> Json:
    """What one line says; for a bad one what is wrong, so that answers and lines stay side by side."""
    name: str | None = None
    try:
        fields = json.loads(line)
        if isinstance(fields, dict) and fields.get("id") is not None:
            name = str(fields["id"])
        elif isinstance(fields, dict):
            line = json.dumps(fields | {"id": str(number)}).encode()
    except (ValueError, RecursionError):
        pass  # the reader says what is wrong with it
    try:
        item = next(parse(line, STDIN, ".jsonl"))
    except InputError as error:
        return {"id": name, "error": f"line {number}: {error}"}
    if isinstance(item, Skipped):
        return {"id": name, "error": f"line {number}: {item.reason.removeprefix('line 1: ')}"}
    if published and item.published is None:
        item = replace(item, published=published)
    return answer(graph_of(item), name)
