"""jieba's dictionary, regions.csv and sources/region_traps.csv -> kg/lexicon/region_traps.csv.

`python ontology/build_region_traps.py [--out FILE]`. A trap is text that contains the short name of a region
without meaning it. Which short names are ordinary words (`word`) is a judgement, kept by hand; the longer
words that swallow a short name (`phrase`) come from the dictionary.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import jieba

HERE = Path(__file__).parent
OUT = HERE.parent / "kg" / "lexicon" / "region_traps.csv"
FREQUENCY = 20
LENGTHS = range(3, 6)
PLACE = "ns"  # jieba's tag of place names
OF_THE_REGION = re.compile(
    r"(?:省|市|区|县|州|盟|旗|镇|乡|村|府|郡|地区|市区|县城|站|火车站|机场|港|人|队|话|法院|大学|医院|军区|实德队?)"
)  # 吴江|县, 绍兴|人: what follows still means the region or a body of it
HEADER = """\
# Phrases that contain the short name of a region and do not mean it.
# kind: word = the short name is an ordinary word, never a region alone; phrase = it swallows a short name.
# Source: words of jieba 0.42.1 (MIT), frequency >= 20; ontology/sources/region_traps.csv, kept by hand.
# Rebuild: make ontology (python ontology/build_region_traps.py)
"""


def table(path: Path) -> Iterator[dict[str, str]]:
    """CSV file -> its rows, comment lines skipped."""
    lines = path.read_text("utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def dictionary() -> Iterator[str]:
    """The words of jieba that are frequent enough, of the right length, and no place names."""
    path = Path(jieba.__file__).parent / "dict.txt"
    for line in path.read_text("utf-8").splitlines():
        word, frequency, tag = line.split()
        if int(frequency) >= FREQUENCY and len(word) in LENGTHS and tag != PLACE:
            yield word


def swallowed(word: str, shorts: set[str]) -> str:
    """The first short name inside the word that the word does not mean, "" if there is none."""
    for start in range(len(word) - 1):
        for end in range(start + 2, len(word) + (start > 0)):
            rest = word[end:] if start == 0 else ""
            if word[start:end] in shorts and not (rest and OF_THE_REGION.fullmatch(rest)):
                return word[start:end]
    return ""


def traps() -> list[tuple[str, str, str]]:
    """(phrase, note, kind) of every trap: the words by hand, then the phrases, each sorted."""
    regions = list(table(HERE / "regions.csv"))
    former = list(table(HERE / "regions_former.csv"))
    shorts = {row["short"] for row in regions if row["short"] and row["level"] != "province"}
    names = {form for row in regions for form in (row["name"], row["short"])}
    forms = {form for row in [*regions, *former] for form in (row["name"], row["short"]) if form}
    groups = {row["name"] for row in table(HERE / "groups.csv")}
    letters = {letter for row in regions for letter in row["abbr"].split("|")}
    kept = list(table(HERE / "sources" / "region_traps.csv"))
    words = {row["phrase"]: row["note"] for row in kept if row["kind"] == "word"}
    if unknown := sorted(set(words) - forms):
        raise SystemExit("sources/region_traps.csv: no name of a region: " + ", ".join(unknown))
    risky = shorts - set(words)
    phrases = {word: swallowed(word, risky) for word in dictionary() if word not in names}
    for row in kept:
        if row["kind"] == "phrase":
            inside = next((form for form in sorted(forms | groups) if form in row["phrase"]), "")
            phrases[row["phrase"]] = inside or ("letters" if letters.issuperset(row["phrase"]) else "")
            if not phrases[row["phrase"]]:
                raise SystemExit(f"sources/region_traps.csv: no name of a region in {row['phrase']}")
    found = [(word, note, "word") for word, note in sorted(words.items())]
    return found + [(word, f"contains {short}", "phrase") for word, short in sorted(phrases.items()) if short]


def main() -> None:
    """Command line: write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="the table (kg/lexicon/region_traps.csv)")
    out = parser.parse_args().out
    rows = traps()  # a fault in the sources leaves the table as it is
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("phrase", "note", "kind"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
