"""Bad input ends in one clear line that names the file; the other articles are built, and no result is lost."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

GOOD = "上海市人民政府推进“一网通办”改革。"
BOMB = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n---\n\n上海市推进改革。\n"
BAD = {
    "empty.txt": b"",
    "empty.md": b"",
    "spaces.txt": b" \n\n\t ",
    "no-text.html": b"<html><head><title>x</title><script>alert(1)</script></head><body></body></html>",
    "front-matter-only.md": "---\ntitle: 改革\n---\n".encode(),
    "broken-utf8.txt": GOOD.encode() * 20 + b"\xff\xfe\xfa" + GOOD.encode() * 20,
    "broken-utf16.txt": b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00",
    "malformed.md": "---\ntitle: [改革\ndate: 2021\n---\n\n上海市推进改革。\n".encode(),
    "bomb.md": BOMB.encode(),
    "tag.md": b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n\nx\n",
    "image.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
    "binary.html": bytes(range(256)) * 64,
    "not-json.jsonl": b"{nothing\n",
    "not-xml.rss": b"<html><body>no feed</body></html>",
    "no-entries.atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
}


def run(*arguments, **options):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="kg", **options)


def lines(result) -> list[str]:
    """What went to standard error, without a traceback."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result.stderr.splitlines()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_file_is_named_and_the_other_built(folder, tmp_path, name):
    (folder / name).write_bytes(BAD[name])
    result = run("build", folder, "-o", tmp_path / "out")
    (line,) = lines(result)
    assert line.startswith(f"skipped {name}") and len(line) < 300
    assert result.exit_code == 1
    assert "1 articles" in result.stdout
    assert "一网通办" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_file_alone_builds_nothing(tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    result = run("build", tmp_path / name, "-o", tmp_path / "out")
    first, last = lines(result)
    assert first.startswith(f"skipped {name}") and last == "kg: nothing was built: no article could be read"
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_html_nested_very_deep(folder, tmp_path):
    (folder / "deep.html").write_text("<div>" * 100_000 + GOOD + "</div>" * 100_000, encoding="utf-8")
    result = run("build", folder, "-o", tmp_path / "out")
    assert all(line.startswith("skipped deep.html: ") for line in lines(result))
    assert result.exit_code == len(lines(result)) <= 1


def test_article_of_fifty_megabytes(folder, tmp_path):
    (folder / "huge.txt").write_bytes((GOOD * 1000 + "\n").encode() * 1000)
    result = run("build", folder, "-o", tmp_path / "out")
    (line,) = lines(result)
    assert line == "skipped huge.txt: it is larger than 20 MB" and result.exit_code == 1


def test_bad_lines_of_a_collection_are_named(folder, tmp_path):
    (folder / "some.jsonl").write_text(f'{{"id": "a", "text": "{GOOD}"}}\nnothing\n{{"id": "b"}}\n', encoding="utf-8")
    result = run("build", folder, "-o", tmp_path / "out")
    one, two = lines(result)
    assert one.startswith("skipped some.jsonl#2: line 2: not JSON") and two.startswith("skipped some.jsonl#b: line 3:")
    assert result.exit_code == 1 and "2 articles" in result.stdout


def test_missing_path_and_folder_without_articles(folder, tmp_path):
    (tmp_path / "bare").mkdir()
    result = run("build", folder, tmp_path / "nowhere.md", tmp_path / "bare", "-o", tmp_path / "out")
    one, two = lines(result)
    assert one.startswith(f"skipped {tmp_path / 'bare'}: no articles in this folder")
    assert two == f"skipped {tmp_path / 'nowhere.md'}: no such file or folder"
    assert result.exit_code == 1


def test_no_inputs_at_all(tmp_path):
    (tmp_path / "bare").mkdir()
    for named in (tmp_path / "nowhere", tmp_path / "bare", f"{tmp_path}/*.md"):
        result = run("build", named, "-o", tmp_path / "out")
        (line,) = lines(result)
        assert str(named) in line and result.exit_code == 2
        assert not (tmp_path / "out").exists()


def test_bad_inputs_do_not_cost_the_former_result(folder, tmp_path):
    out = tmp_path / "out"
    assert run("build", folder, "-o", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.glob("graph.*")}
    (tmp_path / "bad.txt").write_text("")
    for named in ("bad.txt", "nowhere"):
        assert run("build", tmp_path / named, "-o", out).exit_code > 0
    assert {path.name: path.read_bytes() for path in out.glob("graph.*")} == before


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/kg-out", "/dev/null"])
def test_output_that_cannot_be_written(folder, tmp_path, out):
    (tmp_path / "file").write_text("mine")
    result = run("build", folder, "-o", tmp_path / out)
    (line,) = lines(result)
    assert line.startswith("kg: ") and Path(out).name in line
    assert result.exit_code == 2
    assert (tmp_path / "file").read_text() == "mine"


def test_export_that_cannot_be_written(folder, tmp_path):
    run("build", folder, "-o", tmp_path / "out")
    result = run("export", "turtle", tmp_path / "out", "-o", "/proc/kg/x.ttl")
    (line,) = lines(result)
    assert line.startswith("kg: /proc/kg/x.ttl") and result.exit_code == 2


def test_query_with_a_syntax_error(folder, tmp_path):
    run("build", folder, "-o", tmp_path / "out")
    (tmp_path / "wrong.rq").write_text("SELECT ?a {\n  ?a ?b\n}")
    (tmp_path / "binary.rq").write_bytes(b"\xff\xff")
    for query, words in (
        ("SELECT * { ?a", "line 1"),
        (tmp_path / "wrong.rq", "line 3, column"),
        (tmp_path / "binary.rq", "binary.rq: not UTF-8"),
        ("SELECT * { SERVICE <http://localhost/> { ?a ?b ?c } }", "SERVICE"),
        ("reform-by-agency", "did you mean reforms-by-agency?"),
    ):
        result = run("query", query, tmp_path / "out")
        (line,) = lines(result)
        assert line.startswith("kg: ") and words in line
        assert result.exit_code == 2 and not result.stdout


@pytest.mark.parametrize("command", ["query articles", "view", "validate", "stats", "export turtle"])
def test_folder_without_a_graph(tmp_path, command):
    (tmp_path / "bare").mkdir()
    for name in ("nowhere", "bare"):
        more = ["-o", tmp_path / "x.ttl"] if command.startswith("export") else []
        result = run(*command.split(), tmp_path / name, *more)
        (line,) = lines(result)
        assert line.startswith(f"kg: {tmp_path / name}: ") and result.exit_code == 2


def test_extract_of_bad_input(tmp_path):
    (tmp_path / "empty.md").write_bytes(b"")
    for arguments, given in (
        (["extract"], b""),
        (["extract"], b" \n"),
        (["extract"], bytes(range(256))),
        (["extract", tmp_path / "empty.md"], b""),
        (["extract", tmp_path / "nowhere"], b""),
        (["extract", "--jsonl", tmp_path / "nowhere"], b""),
    ):
        result = run(*arguments, input=given)
        (line,) = lines(result)
        assert line.startswith("kg: ") and result.exit_code == 2
