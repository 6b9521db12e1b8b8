"""A store -> its facts in JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), sorted, without evidence."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.store import Store

NAMESPACES = {namespace: prefix for prefix, namespace in vocab.PREFIXES.items()}


def _short(iri: str) -> str:
    """An IRI with a prefix where there is one: the text after the last / or # is what may follow it."""
    for cut in (iri.rfind("#") + 1, iri.rfind("/") + 1):
        prefix = NAMESPACES.get(iri[:cut]) if cut else None
        if prefix and iri[cut:]:
            return f"{prefix}:{iri[cut:]}"
    return iri


def _value(term: object) -> str | dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"@id": _short(term.value)}
    if not isinstance(term, ox.Literal):
        raise TypeError(f"not an IRI or literal: {term}")
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if term.datatype.value == vocab.XSD + "string":
        return term.value
    return {"@type": _short(term.datatype.value), "@value": term.value}


def export(store: Store, path: Path) -> None:
    """Writes background and facts of all articles as one set; the same facts give the same bytes."""
    triples = ox.parse("".join(store.facts()).encode(), ox.RdfFormat.N_TRIPLES)
    nodes = []
    for subject, about in groupby(triples, key=lambda quad: quad.subject):
        if not isinstance(subject, ox.NamedNode):
            raise TypeError(f"not an IRI: {subject}")
        node: dict[str, Any] = {"@id": _short(subject.value)}
        for predicate, group in groupby(about, key=lambda quad: quad.predicate.value):
            if predicate == vocab.TYPE:
                node["@type"] = [_short(q.object.value) for q in group if isinstance(q.object, ox.NamedNode)]
            else:
                values = [_value(quad.object) for quad in group]
                node[_short(predicate)] = values if len(values) > 1 else values[0]
        nodes.append(node)
    document = {"@context": vocab.PREFIXES, "@graph": nodes}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
