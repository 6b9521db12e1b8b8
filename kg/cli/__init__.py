"""The command `kg`: one command a file, loaded when it is called."""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

import kg
from kg.model import InputError
from kg.normalise.pattern import keep

COMMANDS = {
    "build": "Build the graph of articles.",
    "extract": "Say what one text holds, as JSON with spans.",
    "query": "Ask the graph a question.",
    "export": "Write the graph in another format.",
    "view": "Show the graph in a browser.",
    "serve": "Explore the graph in a browser, and ask it over SPARQL.",
    "validate": "Check the graph against its shapes and its texts.",
    "stats": "Count what a graph holds.",
}
"""Command -> the first line of its help; its file has the same name."""
GARBAGE = 100_000
"""New objects after which Python looks for cycles among them. The tables are as many objects, which stay, and articles
make no cycles: at Python's own 700 the search costs a tenth of a start."""
USAGE = 2
INTERRUPTED = 130


class Commands(click.Group):
    """Loads a command when it is called; whatever is wrong with an input becomes one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kg.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            message = str(error)
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None
        except (click.ClickException, RuntimeError):
            raise
        except Exception as error:
            from kg.store import QueryError, StoreError

            if not isinstance(error, QueryError | StoreError):
                raise
            message = str(error)
        click.echo(f"kg: {' '.join(message.split())}", err=True)
        raise click.exceptions.Exit(USAGE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kg.__version__, prog_name="kg", message="%(prog)s %(version)s")
def cli() -> None:
    """Chinese news about government reforms -> an RDF graph in which every statement shows its words.

    \b
    Example:
      kg build examples -o out
      kg query reforms-by-agency out

    Exit codes: 0 done; 1 done, but some inputs were skipped or faults were found; 2 wrong usage.
    """


def main() -> None:
    """The entry point: whatever the locale says, text goes in and out as UTF-8."""
    gc.set_threshold(GARBAGE)
    with suppress(RuntimeError):  # nobody's home
        keep(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reform-kg")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="kg")
