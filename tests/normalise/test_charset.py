"""Bytes -> text in every encoding that Chinese articles come in."""

import pytest

from kg.model import InputError
from kg.normalise.charset import decode

TEXT = "上海市“一网通办”改革3年\n接入事项3197项，一览无余。\n"
TRADITIONAL = "臺灣的政府數位服務，一次辦理完成。"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("gb18030"),
        TEXT.encode("gb2312"),
    ],
)
def test_encodings(data):
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5"), ("utf-8", "gb18030"), ("gb2312", "utf-8")],
)
def test_declared_charset_counts_unless_it_is_wrong(declared, codec):
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{TRADITIONAL}</p>'
    assert TRADITIONAL in decode(page.encode(codec))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "it is a PNG image, not text"),
        (b"PK\x03\x04\x14\0", "it is a ZIP archive or Office document, not text"),
        (b"%PDF-1.7", "it is a PDF document, not text"),
        (b"\x00\x01\x02\x03" * 9, "it is binary data, not text"),
        (bytes(range(48)) * 9, "it is binary data, not text"),
        (TEXT.encode()[:-2] + b"\xff" + TEXT.encode(), "broken UTF-8 at byte"),
        (b"\xff\xfe" + "一".encode("utf-16-le") + b"\x00", "broken UTF-16-LE at byte 2"),
        (bytes(range(128, 256)) * 3, "its characters are neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_text_is_named(data, reason):
    with pytest.raises(InputError) as error:
        decode(data)
    assert str(error.value).startswith(reason)
