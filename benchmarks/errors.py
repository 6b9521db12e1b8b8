"""How often each rule is right and wrong against gold articles: python benchmarks/errors.py GOLD --scorer SCORE.PY

Builds the graph of the folder GOLD, and asks the scorer about each entity and statement alone: what it counts as
false is wrong, what it counts as found is right; what it does not hold against anybody is left out. A thing that
several rules found counts for each of them. The weakest rules come first.
"""

import argparse
import copy
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import build, vocab

MENTIONS = "SELECT DISTINCT ?e ?rule { GRAPH <%s/evidence> { ?span rkg:denotes ?e ; rkg:rule ?rule } }"
STATEMENTS = """SELECT DISTINCT ?s ?p ?o ?rule { GRAPH <%s/evidence> {
  ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rkg:rule ?rule } }"""
INDICATORS = """SELECT DISTINCT ?i ?v ?u ?e { GRAPH <%s> { ?i a rkg:Indicator ; schema:value ?v
  OPTIONAL { ?i schema:unitText ?u } OPTIONAL { ?i schema:observationAbout ?e } } }"""
POSTS = """SELECT ?x ?p ?t ?o { GRAPH <%s> {
  ?x org:heldBy ?p ; skos:prefLabel ?t OPTIONAL { ?x org:postIn ?o } } }"""
ARTICLES = "SELECT ?a ?f { ?a a schema:NewsArticle ; schema:identifier ?f }"


class Judged(NamedTuple):
    """One thing that a rule found."""

    rule: str
    right: bool
    words: str


class Judge:
    """Asks the scorer about one thing of one article at a time."""

    def __init__(self, scorer: ModuleType, store: ox.Store, article: str, name: str, gold: dict[str, Any]) -> None:
        self._scorer, self._store, self._article, self._name, self._gold = scorer, store, article, name, gold
        self._all = scorer.Predicted(store, article)

    def judge(self) -> Iterator[Judged]:
        """Everything in the article that counts as right or as wrong, for each rule that found it."""
        indicators = self._indicators()
        for entity, rule in self._rows(MENTIONS):
            if entity in indicators:
                yield from self._said(rule, entity, ("Indicator",), indicators=[indicators[entity]])
            elif entity in self._all.edtf:
                yield from self._said(rule, entity, ("Date",), edtf={entity: self._all.edtf[entity]})
            elif entity in self._all.kinds:
                kinds = self._all.kinds[entity]
                yield from self._said(rule, entity, sorted(kinds), kinds={entity: kinds})
        posts = {post: (person, title, agency) for post, person, title, agency in self._rows(POSTS)}
        known = {"kinds": self._all.kinds, "edtf": self._all.edtf}
        for subject, predicate, object_, rule in self._rows(STATEMENTS):
            short = predicate.removeprefix(vocab.RKG)
            words = f"{subject} {short} {object_}"
            if subject in indicators and predicate == vocab.PREDICATES["about"]:
                yield from self._said(rule, words, ("IndicatorAbout",), indicators=[indicators[subject]], **known)
            elif subject in posts:
                person, title, agency = posts[subject]
                post = {(person, self._scorer.norm(title), agency or None)}
                yield from self._said(rule, f"{words} {title}", ("rel:holdsPost",), posts=post, **known)
            elif short in self._scorer.TO_ENTITY + self._scorer.TO_DATE:
                triple = {(subject, short, object_)}
                yield from self._said(rule, words, (f"rel:{short}",), relations=triple, **known)

    def _said(self, rule: str, words: str, counted: tuple[str, ...] | list[str], /, **things: Any) -> Iterator[Judged]:
        """The verdict, in what the scorer counts under these kinds, on an article that holds these things alone."""
        alone = copy.copy(self._all)
        alone.kinds, alone.edtf, alone.indicators, alone.relations, alone.posts = {}, {}, [], set(), set()
        for name, value in things.items():
            setattr(alone, name, value)
        tally = self._scorer.Tally()
        self._scorer.score(self._name, self._gold, alone, tally)
        right, wrong = (sum(counter[kind] for kind in counted) for counter in (tally.tp, tally.fp))
        if right or wrong:
            yield Judged(rule, bool(right), f"{self._name}: {words.replace(vocab.ID, '')}")

    def _indicators(self) -> dict[str, tuple[float, str, str | None]]:
        return {
            iri: (float(value), self._scorer.norm_unit(unit), about or None)
            for iri, value, unit, about in self._rows(INDICATORS)
        }

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        result = self._store.query(query % self._article, prefixes=vocab.PREFIXES)
        return sorted(tuple("" if term is None else term.value for term in row) for row in result)


def judged(scorer: ModuleType, gold: Path) -> Iterator[Judged]:
    """Builds the graph of the gold articles and judges all of it."""
    store = ox.Store()
    with TemporaryDirectory() as folder:
        build([gold], Path(folder) / "out")
        store.bulk_load(path=f"{folder}/out/graph.nq", format=ox.RdfFormat.N_QUADS)
    for row in store.query(ARTICLES, prefixes=vocab.PREFIXES, use_default_graph_as_union=True):
        article, name = row["a"].value, PurePath(row["f"].value).stem
        path = gold / f"{name}.json"
        if path.is_file():
            yield from Judge(scorer, store, article, name, json.loads(path.read_text(encoding="utf-8"))).judge()


def load(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"{path}: no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder of articles with their gold as NAME.json")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer's file")
    parser.add_argument("--show", metavar="RULE", default="", help="list what rules that begin so got wrong")
    arguments = parser.parse_args()
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for one in judged(load(arguments.scorer), arguments.gold):
        counts[one.rule][one.right] += 1
        if arguments.show and one.rule.startswith(arguments.show) and not one.right:
            print(f"{one.rule}\t{one.words}")
    print(f"{'rule':<40}{'right':>7}{'wrong':>7}{'precision':>11}")
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1][False], item[0])):
        right, wrong = count[True], count[False]
        print(f"{rule:<40}{right:>7}{wrong:>7}{right / (right + wrong):>11.2f}")


if __name__ == "__main__":
    main()
