"""Writes kg/lexicon/name_characters.csv: how much a character looks like a surname or part of a given name;
and kg/lexicon/not_names.csv: words that look like names by it and are not.

Reads the dictionary that ships with jieba (MIT licence): the characters of its personal names (tag nr: one of
the common surnames of kg/lexicon/surnames.csv + one or two characters) against those of its other words,
weighted by frequency. A surname's share of the population is estimated from its rank.
Run by hand: .venv/bin/python ontology/build_name_characters.py
"""

import math
from collections import Counter
from importlib.resources import files
from pathlib import Path

from kg import catalogue

LEXICON = Path(__file__).parent.parent / "kg/lexicon"
HEADER = """\
# 10 x ln(odds) of a character as surname, only, middle or last character of a given name against other words.
# Written by ontology/build_name_characters.py from the dictionary of jieba 0.42.1 (MIT).
"""
SMOOTH, LEAST, NO_SURNAME = 0.3, 3, -90
WORDS = """\
# Ordinary words and places of two or three characters that look like a surname and a given name.
# Written by ontology/build_name_characters.py from the dictionary of jieba 0.42.1 (MIT).
"""
OFTEN, LIKELY = 20, -45  # rarer words and words that could hardly be a name are left out
NAME_LIKE = 50  # a strong name that the dictionary calls something else is left out, too
SHARE = {"modern": 0.0008, "rare": 0.0001, "baijiaxing": 0.0001}


def _share(row: dict[str, str]) -> float:
    """The share of people with this surname."""
    return 0.075 / int(row["rank"]) ** 0.75 if row["rank"] else SHARE[row["source"]]


def _characters(words: list[tuple[str, int, str]]) -> dict[str, tuple[int, int, int, int]]:
    """Character -> scores as surname, only, middle and last character of the given name."""
    shares = {r["surname"]: _share(r) for r in catalogue.lexicon("surnames") if r["source"] != "compound"}
    common = {r["surname"] for r in catalogue.lexicon("surnames") if r["source"] in ("2020", "modern")}
    single, middle, last, ground = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for word, frequency, flag in words:
        if flag == "nr" and word[0] in common and len(word) == 2:
            single[word[1]] += 1
        elif flag == "nr" and word[0] in common and len(word) == 3:
            middle[word[1]] += 1
            last[word[2]] += 1
        elif not flag.startswith("nr"):
            for character in word:
                ground[character] += frequency
    kinds, total = len(ground), sum(ground.values())
    tables = (single, middle, last)
    scores = {}
    for character in sorted(set(shares) | set(single) | set(middle) | set(last)):
        if character not in shares and sum(t[character] for t in tables) < LEAST:
            continue
        base = math.log((ground[character] + 1) / (total + kinds))
        surname = round(10 * (math.log(shares[character]) - base)) if character in shares else NO_SURNAME
        given = (math.log((t[character] + SMOOTH) / (sum(t.values()) + SMOOTH * kinds)) - base for t in tables)
        only, mid, end = (round(10 * odds) for odds in given)
        scores[character] = (surname, only, mid, end)
    return scores


def _not_names(words: list[tuple[str, int, str]], scores: dict[str, tuple[int, int, int, int]]) -> list[str]:
    found = []
    for word, frequency, flag in words:
        parts = [scores.get(character) for character in word]
        if frequency < OFTEN or flag.startswith("nr") or len(word) not in (2, 3) or None in parts:
            continue
        first, *given = [part for part in parts if part]
        score = first[0] + (given[0][1] if len(given) == 1 else given[0][2] + given[1][3])
        if score >= LIKELY and (score < NAME_LIKE or flag == "ns"):
            found.append(word)
    return sorted(found)


def main() -> None:
    """Writes both tables, sorted."""
    lines = files("jieba").joinpath("dict.txt").read_text("utf8").splitlines()
    words = [(word, int(count), flag) for word, count, flag in (line.split(" ") for line in lines)]
    scores = _characters(words)
    rows = "".join(f"{character},{','.join(map(str, row))}\n" for character, row in scores.items())
    (LEXICON / "name_characters.csv").write_text(HEADER + "character,surname,single,middle,last\n" + rows, "utf8")
    (LEXICON / "not_names.csv").write_text(WORDS + "word\n" + "\n".join(_not_names(words, scores)) + "\n", "utf8")


if __name__ == "__main__":
    main()
