"""Bytes -> text: byte order mark, UTF-16 by its zero bytes, UTF-8, the declared charset, GB18030.

Valid UTF-8 comes before the declaration: pages are often saved again as UTF-8 under their old
`charset=gb2312`, while text in another encoding is hardly ever valid UTF-8.
"""

import re

from kg.model import InputError
from kg.normalise.pattern import pattern

DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")  # <meta charset="gb2312">
UNFAMILIAR = pattern(r"[^\t\n\r -~\xa0-\xb7\u2010-\u27bf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffee]")
_DECLARED_WITHIN = 4096
"""Bytes at the start of a file among which a declaration is looked for."""
_CODECS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16-le"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be"), "utf-16-be"),
}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)

_OPENINGS = tuple(opening for opening, _ in (*_SIGNATURES, *_MARKS))


def decode(data: bytes) -> str:
    """The text of a file's bytes, without byte order mark; raises InputError if they are no text we know."""
    if data.startswith(_OPENINGS):
        for signature, what in _SIGNATURES:
            if data.startswith(signature):
                raise InputError(f"it is {what}, not text")
        for mark, codec in _MARKS:
            if data.startswith(mark):
                return _strict(data[len(mark) :], codec)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start)


def _strict(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(f"broken {codec.upper()} at byte {error.start}") from None
    if "\0" in text:
        raise InputError("it is binary data, not text")
    return text


def _unmarked_utf16(data: bytes) -> str:
    """Zero bytes without a byte order mark: UTF-16 if one of its two byte orders gives text that is read here."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text
    raise InputError("it is binary data, not text")


def _is_plausible(text: str) -> bool:
    """Whether nearly all characters are those of Chinese and English text."""
    return len(UNFAMILIAR.findall(text)) * 10 <= len(text)


def _not_utf8(data: bytes, fault: int) -> str:
    """Bytes that are not UTF-8: in the declared charset or GB18030, unless plainly UTF-8 with a fault."""
    text = data.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") * 10 < foreign:
        raise InputError(f"broken UTF-8 at byte {fault}")
    declared = DECLARATION.search(data, 0, _DECLARED_WITHIN)
    codec = _CODECS.get(declared[1].decode("ascii").lower(), "gb18030") if declared else "gb18030"
    for attempt in dict.fromkeys((codec, "gb18030")):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text
    raise InputError("its characters are neither UTF-8 nor GB18030 nor what it declares")
