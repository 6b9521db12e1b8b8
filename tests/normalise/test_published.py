"""Dates as sources write them -> the calendar day in China."""

from datetime import date

import pytest

from kg.normalise.published import published_day

CORPUS = [
    (
        date(2021, 7, 27),
        [
            "Tue, 27 Jul 2021 09:33:11 GMT",
            "27 Jul 2021 09:33:11 +0000",
            "Tue Jul 27 17:33:11 CST 2021",
            "2021-07-27",
            "2021-07-27 10:00",
            "2021-07-27 10:00:00",
            "2021-07-27T10:00:00+08:00",
            "2021-07-27T10:00:00.000Z",
            "2021-07-27 09:00:00 +0800",
            "2021-07-27-08:20:00",
            "2021年7月27日",
            "2021年07月27日08:18",
            "2021年7月27日9时5分",
            "２０２１年７月２７日",
            "2021/7/27",
            "2021.07.27",
            "20210727",
            "202107271030",
            "20210727103000",
            "1627378391",
            "1627378391000",
            "发布时间：2021-07-27 09:05",
            "  2021-07-27  ",
        ],
    ),
    (
        date(2021, 7, 28),
        [
            "Tue, 27 Jul 2021 16:00:00 GMT",
            "2021-07-27T20:00:00Z",
            "2021-07-27T12:00:00-07:00",
            "2021-7-27 23:00:00 +0000",
            "2021-07-27 16:30:00 UTC",
        ],
    ),
    (date(2021, 7, 26), ["2021-07-27T01:00:00+14:00"]),
]
NO_DAY = ["", "昨天", "2021", "2021-13-45", "Mon, 99 Foo", "9999-12-31T23:59:59-12:00", "0001-01-01", "8" * 10_000]


@pytest.mark.parametrize(("day", "written"), [(day, written) for day, forms in CORPUS for written in forms])
def test_day_in_china(day, written):
    assert published_day(written) == day


@pytest.mark.parametrize("written", NO_DAY)
def test_no_day(written):
    assert published_day(written) is None
