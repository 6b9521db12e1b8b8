"""The neighbours of an entity -> a drawing whose texts never meet: one row each, on two sides or below the middle."""

from collections.abc import Sequence
from typing import NamedTuple

ROW = 30
"""Pixels of a row."""
WIDE, NARROW = 720, 330
MIDDLE = 92
"""Half the room of the entity's own name."""
REACH = 96
"""From the name to the symbols of its neighbours."""


class Group(NamedTuple):
    """Neighbours by one predicate: its words, and (kind, name, link) of each."""

    words: str
    members: tuple[tuple[str, str, str], ...]


class Spot(NamedTuple):
    """A neighbour in its place, with the curve that leads to it."""

    kind: str
    name: str
    link: str
    x: int
    y: int
    side: int
    """1 to the right, -1 to the left."""
    curve: str


class Words(NamedTuple):
    """The name of a predicate in its place."""

    text: str
    x: int
    y: int
    side: int


class Drawing(NamedTuple):
    """A drawing of so many pixels."""

    width: int
    height: int
    x: int
    y: int
    """Where the entity itself stands."""
    spots: tuple[Spot, ...]
    words: tuple[Words, ...]


def _rows(groups: Sequence[Group]) -> int:
    return sum(1 + len(group.members) for group in groups)


def _sides(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """The groups in two halves of about the same height; the first goes right. A single group is cut in two."""
    if len(groups) == 1:
        (words, members), half = groups[0], -(-len(groups[0].members) // 2)
        rest = [Group(words, members[half:])] if members[half:] else []
        return [Group(words, members[:half])], rest
    right: list[Group] = []
    left: list[Group] = []
    for group in sorted(groups, key=lambda g: -len(g.members)):
        (right if _rows(right) <= _rows(left) else left).append(group)
    order = {id(group): i for i, group in enumerate(groups)}
    return sorted(right, key=lambda g: order[id(g)]), sorted(left, key=lambda g: order[id(g)])


def wide(groups: Sequence[Group]) -> Drawing:
    """The entity in the middle, neighbours left and right of it."""
    sides = _sides(groups)
    height = ROW * max(3, *(_rows(side) for side in sides)) + 10
    middle = height // 2
    spots: list[Spot] = []
    words: list[Words] = []
    for side, members in zip((1, -1), sides, strict=True):
        x = WIDE // 2 + side * (MIDDLE + REACH)
        y = (height - ROW * _rows(members)) // 2 + ROW // 2
        start = WIDE // 2 + side * MIDDLE
        for group in members:
            words.append(Words(group.words, x, y, side))
            for kind, name, link in group.members:
                y += ROW
                bend = start + side * REACH // 2
                curve = f"M{start},{middle}C{bend},{middle} {bend},{y} {x - side * 10},{y}"
                spots.append(Spot(kind, name, link, x, y, side, curve))
            y += ROW
    return Drawing(WIDE, height, WIDE // 2, middle, tuple(spots), tuple(words))


def narrow(groups: Sequence[Group]) -> Drawing:
    """The entity on top, neighbours in one column under it."""
    spots: list[Spot] = []
    words: list[Words] = []
    y = 20 + ROW
    for group in groups:
        words.append(Words(group.words, 44, y, 1))
        for kind, name, link in group.members:
            y += ROW
            spots.append(Spot(kind, name, link, 54, y, 1, f"M20,30V{y - 8}Q20,{y} 28,{y}H44"))
        y += ROW
    return Drawing(NARROW, y, 20, 20, tuple(spots), tuple(words))
