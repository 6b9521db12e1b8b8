"""Patterns compiled late, and kept compiled: every one is right, and kept ones do what `re.compile`'s do."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from graphs import example

import kg
from kg.normalise import pattern as module
from kg.normalise.pattern import keep, pattern

SENTENCE = (
    example().article.text
    + "上海市政府秘书长马春雷介绍，截至2021年7月1日，“一网通办”接入3197项事项，办事时间减少59.8%。"
)


def patterns() -> Iterator[re.Pattern[str]]:
    for name in sorted(found.name for found in walk_packages(kg.__path__, "kg.")):
        if name.startswith(("kg.extractors", "kg.linkers", "kg.normalise", "kg.readers", "kg.relations")):
            yield from (one for one in vars(import_module(name)).values() if isinstance(one, module._Pattern))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which patterns are kept for the time of a test."""
    monkeypatch.setattr(module.atexit, "register", lambda call: call)
    monkeypatch.setattr(module._Pattern, "kept", None)
    keep(tmp_path / "kept")
    return tmp_path / "kept"


def test_every_pattern_compiles_and_a_kept_one_is_the_same(kept: Path) -> None:
    for _ in ("made", "taken from the file"):
        for one in patterns():
            plain = re.compile(one.pattern, one._flags)
            mine = module._Pattern(one.pattern, one._flags)
            assert mine.findall(SENTENCE) == plain.findall(SENTENCE)
            assert (mine.flags, mine.groups, dict(mine.groupindex)) == (plain.flags, plain.groups, plain.groupindex)
        module._Pattern.kept.save()
        keep(kept)
        assert module._Pattern.kept._known


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xfb\x00\x00\x00\x00"])
def test_a_damaged_file_does_no_harm(kept: Path, damage: bytes) -> None:
    assert pattern("市长").search(SENTENCE + "市长")
    module._Pattern.kept.save()
    (file,) = kept.iterdir()
    file.write_bytes(damage)
    keep(kept)
    assert pattern("市长").search(SENTENCE + "市长")


def test_wrong_code_or_a_folder_that_cannot_be_made_does_no_harm(kept: Path, tmp_path: Path) -> None:
    module._Pattern.kept._known["市长", 0] = (32, b"\x07\x00\x00\x00", 0, {}, (None,))
    assert pattern("市长").search("市长")
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file" / "folder")
    assert pattern("市委").search("市委")
    module._Pattern.kept.save()


def test_a_wrong_source_is_an_error_as_ever(kept: Path) -> None:
    with pytest.raises(re.error):
        pattern("(").search("")
