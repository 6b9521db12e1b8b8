"""Speed of the path from the bytes of a page to N-Quads, as a whole and stage by stage, against jieba alone."""

import gc
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import BinaryIO, TypeVar

import jieba

from kg import context, overlap
from kg.cli import GARBAGE
from kg.extractors import EXTRACTORS
from kg.linkers import link
from kg.mapper import article_quads, evidence_quads
from kg.model import Article
from kg.pipeline import graph_of
from kg.readers import read
from kg.relations import RELATORS
from kg.segmenter import segment
from kg.topic import settle

ROUNDS = 5
Result = TypeVar("Result")


class Clock:
    """Adds up processor seconds under names."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, name: str, call: Callable[[], Result]) -> Result:
        began = time.process_time()
        result = call()
        self.seconds[name] += time.process_time() - began
        return result


def measure(folder: Path, aside: Path) -> dict[str, object]:
    """Chars, articles and quads a second of one core, their ratio to jieba, and the share of each stage.

    The files of `folder` are dealt out to the rounds: no round sees an article again, as no build does. Within a
    round jieba and the pipeline read the same articles, one after the other. Seconds are those of the processor.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    jieba.initialize()
    gc.set_threshold(GARBAGE)  # as in the command `kg`
    staged = Clock()
    with aside.open("wb") as target:
        whole(paths[0], target)
        _staged(paths[0], target, Clock())
        rounds = [_round(paths[number::ROUNDS], target, staged) for number in range(ROUNDS)]
    articles, characters = sum(one[1] for one in rounds), sum(one[0] for one in rounds)
    total = sum(staged.seconds.values())
    return {
        "articles": articles,
        "characters": characters,
        "quads_an_article": round(sum(one[2] for one in rounds) / articles),
        "bytes_an_article": round(sum(one[3] for one in rounds) / articles),
        "bytes_compressed_to": round(_compressed(aside), 4),
        "characters_a_second": round(median(one[0] / one[4] for one in rounds)),
        "articles_a_second": round(median(one[1] / one[4] for one in rounds)),
        "quads_a_second": round(median(one[2] / one[4] for one in rounds)),
        "jieba_characters_a_second": round(median(one[0] / one[5] for one in rounds)),
        "ratio_to_jieba": round(median(one[5] / one[4] for one in rounds), 2),
        "ratios": [round(one[5] / one[4], 2) for one in rounds],
        "microseconds_an_article": {
            name: round(seconds / articles * 1e6) for name, seconds in staged.seconds.items() if seconds
        },
        "stages_add_up_to": round(total / articles * 1e6),
    }


def _compressed(path: Path) -> float:
    """The share of a file's bytes that it has when compressed."""
    packer = zlib.compressobj()
    before = after = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            before, after = before + len(block), after + len(packer.compress(block))
    return (after + len(packer.flush())) / before


def _round(paths: Sequence[Path], target: BinaryIO, staged: Clock) -> tuple[int, int, int, int, float, float]:
    """Characters, articles, quads and bytes of these files; seconds of the whole pipeline and of jieba."""
    clock = Clock()
    texts = [str(one.text) for path in paths for one in read(path) if isinstance(one, Article)]
    clock("jieba", lambda: [jieba.lcut(text) for text in texts])
    quads = size = 0
    for path in paths:
        lines, written = clock("whole", lambda path=path: whole(path, target))
        quads, size = quads + lines, size + written
    for path in paths:
        _staged(path, target, staged)
    return sum(map(len, texts)), len(texts), quads, size, clock.seconds["whole"], clock.seconds["jieba"]


def whole(path: Path, target: BinaryIO) -> tuple[int, int]:
    """A file -> its N-Quads at the end of another; how many quads and bytes they are."""
    quads = size = 0
    for one in read(path):
        if isinstance(one, Article):
            graph = graph_of(one)
            data = "".join(article_quads(graph) + evidence_quads(graph)).encode()
            target.write(data)
            quads, size = quads + data.count(b"\n"), size + len(data)
    return quads, size


def _staged(path: Path, target: BinaryIO, clock: Clock) -> None:
    """The same with a clock before each stage; what several stages share is paid by the first of them."""
    for article in clock("read", lambda: read(path)):
        if not isinstance(article, Article):
            continue
        document = clock("segment", lambda a=article: segment(a))
        found = []
        for name, extractor in EXTRACTORS.items():
            found += clock(f"extract {name}", lambda e=extractor, d=document: list(e(d)))
        mentions = clock("overlap", lambda f=found: overlap.settle(f))
        topic = clock("topic", lambda d=document, m=mentions: settle(d, m))
        scene = clock("relate (scene)", lambda d=document, m=mentions: context.scene(d, m))
        relations = []
        for name, relator in RELATORS.items():
            relations += clock(f"relate {name}", lambda r=relator, s=scene, t=topic: list(r(s, t)))
        graph = clock("link", lambda d=document, m=mentions, r=relations, t=topic: link(d, m, r, t))
        blocks = clock("map facts", lambda g=graph: article_quads(g))
        blocks += clock("map evidence", lambda g=graph: evidence_quads(g))
        clock("write", lambda bs=blocks: target.write("".join(bs).encode()))
