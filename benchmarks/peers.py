"""Precision, recall and F1 by kind on a folder of gold, of this program and of the peers that can do the kind at all.

    python -m benchmarks.peers GOLD [--environment FOLDER]

The peers are installed into an environment of their own. All programs get the same text (the title and the visible
body) and the day of publication, and are measured by the same rules, document by document: regions by code, dates by
their first and last day, indicators by value, agencies and people by name. What the gold calls optional counts
neither for nor against. Writes benchmarks/results/peers.json and the table in README.md.
"""

import argparse
import json
import re
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import jieba

import kg
from benchmarks import machine, table
from kg import catalogue, edtf
from kg.mapper import article_quads, evidence_quads
from kg.model import Article, Quantity
from kg.pipeline import graph_of
from kg.readers import read

HERE = Path(__file__).parent
RESULT = HERE / "results" / "peers.json"
ENVIRONMENT = HERE.parent / ".venv" / "peers"
REQUIREMENTS = (
    "setuptools<81",  # jieba imports pkg_resources
    "emoji<2",  # recognizers-text imports UNICODE_EMOJI
    "jieba==0.42.1",
    "jionlp==1.5.31",
    "cpca==0.5.5",
    "recognizers-text-suite==1.0.2a2",
)
PEERS = ("jieba", "jionlp", "cpca", "recognizers-text")
ROUNDS = 3
OURS = "Reform KG"
MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』]")
Json = dict[str, Any]
Values = dict[str, set[Any]]
"""Kind -> what a document holds of it."""


class Truth(NamedTuple):
    """What a gold document says of a kind: each thing as the set of values that name it."""

    needed: list[frozenset[Any]]
    allowed: list[frozenset[Any]]
    """Optional things, and for dates the day of publication."""


def _days(value: str) -> tuple[str, str]:
    """An EDTF string -> first and last day as text, empty where it is open; 2021-07-01/.. is told by its start."""
    first, last = edtf.bounds(value.removesuffix("/.."))
    return str(first or ""), str(last or "")


def _name(words: str) -> str:
    return MARKS.sub("", words)


def truths(gold: Json) -> dict[str, Truth]:
    """Kind -> what the gold says."""
    found = {kind: Truth([], []) for kind in ("Region", "Date", "Indicator", "Agency", "Person")}

    def add(kind: str, values: Iterable[Any], one: Json) -> None:
        things = found[kind].allowed if one.get("optional") else found[kind].needed
        things.append(frozenset(values))

    for entity in gold["entities"]:
        if entity["type"] == "Region" and entity.get("code"):
            add("Region", [entity["code"]], entity)
        elif entity["type"] in ("Agency", "Person"):
            add(entity["type"], map(_name, [entity["name"], *entity["aliases"]]), entity)
    for day in gold["dates"]:
        add("Date", [_days(day["edtf"])], day)
    if gold.get("published"):
        found["Date"].allowed.append(frozenset([_days(gold["published"])]))
    for indicator in gold["indicators"]:
        add("Indicator", [float(indicator["value"])], indicator)
    return found


def count(truth: Truth, found: Sequence[frozenset[Any]]) -> Counter[str]:
    """Right, wrong and missed; `found` are things, each with the values that name it."""
    right = {wanted for wanted in truth.needed if any(wanted & one for one in found)}
    wrong = [one for one in found if not any(one & wanted for wanted in (*truth.needed, *truth.allowed))]
    return Counter(right=len(right), wrong=len(wrong), missed=len(set(truth.needed) - right))


def ours(article: Article) -> dict[str, list[frozenset[Any]]]:
    """What this program finds, as things of each kind."""
    found: dict[str, list[frozenset[Any]]] = {kind: [] for kind in ("Region", "Date", "Indicator", "Agency", "Person")}
    values = set()
    for entity in graph_of(article).entities:
        quantity = entity.mentions[0].value if entity.mentions else None
        if isinstance(quantity, Quantity):
            values.add(float(quantity.value))
        elif entity.kind == "region" and entity.mentions and entity.key in catalogue.regions():
            found["Region"].append(frozenset([entity.key]))
        elif entity.kind == "time":
            found["Date"].append(frozenset([_days(entity.key)]))
        elif entity.kind in ("agency", "person") and entity.mentions:
            names = {entity.label, *entity.alt_labels, *(m.span.quote for m in entity.mentions)}
            found[entity.kind.capitalize()].append(frozenset(map(_name, names)))
    found["Indicator"] = [frozenset([value]) for value in sorted(values)]
    return found


def theirs(found: dict[str, list[Any]]) -> dict[str, list[frozenset[Any]]]:
    """What a peer finds, in the terms of `ours`."""
    things: dict[str, list[frozenset[Any]]] = {}
    for kind, values in found.items():
        if kind == "Region":
            things[kind] = [frozenset([code]) for code in sorted({_code(str(value)) for value in values})]
        elif kind == "Date":
            things[kind] = [frozenset([tuple(value.split("/"))]) for value in values]
        elif kind == "Indicator":
            things[kind] = [frozenset([value]) for value in values]
        else:
            things[kind] = [frozenset([_name(value)]) for value in values]
    return things


def _code(place: str) -> str:
    """A code as it is; `province|city|county` -> the code of the smallest of them, or the words if there is none."""
    if "|" not in place:
        return place
    within = ""
    for name in filter(None, place.split("|")):
        codes = [c for c, r in catalogue.regions().items() if r.name == name and within[:2] in ("", c[:2])]
        within = codes[0] if codes else within
    return within or place


def install(folder: Path) -> Path:
    """The Python of the peers' environment, made if it is missing."""
    python = folder / "bin" / "python"
    stamp = folder / ".peers"
    if not stamp.exists() or stamp.read_text() != "\n".join(REQUIREMENTS):
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        stamp.write_text("\n".join(REQUIREMENTS))
    return python


def ask(python: Path, peer: str, articles: Sequence[Article]) -> Json:
    """What a peer finds in each article, its version and its speed."""
    lines = [
        json.dumps({"id": a.identifier, "text": a.text, "published": str(a.published) if a.published else None})
        for a in articles
    ]
    done = subprocess.run(
        [python, HERE / "peer.py", peer], input="\n".join(lines), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{peer}: {done.stderr}")
    answer: Json = json.loads(done.stdout)
    return answer


def speed(articles: Sequence[Article]) -> float:
    """This program's speed from text to N-Quads as a ratio to jieba, in turns."""
    ratios = []
    jieba.initialize()
    for _ in range(ROUNDS):
        began = time.process_time()
        for article in articles:
            jieba.lcut(article.text)
        between = time.process_time()
        for article in articles:
            graph = graph_of(article)
            "".join(article_quads(graph) + evidence_quads(graph)).encode()
        ratios.append((between - began) / (time.process_time() - between))
    return round(median(ratios), 3)


def score(golds: Sequence[Json], found: Sequence[dict[str, list[frozenset[Any]]]]) -> dict[str, dict[str, float]]:
    """Kind -> precision, recall, F1 over all documents."""
    sums: dict[str, Counter[str]] = {}
    for gold, things in zip(golds, found, strict=True):
        told = truths(gold)
        for kind, ones in things.items():
            sums.setdefault(kind, Counter()).update(count(told[kind], ones))
    scores = {}
    for kind, one in sums.items():
        precision = one["right"] / max(1, one["right"] + one["wrong"])
        recall = one["right"] / max(1, one["right"] + one["missed"])
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores[kind] = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return scores


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="folder for the peers' environment")
    parser.add_argument("--results", type=Path, default=RESULT)
    given = parser.parse_args()
    files = sorted(given.gold.glob("*.json"))
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    articles = [one for path in files for one in read(path.with_suffix(".md")) if isinstance(one, Article)]
    mine = {"version": kg.__version__, "scores": score(golds, [ours(a) for a in articles])}
    programs: Json = {OURS: mine | {"ratio_to_jieba": speed(articles)}}
    python = install(given.environment)
    for peer in PEERS:
        answer = ask(python, peer, articles)
        print(f"{peer} {answer['version']}", flush=True)
        programs[peer] = {
            "version": answer["version"],
            "scores": score(golds, [theirs(found) for found in answer["found"]]),
            "ratio_to_jieba": answer["ratio_to_jieba"],
        }
    report = {
        "documents": len(articles),
        "kinds": ["Region", "Date", "Indicator", "Agency", "Person"],
        "programs": programs,
        "machine": machine.described(),
    }
    given.results.parent.mkdir(parents=True, exist_ok=True)
    given.results.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table.peers(report)))
    table.main()


if __name__ == "__main__":
    main()
