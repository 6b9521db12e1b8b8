"""`kg stats`: what the manifest of a build counts."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from kg.manifest import load
from kg.model import InputError


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default="out")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
def command(out: Path, form: str) -> None:
    """Count what a graph holds.

    Articles, entities by kind, statements by predicate, quads, and what was skipped, from the manifest in the folder
    OUT of a build (default: out).

    \b
    Example:
      kg stats out
    """
    manifest = load(out)
    if manifest is None:
        raise InputError(f"{out}: holds no build; `kg build INPUT -o {out}` makes one")
    if form == "json":
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
        return
    click.echo(f"{manifest['articles']:8} articles from {len(manifest['inputs'])} files")
    click.echo(f"{len(manifest['skipped']):8} skipped")
    click.echo(f"{manifest['quads']:8} quads")
    _counts("entities", manifest["entities"])
    _counts("statements", manifest["statements"])


def _counts(what: str, counts: Mapping[str, int]) -> None:
    click.echo(f"{sum(counts.values()):8} {what}")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{count:8}   {name}")
