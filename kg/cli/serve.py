"""`kg serve`: pages and SPARQL over a finished graph, on this machine."""

import logging
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

import click

from kg.folder import open_store
from kg.model import InputError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
STOPPING = 5
"""Seconds that running requests get when the server is told to stop."""


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default="out")
@click.option("--host", default="127.0.0.1", help="Address to listen on. Default: 127.0.0.1, this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port. Default: 8000; 0 takes a free one.")
@click.option("--base", default="https://w3id.org/reformkg/", help="IRIs that begin so are pages of this server.")
@click.option("--name", "names", multiple=True, help="A host name that the server goes by, behind a proxy say.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30.0, help="Seconds that a query may take.")
@click.option("--read-only", is_flag=True, help="The only mode there is.")
def command(
    *, out: Path, host: str, port: int, base: str, names: tuple[str, ...], timeout: float, read_only: bool
) -> None:
    """Explore the graph in a browser, and ask it over SPARQL.

    Serves the folder OUT of a build (default: out): pages at /, SPARQL 1.1 Protocol at /sparql, and every IRI of the
    graph at /id/KIND/KEY as a page or, by Accept or the suffix .ttl .jsonld .nt, as data. Nothing can be changed
    through it. A rebuilt graph is taken up at once. Ctrl-C ends it.

    \b
    Example:
      kg serve out --port 8080
    """
    try:
        import uvicorn

        from kg.exporters.view.links import web
        from kg.web.addresses import Addresses
        from kg.web.app import create
        from kg.web.limits import QUERIES
    except ModuleNotFoundError as error:
        raise InputError(f"kg serve needs {error.name}: pip install 'reform-kg[serve]'") from None
    if not web(base):
        raise InputError(f"--base {base}: not an http or https address")
    _ = read_only  # said by scripts that want to be sure
    if (out / "store").is_dir():
        open_store(out).close()  # fails here, in one line
    elif not (out / "graph.nq").is_file():
        open_store(out)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    app = create(out.resolve(), Addresses(base), (*LOOPBACK, host, *names), QUERIES._replace(seconds=timeout))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/", err=False)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOPPING,
        lifespan="on",
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)  # uvicorn stops first and raises the signal again when it is done
    uvicorn.Server(config).run(sockets=[listening])


def _leave(_: int, __: FrameType | None) -> None:
    sys.exit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise InputError(f"{host}:{port}: cannot listen there: {error.strerror or error}") from None
    return listening
