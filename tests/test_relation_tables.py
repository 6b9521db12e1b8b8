"""The tables of tests/relations: short texts, and what the whole text half states of them."""

from datetime import date
from pathlib import Path

import pytest
from conftest import make_document

from kg import extractors, linkers, relations, topic

TABLES = Path(__file__).parent / "relations"
PUBLISHED = date(2023, 6, 1)
DATES = ("dateAdopted", "dateIssued", "dateInForce", "startDate", "targetDate")


def rows(name):
    lines = (TABLES / name).read_text("utf-8").splitlines()
    return [pytest.param(*line.split("\t"), id=line[:16]) for line in lines if line and line[0] != "#"]


def read(text):
    document = make_document(text, PUBLISHED)
    mentions = extractors.extract(document)
    settled = topic.settle(document, mentions)
    return linkers.link(document, mentions, relations.relate(document, mentions, settled), settled)


def stated(text, predicates):
    found = (s for s in read(text).statements if s.predicate in predicates and s.object)
    return " | ".join(sorted(f"{s.predicate} {s.subject.label} {s.object.key}" for s in found))


@pytest.mark.parametrize(("text", "expected"), rows("dates.tsv"))
def test_dates(text, expected):
    assert stated(text, DATES) == expected
