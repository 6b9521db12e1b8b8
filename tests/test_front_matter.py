"""Front matter read line by line means what YAML makes of it, or is left to YAML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import InputError
from kg.readers import markdown

SIMPLE = [
    "title: 上海：一件事\ndate: 2021-07-27 09:30:00 +0800\n",
    "title: '上海: #1'\nsource: \"示例\" \nurl: https://example.org/a?b=c\n",
    "title: 【记者观察】“秒批”两年\n\ncategories:\n    - 示例\n    - '政务'\nauthor:\ncomments: false\n",
    "tags:\n- a\n- b\ntitle: a, b] c\nTitle: 二\ntitle: 三\n",
    "title: \u3000'全角'\n",
]
LEFT_TO_YAML = [
    "",
    "# 说明\ntitle: a\n",
    "title:a\n",
    "title: a: b\n",
    "title: a # b\n",
    "title: a\n  b\n",
    "title: 'it''s'\n",
    'title: "a\\nb"\n',
    "tags: [a, b]\n",
    "title: &a b\n",
    "title: |\n  a\n",
    "title:\ta\n",
    "title: a\x85b\n",
    "tags:\n  - a\n - b\n",
    "tags:\n  - a: b\n",
]


@pytest.mark.parametrize("written", SIMPLE)
def test_simple_lines_are_what_yaml_makes_of_them(written):
    assert markdown._simple(written) == markdown._yaml(written)


@pytest.mark.parametrize("written", LEFT_TO_YAML)
def test_anything_else_is_left_to_yaml(written):
    assert not markdown._simple(written)


PIECES = [
    "title",
    "date",
    "- ",
    "-",
    ":",
    ": ",
    " ",
    "  ",
    "\n",
    "'",
    '"',
    "#",
    "&",
    "*",
    "!",
    "[",
    "]",
    "{",
    "}",
    ",",
    "|",
    ">",
]
PIECES += [
    "上海",
    "：",
    "“",
    "”",
    "\u3000",
    "\t",
    "\\",
    "%",
    "@",
    "?",
    "~",
    "null",
    "2021-07-27",
    "\u2028",
    "\xa0",
    "\r",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_text_is_read_otherwise_than_yaml_reads_it(written):
    values = markdown._simple(written + "\n")
    if values:
        try:
            assert values == markdown._yaml(written + "\n")
        except InputError as error:  # what YAML refuses, the lines refuse too
            pytest.fail(f"{written!r}: {error}")
