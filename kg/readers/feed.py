"""RSS (0.9 to 2.0) and Atom -> articles.

Read with lxml, not feedparser: it parses the same feed a hundred times as fast, and with entities off
a bomb of them stays a few bytes, where feedparser takes most of a second.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Article, InputError, Skipped
from kg.normalise.article import article_of, web_address
from kg.normalise.charset import decode
from kg.normalise.markup import visible
from kg.normalise.pattern import pattern
from kg.normalise.published import published_day

if TYPE_CHECKING:
    from lxml.etree import _Element

DECLARATION = pattern(r"^\s*<\?xml[^>]*\?>")  # <?xml version="1.0" encoding="gb2312"?>
_ROOTS = ("rss", "feed", "RDF")
_BODIES = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "issued", "date", "updated", "modified")
_PUBLISHERS = ("source", "publisher", "creator", "author")


def read(data: bytes, identifier: str) -> Iterator[Article | Skipped]:
    """The articles of a feed, in order; named `FILE#id` by guid, id or link, or `FILE#N` without one."""
    root = _root(decode(data))
    publisher = next((_words(child) for holder in _channels(root) for child in _children(holder, ("title",))), "")
    entries = list(root.iter("{*}item", "{*}entry"))
    if not entries:
        raise InputError("no articles in this feed")
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        link = _link(entry)
        name = _first(entry, ("guid", "id")) or link or str(number)
        try:
            if name in seen:
                raise InputError(f"the id {name!r} was used before")
            seen.add(name)
            yield _article(entry, f"{identifier}#{name}", link, publisher)
        except InputError as error:
            yield Skipped(f"{identifier}#{name}", f"entry {number}: {error}")


def _root(text: str) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"not XML ({str(error).splitlines()[0]})") from None
    if root is None or _name(root) not in _ROOTS:
        raise InputError("not an RSS or Atom feed")
    return root


def _article(entry: "_Element", identifier: str, link: str, publisher: str) -> Article:
    bodies = [visible(_markup(element)) for element in _children(entry, _BODIES)]
    body = max(bodies, key=len, default="")
    if not body:
        raise InputError("no text in it")
    return article_of(
        body,
        identifier=identifier,
        title=visible(_first(entry, ("title",))),
        published=next(filter(None, (published_day(_words(day)) for day in _children(entry, _DAYS))), None),
        source=_first(entry, _PUBLISHERS) or publisher,
        url=link,
    )


def _name(element: "_Element") -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _channels(root: "_Element") -> list["_Element"]:
    return [root, *_children(root, ("channel",))]


def _children(element: "_Element", names: tuple[str, ...]) -> list["_Element"]:
    """The child elements of these names, in the order of the names."""
    children = [child for child in element if isinstance(child.tag, str)]
    return [child for name in names for child in children if _name(child) == name]


def _words(element: "_Element") -> str:
    return "".join(str(words) for words in element.itertext()).strip()


def _first(entry: "_Element", names: tuple[str, ...]) -> str:
    return next(filter(None, map(_words, _children(entry, names))), "")


def _link(entry: "_Element") -> str:
    """The address of an entry's page: text in RSS, in Atom the href of the link that is no other relation."""
    for element in _children(entry, ("link", "guid")):
        address = element.get("href") if element.get("rel", "alternate") == "alternate" else ""
        if found := web_address(address or _words(element)):
            return found
    return ""


def _markup(element: "_Element") -> str:
    """The HTML in an element: escaped, or as child elements (Atom's xhtml)."""
    if element.get("type") == "xhtml" or any(isinstance(child.tag, str) for child in element):
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return _words(element)
