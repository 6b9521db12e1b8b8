"""`kg view`: where the view of a graph lies."""

from pathlib import Path

import click

from kg.model import InputError


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default="out")
@click.option("--open", "opening", is_flag=True, help="Open it in the default browser.")
def command(out: Path, opening: bool) -> None:
    """Show the graph in a browser.

    Prints the path of graph.html in the folder OUT of a build (default: out): one file that needs no network and can
    be sent to anybody.

    \b
    Example:
      kg view out --open
    """
    page = out / "graph.html"
    if not page.is_file():
        raise InputError(f"{out}: holds no graph.html; `kg build INPUT -o {out}` makes one")
    click.echo(page)
    if opening and click.launch(str(page.resolve())) != 0:
        raise InputError(f"no browser could be started; open {page} by hand")
