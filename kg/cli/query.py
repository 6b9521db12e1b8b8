"""`kg query`: a question -> its answer as a table, or in a standard format."""

import difflib
import sys
from pathlib import Path

import click
import pyoxigraph as ox

from kg.folder import open_store
from kg.model import InputError
from kg.store import questions, serialise
from kg.table import table

RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


@click.command()
@click.argument("query", required=False)
@click.argument("out", type=click.Path(path_type=Path), default="out")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *RESULTS, "ttl"]),
    default="table",
    help="How the answer is written. Default: table; ttl for CONSTRUCT and DESCRIBE.",
)
@click.option("--list", "listing", is_flag=True, help="List the named queries.")
@click.pass_context
def command(ctx: click.Context, query: str | None, out: Path, form: str, listing: bool) -> None:
    """Ask the graph a question.

    QUERY is the name of a query (see --list), a file of SPARQL, SPARQL itself, or - for standard input. Known
    prefixes need not be declared. OUT is the folder of a build (default: out). A table cuts long cells; csv does not.

    \b
    Examples:
      kg query --list
      kg query reforms-by-agency out
      kg query 'SELECT ?name { ?reform a rkg:Reform ; skos:prefLabel ?name } ORDER BY ?name LIMIT 5' out
    """
    if listing:
        wide = max(map(len, questions()))
        for question in questions().values():
            click.echo(f"{question.name:{wide}}  {question.zh} / {question.en}")
        return
    if query is None:
        raise click.UsageError("Missing argument 'QUERY'. `kg query --list` names some.", ctx)
    sparql = _sparql(query)
    store = open_store(out)
    result = store.query(sparql)
    if isinstance(result, ox.QueryTriples):
        if form not in ("table", "ttl"):
            raise InputError("a CONSTRUCT or DESCRIBE query answers in Turtle: leave --format out, or say ttl")
        click.echo(serialise(sorted(set(result), key=str), ox.RdfFormat.TURTLE), nl=False)
    elif form == "ttl":
        raise InputError("only CONSTRUCT and DESCRIBE queries answer in Turtle")
    elif form != "table":
        click.echo(result.serialize(format=RESULTS[form]), nl=form != "csv")
    elif isinstance(result, ox.QueryBoolean):
        click.echo("true" if result else "false")
    else:
        names = [variable.value for variable in result.variables]
        rows = [["" if term is None else term for term in row] for row in result]
        for line in table(names, rows):
            click.echo(line)
        click.echo(f"{len(rows)} rows" if len(rows) != 1 else "1 row", err=True)


def _sparql(query: str) -> str:
    """The SPARQL that a name, a file, standard input or the words themselves stand for."""
    if query in questions():
        return questions()[query].sparql
    try:
        if query == "-":
            return sys.stdin.buffer.read().decode()
        if "{" not in query and Path(query).is_file():
            return Path(query).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{query}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{query}: not UTF-8 at byte {error.start}") from None
    if "{" in query or " " in query.strip():
        return query
    close = difflib.get_close_matches(query, questions(), n=1)
    hint = f"did you mean {close[0]}?" if close else "`kg query --list` names the queries"
    raise InputError(f"no query or file is called {query!r}; {hint}")
