"""How much a stretch of characters looks like a Chinese personal name, and where a name ends.

Scores are ten times the natural logarithm of odds, summed over the characters (lexicon/name_characters.csv).
"""

from functools import cache
from typing import NamedTuple

from kg import catalogue
from kg.normalise import post
from kg.normalise.wordlist import alternation

UNKNOWN = (-90, -15, -15, -15)
COMPOUND, KNOWN = 60, 150
LIKELY = 75  # what the name of a known person scores if nothing ends it
BEFORE = frozenset("与和及、对向由在请的跟同是让为")  # characters that a name may follow
RARE = -30  # a surname below that is hardly ever one: 和, 来, 过
THREE = 13  # three characters are that much more common than two
FOLLOWED, PUNCTUATED, CUT = 25, 20, -70
AND = frozenset("和与及")
BODIES = frozenset("省市县区国")  # how the name of a body begins that stands behind an and
SAYS = frozenset("说称问答")
TAKING = frozenset("为任")
NEVER = frozenset("把被给")  # end no name: 吕建|把
ASPECT = frozenset("了着过")  # 打了, 接诊了, 掰着: a verb follows the name


class Name(NamedTuple):
    """A likely name `text[start:end]`."""

    start: int
    end: int
    score: int
    follower: str
    """What comes after: speech, act, office, word, stop (no Chinese character) or empty (anything else)."""


@cache
def _characters() -> dict[str, tuple[int, int, int, int]]:
    rows = catalogue.lexicon("name_characters")
    return {r["character"]: (int(r["surname"]), int(r["single"]), int(r["middle"]), int(r["last"])) for r in rows}


@cache
def _compounds() -> frozenset[str]:
    return frozenset(r["surname"] for r in catalogue.lexicon("surnames") if r["source"] == "compound")


@cache
def _tables() -> tuple[dict[str, tuple[int, int, int, int]], frozenset[str], frozenset[str]]:
    """Scores of characters, compound surnames, known persons."""
    return _characters(), _compounds(), _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(catalogue.words("known_persons"))


@cache
def not_names() -> frozenset[str]:
    """Ordinary words that look like names."""
    return frozenset((*catalogue.words("not_names"), *catalogue.words("name_traps")))


def opens_word(text: str, start: int) -> bool:
    """Whether an ordinary word of two characters begins there: 高度 in 高度评价."""
    two = text[start : start + 2]
    return two in not_names() and two not in _compounds()


@cache
def opening() -> str:
    """A pattern for the characters that names begin with, rare surnames that are mostly other words left out."""
    known = {name[0] for name in _known()}
    single = (character for character, scores in _characters().items() if scores[0] > RARE or character in known)
    return f"(?:[{''.join(sorted(single))}]|{alternation(_compounds())})"


@cache
def firsts() -> frozenset[str]:
    """The first characters of all surnames."""
    return frozenset(surnames())


@cache
def surnames() -> str:
    """The first characters of all surnames, for a regex class."""
    return "".join(sorted({name[0] for name in (*catalogue.words("surnames"), *_known())}))


@cache
def _followers() -> dict[str, str]:
    return {row["verb"]: row["kind"] for row in catalogue.lexicon("speech_verbs")}


@cache
def _followers_by_first() -> dict[str, tuple[str, ...]]:
    """The words that follow a name by their first character, longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(_followers(), key=lambda w: (-len(w), w)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


@cache
def _long_followers_by_first() -> dict[str, tuple[str, ...]]:
    """Those of two or more characters."""
    by_first = _followers_by_first().items()
    return {first: long for first, words in by_first if (long := tuple(w for w in words if len(w) > 1))}


def is_chinese(character: str) -> bool:
    """Whether it is one unified ideograph."""
    return "一" <= character <= "鿿"


def follower(text: str, end: int) -> str:
    """What kind of word begins at `end`: speech, act, office, word, stop or empty."""
    first = text[end : end + 1]
    if not is_chinese(first):
        return "stop"
    words = _followers_by_first().get(first, ())
    if words and text.startswith(words, end):
        return next(_followers()[word] for word in words if text.startswith(word, end))
    return "word" if text[end + 1 : end + 2] in ASPECT or text[end + 2 : end + 3] in ASPECT else ""


def cuts(text: str, start: int) -> bool:
    """Whether a verb begins at `start`: 参加 in 孙慧参加; one character counts if nothing follows: 说 in 孙慧说，.

    Or a word for and, with a title or a body behind it: 和副部长 in 黄明和副部长, 和市教育局 in 黄明和市教育局.
    Or 则 with a predicate behind it: 闵华则出任; or 为, 任 with an office behind it: 赵明为副主任.
    Or a title that follows names: 主任 in 王毅主任."""
    if text[start] in NEVER:
        return True
    if text[start] in SAYS and not is_chinese(text[start + 1 : start + 2]):
        return True
    if text[start] == "则" and is_chinese(text[start + 1 : start + 2]):
        return True
    if text[start] in TAKING and is_chinese(text[start + 1 : start + 2]) and not follower(text, start + 1):
        return True
    if text[start] in AND and (text[start + 1 : start + 2] in BODIES or post.starting_at(text, start + 1)):
        return True
    words = _long_followers_by_first().get(text[start : start + 1])
    if words is not None and text.startswith(words, start):
        return True
    title = post.starting_at(text, start)
    return title is not None and title.after


def score(name: str) -> int:
    """The odds of a name of two to four characters; far below 0 for one that is none."""
    table, compounds, known = _tables()
    if name in known:
        return KNOWN
    if name[:2] in compounds and len(name) > 2:
        first, given = COMPOUND, name[2:]
    else:
        first, given = table.get(name[0], UNKNOWN)[0], name[1:]
    if len(given) == 1:
        return first + table.get(given, UNKNOWN)[1]
    if len(given) == 2:
        return first + table.get(given[0], UNKNOWN)[2] + table.get(given[1], UNKNOWN)[3] + THREE
    return UNKNOWN[0]


def surname_score(character: str) -> int:
    """The odds of one character as a surname."""
    return _characters().get(character, UNKNOWN)[0]


def _lengths(text: str, start: int) -> tuple[tuple[int, int], ...]:
    """The ends of what could be a name from `start` on, with the odds of each."""
    table, compounds, known = _tables()
    two, three = text[start : start + 2], text[start : start + 3]
    if two in compounds or two[0] not in table:
        ends = (start + 2, start + 3, start + 4) if two in compounds else (start + 2, start + 3)
        whole = [end for end in ends if end <= len(text) and all(map(is_chinese, text[start:end]))]
        return tuple((end, score(text[start:end])) for end in whole)
    if not is_chinese(two[1:]):
        return ()
    first = table[two[0]][0]
    _, only, middle, _ = table.get(two[1], UNKNOWN)
    short = start + 2, KNOWN if two in known else first + only
    if not is_chinese(three[2:]):
        return (short,)
    odds = first + middle + table.get(three[2], UNKNOWN)[3] + THREE
    return short, (start + 3, KNOWN if three in known else odds)


def name_at(text: str, start: int, least: int = -60) -> Name | None:
    """The likeliest name that begins at `start`, None if nothing there scores `least`."""
    if text[start : start + 1] not in firsts() and text[start : start + 2] not in _compounds():
        return None
    best, best_total = None, -1000
    for end, odds in _lengths(text, start):
        if odds < least:
            continue
        after = follower(text, end)
        known = odds == KNOWN and not after  # 王军 in 王军选与
        total = (LIKELY if known else odds) + (PUNCTUATED if after == "stop" else FOLLOWED if after else 0)
        if end - start > 2 and cuts(text, end - 1):
            total += CUT
            if odds + CUT < least:
                continue
        if total > best_total:
            best, best_total = Name(start, end, odds, after), total
    return best
