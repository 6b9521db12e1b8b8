"""The commands: what they print, how they end, and that each has help with an example and stands in the README."""

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, cli
from kg.model import Article
from kg.normalise.article import article_of
from kg.table import table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SENTENCE = "到2021年10月底前，上海市大数据中心推进的“一网通办”接入事项3197项。"


def run(*arguments, **options):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="kg", **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "out"
    assert run("build", ROOT / "examples", "-o", folder, "--workers", 1).exit_code == 0
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    text = run(name, "--help").stdout
    assert COMMANDS[name] in text
    assert re.search(rf"Examples?:\n(.*\n)*?.*\bkg {name}\b", text)


BLOCK = re.compile(r"(<!-- (?:help: (\w+)|query) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def test_readme_shows_every_command_and_a_query(out, update_goldens):
    """Help pages and the result of the query stand there as the program prints them."""

    def printed(block):
        if name := block[2]:
            return f"{block[1]}```text\n{run(name, '--help', terminal_width=80).stdout}```\n{block[4]}"
        command = next(line for line in block[3].splitlines() if line.startswith("$ kg "))
        arguments = shlex.split(command.removeprefix("$ kg "))
        assert arguments[-1] == "out"
        return f"{block[1]}```console\n{command}\n{run(*arguments[:-1], out).stdout}```\n{block[4]}"

    expected = BLOCK.sub(printed, README)
    if update_goldens:
        (ROOT / "README.md").write_text(expected, encoding="utf-8")
    else:
        assert expected == README, "run `make goldens`"
    assert [name for _, name, _, _ in BLOCK.findall(README)] == ["", *COMMANDS]


def test_version_and_help():
    assert re.fullmatch(r"kg \d+\.\d+\.\d+\n", run("--version").stdout)
    assert all(name in run("--help").stdout for name in COMMANDS)
    assert run("nonsense").exit_code == 2
    assert run().exit_code == 2


HEAVY = {"jieba", "networkx", "pyoxigraph", "pyshacl", "pyvis", "rdflib"}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [(["--help"], set()), (["extract"], {"jieba"}), (["query", "--list"], {"pyoxigraph"})],
    ids=["help", "extract", "query"],
)
def test_commands_import_no_more_than_they_need(arguments, heavy):
    code = f"import sys; sys.argv[1:] = {arguments}\nfrom kg.cli import cli\ncli(standalone_mode=False)"
    code = f"import atexit, sys\natexit.register(lambda: print('LOADED', *sorted({HEAVY} & set(sys.modules))))\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, input=SENTENCE, capture_output=True, text=True, cwd=ROOT
    )
    assert set(done.stdout.rpartition("LOADED")[2].split()) <= heavy


class TestExtract:
    def test_json(self):
        found = json.loads(run("extract", "--published", "2021-07-27", input=SENTENCE).stdout)
        assert list(found) == ["id", "title", "published", "entities", "statements"]
        assert (found["id"], found["title"], found["published"]) == (None, None, "2021-07-27")
        mentions = [m for e in found["entities"] for m in e["mentions"]]
        evidence = [s for statement in found["statements"] for s in statement["evidence"]]
        assert mentions and evidence
        assert all(SENTENCE[s["start"] : s["end"]] == s["quote"] for s in mentions + evidence)
        (indicator,) = (e for e in found["entities"] if e["kind"] == "indicator")
        assert (indicator["value"], indicator["unit"], indicator["bound"]) == (3197, "项", "=")
        assert set(indicator) >= {"about", "measure"}
        keys = {(e["kind"], e["key"]) for e in found["entities"]}
        assert all(tuple(s["subject"]) in keys for s in found["statements"])
        assert all(s["object"] is None or tuple(s["object"]) in keys for s in found["statements"])

    @pytest.mark.parametrize(
        ("text", "code"), [("江苏省苏州市吴江区", "320509"), ("老河口市", "420682"), ("襄樊市", "420600")]
    )
    def test_bare_address(self, text, code):
        found = json.loads(run("extract", input=text).stdout)
        assert code in [e["key"] for e in found["entities"] if e["kind"] == "region"]

    def test_title_counts_in_the_offsets(self):
        found = json.loads(run("extract", "--title", "苏州改革", input="吴江区").stdout)
        (mention,) = (m for e in found["entities"] if e["key"] == "320509" for m in e["mentions"])
        assert (found["title"], mention["start"]) == ("苏州改革", 5)

    def test_file_in_any_form_and_encoding(self, tmp_path):
        (tmp_path / "a.html").write_bytes(f"<meta charset=gbk><p>{SENTENCE}</p>".encode("gb18030"))
        (tmp_path / "notes").write_bytes(SENTENCE.encode("utf-16"))
        for name in ("a.html", "notes"):
            found = json.loads(run("extract", tmp_path / name).stdout)
            assert found["id"] == name and "310000" in [e["key"] for e in found["entities"]]
        assert len(json.loads(run("extract", ROOT / "examples" / "briefs.jsonl").stdout)) == 3
        assert len(run("extract", ROOT / "examples" / "briefs.jsonl", "--format", "jsonl").stdout.splitlines()) == 3

    def test_turtle(self):
        import rdflib

        graph = rdflib.Graph().parse(data=run("extract", "--format", "ttl", input=SENTENCE).stdout, format="turtle")
        assert (rdflib.URIRef("https://w3id.org/reformkg/id/region/310000"), None, None) in graph

    def test_lines_are_answered_in_order(self):
        given = [{"id": "a1", "text": SENTENCE, "published": "2021-07-27"}, "{bad", {"text": "苏州市"}, {"id": 4}]
        text = "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in given)
        result = run("extract", "--jsonl", input=text)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert [one["id"] for one in answers] == ["a1", None, None, "4"]
        assert ["error" in one for one in answers] == [False, True, False, True]
        assert answers[1]["error"].startswith("line 2: not JSON") and answers[3]["error"].startswith("line 4: no text")
        assert answers[0]["published"] == "2021-07-27" and result.exit_code == 1

    def test_wrong_usage(self):
        for arguments in (["--published", "gestern"], ["--format", "pdf"], ["--jsonl", "--format", "ttl"]):
            assert run("extract", *arguments, input="x").exit_code == 2


class TestQuery:
    def test_list_names_every_query(self):
        listed = run("query", "--list").stdout.splitlines()
        names = {path.stem for path in (ROOT / "kg" / "queries").glob("*.rq")}
        assert {line.split()[0] for line in listed} == names and len(names) >= 12
        assert all(re.search(r"  .*[\u4e00-\u9fff].* / .*[A-Za-z]", line) for line in listed)

    @pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "kg/queries").glob("*.rq")))
    def test_named(self, out, name):
        result = run("query", name, out)
        assert result.exit_code == 0 and result.stderr.endswith((" rows\n", "1 row\n"))

    def test_formats(self, out):
        query = "SELECT ?r ?n { ?r a rkg:Reform ; skos:prefLabel ?n } ORDER BY ?n LIMIT 3"
        assert len(run("query", query, out).stdout.splitlines()) == 5
        rows = list(csv.reader(io.StringIO(run("query", query, out, "--format", "csv").stdout)))
        assert rows[0] == ["r", "n"] and len(rows) == 4
        found = json.loads(run("query", query, out, "--format", "json").stdout)
        assert len(found["results"]["bindings"]) == 3
        assert "<sparql" in run("query", query, out, "--format", "xml").stdout
        assert run("query", "ASK { ?a a rkg:Reform }", out).stdout == "true\n"
        assert "@prefix" in run("query", "CONSTRUCT WHERE { ?a a rkg:Reform }", out).stdout
        assert run("query", query, out, "--format", "ttl").exit_code == 2
        assert run("query", "CONSTRUCT WHERE { ?a a rkg:Reform }", out, "--format", "csv").exit_code == 2

    def test_from_file_and_standard_input(self, out, tmp_path):
        (tmp_path / "q.rq").write_text("SELECT (1 AS ?one) {}")
        assert run("query", tmp_path / "q.rq", out).stdout.split() == ["one", "───", "1"]
        assert run("query", "-", out, input="SELECT (1 AS ?one) {}").stdout.split() == ["one", "───", "1"]

    def test_dataset_without_a_store(self, out, tmp_path):
        (tmp_path / "graph.nq").write_bytes((out / "graph.nq").read_bytes())
        for place in (tmp_path, tmp_path / "graph.nq"):
            assert run("query", "articles", place).stdout == run("query", "articles", out).stdout

    def test_table_stands_straight_with_chinese(self):
        lines = list(table(["名", "n"], [["一网通办", "1"], ["ab", "22"], ["长" * 40, "3"]]))
        assert lines[2].startswith("一网通办" + " " * 54) and lines[3].startswith("ab" + " " * 60)
        assert lines[4].startswith("长" * 29 + "… ")


class TestOthers:
    @pytest.mark.parametrize("form", ["turtle", "nquads", "trig", "jsonld", "graphml", "gexf", "csv"])
    def test_export(self, out, tmp_path, form):
        result = run("export", form, out, "-o", tmp_path / "x")
        assert result.exit_code == 0 and (tmp_path / "x").exists()
        if form == "nquads":
            assert (tmp_path / "x").read_bytes() == (out / "graph.nq").read_bytes()
        if form == "turtle":
            assert (tmp_path / "x").read_bytes() == (out / "graph.ttl").read_bytes()

    def test_stats(self, out):
        manifest = json.loads((out / "manifest.json").read_bytes())
        assert json.loads(run("stats", out, "--format", "json").stdout) == manifest
        assert f"{manifest['quads']} quads" in run("stats", out).stdout

    def test_validate(self, out, tmp_path):
        assert run("validate", out).exit_code == 0
        dataset = (out / "graph.nq").read_text(encoding="utf-8")
        wrong = re.sub(r'(ns/oa#exact> ")[^"]+"', r'\1错"', dataset, count=1)
        (tmp_path / "graph.nq").write_text(wrong, encoding="utf-8")
        result = run("validate", tmp_path)
        assert result.exit_code == 1 and "violation: <https://w3id.org/reformkg/id/text/" in result.stdout

    def test_view(self, out):
        assert run("view", out).stdout == f"{out / 'graph.html'}\n"

    def test_build_says_where_everything_lies(self, out):
        result = run("build", ROOT / "examples", "-o", out, "--workers", 1)
        assert "nothing changed" in result.stdout
        for name in ("graph.ttl", "graph.nq", "graph.html"):
            assert str(out / name) in result.stdout
        query = result.stdout.splitlines()[-1].removeprefix("Try: kg ").split()
        assert run(*query).exit_code == 0

    def test_wrong_usage(self):
        for arguments in (
            ["build"],
            ["build", "x"],
            ["query"],
            ["export", "pdf", "out", "-o", "x"],
            ["build", "x", "-q"],
        ):
            assert run(*arguments).exit_code == 2


def test_public_names():
    import kg

    article = article_of(SENTENCE, identifier="x")
    assert isinstance(article, Article)
    document = kg.segment(article)
    mentions = kg.extract(document)
    topic = kg.settle(document, mentions)
    assert kg.link(document, mentions, kg.relate(document, mentions, topic), topic).entities
    assert all(callable(getattr(kg, name)) for name in kg.__all__)
    with pytest.raises(AttributeError):
        _ = kg.nothing
