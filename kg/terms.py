"""Terms and lines of N-Quads (https://www.w3.org/TR/n-quads/): literals, IRIs, what the ontology says.

The escapes are those of canonical N-Quads, so that a line comes back from a store as it went in.
"""

import re
from functools import cache, lru_cache
from hashlib import blake2b

import pyoxigraph

from kg import catalogue, edtf, vocab

SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
DATE = f"^^<{vocab.DATE}>"
DIGEST = 8
"""Bytes of the hash in an IRI: 16 hex digits."""


def _escape(match: re.Match[str]) -> str:
    return ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def literal(text: str, suffix: str = "") -> str:
    """A literal; `suffix` is `@zh` or `^^<datatype>`."""
    if not text.isalnum() and SPECIAL.search(text):
        text = SPECIAL.sub(_escape, text)
    return f'"{text}"{suffix}'


ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")  # \u0007 \n
UNESCAPED = {written[1]: meant for meant, written in ESCAPES.items()}


def _unescape(match: re.Match[str]) -> str:
    return UNESCAPED[match[3]] if match[3] else chr(int(match[1] or match[2], 16))


def content(term: str) -> str:
    """What an IRI or a literal says: without brackets, quotation marks, language and datatype."""
    if term[0] == "<":
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return ESCAPED.sub(_unescape, text) if "\\" in text else text


def language(term: str) -> str:
    """The language of a literal, in small letters; empty if it has none."""
    _, at, found = term[term.rfind('"') :].partition("@")
    return found.lower() if at else ""


def tail(predicate: str, object_: str) -> str:
    """What follows the subject in a line, without its graph: the predicate is an IRI, the object a term."""
    return f"<{predicate}> {object_}"


@lru_cache(maxsize=4096)  # an article names the same things again and again
def ref(kind: str, key: str) -> str:
    """The IRI of an entity, post, statement or text as a term."""
    return f"<{vocab.iri(kind, key)}>"


def digest(*parts: str) -> str:
    """A content hash for the IRI of what has no name."""
    return blake2b("\0".join(parts).encode(), digest_size=DIGEST).hexdigest()


@cache
def _ontology() -> tuple[pyoxigraph.Triple, ...]:
    data = (catalogue.ONTOLOGY / "reformkg.ttl").read_bytes()
    return tuple(quad.triple for quad in pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE))


@cache
def ontology_quads() -> tuple[str, ...]:
    """The terms of reformkg.ttl, in the default graph, sorted."""
    return tuple(sorted(f"{triple} .\n" for triple in _ontology()))


@cache
def supers(term: str) -> tuple[str, ...]:
    """The IRIs that reformkg.ttl puts above a class or property, all the way up, sorted."""
    found: set[str] = set()
    for triple in _ontology():
        above = triple.object
        if (
            triple.predicate.value in (vocab.SUBCLASS, vocab.SUBPROPERTY)
            and isinstance(triple.subject, pyoxigraph.NamedNode)
            and triple.subject.value == term
            and isinstance(above, pyoxigraph.NamedNode)
        ):
            found |= {above.value, *supers(above.value)}
    return tuple(sorted(found))


@cache
def _types(main: str, *more: str) -> tuple[str, ...]:
    """The tails that give an entity its class, all above it, and others."""
    return tuple(tail(vocab.TYPE, f"<{name}>") for name in (main, *supers(main), *more))


def types(kind: str, key: str = "") -> tuple[str, ...]:
    """The classes of an entity, as tails; many entities share them."""
    main = vocab.CLASSES[kind]
    if kind == "region" and key in catalogue.groups():
        return _types(vocab.REGION_GROUP)
    if kind == "person":
        return _types(main, vocab.FOAF_PERSON)
    if kind == "time":
        return _types(main, vocab.INSTANT if len(key) == 10 and edtf.day(key) else vocab.PROPER_INTERVAL)
    return _types(main)


def official(kind: str, key: str, label: str) -> str:
    """The label that holds everywhere: for a region that has a code, its name in the catalogue."""
    region = catalogue.regions().get(key) if kind == "region" else None
    return region.name if region else label


@lru_cache(maxsize=4096)  # an article names the same things again and again
def described(kind: str, key: str, label: str) -> tuple[str, ...]:
    """Types and labels of an entity that is no indicator, bounds of a time, as tails, sorted, each once."""
    tails = [*types(kind, key)]
    if kind == "time":
        earliest, latest = edtf.bounds(key)
        tails.append(tail(vocab.EDTF_VALUE, literal(key, f"^^<{vocab.EDTF_LEVEL_1}>")))
        for name, bound in ((vocab.EARLIEST, earliest), (vocab.LATEST, latest)):
            if bound:
                tails.append(tail(name, f'"{bound}"{DATE}'))
    else:
        tails.append(tail(vocab.PREF_LABEL, literal(label, "@zh")))
        if kind == "person":
            tails.append(tail(vocab.NAME, literal(label, "@zh")))
    return tuple(sorted({*tails}))
