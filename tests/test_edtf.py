"""EDTF, level 1: which days a string bounds, and which strings are none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import bounds, day


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2021-06-23", "2021-06-23", "2021-06-23"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-05-XX", "2021-05-01", "2021-05-31"),
        ("2021-21", "2021-03-01", "2021-05-31"),
        ("2021-24", "2021-12-01", "2022-02-28"),
        ("2021-10~", "2021-10-01", "2021-10-31"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
        ("2018-07/2021-07", "2018-07-01", "2021-07-31"),
        ("../2021-10-31", None, "2021-10-31"),
        ("2021-07-01/..", "2021-07-01", None),
        ("/2021", None, "2021-12-31"),
    ],
)
def test_bounds(edtf, earliest, latest):
    assert bounds(edtf) == tuple(text and date.fromisoformat(text) for text in (earliest, latest))


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", " 2021", "2021\n", "2021/2022/2023", "2022/2021", "../..", "/", "2X21", "0000", "２０２１"),
        *("2021-13", "2021-02-30", "2021-XX-03", "2021-25", "2021-24-01", "21-1-1", "2021-7"),
    ],
)
def test_what_is_none(text):
    with pytest.raises(ValueError, match=r"EDTF|interval"):
        bounds(text)


@pytest.mark.parametrize(
    ("edtf", "full"),
    [("2021-07-01", "2021-07-01"), ("2021-07-01/..", "2021-07-01"), ("2021-07", None), ("../2021-07-01", None)],
)
def test_one_full_day(edtf, full):
    assert day(edtf) == full


@given(st.dates(), st.integers(0, 9999))
def test_any_interval_bounds_its_ends(start, days):
    end = min(start.toordinal() + days, date.max.toordinal())
    last = start + timedelta(days=end - start.toordinal())
    assert bounds(f"{start}/{last}") == (start, last)


@given(st.text("0123456789-/.X~?%", max_size=12))
def test_any_text_is_bounded_or_refused(text):
    try:
        earliest, latest = bounds(text)
    except ValueError:
        return
    assert earliest or latest
    assert not (earliest and latest) or earliest <= latest
