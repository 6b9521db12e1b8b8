"""Files in every form -> articles; what cannot be read says why in one line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, InputError, Skipped
from kg.readers import LARGEST_ARTICLE, READERS, article_of, parse, read

FILES = Path(__file__).parent / "readers"
ARTICLES = "https://w3id.org/reformkg/id/article/"


def one(name: str) -> Article:
    (article,) = read(FILES / name)
    assert isinstance(article, Article)
    return article


def reason(data: bytes, suffix: str) -> str:
    with pytest.raises(InputError) as error:
        list(parse(data, "name" + suffix, suffix))
    message = str(error.value)
    assert "\n" not in message
    return message


def test_hexo_with_html():
    article = one("hexo.md")
    assert article.text == (
        "沪上“一网通办”新增20项事项 年底前再增5项\n"
        "原标题：沪上“一网通办”新增事项\n"
        "“一网通办”平台新增事项20项，累计3600项。\n"
        "市民在大厅办事。\n"
        "年底前再增5项。（完）"
    )
    assert (article.published, article.source, article.url) == (date(2023, 3, 3), "某某财经", "")
    assert (article.identifier, article.iri) == ("hexo.md", ARTICLES + "hexo.md")


def test_jekyll_with_markdown():
    article = one("jekyll.md")
    assert article.text == (
        "“最多跑一次”改革: 两年回望\n"
        "做了什么\n"
        "2018年11月30日，浙江省人大常委会通过了《规定》，自2019年1月1日起施行。\n"
        "一窗受理；\n一次告知。\n先试点\n再推开\n引用的一段话。\n事项 数量\n一窗 100项\n"
        "一、总体要求\n到2020年，事项*全部上线。"
    )
    assert (article.published, article.source) == (date(2018, 12, 4), "")
    assert article.url == "https://example.org/2018/visit.html"


def test_html_page_of_a_known_form():
    article = one("page.html")
    assert article.text == (
        "市大数据中心揭牌\n"
        "5月6日，市大数据中心揭牌，市政府秘书长出席揭牌仪式。\n"
        "中心将承担公共数据归集、共享和开放的具体工作，首批归集数据1.2亿条，覆盖全市16个区。"
    )
    assert (article.published, article.source) == (date(2020, 5, 7), "某某新闻网")
    assert article.url == "https://example.org/2020/05/06/a.html"


def test_html_page_without_any_hint():
    article = one("bare-page.htm")
    assert article.text == (
        "市审批局推出“一件事”\n"
        "3月8日，市行政审批局推出企业开办“一件事”，最快0.5天办结，比法定时限少了4.5天。\n"
        "施行日期：2022年4月1日。今年已办120件，全部通过网上受理。"
    )
    assert (article.published, article.source) == (date(2022, 3, 9), "某某市审批局")


def test_plain_text_keeps_its_header_and_spaces():
    article = one("plain.txt")
    assert article.title == "两地签约“跨省通办”"
    assert article.text == (FILES / "plain.txt").read_text(encoding="utf-8")
    assert (article.published, article.source) == (date(2021, 7, 27), "某某日报")


def test_plain_text_without_title_is_taken_as_it_is():
    article = one("untitled.txt")
    assert (article.title, article.published) == ("", None)
    assert article.text == (FILES / "untitled.txt").read_text(encoding="utf-8")


def test_json_lines_name_the_bad_and_keep_the_good():
    results = read(FILES / "lines.jsonl", "in/lines.jsonl")
    articles = {result.identifier: result for result in results if isinstance(result, Article)}
    assert list(articles) == [f"in/lines.jsonl#{name}" for name in ("a1", "2", "7", "page", "half")]
    first = articles["in/lines.jsonl#a1"]
    assert first.text == "题\n第一行\n　　第二行 "
    assert (first.published, first.source, first.url) == (date(2021, 7, 28), "某报", "https://example.org/1")
    assert first.iri == ARTICLES + "in/lines.jsonl%23a1"
    second = articles["in/lines.jsonl#2"]
    assert (second.title, second.published, second.url) == ("", date(2021, 7, 27), "")
    assert articles["in/lines.jsonl#7"].text == "甲\n乙"
    page = articles["in/lines.jsonl#page"]
    assert (page.title, page.published) == ("整页的题目", date(2020, 1, 2))
    assert articles["in/lines.jsonl#half"].text == "半个\ufffd字"
    assert [
        (result.identifier.partition("#")[2], result.reason) for result in results if isinstance(result, Skipped)
    ] == [
        ("6", "line 6: not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("7", "line 7: not a JSON object"),
        ("a1", "line 8: the id 'a1' was used before"),
        ("empty", "line 9: no text in it"),
        ("number", "line 10: its 'text' is no text"),
    ]


def test_rss():
    first, second, bare, repeated = read(FILES / "feed.rss")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "甲事&乙事\n长的正文 一段。\n又一段。"
    assert (first.published, first.source, first.url) == (date(2021, 7, 28), "某某日报", "https://example.org/1")
    assert (first.identifier, second.identifier) == ("feed.rss#g-1", "feed.rss#https://example.org/2")
    assert (second.text, second.published) == ("丙事\n转义的正文。", None)
    assert bare == Skipped("feed.rss#g-3", "entry 3: no text in it")
    assert repeated == Skipped("feed.rss#g-1", "entry 4: the id 'g-1' was used before")


def test_atom():
    article = one("feed.atom")
    assert article.text == "丁事\n第一段。\n第二段。"
    assert (article.published, article.source) == (date(2021, 7, 27), "某记者")
    assert (article.identifier, article.url) == ("feed.atom#urn:1", "https://example.org/3")


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_empty_and_blank_files_and_files_without_text(suffix):
    assert reason(b"", suffix) == "the file is empty"
    if suffix not in (".jsonl", ".ndjson"):
        assert reason(b" \n\n", suffix)


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ('title: "没有收尾\nb: [', "its front matter is not YAML"),
        ("title: 上海: 一网: 通办", "its front matter is not YAML: mapping values are not allowed"),
        ("- a\n- b", "its front matter is no list of keys and values"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "its front matter has an alias"),
        ('title: !!python/object/apply:os.system ["true"]', "its front matter has a tag"),
        ("a: " + "[" * 100_000, "its front matter is longer than"),
        ("a: " + "[" * 5_000 + "]" * 5_000, "its front matter is nested too deep"),
    ],
)
def test_bad_front_matter(front, message):
    assert reason(f"---\n{front}\n---\n正文".encode(), ".md").startswith(message)


def test_front_matter_that_is_never_closed():
    assert reason("---\ntitle: a\n正文".encode(), ".md") == "its front matter has no closing ---"


def test_markdown_without_front_matter():
    (article,) = parse("# 题目\n\n正文。\n".encode(), "a.md", ".md")
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("题目", "题目\n正文。")


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_html_nested_absurdly_deep(suffix):
    assert "deep" in reason(b"<div>" * 100_000 + "字".encode(), suffix)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [("[" * 100_000, ".md"), ("![" * 50_000, ".md"), ("**a " * 20_000, ".md"), ("- " * 50_000 + "x", ".md")],
)
def test_hostile_markdown_ends(data, suffix):
    assert list(parse(data.encode(), "a.md", suffix))


@pytest.mark.parametrize(
    "data",
    [
        b"<a>x</a>",
        b"no xml",
        b"<rss>" + b"<a>" * 100_000,
        b"<rss><channel/></rss>",
        b'<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;">]><feed>&b;</feed>',
    ],
)
def test_bad_feeds(data):
    assert reason(data, ".xml")


def test_entities_in_a_feed_are_not_expanded():
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    feed = f'<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx">{bomb}]><rss><item><title>t</title><description>正文&i;</description></item></rss>'  # noqa: E501
    (article,) = parse(feed.encode(), "a.rss", ".rss")
    assert isinstance(article, Article)
    assert len(article.text) < 20


def test_an_entry_that_cannot_be_read_does_not_stop_the_others():
    deep = "&lt;b&gt;" * 100_000
    feed = f"<rss><item><description>{deep}字</description></item><item><description>好。</description></item></rss>"
    first, second = parse(feed.encode(), "a.rss", ".rss")
    assert isinstance(first, Skipped)
    assert isinstance(second, Article)


def test_paths(tmp_path):
    for path, message in [
        (tmp_path / "missing.md", "no such file"),
        (tmp_path, "it is no file"),
        (tmp_path / "a.docx", "unknown kind of file .docx; known are .atom .htm"),
        (tmp_path / "large.html", f"it is larger than {LARGEST_ARTICLE // 1_000_000} MB"),
    ]:
        if path.suffix == ".docx":
            path.write_bytes(b"x")
        if path.stem == "large":
            with path.open("wb") as file:
                file.truncate(LARGEST_ARTICLE + 1)
        with pytest.raises(InputError) as error:
            read(path)
        assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("2021/上海.md", "2021/上海.md"),
        ("a b.md", "a%20b.md"),
        ("a.jsonl#x?y%z", "a.jsonl%23x%3Fy%25z"),
        ("feed.rss#https://example.org/a", "feed.rss%23https://example.org/a"),
        ('<">\\^`{|}', "%3C%22%3E%5C%5E%60%7B%7C%7D"),
    ],
)
def test_article_addresses(identifier, path):
    assert article_of("x", identifier=identifier).iri == ARTICLES + path


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_text_given_without_title_stays_as_it_is(text):
    assert article_of(text, identifier="x").text == text


@given(st.binary(max_size=400), st.sampled_from(sorted(READERS)))
def test_no_bytes_raise_anything_but_an_input_error(data, suffix):
    try:
        results = list(parse(data, "x" + suffix, suffix))
    except InputError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert all(result.text.strip() for result in results if isinstance(result, Article))


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</div>",
                "<div class=share>",
                "上海",
                "。",
                "\n",
                "---\n",
                "title: ",
                "**",
                "[",
                "](",
                "&lt;",
                "- ",
            ]
        )
    ),
    st.sampled_from(sorted(READERS)),
)
def test_no_markup_raises_anything_but_an_input_error(pieces, suffix):
    try:
        list(parse("".join(pieces).encode(), "x" + suffix, suffix))
    except InputError as error:
        assert len(str(error).splitlines()) == 1
