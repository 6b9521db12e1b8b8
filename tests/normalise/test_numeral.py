"""Numerals and their values."""

from decimal import Decimal

import pytest

from kg.normalise.numeral import integer, number, positional

NUMBERS = [
    ("0", "0 ０ 零 〇"),
    ("2", "2 ２ 二 两"),
    ("10", "10 １０ 十 一十 十余 10余 10多"),
    ("14", "14 十四 一十四"),
    ("20", "20 二十 二十余 20余"),
    ("37", "37 三十七"),
    ("100", "100 百 一百 百余 100多"),
    ("105", "105 一百零五 一百〇五"),
    ("110", "一百一十 一百一"),
    ("350", "三百五 三百五十 350"),
    ("3500", "3500 3,500 三千五百 三千五 3.5千"),
    ("1009", "一千零九 1009"),
    ("10000", "10000 1万 一万 万 万余 10,000"),
    ("12000", "1.2万 一万二 一万二千 12000 1万2千"),
    ("73000", "7.3万 7.3万余 七万三千"),
    ("200000", "20万 二十万 20多万"),
    ("1000000", "100万 一百万 百万 百余万"),
    ("13000000", "1300万 １３００万 一千三百万"),
    ("45000000", "4500万 4500多万 四千五百万"),
    ("12345678", "一千二百三十四万五千六百七十八"),
    ("130000000", "1.3亿 1亿3000万 一亿三千万 一点三亿"),
    ("150000000", "1.5亿 一点五亿 1.5亿余"),
    ("8310000000000", "8.31万亿 83100亿"),
    ("2000000000000", "2万亿 两万亿 二万亿"),
    ("0.5", "半 0.5 零点五"),
    ("1.5", "1.5 一点五 一倍半 一个半"),
    ("0.8", "八成 0.8"),
    ("0.85", "八成五 八成半"),
    ("0.3", "三成 百分之三十 十分之三"),
    ("1234.5", "1,234.5 1234.5 １２３４．５"),
]


@pytest.mark.parametrize(("value", "form"), [(value, form) for value, forms in NUMBERS for form in forms.split()])
def test_number(value, form):
    assert number(form) == Decimal(value)


def test_third():
    assert round(number("三分之一"), 4) == Decimal("0.3333")


@pytest.mark.parametrize("words", ["", "三四", "甲", "3甲", "十甲", "点五", "三点", "三分之", "之一"])
def test_no_number(words):
    assert number(words) is None


def test_positional():
    assert positional("二〇二一") == positional("二零二一") == positional("２０２１") == positional("2021") == 2021
    assert positional("二十") is None


def test_integer():
    assert integer("十四") == 14
    assert integer("1.5") is None
    assert integer("甲") is None


@pytest.mark.parametrize("words", ["9" * 10_000, "一" * 10_000, "１" * 10_000])
def test_endless_digits_are_no_number(words):
    assert number(words) is None
    assert positional(words) is None
