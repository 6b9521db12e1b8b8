"""The same graph from a Spark cluster: a master and two workers of the installed PySpark, one of which is killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from benchmarks import corpus
from kg.builder import build

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: sh .ci/task test-spark does it")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is missing: apt-get install openjdk-17-jre-headless"),
]
ROOT = Path(__file__).parent.parent
PATIENCE = 600
"""Seconds until something that does not come is given up."""
FINISHED = re.compile(r"Finished task \S+ in stage [1-9]")  # of the stage that extracts, and not of reading


def environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": path}


class Process:
    """A part of the cluster; in a group of its own, so that what it starts ends with it."""

    def __init__(self, folder: Path, *words: str) -> None:
        folder.mkdir()
        self._log = folder / "log"
        spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
        with self._log.open("wb") as log:
            command = [str(spark_class), *words]
            self._process = subprocess.Popen(
                command, cwd=folder, env=environment(), stdout=log, stderr=log, start_new_session=True
            )

    def find(self, pattern: str) -> str:
        """Waits for words in the log."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if match := re.search(pattern, self._log.read_text(errors="replace")):
                return match[0]
            assert self._process.poll() is None, self._log.read_text(errors="replace")
            time.sleep(0.1)
        raise TimeoutError(pattern)

    def kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@pytest.fixture
def cluster(tmp_path):
    """Address of the master, the workers, and their folders."""
    parts = []
    try:
        master = Process(
            tmp_path / "master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0",
            "--webui-port", "0",
        )  # fmt: skip
        parts.append(master)
        address = master.find(r"spark://127\.0\.0\.1:\d+")
        folders = [tmp_path / "worker1", tmp_path / "worker2"]
        for folder in folders:
            worker = Process(
                folder, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
                "--cores", "1", "--memory", "1g", "--work-dir", str(folder / "work"), address,
            )  # fmt: skip
            parts.append(worker)
        for worker in parts[1:]:
            worker.find("Successfully registered with master")
        yield address, parts[1:], folders
    finally:
        for part in reversed(parts):
            part.kill()


@pytest.fixture
def articles(tmp_path) -> Path:
    """Files of several kinds, some of them bad, two with the same id."""
    folder = tmp_path / "in"
    corpus.write(300, folder)
    corpus.write(500, folder / "每日 #1", "jsonl", first=300)
    with (folder / "每日 #1" / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "a0000301", "text": "上海市推行“一网通办”改革。"}\nno JSON\n')
        file.write('{"text": "浙江省推行最多跑一次改革。"}\n')
    corpus.write(20, folder / "posts", "md", first=900)
    (folder / "empty.html").write_text("<html><body></body></html>")
    shutil.copy(ROOT / "examples" / "policy-feed.rss", folder / "feed.RSS")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def lines(folder: Path) -> list[bytes]:
    """The lines of all parts, sorted."""
    return sorted(line + b"\n" for part in folder.glob("part-*") for line in part.read_bytes().split(b"\n") if line)


def test_a_killed_worker_changes_no_byte(cluster, articles, tmp_path):
    address, workers, folders = cluster
    command = [sys.executable, "-m", "kg.spark", str(articles), str(tmp_path / "out"), "--master", address]
    with (tmp_path / "driver").open("wb") as log:
        driver = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=log, stderr=log)
    try:
        end = time.monotonic() + PATIENCE
        while not any(FINISHED.search(f.read_text(errors="replace")) for f in folders[1].glob("work/*/*/stderr")):
            assert driver.poll() is None, (tmp_path / "driver").read_text(errors="replace")
            assert time.monotonic() < end
            time.sleep(0.05)
        workers[1].kill()
        assert driver.poll() is None
        assert driver.wait(PATIENCE) == 1  # some were skipped
    finally:
        driver.kill()
    assert "Lost executor" in (tmp_path / "driver").read_text(errors="replace")
    built = build([articles], tmp_path / "built")
    assert b"".join(lines(tmp_path / "out" / "quads")) == (tmp_path / "built" / "graph.nq").read_bytes()
    skipped = [json.loads(line) for line in lines(tmp_path / "out" / "skipped")]
    assert skipped == built.manifest["skipped"]
    assert len(skipped) == 3
    assert (tmp_path / "out" / "quads" / "_SUCCESS").exists()


@pytest.fixture
def session():
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_a_table_of_articles(session, tmp_path):
    from kg import spark

    made = list(corpus.articles(30))
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(map(corpus.line, made)), encoding="utf-8")
    rows = [
        (f"articles.jsonl#{one.identifier}", "\n".join(one.paragraphs), one.title, one.published, one.source)
        for one in made
    ]
    rows += [("empty", " ", None, date(2021, 1, 1), None), ("", "杭州市", None, None, None)]
    columns = "id string, text string, title string, published date, source string"
    session.createDataFrame(rows, columns).write.parquet(str(tmp_path / "table"))
    table = session.read.parquet(str(tmp_path / "table"))
    build([file], tmp_path / "built")
    expected = (tmp_path / "built" / "graph.nq").read_bytes()
    assert "".join(sorted(f"{row.value}\n" for row in spark.quads(table).collect())).encode() == expected
    skipped = spark.graph(spark.of_table(table), session).skipped.collect()
    assert sorted(map(tuple, skipped)) == [("", "it has no id"), ("empty", "no text in it")]
    assert spark.write(spark.graph(spark.of_table(table), session), str(tmp_path / "out")) == 2
    assert b"".join(lines(tmp_path / "out" / "quads")) == expected


def test_wrong_inputs_are_one_line(session, tmp_path):
    from kg import spark
    from kg.model import InputError

    with pytest.raises(InputError, match="no such file or folder"):
        spark.of_files(session, str(tmp_path / "nothing"))
    with pytest.raises(InputError, match="needs columns id and text or html"):
        spark.of_table(session.createDataFrame([(1,)], "number int"))
