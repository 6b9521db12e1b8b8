"""Building: what is read, what is written, and that a second build is the same as a fresh one."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import assembly, inputs, intake, lines, versions, workers
from kg.builder import NothingReadError, build
from kg.exporters import export, html
from kg.folder import open_store
from kg.model import InputError, Skipped

OUTPUTS = ("graph.nq", "graph.ttl", "graph.html", "manifest.json")
TEXTS = {
    "上海.txt": "上海市人民政府10月底前推进“一网通办”改革，接入事项3197项。",
    "news/杭州.md": "---\ntitle: 最多跑一次\ndate: 2018-12-03\n---\n\n浙江省通过《浙江省保障“最多跑一次”改革规定》。\n",
    "news/苏州.txt": "江苏省苏州市政务服务管理办公室实施不见面审批。",
    "lines.jsonl": '{"id": "a", "text": "合肥市推行皖事通。"}\n{"id": "b", "text": "国务院部署放管服改革。"}\n',
}


def write(root: Path, texts: dict[str, str] = TEXTS) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


@pytest.fixture
def articles(tmp_path):
    return write(tmp_path / "in")


def test_writes_all_outputs_and_says_what_it_read(articles, tmp_path):
    built = build([articles], tmp_path / "out")
    assert built.changed and not built.skipped
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest == built.manifest
    assert [one["identifier"] for one in manifest["inputs"]] == [
        "lines.jsonl",
        "news/杭州.md",
        "news/苏州.txt",
        "上海.txt",
    ]
    assert manifest["articles"] == 5
    dataset = (tmp_path / "out" / "graph.nq").read_bytes().splitlines(keepends=True)
    assert dataset == sorted(set(dataset)) and len(dataset) == manifest["quads"]
    assert not (tmp_path / "out" / assembly.ASIDE).exists()


def test_second_build_changes_nothing(articles, tmp_path):
    build([articles], tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert not build([articles], tmp_path / "out").changed
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert {p: t for p, t in after.items() if p.name in OUTPUTS} == {
        p: t for p, t in before.items() if p.name in OUTPUTS
    }


def test_touched_file_is_not_read_again(articles, tmp_path, monkeypatch):
    build([articles], tmp_path / "out")
    os.utime(articles / "上海.txt")
    monkeypatch.setattr(intake, "read", None)
    assert not build([articles], tmp_path / "out").changed


@pytest.mark.parametrize("share", [False, True], ids=["patched", "anew"])
def test_incremental_build_is_like_a_fresh_one(articles, tmp_path, monkeypatch, share):
    """Added, changed and removed articles, and a removed line of a collection."""
    monkeypatch.setattr(assembly, "PATCHED", 1000 if not share else 0)
    monkeypatch.setattr(lines, "BLOCK", 7)
    build([articles], tmp_path / "out")
    write(articles, {"深圳.txt": "深圳市实施秒批改革。", "上海.txt": "上海市推进“高效办成一件事”改革。"})
    (articles / "news" / "杭州.md").unlink()
    (articles / "lines.jsonl").write_text('{"id": "b", "text": "国务院部署放管服改革。"}\n', encoding="utf-8")
    assert build([articles], tmp_path / "out").changed
    build([articles], tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert open_store(tmp_path / "out").quads() == open_store(tmp_path / "fresh").quads()
    assert "杭州" not in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8").replace("杭州市", "")


def test_outputs_are_what_the_store_exports(articles, tmp_path, monkeypatch):
    """Whether the view holds all articles or leaves some out."""
    for shown in (2, 300):
        monkeypatch.setattr(html, "SHOWN", shown)
        build([articles], tmp_path / f"out{shown}")
        store = open_store(tmp_path / f"out{shown}")
        for name, output in (("nquads", "graph.nq"), ("turtle", "graph.ttl"), ("html", "graph.html")):
            export(name, store, tmp_path / "exported")
            assert (tmp_path / "exported").read_bytes() == (tmp_path / f"out{shown}" / output).read_bytes()


def test_view_says_what_it_leaves_out(articles, tmp_path, monkeypatch):
    build([articles], tmp_path / "all")
    assert "kg serve" not in (tmp_path / "all" / "graph.html").read_text(encoding="utf-8")
    monkeypatch.setattr(html, "SHOWN", 2)
    build([articles], tmp_path / "some")
    page = (tmp_path / "some" / "graph.html").read_text(encoding="utf-8")
    assert '<p class="meta" data-word="left-out">只含最近 2 篇文章，共 5 篇；用 kg serve 看全部</p>' in page
    assert "The newest 2 of 5 articles; kg serve shows all" in page


def test_another_program_writes_everything_anew(articles, tmp_path, monkeypatch):
    build([articles], tmp_path / "out")
    monkeypatch.setattr(versions, "program", lambda: "another")
    monkeypatch.setattr(assembly, "_patch", None)
    assert build([articles], tmp_path / "out").changed
    assert not build([articles], tmp_path / "out").changed


def test_many_changes_are_not_held_in_memory(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(assembly, "PATCHED", 1000)
    monkeypatch.setattr(assembly, "MOST", 1)
    monkeypatch.setattr(assembly, "_patch", None)
    build([articles], tmp_path / "out")
    write(articles, {"深圳.txt": "深圳市实施秒批改革。", "上海.txt": "上海市推进“高效办成一件事”改革。"})
    assert build([articles], tmp_path / "out").changed


def test_order_of_inputs_and_number_of_workers_do_not_matter(articles, tmp_path, monkeypatch):
    build([articles / "news", articles / "上海.txt", articles / "lines.jsonl"], tmp_path / "one")
    monkeypatch.setattr(intake, "LARGE", 10)
    monkeypatch.setattr(intake, "BATCH", 1)
    build([articles / "lines.jsonl", articles / "上海.txt", articles / "news"], tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_large_collection_reads_only_new_articles(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "LARGE", 10)
    build([articles / "lines.jsonl"], tmp_path / "out")
    with (articles / "lines.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "c", "text": "武汉市推行鄂汇办。"}\n')
    seen = []
    monkeypatch.setattr(
        intake, "graph_of", lambda article, graph_of=intake.graph_of: seen.append(article) or graph_of(article)
    )
    assert build([articles / "lines.jsonl"], tmp_path / "out").manifest["articles"] == 3
    assert [article.identifier for article in seen] == ["lines.jsonl#c"]


def test_without_text(articles, tmp_path):
    build([articles], tmp_path / "out")
    built = build([articles], tmp_path / "out", text=False)
    assert built.changed and built.manifest["text"] is False
    assert b"schema.org/text>" not in (tmp_path / "out" / "graph.nq").read_bytes()


def test_fault_in_one_article_stops_no_other(articles, tmp_path, monkeypatch):
    def graph_of(article, graph_of=intake.graph_of):
        if "苏州" in article.text:
            raise ZeroDivisionError("a bug")
        return graph_of(article)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "graph_of", graph_of)
        built = build([articles], tmp_path / "out")
    assert built.skipped == (Skipped("news/苏州.txt", "a fault in this program: ZeroDivisionError: a bug"),)
    assert built.manifest["articles"] == 4
    assert not build([articles], tmp_path / "out").skipped  # it is tried again


def test_failed_build_leaves_the_former_one_whole(articles, tmp_path, monkeypatch):
    build([articles], tmp_path / "out")
    before = contents(tmp_path / "out")
    write(articles, {"深圳.txt": "深圳市实施秒批改革。"})

    def full(triples, left_out, path):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(assembly.html, "write", full)
        with pytest.raises(InputError, match="No space left"):
            build([articles], tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "out" / assembly.ASIDE).exists()
    assert build([articles], tmp_path / "out").manifest["articles"] == 6


def test_interrupted_build_goes_on(articles, tmp_path, monkeypatch):
    def stop(step, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([articles], tmp_path / "out", progress=stop)
    seen = []
    monkeypatch.setattr(
        intake, "graph_of", lambda article, graph_of=intake.graph_of: seen.append(article) or graph_of(article)
    )
    assert build([articles], tmp_path / "out").manifest["articles"] == 5
    assert 0 < len(seen) < 5


def test_damaged_outputs_and_cache_are_made_anew(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    before = contents(out)
    (out / "graph.ttl").write_text("")
    assert build([articles], out).changed and contents(out) == before
    (out / "cache.sqlite").write_bytes(b"no database at all" * 100)
    assert build([articles], out).changed and contents(out) == before


def test_two_builds_at_once_are_refused(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    other = sqlite3.connect(out / "cache.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InputError, match="another build"):
        build([articles], out)
    other.close()


def test_folder_of_somebody_else_is_refused(articles, tmp_path):
    out = write(tmp_path / "out", {"thesis.doc": "my only copy"})
    with pytest.raises(InputError, match=r"thesis\.doc"):
        build([articles], out)
    assert [path.name for path in out.iterdir()] == ["thesis.doc"]


def test_same_identifier_twice(tmp_path):
    one, two = (
        write(tmp_path / "a", {"x.txt": "上海市推进改革。"}),
        write(tmp_path / "b", {"x.txt": "北京市推进改革。"}),
    )
    built = build([two, one], tmp_path / "out")
    (skipped,) = built.skipped
    assert (
        skipped.identifier == "x.txt" and str(one / "x.txt") in skipped.reason and str(two / "x.txt") in skipped.reason
    )
    assert "上海" in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")


def test_article_that_would_share_a_named_graph(tmp_path):
    text = '{"id": "a", "text": "上海市推进改革。"}\n{"id": "a/evidence", "text": "北京市推进改革。"}\n'
    built = build([write(tmp_path / "in", {"f.jsonl": text})], tmp_path / "out")
    assert [one.identifier for one in built.skipped] == ["f.jsonl#a/evidence"]


def test_nothing_readable_leaves_no_trace(tmp_path):
    with pytest.raises(NothingReadError) as caught:
        build([write(tmp_path / "in", {"x.txt": " \n"})], tmp_path / "out")
    assert caught.value.skipped and not (tmp_path / "out").exists()
    with pytest.raises(InputError, match="no such file"):
        build([tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_process_that_dies_costs_its_article_alone(tmp_path):
    answers = list(workers.each(_die_at_three, range(6), 2))
    assert [task for task, _ in answers] == list(range(6))
    assert [answer for _, answer in answers if not isinstance(answer, workers.Died)] == [0, 2, 4, 8, 10]
    assert isinstance(answers[3][1], workers.Died) and "code 7" in answers[3][1].reason


def _die_at_three(number: int) -> int:
    if number == 3:
        os._exit(7)
    return number * 2


def test_interrupt_ends_all_processes(tmp_path):
    write(tmp_path / "in", {f"{n}.txt": TEXTS["上海.txt"] * 2000 for n in range(40)})
    command = [sys.executable, "-m", "kg", "build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (tmp_path / "out" / "cache.sqlite").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.strip() == "kg: interrupted; the next run goes on from here"
    until = time.monotonic() + 10
    while _living(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _living(process.pid)


def _living(group: int) -> list[str]:
    """The processes of a group that are no zombies."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            found.append(path.parent.name)
    return found


class TestInputs:
    def find(self, *named, out="nowhere"):
        found, skipped = inputs.find(named, Path(out))
        return [one.identifier for one in found], [one.identifier for one in skipped]

    def test_folders_files_patterns(self, articles):
        everything = ["lines.jsonl", "news/杭州.md", "news/苏州.txt", "上海.txt"]
        assert self.find(articles) == (everything, [])
        assert self.find(articles / "news" / "苏州.txt") == (["苏州.txt"], [])
        assert self.find(f"{articles}/**/*.txt") == (["news/苏州.txt", "上海.txt"], [])
        assert self.find(f"{articles}/n*") == (["news/杭州.md", "news/苏州.txt"], [])

    def test_hidden_unknown_and_own_files_are_left_out(self, articles):
        write(articles, {".git/x.txt": "x", ".y.txt": "y", "z.doc": "z", "out/graph.html": "<p>"})
        assert self.find(articles, out=articles / "out") == self.find(articles, out=articles / "out")
        assert "out/graph.html" not in self.find(articles, out=articles / "out")[0]
        assert len(self.find(articles, out=articles / "out")[0]) == 4

    def test_links_in_circles(self, articles):
        (articles / "news" / "up").symlink_to(articles)
        (articles / "self.txt").symlink_to(articles / "self.txt")
        (articles / "again.txt").symlink_to(articles / "上海.txt")
        found, skipped = self.find(articles)
        assert found == ["again.txt", "lines.jsonl", "news/杭州.md", "news/苏州.txt", "self.txt"] and not skipped

    def test_same_file_twice_is_read_once(self, articles):
        assert self.find(articles, articles, articles / "上海.txt")[0].count("上海.txt") == 1

    def test_missing_and_empty(self, articles, tmp_path):
        (tmp_path / "empty").mkdir()
        named = [articles, tmp_path / "empty", tmp_path / "no.txt", f"{tmp_path}/*.xyz", ""]
        assert self.find(*named)[1] == ["", *sorted(map(str, named[1:4]))]

    def test_name_that_is_not_utf8(self, tmp_path):
        (tmp_path / os.fsdecode(b"\xd0\xc2.txt")).write_text("上海市推进改革。")
        assert build([tmp_path], tmp_path / "out").manifest["articles"] == 1


def test_merge_and_patch_are_sorting(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "CHUNK", 40)
    monkeypatch.setattr(lines, "BLOCK", 9)
    monkeypatch.setattr(lines, "WRITTEN", 3)
    batches = [[f"{n * 7919 % 100:03}\n".encode() for n in range(k, k + 9)] for k in range(0, 90, 9)]
    everything = sorted(line for batch in batches for line in batch)
    lines.merge(batches, tmp_path / "all")
    assert (tmp_path / "all").read_bytes() == b"".join(everything)
    removed, added = (
        everything[::7] + everything[:4] + everything[-3:],
        [b"0005\n", b"000\x01\n", b"zzz\n", b" \n", b"0505\n"],
    )
    lines.patch(tmp_path / "all", removed, added, tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"".join(sorted((set(everything) - set(removed)) | set(added)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "new"]
