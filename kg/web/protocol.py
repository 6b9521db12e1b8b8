"""A request -> a query with its dataset: SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.web import limits
from kg.web.pool import RefusedError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FIELDS = 1000
"""Parameters of one request."""


class Asked(NamedTuple):
    """A query as its request gives it."""

    sparql: str | None
    """None: no query, as when the description of the service is asked for."""
    dataset: tuple[Sequence[str], Sequence[str]] | None
    """Default and named graphs; None if the request names none."""


def _parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise RefusedError(400, "the request is not in UTF-8") from None
    except ValueError:
        raise RefusedError(400, f"a request has at most {FIELDS} parameters") from None


async def body(request: Request) -> bytes:
    """The body of a request. Raises RefusedError (413) once it is larger than any query can be."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limits.BODY:
            raise RefusedError(413, "the request is too large")
        parts.append(part)
    return b"".join(parts)


async def read(request: Request) -> Asked:
    """The query and dataset of a request. Raises RefusedError."""
    parameters = _parameters(request.scope.get("query_string", b""))
    posted = request.method == "POST"
    direct: list[str] = []
    if posted:
        name, _, options = request.headers.get("content-type", "").partition(";")
        name = name.strip().lower()
        if name == UPDATE:
            raise RefusedError(403, "this service only reads: it takes no updates")
        if name not in (FORM, QUERY):
            raise RefusedError(415, f"a query is posted as {QUERY} or {FORM}")
        data = await body(request)
        if name == QUERY:
            direct.append(_text(data, options))
        else:
            parameters += _parameters(data)
    if any(key == "update" for key, _ in parameters):
        status = 403 if posted else 400
        raise RefusedError(status, "this service only reads: it takes no updates")
    queries = direct + [value for key, value in parameters if key == "query"]
    if len(queries) > 1:
        raise RefusedError(400, "a request has one query")
    if posted and not queries:
        raise RefusedError(400, "the request has no query")
    if queries and len(queries[0].encode(errors="replace")) > limits.LONGEST:
        raise RefusedError(413, f"the query is longer than {limits.LONGEST} bytes")
    default = [value for key, value in parameters if key == "default-graph-uri"]
    named = [value for key, value in parameters if key == "named-graph-uri"]
    return Asked(queries[0] if queries else None, (default, named) if default or named else None)


def _text(data: bytes, options: str) -> str:
    charset = options.lower().partition("charset=")[2].partition(";")[0].strip().strip('"')
    try:
        if charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise RefusedError(415, "a query is posted in UTF-8")
        return data.decode()
    except UnicodeDecodeError:
        raise RefusedError(400, "the query is not in UTF-8") from None
