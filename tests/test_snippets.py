"""The snippets of tests/extractors/KIND: a text, a line `---`, and what `kg.extractors.KIND` finds, one a line.

A line is the quote, then the value (of a quantity: value, unit, bound), divided by tabs. The text may begin with
`published: 2021-07-27` (and `title: …`) and an empty line. `negative-*` finds nothing; `known-failure-*`
is not found yet. `pytest --update-goldens` rewrites the results.
"""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from conftest import make_document

from kg.model import Mention, Quantity

ROOT = Path(__file__).parent / "extractors"
SNIPPETS = sorted(ROOT.glob("*/*.txt"))
HEADERS = ("published: ", "title: ")


def parts(path):
    """The headers by name, the text, and the expected lines."""
    text, _, expected = path.read_text("utf-8").partition("\n---\n")
    lines = text.split("\n")
    headers = {}
    while lines and lines[0].startswith(HEADERS):
        name, _, value = lines.pop(0).partition(": ")
        headers[name] = value
    if headers:
        assert lines and not lines[0], f"{path}: an empty line stands between headers and text"
        lines.pop(0)
    return headers, "\n".join(lines), expected.splitlines()


def line(mention: Mention) -> str:
    value = mention.value
    fields = [f"{value.value:f}", value.unit, value.bound] if isinstance(value, Quantity) else [value]
    return "\t".join([mention.span.quote, *fields]).rstrip("\t")


@pytest.mark.parametrize("path", SNIPPETS, ids=[f"{path.parent.name}/{path.stem}" for path in SNIPPETS])
def test_snippet(path, update_goldens, request):
    headers, text, expected = parts(path)
    published = date.fromisoformat(headers["published"]) if "published" in headers else None
    document = make_document(text, published, headers.get("title", ""))
    extract = import_module(f"kg.extractors.{path.parent.name}").extract
    mentions = sorted(extract(document), key=lambda mention: (mention.span.start, -mention.span.end))
    for mention in mentions:
        assert document.article.text[mention.span.start : mention.span.end] == mention.span.quote
    found = [line(mention) for mention in mentions]
    if path.stem.startswith("negative-"):
        assert not expected and not found
        return
    if path.stem.startswith("known-failure-"):
        request.applymarker(pytest.mark.xfail(strict=True))
    elif update_goldens:
        whole = path.read_text("utf-8").partition("\n---\n")[0].rstrip("\n")
        path.write_text(whole + "\n---\n" + "".join(f"{each}\n" for each in found), "utf-8")
        return
    assert found == expected
