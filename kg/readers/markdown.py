"""Markdown with front matter (Hexo, Jekyll) and a body of HTML, paragraphs or both -> its article."""

import re
from collections.abc import Iterator
from html import unescape

from kg.model import Article, InputError
from kg.normalise.article import article_of, web_address
from kg.normalise.charset import decode
from kg.normalise.markup import lines, visible
from kg.normalise.page import names
from kg.normalise.pattern import pattern
from kg.normalise.published import published_day

FRONT_MATTER = pattern(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
OPENED = pattern(r"\s*---[ \t]*\n[ \t]*\w+[ \t]*:")  # front matter that was begun, closed or not
_LONGEST_FRONT_MATTER = 16_000
"""Characters; the time that deep YAML takes grows with their square."""

_WIDE = r"\u00b7\u2010-\u2027\u2030-\u205e\u3000-\u9fff\uff00-\uffee"  # Chinese, its marks and no line end
_PLAIN = rf"(?>[A-Za-z0-9{_WIDE}](?:[ -\"$-9;-~{_WIDE}]+|:(?=[^ \n]))*)"  # without # and a colon before a space
_VALUE = rf"(?:{_PLAIN}|'[ -&(-~{_WIDE}]*' *|\"[ !#-\[\]-~{_WIDE}]*\" *)\n"
# date: 2021-07-27 09:30 · title: '上海：一件事' · source: · categories: and under it lines of - 示例
ENTRY = pattern(
    rf"(?P<key>[A-Za-z_][A-Za-z0-9_-]*):(?: +(?P<value>{_VALUE})"
    rf"| *\n(?P<indent> *)- +(?P<first>{_VALUE})(?:(?P=indent)- +{_VALUE})*| *\n)| *\n"
)
HEADING = pattern(r"^ {0,3}#{1,6}[ \t]+([^\n]+)$")  # ## 三种办法
STANDS_ALONE = pattern(
    r"^\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>|\||<)"
)  # a line that never continues the one before
MARKER = pattern(r"^\s*(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)?")
NOT_WORDS = pattern(
    r"^\s*(?:([-*_=])(?:\s*\1){2,}|\|?[\s:|-]*-{3}[\s:|-]*|```.*|~~~.*|\{%.*%\}|\[[^\]]+\]:\s+\S+.*)\s*$"
)
IMAGE = pattern(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}(?:\s+[\"'][^)]{0,300})?\)")  # ![图](a.png "说明")
LINK = pattern(
    r"\[([^\[\]]{1,300})\](?:\([^()\s]{0,2000}(?:\s+[\"'][^)]{0,300})?\)|\[[^\[\]]{0,300}\])(?:\{[^{}]{0,300}\})?"
)  # [清单](https://…) -> 清单
EMPHASIS = pattern(r"(?<!\\)(\*{1,3}|__|~~|`+)(?=\S)(.{1,500}?)(?<=\S)\1")  # **浦东新区** -> 浦东新区
TEMPLATE = pattern(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}")  # {% post_link … %}
ESCAPED = pattern(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")  # \* -> *
MARKED = pattern(r"[\[*_`~{\\|]")  # a line without any of them has no inline marks
MARKUP = pattern(r"<[A-Za-z!/]")
ENDED = pattern(r"[。！？；：!?;:…”’）)】》」][*_~]*$")  # a line that ends like this ends its paragraph
_LONGEST_MARK = 300
"""Characters of a line that can be a rule, a fence, a template call or a link's address."""
_WRAPPED_AT = 30
"""Characters; a shorter line is not one that was wrapped, unless it ends in a comma."""


def read(data: bytes, identifier: str) -> Iterator[Article]:
    """The article of a Markdown file; without front matter its first heading is the title."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("no text in it")
    front, body = _parts(text)
    title = _stated(front, "title")
    if not title:
        title, body = _heading(body)
    body = _words(body)
    if not body:
        raise InputError("no text in it")
    yield article_of(
        body,
        identifier=identifier,
        title=visible(title) if MARKUP.search(title) else unescape(title),
        published=next(filter(None, map(published_day, _all_stated(front, "published"))), None),
        source=next((value for value in _all_stated(front, "source") if not web_address(value)), ""),
        url=next(filter(None, map(web_address, _all_stated(front, "url"))), ""),
    )


def _parts(text: str) -> tuple[dict[str, str], str]:
    """Front matter by lower-case key, and what follows it."""
    found = FRONT_MATTER.match(text)
    if found is None:
        if OPENED.match(text):
            raise InputError("its front matter has no closing ---")
        return {}, text
    return _front_matter(found[1]), text[found.end() :]


def _front_matter(written: str) -> dict[str, str]:
    """The single values and first values of lists, as written: dates stay words, nothing is constructed."""
    if len(written) > _LONGEST_FRONT_MATTER:
        raise InputError(f"its front matter is longer than {_LONGEST_FRONT_MATTER} characters")
    values = _simple(written)
    if values is None:
        values = _yaml(written)
    return {key.lower(): value.strip() for key, value in values.items()}


def _simple(written: str) -> dict[str, str] | None:
    """What YAML makes of front matter in which every line is an `ENTRY`; None for any other."""
    values, end = {}, 0
    while end < len(written):
        entry = ENTRY.match(written, end)
        if entry is None:
            return None
        key, value, first = entry.group("key", "value", "first")
        if key:
            words = (value or first or "").rstrip(" \n")
            values[key] = words[1:-1] if words[:1] in ("'", '"') else words
        end = entry.end()
    return values


def _yaml(written: str) -> dict[str, str]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if re.search(r"[&*!]", written):
            _refuse_tricks(written, loader)
        values = yaml.load(written, Loader=loader)  # noqa: S506 - a base loader makes strings, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" on its line {mark.line + 1}" if mark is not None else ""
        raise InputError(f"its front matter is not YAML: {getattr(error, 'problem', None) or 'error'}{place}") from None
    except RecursionError:
        raise InputError("its front matter is nested too deep") from None
    if not isinstance(values, dict):
        if values in (None, ""):
            return {}
        raise InputError("its front matter is no list of keys and values")
    flat = ((key, value[0] if isinstance(value, list) and value else value) for key, value in values.items())
    return {key: value for key, value in flat if isinstance(key, str) and isinstance(value, str)}


def _refuse_tricks(written: str, loader: type) -> None:
    """Aliases can make a few lines fill the memory, tags ask for Python objects; articles need neither."""
    import yaml

    for event in yaml.parse(written, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise InputError("its front matter has an alias (*), which is not read")
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
            raise InputError("its front matter has a tag (!), which is not read")


def _all_stated(front: dict[str, str], field: str) -> list[str]:
    return [front[name] for name in names("front", field) if front.get(name)]


def _stated(front: dict[str, str], field: str) -> str:
    return next(iter(_all_stated(front, field)), "")


def _heading(body: str) -> tuple[str, str]:
    """The heading that opens a body without front matter, and the rest; no title if it opens otherwise."""
    first, _, rest = body.lstrip().partition("\n")
    found = HEADING.match(first)
    return (_inline(found[1].strip(" \t#")), rest) if found and rest.strip() else ("", body)


def _words(body: str) -> str:
    """The body's visible text, one paragraph a line."""
    if body.lstrip().startswith("<"):
        return visible(body)
    paragraphs = _paragraphs(body)
    if MARKUP.search(body):
        return visible("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs))
    return lines(unescape("\n".join(paragraphs)))


def _paragraphs(body: str) -> Iterator[str]:
    """Markdown's blocks without their marks; wrapped lines are joined again, in Chinese without a space."""
    paragraph = ""
    for line in body.split("\n"):
        if not line.strip() or (len(line) <= _LONGEST_MARK and NOT_WORDS.match(line)):
            yield from filter(None, (paragraph,))
            paragraph = ""
            continue
        alone = STANDS_ALONE.match(line) is not None
        open_ended = paragraph.endswith(("，", "、")) or len(paragraph) >= _WRAPPED_AT
        wrapped = open_ended and not alone and not ENDED.search(paragraph)
        if paragraph and not wrapped:
            yield paragraph
            paragraph = ""
        words = _inline(MARKER.sub("", line, count=1))
        apart = paragraph[-1:].isascii() and words[:1].isascii() and paragraph
        paragraph = f"{paragraph} {words}" if apart else paragraph + words
    yield from filter(None, (paragraph,))


def _inline(words: str) -> str:
    """A line without the marks of emphasis, links, images and code."""
    if not MARKED.search(words):
        return words.strip()
    if words.startswith("|"):
        words = " ".join(cell.strip() for cell in words.strip().strip("|").split("|"))
    words = LINK.sub(r"\1", IMAGE.sub("", TEMPLATE.sub("", words)))
    return ESCAPED.sub(r"\1", EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", words))).strip()
