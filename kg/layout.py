"""Where the entities of a picture stand: a reform with what belongs to it around it, groups beside one another.

Everything is in integers, so that the same graph gives the same picture on every processor. Places are points of one
staggered lattice (x and y have the same parity): each entity has a cell of its own and no two can overlap.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count

Place = tuple[int, int]
Links = Mapping[tuple[int, int], int]
"""(entity, entity) -> how often they are linked; each pair once, in either order."""

CENTRES = ("reform", "service")  # kinds that others gather around, the first before the second
RINGS = ("reform", "service", "agency", "legislation", "person", "region")  # from the middle outwards
LEAST = 5  # entities of a group of its own
FULL = 12  # entities of a group that is large enough not to draw others
WIDE, TALL = (10, 16), (18, 12)  # weight of a step in x and in y: what is round in these is wide or tall on the screen


def _neighbours(links: Links) -> dict[int, dict[int, int]]:
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (one, other), times in links.items():
        if one != other:
            found[one][other] = found[one].get(other, 0) + times
            found[other][one] = found[one][other]
    return found


def groups(kinds: Sequence[str], links: Links) -> list[int]:
    """The centre of each entity's group, -1 for an entity without links; entities come in order of importance.

    An entity goes to the reform it is linked to most often, else to a service, else where its neighbours go; among
    equals to the one that has gathered less, then to the more important. A reform that gathers nobody joins its
    strongest neighbour, and so does a small group.
    """
    near = _neighbours(links)
    group = [-1] * len(kinds)
    for centre_kind in CENTRES:
        centres = {i for i, kind in enumerate(kinds) if kind == centre_kind and group[i] < 0 and i in near}
        size = dict.fromkeys(centres, 0)
        for i in sorted(near):
            near_centres = centres.intersection(near[i]) if i not in centres and group[i] < 0 else ()
            if near_centres:
                group[i] = min(near_centres, key=lambda c: (-near[i][c], size[c] // FULL, c))
                size[group[i]] += 1
        gathered = set(group)
        for i in centres & gathered:
            group[i] = i
    _spread(group, near)
    for i in sorted(near):  # whole parts of the graph without a reform or service
        if group[i] < 0:
            group[i] = i
            _spread(group, near)
    _merge(group, near)
    return group


def _merge(group: list[int], near: dict[int, dict[int, int]]) -> None:
    """Joins each group of fewer than `LEAST` entities to the group that it is linked to most, the least first."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i in near:
        members[group[i]].append(i)
    for centre in sorted(members, key=lambda c: (len(members[c]), -c)):
        if len(members[centre]) < LEAST:
            pull: defaultdict[int, int] = defaultdict(int)
            for i in members[centre]:
                for other, times in near[i].items():
                    pull[group[other]] += times
            pull.pop(centre, None)
            if pull:
                target = min(pull, key=lambda c: (len(members[c]) // FULL, -pull[c], c))
                for i in members[centre]:
                    group[i] = target
                members[target] += members.pop(centre)


def _spread(group: list[int], near: dict[int, dict[int, int]]) -> None:
    """Gives entities that have no group yet that of their strongest neighbour, step by step."""
    waiting = [i for i in sorted(near) if group[i] < 0]
    while waiting:
        found = {}
        for i in waiting:
            placed = [n for n in near[i] if group[n] >= 0]
            if placed:
                found[i] = group[min(placed, key=lambda n: (-near[i][n], n))]
        if not found:
            return
        for i, centre in found.items():
            group[i] = centre
        waiting = [i for i in waiting if i not in found]


def _spiral(size: int, weights: tuple[int, int]) -> list[Place]:
    """The `size` lattice points nearest to the origin, from the inside outwards."""
    for reach in count(2):
        points = [
            (x, y)
            for x in range(-3 * reach, 3 * reach + 1)
            for y in range(-2 * reach, 2 * reach + 1)
            if (x - y) % 2 == 0
        ]
        if len(points) >= 4 * size:
            break
    a, b = weights
    return sorted(points, key=lambda p: (a * p[0] * p[0] + b * p[1] * p[1], p[1], p[0]))[:size]


def _margin(cells: Sequence[Place]) -> set[Place]:
    """The cells with their neighbours: what another group may not stand on."""
    steps = ((0, 0), (2, 0), (-2, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
    return {(x + dx, y + dy) for x, y in cells for dx, dy in steps}


def places(kinds: Sequence[str], group: Sequence[int], links: Links, weights: tuple[int, int] = WIDE) -> list[Place]:
    """A lattice point for each entity: groups as islands, related ones near each other, the largest in the middle."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i, centre in enumerate(group):
        members[centre].append(i)
    pull = _pull(group, links)
    result: list[Place] = [(0, 0)] * len(kinds)
    taken: set[Place] = set()
    anchors: dict[int, Place] = {}
    for centre in sorted(members, key=lambda c: (c < 0, -len(members[c]), c)):
        ring = sorted(members[centre], key=lambda i: (i != centre, RINGS.index(kinds[i]), i))
        shape = _spiral(len(ring), weights)
        target = _target({g: w for g, w in pull[centre].items() if g in anchors}, anchors)
        dx, dy = anchors[centre] = _free(shape, taken, target, weights)
        cells = [(x + dx, y + dy) for x, y in shape]
        taken |= _margin(cells)
        for i, cell in zip(ring, cells, strict=True):
            result[i] = cell
    return result


def _pull(group: Sequence[int], links: Links) -> defaultdict[int, dict[int, int]]:
    """How often each group is linked to each other group."""
    pull: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (one, other), times in links.items():
        a, b = group[one], group[other]
        if a != b:
            pull[a][b] = pull[a].get(b, 0) + times
            pull[b][a] = pull[b].get(a, 0) + times
    return pull


def _target(pull: Mapping[int, int], anchors: Mapping[int, Place]) -> Place:
    """The middle of the groups that pull, by their strength, half-way to the origin."""
    total = 2 * sum(pull.values())
    if not total:
        return (0, 0)
    x = sum(anchors[g][0] * w for g, w in pull.items()) // total
    y = sum(anchors[g][1] * w for g, w in pull.items()) // total
    return (x, y)


def _free(shape: Sequence[Place], taken: set[Place], target: Place, weights: tuple[int, int]) -> Place:
    """The shift nearest to the target and the origin at which the whole shape is free."""
    if not taken:
        return (0, 0)
    a, b = weights
    reach_x = max(abs(x) for x, _ in taken) + max(abs(x) for x, _ in shape) + 2
    reach_y = max(abs(y) for _, y in taken) + max(abs(y) for _, y in shape) + 2
    tx, ty = target
    shifts = [
        (a * ((x - tx) ** 2 + 2 * x * x) + b * ((y - ty) ** 2 + 2 * y * y), y, x)
        for x in range(-reach_x, reach_x + 1)
        for y in range(-reach_y, reach_y + 1)
        if (x - y) % 2 == 0
    ]
    for _, dy, dx in sorted(shifts):
        if not any((x + dx, y + dy) in taken for x, y in shape):
            return (dx, dy)
    raise AssertionError("a shift beyond all taken cells is always free")
