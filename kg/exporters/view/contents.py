"""Articles -> what the view shows of them: entities by importance, facts with the sentences they rest on, articles.

Reads the vocabulary of the graph alone; no rules, no page. Everything comes out in one order whatever the lines' order.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg import vocab
from kg.exporters.view.sentences import Evidence, Sentences
from kg.terms import content, language

DRAWN = ("reform", "service", "agency", "legislation", "person", "region")
BETWEEN = ("implementedBy", "coversRegion", "partOf", "passedBy", "concerns", "spatial")
DATED = ("dateAdopted", "dateIssued", "dateInForce", "startDate", "targetDate")
HOLDS_POST = "holdsPost"
INDICATOR = vocab.PREFIXES["indicator"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of a drawn kind."""

    kind: str
    key: str
    label: str
    alt_labels: tuple[str, ...]
    articles: tuple[int, ...]
    """Indices of the articles that mention it, the newest first."""
    mention: Evidence | None
    """Its first mention in the newest of them."""
    importance: int
    """Articles and relations."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement: of two entities, or of one and a date or words."""

    subject: int
    predicate: str
    object: int | None
    text: str
    """EDTF of a date; the title of a post; else empty."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """An indicator of an entity, or of none (subject -1)."""

    subject: int
    measure: str
    value: str
    unit: str
    bound: str
    as_of: str
    """EDTF; empty if no date is given."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the view shows."""

    entities: tuple[Entity, ...]
    """The most important first."""
    facts: tuple[Fact, ...]
    numbers: tuple[Number, ...]
    articles: tuple[tuple[str, str, str, str], ...]
    """Title, address, ISO date, publisher; the newest first."""
    sentences: tuple[tuple[str, int], ...]
    """Text and article of every sentence that evidence points into."""
    left_out: int
    """Older articles that are not shown."""


def _identity(iri: str) -> tuple[str, str]:
    """Kind and key of an entity; two empty strings for another address."""
    return vocab.kind_and_key(iri) or ("", "")


Ground = tuple[str, str, str]
"""Subject, predicate and object of what evidence stands for."""


USED = frozenset(
    f"<{name}>"
    for name in (
        *(vocab.PREDICATES[name] for name in (*BETWEEN, *DATED, HOLDS_POST, "about", "asOf")),
        *(vocab.TYPE, vocab.PREF_LABEL, vocab.ALT_LABEL, vocab.MENTIONS, vocab.EDTF_VALUE, vocab.POST_IN),
        *(vocab.HEADLINE, vocab.PUBLISHED, vocab.URL, vocab.PUBLISHER, vocab.TEXT, vocab.EXACT, vocab.DENOTES),
        *(vocab.SUBJECT, vocab.PREDICATE, vocab.OBJECT, vocab.DERIVED_FROM),
        *(vocab.UNIT, vocab.BOUND, vocab.MEASURE, vocab.VALUE),
    )
)
"""Predicates of what the view shows. Facts and evidence share none of them but rdf:type, so graphs need no look."""


class _Reader:
    """The statements, by predicate, as plain strings."""

    def __init__(self, triples: Iterable[str]) -> None:
        self._said: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for line in triples:
            subject, predicate, rest = line.split(" ", 2)
            if predicate in USED:
                self._said[predicate[1:-1]].add((subject, rest[:-3]))

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Subject and object of every statement of a predicate."""
        return [(subject[1:-1], content(thing)) for subject, thing in self._said[predicate]]

    def of_class(self, name: str) -> list[str]:
        """Everything of a class, in order."""
        return sorted(subject[1:-1] for subject, thing in self._said[vocab.TYPE] if thing == f"<{name}>")

    def one(self, predicate: str) -> dict[str, str]:
        """Subject -> its object; the least of several, so that the order of the lines does not matter."""
        found: dict[str, str] = {}
        for subject, value in self.pairs(predicate):
            if subject not in found or value < found[subject]:
                found[subject] = value
        return found

    def many(self, predicate: str) -> dict[str, list[str]]:
        """Subject -> its objects in order."""
        return _grouped(self.pairs(predicate))

    def labels(self, predicate: str) -> dict[str, list[str]]:
        """Subject -> its Chinese (or unmarked) labels; other languages do not serve as names here."""
        found = self._said[predicate]
        return _grouped((s[1:-1], content(o)) for s, o in found if language(o).partition("-")[0] in ("", "zh"))

    def texts(self) -> dict[str, tuple[str, str]]:
        """Text's address -> its article and the text (empty if it was left out)."""
        text, origin = self.one(vocab.TEXT), self.one(vocab.DERIVED_FROM)
        return {address: (origin[address], text.get(address, "")) for address in self.of_class(vocab.TEXT_OBJECT)}

    def grounds(self) -> dict[Ground, list[str]]:
        """Subject, predicate, object -> the spans that statements about them were derived from."""
        subject, predicate, thing = self.one(vocab.SUBJECT), self.one(vocab.PREDICATE), self.one(vocab.OBJECT)
        found: defaultdict[Ground, set[str]] = defaultdict(set)
        for statement, span in self.pairs(vocab.DERIVED_FROM):
            if statement in subject:
                found[subject[statement], predicate[statement], thing[statement]].add(span)
        return {key: sorted(spans) for key, spans in found.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, value in pairs:
        found[subject].add(value)
    return {subject: sorted(values) for subject, values in found.items()}


def read(triples: Iterable[str], left_out: int) -> Contents:
    """The contents of what holds everywhere and of some articles' facts and evidence, as lines of N-Triples."""
    reader = _Reader(triples)
    articles = _articles(reader)
    order = {iri: i for i, iri in enumerate(articles)}
    sentences = Sentences(reader.texts(), lambda: reader.one(vocab.EXACT), order)
    grounds = reader.grounds()
    facts = _facts(reader)
    mentioned: defaultdict[str, list[int]] = defaultdict(list)
    for article, thing in reader.pairs(vocab.MENTIONS):
        if article in order:
            mentioned[thing].append(order[article])
    relations: defaultdict[str, int] = defaultdict(int)
    for subject, _, thing, _, _ in facts:
        relations[subject] += 1
        relations[thing] += 1
    known = [i for i in {*mentioned, *relations} if _identity(i)[0] in DRAWN]
    known.sort(key=lambda i: (-len(set(mentioned[i])) - relations[i], _identity(i)))
    index = {iri: i for i, iri in enumerate(known)}
    first = _first_mentions(reader, sentences, index)
    prefer, alternative = reader.labels(vocab.PREF_LABEL), reader.labels(vocab.ALT_LABEL)

    def entity(iri: str) -> Entity:
        kind, key = _identity(iri)
        names = prefer.get(iri, [key])
        label = key if key in names else names[0]
        others = sorted({*names, *alternative.get(iri, ())} - {label})
        listed = tuple(sorted(set(mentioned[iri])))
        mention = sentences.evidence(first[iri]) if iri in first else None
        return Entity(kind, key, label, tuple(others), listed, mention, len(listed) + relations[iri])

    entities = tuple(entity(iri) for iri in known)
    shown = []
    for subject, name, thing, text, statement in facts:
        spans = [span for key in statement for span in grounds.get(key, ())]
        if subject in index and (thing in index or text):
            shown.append(Fact(index[subject], name, index.get(thing), text, sentences.all(spans)))
    shown.sort(key=lambda f: (f.subject, f.predicate, -1 if f.object is None else f.object, f.text))
    numbers = _numbers(reader, sentences, index, first)
    described = tuple(articles.values())
    return Contents(entities, tuple(shown), numbers, described, sentences.table(), left_out)


def _articles(reader: _Reader) -> dict[str, tuple[str, str, str, str]]:
    """Article's IRI -> title, address, date, publisher; the newest first, those without a date last."""
    title, date = reader.one(vocab.HEADLINE), reader.one(vocab.PUBLISHED)
    url, publisher = reader.one(vocab.URL), reader.one(vocab.PUBLISHER)
    found = reader.of_class(vocab.NEWS_ARTICLE)
    found.sort(key=lambda i: date.get(i, ""), reverse=True)
    return {i: (title.get(i, ""), url.get(i, ""), date.get(i, ""), publisher.get(i, "")) for i in found}


def _facts(reader: _Reader) -> list[tuple[str, str, str, str, list[Ground]]]:
    """Subject, name, object (or empty), text, and the statements that ground it; each once."""
    found: dict[tuple[str, str, str, str], list[Ground]] = {}
    for name in BETWEEN:
        predicate = vocab.PREDICATES[name]
        for subject, thing in reader.pairs(predicate):
            kinds = _identity(subject)[0], _identity(thing)[0]
            if set(kinds) <= set(DRAWN) and (name != "spatial" or kinds[0] == "agency"):
                found[subject, name, thing, ""] = [(subject, predicate, thing)]
    edtf = reader.one(vocab.EDTF_VALUE)
    for name in DATED:
        predicate = vocab.PREDICATES[name]
        for subject, thing in reader.pairs(predicate):
            if thing in edtf:
                found.setdefault((subject, name, "", edtf[thing]), []).append((subject, predicate, thing))
    agency, title = reader.one(vocab.POST_IN), reader.labels(vocab.PREF_LABEL)
    held = vocab.PREDICATES[HOLDS_POST]
    for post, person in reader.pairs(held):
        key = (person, HOLDS_POST, agency.get(post, ""), title.get(post, [""])[0])
        found.setdefault(key, []).append((post, held, person))
    return [(*key, sorted(set(ground))) for key, ground in sorted(found.items())]


def _first_mentions(reader: _Reader, sentences: Sentences, index: dict[str, int]) -> dict[str, str]:
    """Entity (or indicator) -> the span of its first mention in the newest article that has one."""
    best: dict[str, tuple[tuple[int, int], str]] = {}
    for span, thing in reader.pairs(vocab.DENOTES):
        if thing in index or thing.startswith(INDICATOR):
            place = sentences.place(span)
            if thing not in best or place < best[thing][0]:
                best[thing] = (place, span)
    return {thing: span for thing, (_, span) in best.items()}


def _numbers(reader: _Reader, sentences: Sentences, index: dict[str, int], first: dict[str, str]) -> tuple[Number, ...]:
    """Every indicator, once for each entity it is about."""
    unit, bound, measure = reader.one(vocab.UNIT), reader.one(vocab.BOUND), reader.one(vocab.MEASURE)
    about, as_of = reader.many(vocab.PREDICATES["about"]), reader.one(vocab.PREDICATES["asOf"])
    edtf = reader.one(vocab.EDTF_VALUE)
    found = []
    for iri, value in sorted(reader.one(vocab.VALUE).items()):
        if iri.startswith(INDICATOR):
            when = edtf.get(as_of.get(iri, ""), "")
            evidence = sentences.all([first[iri]] if iri in first else [])
            subjects = sorted(index[a] for a in about.get(iri, ()) if a in index) or [-1]
            described = (measure.get(iri, ""), value, unit.get(iri, ""), bound.get(iri, "="), when)
            found += [Number(subject, *described, evidence) for subject in subjects]
    found.sort(key=lambda n: (n.subject, n.measure, n.unit, n.as_of, n.value, n.evidence))
    return tuple(found)
