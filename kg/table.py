"""Rows -> lines of a table whose columns stand straight with Chinese in them."""

import unicodedata
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg import vocab

WIDEST = 60
"""Columns of a cell; a longer one is cut."""
Cell = str | ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def table(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """A head, a rule and a line a row."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [min(max([_width(name), *(_width(row[i]) for row in cells)]), WIDEST) for i, name in enumerate(names)]
    yield _line(names, widths)
    yield "  ".join("─" * width for width in widths)
    for row in cells:
        yield _line(row, widths)


def _text(cell: Cell) -> str:
    """A term as a reader wants it: IRIs with their prefix, literals without their type, on one line."""
    if isinstance(cell, ox.NamedNode):
        for prefix, base in vocab.PREFIXES.items():
            if cell.value.startswith(base):
                return f"{prefix}:{cell.value[len(base) :]}"
        return cell.value
    return " ".join((cell.value if isinstance(cell, ox.Literal) else str(cell)).split())


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_fit(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fit(cell: str, width: int) -> str:
    """The cell in exactly that many columns."""
    if _width(cell) > width:
        while _width(cell) > width - 1:
            cell = cell[:-1]
        cell += "…"
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
