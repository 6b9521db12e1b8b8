"""The types that pass from stage to stage, and what a member of each family looks like.

Every offset is in code points into `Article.text`, start inclusive, end exclusive, as Python slices do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar, dataclass_transform

Class = TypeVar("Class")


class InputError(Exception):
    """An input that cannot be read; its message is one line that says what is wrong with it."""


@dataclass_transform(frozen_default=True)
def _frozen(*, eq: bool = True) -> Callable[[type[Class]], type[Class]]:
    """A dataclass that nothing may be assigned to: mypy sees to it. Python's own check would double the time that
    making one takes, and an article makes hundreds."""
    return dataclass(slots=True, eq=eq, unsafe_hash=eq)


@_frozen()
class Span:
    """Words of an article: `article.text[start:end] == quote`."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"span {self.start}..{self.end} does not fit {self.quote!r}")

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies inside this span (or is the same)."""
        return self.start <= other.start and other.end <= self.end


@_frozen()
class Article:
    """One article as read."""

    iri: str
    """Its address in the graph, made from `identifier`."""
    title: str
    """Empty if it has none."""
    text: str
    """Title, line break, visible body; without a title the body alone. One paragraph a line."""
    published: date | None
    """The calendar day in China."""
    source: str
    """Publisher; empty if unknown."""
    url: str
    """Where it was published; empty if unknown."""
    identifier: str
    """The input's path below its root, or its id."""


@_frozen()
class Skipped:
    """One of a file's articles that cannot be read while the others can: a bad line, an entry without text."""

    identifier: str
    """The identifier that the article would have had."""
    reason: str
    """One line that says what is wrong with it."""


@_frozen()
class Document:
    """An article cut into sentences, in order, none empty."""

    article: Article
    sentences: tuple[Span, ...]


@_frozen()
class Quantity:
    """A number with what it counts: 7.3万余次 -> 73000, 次, >."""

    value: Decimal
    """In base units: 1.5亿 -> 150000000, 80% -> 80."""
    unit: str
    """Classifier or unit as written (项, 件, %, 元, 个工作日); empty if there is none."""
    bound: str
    """`=` exact, `>` more than, `<` less than, `~` about."""
    measure: str
    """The noun phrase measured; empty if the text names none."""


@_frozen(eq=False)
class Mention:
    """Words that name something. A mention is equal to itself alone: stages pass on the same one."""

    kind: str
    """region, agency, person, legislation, reform, service, time or indicator."""
    span: Span
    value: str | Quantity
    """The normalised form that its linker starts from: EDTF, codes, a name, a quantity."""
    rule: str
    """What fired, as `kind.rule`."""


@_frozen()
class Relation:
    """What a stretch of text says of two mentions."""

    predicate: str
    subject: Mention
    object: Mention | None
    qualifier: str
    """The title of a post (holdsPost); empty otherwise."""
    evidence: Span
    rule: str


@_frozen()
class Entity:
    """A thing in the graph; `kind` and `key` make its IRI."""

    kind: str
    key: str
    label: str
    alt_labels: tuple[str, ...]
    mentions: tuple[Mention, ...]
    """Empty for a thing that the article does not name but a statement needs (the region of an agency)."""


@_frozen()
class Statement:
    """A relation between entities, with the words it rests on."""

    subject: Entity
    predicate: str
    object: Entity | None
    qualifier: str
    evidence: tuple[Span, ...]
    rule: str

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.subject.key} {self.predicate}: a statement needs evidence")


@_frozen()
class Topic:
    """What an article is about, settled once so that every later stage agrees."""

    homes: dict[str, str]
    """The region that 全省, 本市, 我区 mean: code (or name of a zone) by level (province, prefecture, county), where
    decided."""
    home: str
    """Code of the region that the article is about as a whole; empty if there is none."""
    regions: dict[Mention, str]
    """The code or name of each region mention; undecided ones are left out."""
    initiative: Mention | None
    """The main reform or service."""
    agency: Mention | None
    """The agency in whose name the article speaks."""


@_frozen()
class ArticleGraph:
    """All that one article says: the contents of one named graph."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


class Reader(Protocol):
    """A file's bytes -> its articles, and those it had to skip. Raises InputError if the whole file is at fault."""

    def __call__(self, data: bytes, identifier: str) -> Iterator[Article | Skipped]: ...


class Extractor(Protocol):
    """A document -> mentions of one family, in any order; may overlap, overlap.py settles it."""

    def __call__(self, document: Document) -> Iterator[Mention]: ...


class Linker(Protocol):
    """Mentions of one kind -> the entities they name, each as (key, label)."""

    def __call__(
        self, document: Document, mentions: Sequence[Mention], topic: Topic
    ) -> dict[Mention, tuple[tuple[str, str], ...]]: ...
