"""`kg export`: a built graph -> a file in another format."""

from pathlib import Path

import click

from kg.exporters import EXPORTERS, export
from kg.folder import open_store


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(EXPORTERS)))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write (csv: a folder).")
def command(form: str, out: Path, output: Path) -> None:
    """Write the graph in another format.

    FORMAT is csv, gexf, graphml, jsonld, nquads, trig or turtle; OUT is the folder of a build. GraphML and
    GEXF are for Gephi, yEd and networkx; csv makes a folder with a table each of entities, statements, indicators.

    \b
    Examples:
      kg export graphml out -o reforms.graphml
      kg export csv out -o tables
    """
    export(form, open_store(out), output)
    click.echo(f"wrote {output}")
