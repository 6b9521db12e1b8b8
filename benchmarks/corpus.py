"""A corpus of any size: the examples' own sentences with other regions, agencies, reforms, people, dates and numbers.

Article number N is the same whatever the size of the corpus, on every machine. Usage:

    python -m benchmarks.corpus 2000 FOLDER [--format html|md|jsonl]
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from kg import catalogue
from kg.model import Article
from kg.readers import READERS, read

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
SEED = "reform-kg"
PLAIN = 0.9
"""Sentences of our own for each sentence of an example: what brings the density down to that of news."""
DROPPED = 0.4
"""Share of an example's sentences that an article leaves out."""
SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”）]*")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|〕|-)")  # 2021年, 〔2020〕
DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")  # 6月23日
NUMBER = re.compile(r"(?<![\d.〔第×/-])(\d{2,6}(?:\.\d+)?)(?=[项件个条万亿户人次余多%])")  # 357项, 96.7%
MINISTRIES = ("ministry", "bureau", "direct")
COMMON_SURNAMES = 60
COMMON_CHARACTER = 25
"""Fitness of a character as the last one of a name, from name_characters.csv."""


@dataclass(frozen=True, slots=True)
class Source:
    """An example: the paragraphs that articles are made of."""

    title: str
    paragraphs: tuple[str, ...]
    published: date


@dataclass(frozen=True, slots=True)
class Names:
    """What can stand in a text, and what can stand in its place."""

    pattern: re.Pattern[str]
    """Every name that the examples may hold, longest first."""
    place: dict[str, tuple[str, bool]]
    """Name of a region -> its code, and whether it is the short name."""
    below: dict[str, tuple[str, ...]]
    """Code of a region -> codes of those directly in it; of "" the provinces with prefectures."""
    alike: dict[str, tuple[str, ...]]
    """Name of an initiative, agency or group -> the names that may replace it."""
    people: frozenset[str]
    surnames: tuple[str, ...]
    given: tuple[str, ...]


def _lines(name: str) -> tuple[str, ...]:
    text = (HERE / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def sources() -> tuple[Source, ...]:
    """The examples, in order of their files."""
    found = []
    for path in sorted(EXAMPLES.iterdir(), key=lambda path: path.name):
        for item in read(path) if path.suffix in READERS else ():
            if isinstance(item, Article) and item.published:
                paragraphs = item.text.split("\n")[1:] if item.title else item.text.split("\n")
                found.append(Source(item.title, tuple(p.strip() for p in paragraphs if p.strip()), item.published))
    return tuple(found)


def _interchangeable(groups: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(group) for group in groups for name in group}


@cache
def names() -> Names:
    """The names of the data tables, as far as the generator deals with them."""
    regions = catalogue.regions()
    divided = {r.parent for r in regions.values() if r.level == "prefecture"}
    below: dict[str, list[str]] = {"": sorted(divided)}
    place: dict[str, tuple[str, bool]] = {}
    for code, region in regions.items():
        if region.parent:
            below.setdefault(region.parent, []).append(code)
        place.setdefault(region.name, (code, False))
    for level in ("province", "prefecture"):  # short names of counties are words too often (资源)
        for code, region in regions.items():
            if region.level == level and len(region.short) > 1:
                place.setdefault(region.short, (code, True))
    initiatives: dict[str, list[str]] = {"reform": [], "service": []}
    for name, one in catalogue.initiatives().items():
        if len(name) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", name) and not one.region:
            initiatives[one.kind].append(name)
    ministries = [r for r in catalogue.rows(catalogue.ONTOLOGY / "agencies.csv") if r["kind"] in MINISTRIES]
    full = [row["name"] for row in ministries if not row["until"]]
    short = [row["aliases"].split("|")[0] for row in ministries if row["aliases"] and not row["until"]]
    alike = _interchangeable([*initiatives.values(), full, short, sorted(catalogue.groups())])
    people = frozenset(_lines("people.txt"))
    texts = "\n".join(text for one in sources() for text in (one.title, *one.paragraphs))
    used = sorted(
        (n for n in {*place, *alike, *people} if n in texts or n in people), key=lambda name: (-len(name), name)
    )
    return Names(
        re.compile("|".join(map(re.escape, used))),
        place,
        {code: tuple(codes) for code, codes in below.items()},
        alike,
        people,
        tuple(row["surname"] for row in catalogue.lexicon("surnames") if len(row["surname"]) == 1)[:COMMON_SURNAMES],
        tuple(r["character"] for r in catalogue.lexicon("name_characters") if int(r["last"]) >= COMMON_CHARACTER),
    )


class Exchange:
    """What one article puts in the place of what the examples say; the same name always becomes the same name."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._years = random.randrange(4)

    def __call__(self, text: str) -> str:
        text = names().pattern.sub(lambda match: self._name(match[0]), text)
        text = YEAR.sub(lambda match: str(int(match[1]) - self._years), text)
        text = DAY.sub(lambda _: f"{self._random.randint(1, 12)}月{self._random.randint(1, 28)}日", text)
        return NUMBER.sub(lambda match: self._number(match[1]), text)

    def day(self, day: date) -> date:
        """A day of publication, earlier by the same number of years."""
        return day.replace(year=day.year - self._years, day=min(day.day, 28))

    def _name(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = self._other(name)
        return self._names[name]

    def _other(self, name: str) -> str:
        known = names()
        if name in known.people:
            given = "".join(self._random.choice(known.given) for _ in name[1:])
            return self._random.choice(known.surnames) + given
        if name in known.alike:
            return self._random.choice(known.alike[name])
        code, short = known.place[name]
        region = catalogue.regions()[self._code(code)]
        return region.short if short and len(region.short) > 1 else region.name

    def _code(self, code: str) -> str:
        """Another region of the same level, in the region that stands for its parent; a municipality becomes a city."""
        if code not in self._codes:
            known, region = names(), catalogue.regions()[code]
            if code in catalogue.municipalities():
                within = self._random.choice(known.below[""])
            else:
                within = self._code(region.parent) if region.parent else ""
            self._codes[code] = self._random.choice(known.below.get(within) or (within,))
        return self._codes[code]

    def _number(self, digits: str) -> str:
        other = "".join(c if c == "." else str(self._random.randint(1, 9)) for c in digits)
        return str(int(other) % 100) if digits.isdigit() and int(digits) <= 100 and len(digits) > 2 else other


@dataclass(frozen=True, slots=True)
class Made:
    """An article of the corpus."""

    identifier: str
    title: str
    paragraphs: tuple[str, ...]
    published: date
    source: str


def article(number: int) -> Made:
    """Article `number` of the corpus."""
    random = Random(f"{SEED} {number}")
    exchange = Exchange(random)
    main = sources()[number % len(sources())]
    paragraphs = list(main.paragraphs)
    other = random.choice(sources())
    if other is not main:
        paragraphs += other.paragraphs[: 1 + len(other.paragraphs) // 2]
    made = [_thinned(exchange(paragraph), exchange, random) for paragraph in paragraphs]
    return Made(
        f"a{number:07}",
        exchange(main.title),
        tuple(paragraph for paragraph in made if paragraph),
        exchange.day(main.published),
        "改革知识图谱示例",
    )


def _thinned(paragraph: str, exchange: Exchange, random: Random) -> str:
    """A paragraph without some of its sentences and with others between them."""
    found = []
    for sentence in SENTENCE.findall(paragraph):
        if not sentence:
            continue
        if random.random() >= DROPPED:
            found.append(sentence)
        if sentence[-1] in "。！？”" and random.random() < PLAIN:
            found.append(exchange(random.choice(_plain())))
    return "".join(found)


@cache
def _plain() -> tuple[str, ...]:
    return _lines("sentences.txt")


def html(made: Made) -> str:
    """The article as a page of a news site, with the frame around it."""
    title = escape(made.title)
    body = "\n".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in made.paragraphs)
    page = (HERE / "page.html").read_text(encoding="utf-8")
    for name, value in (("title", title), ("published", str(made.published)), ("source", made.source), ("body", body)):
        page = page.replace(f"{{{name}}}", value)
    return page


def markdown(made: Made) -> str:
    """The article as a Hexo post."""
    body = "\n\n".join(made.paragraphs)
    title = json.dumps(made.title, ensure_ascii=False)
    return f"---\ntitle: {title}\ndate: {made.published} 09:00:00\nsource: {made.source}\n---\n\n{body}\n"


def line(made: Made) -> str:
    """The article as a line of JSON."""
    fields = {
        "id": made.identifier,
        "title": made.title,
        "text": "\n".join(made.paragraphs),
        "published": str(made.published),
        "source": made.source,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


FORMS: dict[str, Callable[[Made], str]] = {"html": html, "md": markdown, "jsonl": line}
FOLDER_SIZE = 1000
"""Files in one folder."""


def articles(size: int, first: int = 0) -> Iterator[Made]:
    """The articles from number `first` on."""
    return (article(number) for number in range(first, first + size))


def write(size: int, folder: Path, form: str = "html", first: int = 0) -> None:
    """Writes articles to `folder`: a file each, or one file `articles.jsonl`."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "jsonl":
        with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(map(line, articles(size, first)))
        return
    for number, made in enumerate(articles(size, first), start=first):
        path = folder / f"{number // FOLDER_SIZE:04}" / f"{made.identifier}.{form}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(FORMS[form](made), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--format", choices=sorted(FORMS), default="html")
    parser.add_argument("--first", type=int, default=0, help="number of the first article")
    given = parser.parse_args()
    write(given.size, given.folder, given.format, given.first)


if __name__ == "__main__":
    main()
