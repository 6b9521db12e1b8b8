"""For each rule how often it was right, wrong and neither (not judged), on a folder of gold.

    python benchmarks/errors.py GOLD [--scorer ../shared/eval/score.py] [--graph graph.nq] [--json]

The rule stands in the evidence of every mention and statement (rkg:rule). A rule is right where the scorer counts as
right what it found, in each article once for each thing; neither is what the gold calls optional or does not judge
(asOf, spatial). What no rule found is in no row.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import copy
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.builder import build
from kg.store import Store

SCORER = Path(__file__).parents[2] / "shared" / "eval" / "score.py"
VERDICTS = ("right", "wrong", "neither")
Rows = dict[str, Counter[str]]
Value = tuple[float, str, str | None]
"""Of an indicator: number, unit, IRI of what it is about."""


class Judge:
    """Asks the scorer about one thing of one article at a time."""

    def __init__(self, scorer: ModuleType, gold: dict[str, Any], predicted: Any) -> None:
        self._scorer, self._gold, self._predicted = scorer, gold, predicted

    def entity(self, iri: str) -> str:
        """The verdict on an entity that is no time and no indicator."""
        kinds = self._predicted.kinds.get(iri, set())
        verdicts = [self._ask(kind, kinds={iri: {kind}}) for kind in sorted(kinds)]
        return next((v for v in VERDICTS if v in verdicts), "neither")

    def time(self, iri: str) -> str:
        """The verdict on a date."""
        return self._ask("Date", edtf={iri: self._predicted.edtf[iri]}) if iri in self._predicted.edtf else "neither"

    def indicators(self, values: dict[str, Value]) -> dict[str, str]:
        """The verdict on each indicator; of several with the same value and unit the gold may have fewer."""
        alike: dict[tuple[float, str], list[str]] = defaultdict(list)
        for iri, (value, unit, _) in values.items():
            alike[value, unit].append(iri)
        found = {}
        for group in alike.values():
            tally = self._tally(indicators=[values[iri] for iri in group])
            right, wrong = tally.tp["Indicator"], tally.fp["Indicator"]
            told = ["right"] * right + ["neither"] * (len(group) - right - wrong) + ["wrong"] * wrong
            found.update(zip(group, told, strict=True))
        return found

    def about(self, value: Value) -> str:
        """The verdict on what an indicator is about."""
        return self._ask("IndicatorAbout", indicators=[value])

    def relation(self, subject: str, predicate: str, thing: str) -> str:
        """The verdict on a relation between entities, or with a date."""
        return self._ask(f"rel:{predicate}", relations={(subject, predicate, thing)})

    def post(self, person: str, title: str, agency: str | None) -> str:
        """The verdict on a post that somebody holds."""
        return self._ask("rel:holdsPost", posts={(person, self._scorer.norm(title), agency)})

    def _ask(self, tallied: str, **only: object) -> str:
        tally = self._tally(**only)
        return "right" if tally.tp[tallied] else "wrong" if tally.fp[tallied] else "neither"

    def _tally(self, **only: object) -> Any:
        """What the scorer counts for an article that says nothing else of this sort."""
        found = copy(self._predicted)
        related = {"relations", "posts", "indicators"} & only.keys()
        rest = {} if related else {"edtf": {}, "kinds": {}}
        vars(found).update(rest | {"indicators": [], "relations": set(), "posts": set()} | only)
        tally = self._scorer.Tally()
        self._scorer.score("", self._gold, found, tally)
        return tally


def verdicts(store: Store, article: str, judge: Judge) -> Iterator[tuple[str, str]]:
    """Every rule that found something in an article, with the verdict on it."""
    evidence = f"<{vocab.evidence_graph(article)}>"
    values = {
        iri: (float(value), unit, about or None)
        for iri, value, unit, about in store.select(
            f"SELECT DISTINCT ?i ?v ?u ?e {{ GRAPH <{article}> {{ ?i a rkg:Indicator ; schema:value ?v "
            "OPTIONAL { ?i schema:unitText ?u } OPTIONAL { ?i schema:observationAbout ?e } } }"
        )
    }
    judged = judge.indicators(values)
    for iri, rule in store.select(
        f"SELECT DISTINCT ?e ?r {{ GRAPH {evidence} {{ ?m rkg:denotes ?e ; rkg:rule ?r }} }} ORDER BY ?e ?r"
    ):
        if iri in values:
            yield rule, judged[iri]
        elif "/time/" in iri:
            yield rule, judge.time(iri)
        else:
            yield rule, judge.entity(iri)
    for subject, predicate, thing, rule, title, agency in store.select(
        f"SELECT DISTINCT ?s ?p ?o ?r ?t ?a {{ GRAPH {evidence} "
        "{ ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rkg:rule ?r } "
        f"OPTIONAL {{ GRAPH <{article}> {{ ?s org:heldBy ?o ; skos:prefLabel ?t "
        "OPTIONAL { ?s org:postIn ?a } } } } ORDER BY ?s ?p ?o ?r"
    ):
        name = predicate.rpartition("#")[2].rpartition("/")[2]
        if title:
            yield rule, judge.post(thing, title, agency or None)
        elif name == "observationAbout":
            yield rule, judge.about(values[subject])
        else:
            yield rule, judge.relation(subject, name, thing)


def count(gold: Path, dataset: Path, scorer: ModuleType) -> Rows:
    """Rule -> how often each verdict, over all articles that have gold."""
    inner = ox.Store()
    inner.bulk_load(path=str(dataset), format=ox.RdfFormat.N_QUADS)
    store = Store(inner)
    rows: Rows = defaultdict(Counter)
    articles = store.select("SELECT ?a ?f { GRAPH ?a { ?a a schema:NewsArticle ; schema:identifier ?f } } ORDER BY ?f")
    for article, identifier in articles:
        path = gold / f"{PurePosixPath(identifier).stem}.json"
        if not path.exists():
            continue
        predicted = scorer.Predicted(inner, article)
        judge = Judge(scorer, json.loads(path.read_text(encoding="utf-8")), predicted)
        for rule, verdict in verdicts(store, article, judge):
            rows[rule][verdict] += 1
    return rows


def load(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"errors: {path}: no scorer here; name it with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", "--score", type=Path, default=SCORER)
    parser.add_argument("--graph", type=Path, help="a graph built from the gold's articles; default: builds one")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    scorer = load(given.scorer)
    with tempfile.TemporaryDirectory() as folder:
        if given.graph is None:
            build([given.gold], Path(folder) / "out")
        rows = count(given.gold, given.graph or Path(folder) / "out" / "graph.nq", scorer)
    ranked = sorted(rows.items(), key=lambda row: (-row[1]["wrong"], row[1]["right"], row[0]))
    if given.json:
        print(json.dumps({rule: {v: row[v] for v in VERDICTS} for rule, row in ranked}, indent=1))
        return
    print(f"{'rule':36}" + "".join(f"{verdict:>9}" for verdict in VERDICTS) + f"{'share right':>13}")
    for rule, row in ranked:
        judged = row["right"] + row["wrong"]
        share = f"{row['right'] / judged:13.2f}" if judged else f"{'–':>13}"
        print(f"{rule:36}" + "".join(f"{row[verdict]:9}" for verdict in VERDICTS) + share)


if __name__ == "__main__":
    main()
