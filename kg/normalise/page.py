"""A whole HTML page -> the article in it: title, body, day of publication, publisher, address.

Where the article stands is known for the usual page systems (kind `main` in lexicon/boilerplate.csv); on
other pages resiliparse guesses. What a page says of itself is looked for under the names of metadata.csv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kg.catalogue import lexicon
from kg.normalise import markup
from kg.normalise.article import one_line, web_address
from kg.normalise.pattern import pattern
from kg.normalise.published import DAY, published_day

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, HTMLTree

IS_PAGE = pattern(r"<(?:html|body|head)[\s>]", re.IGNORECASE)  # a fragment has none of them
LINKED_DATA_DAY = pattern(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')  # "datePublished": "2021-07-27T17:33"
SITE_NAME = pattern(r"\s*(?:[_|｜]|--+|\s[-–]\s|-(?=[^-\d][^-]{1,14}$)).*")  # 某条新闻-新华网 · 某条新闻_栏目_某网
STAMP = pattern(rf"(?:{DAY.pattern})(?:(?<=:\d\d)|\s*来源)")  # 2019-06-15 08:18 · 2019年06月15日 来源
SOURCE = r"([^\s：:|｜（）()【】\[\]]{2,30})"  # the publisher's name after 来源：
CANONICAL = pattern("canonical", re.IGNORECASE)  # <link rel="canonical" href="https://…">
_LEAST = 40
"""Characters of an element or a guess that can be an article."""
_MENU_LINES = 30
"""Lines before a headline that can be the page's menus."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, and what it says of itself."""

    title: str
    body: str
    """One paragraph a line; empty if the page has no text."""
    published: date | None
    source: str
    url: str


def page_of(html: str) -> Page:
    """The article of an HTML page; raises InputError if its HTML is nested absurdly deep."""
    tree = markup.parse(html)
    stated = _metadata(tree)
    title = _title(tree, stated)
    every_line = markup.extract(tree, (), main=False) if _needs_text(stated) else ""
    return Page(
        title=title,
        body=_after_headline(_body(tree, html), title),
        published=_published(tree, stated, html, every_line),
        source=_source(stated, every_line),
        url=_url(tree, stated, html),
    )


def _metadata(tree: "HTMLTree") -> dict[str, str]:
    """What the meta elements say, by lower-case name; the first of a name counts."""
    stated: dict[str, str] = {}
    for element in tree.document.get_elements_by_tag_name("meta")[:] if tree.document is not None else ():
        content = one_line(element.getattr("content") or "")
        for attribute in ("name", "property", "itemprop"):
            name = element.getattr(attribute)
            if name and content:
                stated.setdefault(name.strip().lower(), content)
    return stated


@cache
def names(where: str, field: str) -> tuple[str, ...]:
    """The names of metadata.csv for one field at one place, most trusted first."""
    return tuple(row["name"] for row in lexicon("metadata") if row["where"] == where and row["field"] == field)


def _stated(stated: dict[str, str], field: str) -> Iterator[str]:
    return (stated[name] for name in names("page", field) if name in stated)


def _title(tree: "HTMLTree", stated: dict[str, str]) -> str:
    written = next(_stated(stated, "title"), "") or one_line(tree.title or "")
    headings = [one_line(element.text or "") for element in markup.select(tree, "h1, h2, .title, .h-title")]
    for heading in headings:
        if len(heading) > 1 and written.startswith(heading):
            return heading
    if not written:
        return next((heading for heading in headings if heading), "")
    shortened = SITE_NAME.sub("", written)
    return shortened if len(shortened) >= 4 else written


def _body(tree: "HTMLTree", html: str) -> str:
    known = _known_main(tree, html)
    if known is not None:
        body = markup.visible(known.html)
        if len(body) >= _LEAST:
            return body
    block, page = markup.patterns("block"), markup.patterns("page")
    body = ""
    for skipped, main in ((block + page, True), (block, True), (block, False)):
        body = markup.lines(markup.extract(tree, skipped, main=main))
        if len(body) >= _LEAST:
            break
    return body


def _known_main(tree: "HTMLTree", html: str) -> "ElementNode | None":
    """The innermost element known to hold articles that has most of the largest one's text."""
    selector = ", ".join(markup.occurring(html, "main"))
    found = [(len(element.text or ""), element) for element in markup.select(tree, selector)] if selector else []
    if not found:
        return None
    largest = max(size for size, _ in found)
    return [element for size, element in found if size >= max(_LEAST, 0.6 * largest)][-1] if largest >= _LEAST else None


def _after_headline(body: str, title: str) -> str:
    """The body without the headline, which the title repeats, and the menus before it."""
    lines = body.split("\n")
    start = next((place + 1 for place, line in enumerate(lines[:_MENU_LINES]) if line == title), 0)
    return "\n".join(lines[start:])


def _needs_text(stated: dict[str, str]) -> bool:
    """Whether the day or the publisher has to be looked for in the visible text."""
    return not any(map(published_day, _stated(stated, "published"))) or not any(_stated(stated, "source"))


def _published(tree: "HTMLTree", stated: dict[str, str], html: str, every_line: str) -> date | None:
    return next(filter(None, map(published_day, _days(tree, stated, html, every_line))), None)


def _days(tree: "HTMLTree", stated: dict[str, str], html: str, every_line: str) -> Iterator[str]:
    """What may say when a page was published, most trusted first."""
    yield from _stated(stated, "published")
    for told in LINKED_DATA_DAY.finditer(html):
        yield told[1]
    for element in markup.select(tree, "time[datetime]"):
        yield element.getattr("datetime") or ""
    for stamp in (labelled("published", f"({DAY.pattern})"), STAMP):
        for seen in stamp.finditer(every_line):
            yield seen[0]


def _source(stated: dict[str, str], every_line: str) -> str:
    pattern = labelled("source", SOURCE)
    for written in _stated(stated, "source"):
        after_label = pattern.match(written)
        if name := after_label[1] if after_label else written:
            return name
    seen = pattern.search(every_line)
    return seen[1] if seen else ""


@cache
def labelled(field: str, value: str) -> re.Pattern[str]:
    """What finds a value (its first group) after one of the field's labels: 发布时间：2021-07-27."""
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(map(re.escape, names('label', field)))})\s*[：:]\s*{value}")


def _url(tree: "HTMLTree", stated: dict[str, str], html: str) -> str:
    links = markup.select(tree, 'link[rel="canonical"]') if CANONICAL.search(html) else ()
    canonical = [element.getattr("href") or "" for element in links]
    return next(filter(None, map(web_address, [*canonical, *_stated(stated, "url")])), "")
