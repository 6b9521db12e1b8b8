"""Which mention holds where several claim the same words."""

from conftest import make_document

from kg.extractors import extract


def _regions(text):
    return [m.span.quote for m in extract(make_document(text)) if m.kind == "region"]


def test_regions_listed_before_their_bodies_stay():
    assert _regions("云南省、贵州省和四川省药品监管局签署协议。") == ["云南省", "贵州省", "四川省"]


def test_region_of_one_body_or_of_counted_ones_is_part_of_the_name():
    assert _regions("云南省药品监管局签署协议。") == []
    assert _regions("云南、贵州、四川三省药品监管局签署协议。") == []
