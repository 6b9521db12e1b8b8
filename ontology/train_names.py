"""Writes kg/lexicon/name_weights.csv: the weights of kg/tagger.py, from the annotated articles of tests/gold,
the marked texts of tests/names and the snippets of tests/extractors/initiative.

A conditional log-linear model with L2 penalty, fitted by L-BFGS (scipy): the noun that ends a name against every place
where it could begin and against naming nothing, a quotation against naming nothing. A name that the annotation calls
optional is neither right nor wrong. Needs scipy; run with: sh .ci/task tagger
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from kg import gazetteer, readers, tagger
from kg.normalise.punctuation import full_width
from kg.quotation import CLOSING, QUOTED

ROOT = Path(__file__).parent.parent
SNIPPETS = ROOT / "tests/extractors/initiative"
MARKED = ROOT / "tests/names"
OUT = ROOT / "kg/lexicon/name_weights.csv"
HEADER = """\
# Weights of the log-linear tagger (kg/tagger.py): which characters at the borders of a candidate speak for a name.
# Trained on tests/gold, tests/names and tests/extractors/initiative (our own words, licence of this project).
# Regenerate: `sh .ci/task tagger` (ontology/train_names.py).
"""
PENALTY = 1.0
SEEN = 2  # a feature that only one candidate has teaches nothing
LEAST = 0.1  # a smaller weight is left out
SELDOM = 0.08  # a noun that ends a name less often is left to the rules (工作, 服务, 政策)
FREE = (("bias", ""), ("quoted", ""))  # how rare names are is no matter of the penalty
TITLES = re.compile("《[^》]*》")
MARK = re.compile("〔([?？]?)([^〕]*)〕")


class Choice(NamedTuple):
    """The candidates of one noun or quotation by their features, and which of them is right, if one is."""

    candidates: list[list[tagger.Feature]]
    right: int | None


class Reading(NamedTuple):
    """A text and how each name of a reform or service that it may hold is written: whether it counts."""

    text: str
    names: dict[str, bool]


def articles(folder: Path) -> Iterator[Reading]:
    """The annotated articles; a name that the annotation calls optional does not count."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = path.with_suffix(".md")
        reforms = [entity for entity in gold["entities"] if entity["type"] in ("Reform", "Service")]
        names = {form: not e.get("optional") for e in reforms for form in (e["name"], *e["aliases"])}
        yield Reading(next(iter(readers.read(page, page.name))).text, names)


def snippets(folder: Path) -> Iterator[Reading]:
    """The snippets of the tests, with the names that they expect."""
    for path in sorted(folder.glob("*.txt")):
        text, _, expected = path.read_text(encoding="utf-8").partition("\n---\n")
        yield Reading(text, {line.partition("\t")[0]: True for line in expected.splitlines()})


def marked(folder: Path) -> Iterator[Reading]:
    """The texts of tests/names, where 〔…〕 marks a name and 〔?…〕 one that does not count."""
    for path in sorted(folder.glob("*.txt")):
        for document in path.read_text(encoding="utf-8").split("\n===\n"):
            names = {form: not doubt for doubt, form in MARK.findall(document)}
            yield Reading(MARK.sub(r"\2", document), names)


def choices(readings: Iterable[Reading]) -> Iterator[Choice]:
    """Every choice that the texts set."""
    for reading in readings:
        text = full_width(reading.text)
        names: dict[int, dict[int, bool]] = defaultdict(dict)  # end -> start -> whether it counts
        for form, counts in reading.names.items():
            for found in re.finditer(re.escape(full_width(form)), text):
                names[found.end()][found.start()] = counts
        yield from _of_nouns(text, names)
        yield from _of_quotations(text, names)


def _in_title(text: str) -> set[int]:
    return {at for title in TITLES.finditer(text) for at in range(*title.span())}


def _of_nouns(text: str, names: dict[int, dict[int, bool]]) -> Iterator[Choice]:
    titles = _in_title(text)
    nouns = {noun.end: noun.start for noun in sorted(gazetteer.find(text, "initiative.head"), reverse=True)}
    for end, noun in sorted(nouns.items()):
        begins = list(tagger.starts(text, noun, end))
        known = {start: counts for start, counts in names.get(end, {}).items() if start in begins}
        right = min((start for start, counts in known.items() if counts), default=None)
        if not begins or end - 1 in titles or text.startswith(tuple(CLOSING), end) or (known and right is None):
            continue
        shared = tagger.of_noun(text, noun, end)
        candidates = [shared + tagger.of_start(text, start, noun, end) for start in begins]
        yield Choice(candidates, None if right is None else begins.index(right))


def _of_quotations(text: str, names: dict[int, dict[int, bool]]) -> Iterator[Choice]:
    titles = _in_title(text)
    for quotation in QUOTED.finditer(text):
        start, end = quotation.span(1)
        counts = names.get(end, {}).get(start, names.get(end + 1, {}).get(start - 1))
        part = any(at <= start and end <= stop for stop, begins in names.items() for at in begins)
        if start in titles or counts is False or (counts is None and part):
            continue
        yield Choice([tagger.of_quotation(text, start, end)], 0 if counts else None)


def _telling(data: Iterable[Choice]) -> list[Choice]:
    """The choices without those of nouns that hardly ever end a name."""
    data = list(data)
    nouns = [dict(choice.candidates[0]).get("noun", "") for choice in data]
    ends = Counter(nouns)
    names = Counter(noun for noun, choice in zip(nouns, data, strict=True) if choice.right is not None)
    return [choice for noun, choice in zip(nouns, data, strict=True) if not noun or names[noun] >= SELDOM * ends[noun]]


def fit(data: list[Choice]) -> dict[tagger.Feature, float]:
    """The weights that make the right choices most probable, less the penalty; of the biases none is charged."""
    seen = Counter(feature for choice in data for candidate in choice.candidates for feature in set(candidate))
    index = {feature: n for n, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
    rows = [
        [index[feature] for feature in candidate if feature in index]
        for choice in data
        for candidate in choice.candidates
    ]
    flat = np.array([feature for row in rows for feature in row])
    row = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    group = np.repeat(np.arange(len(data)), [len(choice.candidates) for choice in data])
    first = np.cumsum([0, *[len(choice.candidates) for choice in data]])
    right = np.array([first[n] + choice.right for n, choice in enumerate(data) if choice.right is not None])
    penalty = np.full(len(index), PENALTY)
    penalty[[n for feature, n in index.items() if feature in FREE]] = 0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.bincount(row, weights[flat], len(rows))
        odds = np.exp(scores)
        total = 1 + np.bincount(group, odds, len(data))
        error = odds / total[group]
        error[right] -= 1
        value = np.log(total).sum() - scores[right].sum() + (penalty * weights**2).sum() / 2
        return value, np.bincount(flat, error[row], len(index)) + penalty * weights

    fitted = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    kept = [(f, float(fitted.x[n])) for f, n in index.items() if abs(fitted.x[n]) >= LEAST or f[0] == "noun"]
    return {feature: round(weight, 2) for feature, weight in kept}


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the tagger of names of reforms and services.")
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT / "tests/gold", help="folder of annotated articles")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    data = _telling(choices(chain(articles(arguments.gold), snippets(SNIPPETS), marked(MARKED))))
    weights = fit(data)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("template", "value", "weight"))
        table.writerows((*feature, weight) for feature, weight in sorted(weights.items()))
    right = sum(choice.right is not None for choice in data)
    print(f"{arguments.out}: {len(weights)} weights from {right} names among {len(data)} candidates", file=sys.stderr)


if __name__ == "__main__":
    main()
