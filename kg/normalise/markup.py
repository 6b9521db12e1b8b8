"""HTML -> its visible text: one paragraph a line, without what surrounds an article (boilerplate.csv).

The work is resiliparse's (lexbor underneath): it follows the HTML standard on broken markup, takes any depth
without recursion, and is ten to fifteen times as fast as trafilatura on the pages this was measured on.
"""

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick

from kg.catalogue import lexicon
from kg.model import InputError
from kg.normalise.pattern import pattern

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, HTMLTree

DEEPEST = 5_000
"""Elements inside one another; browsers stop at some hundreds."""
_LONGEST_BOILERPLATE = 80
"""Characters; a longer line is always kept."""

_CJK = r"\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u2018-\u201d\u2026"
WRAPPED = pattern(
    rf"\n(?<=[{_CJK}]\n)[ \t\r\n]*(?=[{_CJK}])"
)  # 国务⏎院 -> 国务院: Chinese has no space at a line's end
_GAP = r" \t\xa0\u2002-\u200a\u202f"
_UNSEEN = pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\uffff]")
# two spaces or one that is not the usual: a plain space alone stays
_WORD = pattern(r"[A-Za-z_]{2,}")  # of a CSS selector
_GAPS = pattern(rf"[{_GAP}](?:(?<! )|(?=[{_GAP}]))[{_GAP}]*")


def parse(html: str) -> "HTMLTree":
    """The tree of an HTML page or fragment; raises InputError if its elements are nested absurdly deep."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    if html.count("<") > DEEPEST and _deeper(tree):
        raise InputError(f"its HTML is nested more than {DEEPEST} deep")
    return tree


def _deeper(tree: "HTMLTree") -> bool:
    """Whether elements lie deeper than allowed; a walk by hand, since recursion would not survive it."""
    node, depth = (tree.document.first_child if tree.document is not None else None), 1
    while node is not None:
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            if depth > DEEPEST:
                return True
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return False


def select(tree: "HTMLTree", selector: str) -> list["ElementNode"]:
    """The elements that a CSS selector finds, in document order."""
    document = tree.document
    # all at once: going through the library's list looks every element up again
    return list(document.query_selector_all(selector)[:]) if document is not None else []


def visible(html: str) -> str:
    """The visible text of an HTML fragment, one paragraph a line; empty if it has none."""
    if "<" not in html:
        return lines(unescape(html))
    if "<pre" not in html and "pre-wrap" not in html:
        html = WRAPPED.sub("", html)
    return lines(extract(parse(html), occurring(html, "block"), main=False))


def occurring(html: str, kind: str) -> tuple[str, ...]:
    """The CSS selectors of a kind whose words occur in this HTML: no others find anything, and each costs time."""
    automaton, selectors = _selectors(kind)
    found = automaton.find_matches_as_indexes(html.encode("utf-8", "replace").lower(), overlapping=True)
    seen = {number for number, _, _ in found}
    return tuple([selectors[number] for number in sorted(seen)])


@cache
def _selectors(kind: str) -> tuple[BytesAhoCorasick, tuple[str, ...]]:
    """An automaton of one word of each CSS selector, the longest, and the selectors."""
    selectors = patterns(kind)
    words = [max(_WORD.findall(one), key=len).lower().encode() for one in selectors]
    return BytesAhoCorasick(words), selectors


def extract(tree: "HTMLTree", skipped: tuple[str, ...], *, main: bool) -> str:
    """The text of a tree without the skipped elements; `main` lets the library guess where the article is."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(
        tree,
        preserve_formatting=True,
        main_content=main,
        list_bullets=False,
        alt_texts=False,
        noscript=False,
        skip_elements=list(skipped),
    )
    return text


def lines(text: str) -> str:
    """Text with its lines trimmed (ideographic spaces too), without empty and boilerplate lines."""
    kept = (line.strip() for line in _GAPS.sub(" ", _UNSEEN.sub("", text)).split("\n"))
    return "\n".join(line for line in kept if line and not is_boilerplate(line))


def is_boilerplate(line: str) -> bool:
    """Whether a whole line belongs to the page and not to the article: 责任编辑：某某."""
    return len(line) <= _LONGEST_BOILERPLATE and _boilerplate().fullmatch(line) is not None


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns("line")))


@cache
def patterns(kind: str) -> tuple[str, ...]:
    """The patterns of one kind in boilerplate.csv: CSS selectors (block, page, main), expressions (line)."""
    return tuple(row["pattern"] for row in lexicon("boilerplate") if row["kind"] == kind)
