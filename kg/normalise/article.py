"""The parts of an article as read -> Article: its text, its address in the graph, its web address."""

import re
from datetime import date

from kg.model import Article
from kg.normalise.pattern import pattern

ARTICLES = "https://w3id.org/reformkg/id/article/"
_UNSAFE = pattern(  # what RFC 3987 does not allow in a path, so also `#`, `?` and `%`
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/\u00A0-\u200D\u2010-\u2027\u202F-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF"
    r"\U00010000-\U0001FFFD\U00020000-\U0002FFFD\U00030000-\U0003FFFD]"
)
_SAFE = pattern(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*")  # nearly every path; quickly compiled and tried
_IRI_CHARACTER = r"(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})"
WEB_ADDRESS = pattern(  # https://example.org:8080/a?b=c#d
    rf"https?://[\w\-]+(?:\.[\w\-]+)*(?::\d{{1,5}})?(?:/{_IRI_CHARACTER}*)?(?:\?(?:{_IRI_CHARACTER}|\?)*)?(?:#(?:{_IRI_CHARACTER}|\?)*)?",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 2000
_SPACE = r"\s\u200b-\u200f\u2060\ufeff"
_SPACES = pattern(rf"[{_SPACE}](?:(?<! )|(?=[{_SPACE}]))[{_SPACE}]*")  # a plain space alone stays


def article_of(
    text: str,
    *,
    identifier: str,
    title: str = "",
    published: date | None = None,
    source: str = "",
    url: str = "",
) -> Article:
    """An article with this body exactly as it is: without a title, offsets count in the text as given.

    Half characters (lone surrogates, which no encoding can write) become U+FFFD, one for one.
    """
    title, source = one_line(title), one_line(source)
    return Article(
        iri=article_iri(identifier),
        title=title,
        text=_writable(f"{title}\n{text}" if title else text),
        published=published,
        source=source,
        url=web_address(url),
        identifier=identifier,
    )


def article_iri(identifier: str) -> str:
    """The address of an article in the graph; what no IRI holds there is percent-encoded."""
    return ARTICLES + (identifier if _SAFE.fullmatch(identifier) else _UNSAFE.sub(_percent, identifier))


def web_address(written: str) -> str:
    """The http or https address as written; empty if it is none or not fit to be an IRI."""
    written = written.strip()
    return written if len(written) <= _LONGEST_ADDRESS and WEB_ADDRESS.fullmatch(written) else ""


def one_line(words: str) -> str:
    """Words on one line: line breaks, tabs and repeated spaces become one space, zero-width go."""
    return _writable(_SPACES.sub(_space, words).strip())


def _space(found: re.Match[str]) -> str:
    return " " if any(character.isspace() for character in found[0]) else ""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _writable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
