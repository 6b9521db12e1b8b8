"""Around every request: the Host it may name, the headers that keep a page harmless, a line in the access log."""

import asyncio
import ipaddress
import logging
import re
import time
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")  # localhost:8000, [::1]:8000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
VIEW_POLICY = "frame-ancestors 'none'"
"""Of the offline view: what may run in it is fixed by hash in the page itself."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
LOG = logging.getLogger("kg.access")


class Guard:
    """Passes requests on that name this server; other names are those of a page that plays with DNS."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        status, size = 0, 0

        async def watch(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_added(scope["path"], message["headers"])]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            if self._knows(scope):
                await self._app(scope, receive, watch)
            else:
                await _refuse(watch, 421, "this server does not go by that name")
        except asyncio.CancelledError:  # the server stops and has waited long enough
            if not status:
                await _refuse(watch, 503, "the server is stopping")
        finally:
            _log(scope, status, size, time.monotonic() - began)

    def _knows(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        match = HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if not match:
            return False
        name = match[1].decode().lower().strip("[]")
        return name in self._names or _address(name)


async def _refuse(send: Send, status: int, message: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{message}\n".encode()})


def _address(name: str) -> bool:
    """Whether a name is an IP address: no DNS, nobody to play with it."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _added(path: str, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    policy = VIEW_POLICY if path == "/view" else POLICY
    given = {name for name, _ in headers}
    return [(b"content-security-policy", policy.encode())] + [pair for pair in HEADERS if pair[0] not in given]


def _log(scope: Scope, status: int, size: int, seconds: float) -> None:
    """`127.0.0.1 "GET /sparql?query=..." 200 1234 B 12 ms`; what a client sent stands percent-encoded."""
    client = scope.get("client")
    path = scope.get("raw_path", b"").decode("ascii", "replace")
    query = scope.get("query_string", b"")[:500].decode("ascii", "replace")
    line = f"{path}?{query}" if query else path
    who = client[0] if client else "-"
    shown = "".join(c if " " < c < "\x7f" else "?" for c in line)
    LOG.info('%s "%s %s" %d %d B %.0f ms', who, scope["method"], shown, status, size, seconds * 1000)
