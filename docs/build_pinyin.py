"""Writes kg/exporters/view/pinyin.csv: the characters of GB/T 2312 by their pinyin syllables.

Reads the tables of pypinyin (MIT licence; install it for this alone, the program does not need it): a character's
first reading, and each further one that a twelfth of the character's words use, so that 重 stands under zhong and
chong and 厦 under sha and xia, but 会 not under gui. ü is v, as people type it.
Run by hand: .venv/bin/python docs/build_pinyin.py
"""

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

TARGET = Path(__file__).parent.parent / "kg" / "exporters" / "view" / "pinyin.csv"
MIN_SHARE = 12


def _characters() -> list[str]:
    """The 6,763 characters of GB/T 2312, rows 16 to 87."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    """Counts the readings in words, then writes one line a syllable."""
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        for character, reading in zip(phrase, readings, strict=False):
            used[character][to_normal(reading[0], v_to_u=False)] += 1
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for character in _characters():
        syllables = {pinyin(character, style=Style.NORMAL)[0][0]}
        words = used[character].total()
        syllables |= {s for s, n in used[character].items() if n * MIN_SHARE >= words}
        for syllable in syllables:
            if syllable.isascii() and syllable.isalpha():
                rows[syllable].append(character)
    lines = ["# The characters of GB/T 2312 by pinyin; made by docs/build_pinyin.py from pypinyin 0.55 (MIT licence)."]
    lines += ["syllable,characters", *(f"{s},{''.join(c)}" for s, c in sorted(rows.items()))]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
