"""Persons and their posts: persons.tsv has one pattern a line, with the agencies as the text writes them."""

from collections import defaultdict
from pathlib import Path

import pytest
from conftest import make_document

from kg.extractors import legislation, person
from kg.linkers import legislation as legislation_linker
from kg.linkers import person as person_linker
from kg.model import Mention, Span, Topic
from kg.normalise import person_name, post
from kg.normalise.wordlist import alternation
from kg.relations import holds_post

LINES = (Path(__file__).parent / "persons.tsv").read_text("utf-8").splitlines()
PATTERNS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
TOPIC = Topic({}, "", {}, None, None)


def expected(cell):
    """`甲:省委|书记,|省长; 乙` -> {甲: {省委|书记, |省长}, 乙: set()}."""
    parts = (part.strip().partition(":") for part in cell.split(";"))
    return {name: {one for one in posts.split(",") if one} for name, _, posts in parts if name}


def agencies(text, wanted):
    """A mention of each agency that the expected posts name, wherever it stands."""
    for name in sorted({one.partition("|")[0] for posts in wanted.values() for one in posts} - {""}):
        start = text.find(name)
        while start >= 0:
            yield Mention("agency", Span(start, start + len(name), name), name, "agency.test")
            start = text.find(name, start + 1)


@pytest.mark.parametrize(("text", "cell"), PATTERNS, ids=[text[:24] for text, _ in PATTERNS])
def test_pattern(text, cell):
    wanted = expected(cell)
    document = make_document(text)
    persons = list(person.extract(document))
    assert {mention.value for mention in persons} == set(wanted)
    found = defaultdict(set)
    for relation in holds_post.relate(document, [*persons, *agencies(text, wanted)], TOPIC):
        span = relation.evidence
        assert text[span.start : span.end] == span.quote
        assert relation.subject.span.quote in span.quote
        assert relation.qualifier[-1] in span.quote
        agency = relation.object.span.quote if relation.object else ""
        found[relation.subject.value].add(f"{agency}|{relation.qualifier}")
    assert {name: found[name] for name, posts in wanted.items() if posts} == {
        name: posts for name, posts in wanted.items() if posts
    }


def test_reporter_is_no_person_even_where_the_name_stands_again():
    document = make_document("本报讯（记者 郑晓明）市长赵建军致辞。郑晓明表示，现场气氛热烈。")
    assert [mention.value for mention in person.extract(document)] == ["赵建军"]


def test_doctrine_is_no_mention_of_its_author():
    document = make_document("习近平总书记强调，要学习贯彻习近平新时代中国特色社会主义思想。")
    assert [mention.span.start for mention in person.extract(document)] == [0]


@pytest.mark.parametrize("text", ["", "\n", "·", "某", "摄", "（记者", "《《》", "：：", "张", "等", "市长"])
def test_scraps_raise_nothing(text):
    document = make_document(text)
    assert list(person.extract(document)) == []
    assert list(legislation.extract(document)) == []


def test_names_outscore_words():
    names = ["赵建军", "欧阳明", "马春生", "吴丽萍", "李强"]
    words = ["任务分", "高质量", "方便群", "于今年", "和群众", "安排"]
    assert min(map(person_name.score, names)) > max(map(person_name.score, words))


def test_titles_end_where_names_begin():
    assert [title.name for title in post.all_ending_at("市委常务副市长", 7)] == ["常务副市长", "副市长", "市长"]
    assert post.starting_at("国务委员兼外长", 0).name == "国务委员"


def test_alternation_takes_the_longest():
    import re

    pattern = re.compile(alternation(["意见", "实施意见", "实施"]))
    assert pattern.match("实施意见稿").group() == "实施意见"
    assert pattern.match("实施方案").group() == "实施"


def test_linkers_join_the_mentions_of_one_thing():
    document = make_document("市长赵建军说，《中华人民共和国数据法》好。赵建军说，《数据法》明确了责任。")
    people = list(person.extract(document))
    assert set(person_linker.link(document, people, TOPIC).values()) == {(("赵建军", "赵建军"),)}
    laws = list(legislation.extract(document))
    keys = {key for targets in legislation_linker.link(document, laws, TOPIC).values() for key, _ in targets}
    assert keys == {"中华人民共和国数据法"}
