"""The generator of the benchmarks: every article is the same each time, alone or among others, under any hash seed."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest

from benchmarks import corpus, table
from kg.readers import read

SHOWN = "from benchmarks import corpus; print(''.join(map(corpus.line, corpus.articles(40))))"


def test_the_same_under_two_hash_seeds():
    digests = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", SHOWN], check=True, capture_output=True, env=environment)
        digests.add(sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_an_article_does_not_depend_on_the_size():
    assert list(corpus.articles(3, first=37)) == list(corpus.articles(40))[37:]


def test_articles_differ():
    texts = {one.paragraphs for one in corpus.articles(60)}
    assert len(texts) == 60


@pytest.mark.parametrize("form", sorted(corpus.FORMS))
def test_every_form_reads_back(form, tmp_path):
    corpus.write(3, tmp_path, form)
    found = [one for path in sorted(tmp_path.rglob(f"*.{form}")) for one in read(path)]
    made = list(corpus.articles(3))
    assert [one.title for one in found] == [one.title for one in made]
    assert [one.published for one in found] == [one.published for one in made]
    assert all(paragraph in one.text for one, mine in zip(found, made, strict=True) for paragraph in mine.paragraphs)


def test_a_block_between_markers_is_replaced():
    text = "a\n<!-- bench -->\nold\n<!-- end -->\nb\n<!-- end -->\n"
    assert table.replaced(text, "bench", "new") == "a\n<!-- bench -->\n\nnew\n\n<!-- end -->\nb\n<!-- end -->\n"
    assert table.replaced(text, "peers", "new") == text
