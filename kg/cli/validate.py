"""`kg validate`: a built graph -> its faults."""

from pathlib import Path

import click

from kg.folder import open_store
from kg.shapes import validate


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default="out")
@click.pass_context
def command(ctx: click.Context, out: Path) -> None:
    """Check the graph against its shapes and its texts.

    OUT is the folder of a build (default: out). Checks the SHACL shapes of the ontology, that every statement has
    evidence, and that every quote stands in its text where it says. Prints one fault a line; exit code 1 if there are
    violations (warnings are differences between articles).

    \b
    Example:
      kg validate out
    """
    faults = validate(open_store(out))
    for fault in faults:
        click.echo(f"{fault.severity.lower()}: <{fault.where}> {fault.what}")
    violations = sum(fault.severity == "Violation" for fault in faults)
    if violations:
        click.echo(f"{out}: {violations} violations, {len(faults) - violations} warnings", err=True)
        ctx.exit(1)
    click.echo(f"{out}: conforms, {len(faults)} warnings")
