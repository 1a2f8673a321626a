"""Small cells of a table of counts, kept from who might read a person out of them.

A count under `LEAST` is shown as "fewer than 5". So that totals do not give it away, further cells are withheld until every hidden
count could be another one, whatever is published beside it. The table is read as a network: each row and each column with its total is
a sum that must hold, and a hidden count can change as soon as a cycle of hidden cells runs through it.

A table that shares figures with one that went out before is held against it, so that subtracting one from the other gives no small
count: `suppress_again`.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST = 5
"""The smallest count that is shown (a decision of this product)."""

_TOTAL = -1


class Hidden(StrEnum):
    """What stands in the place of a count: it is small, or another one could be worked out from it."""

    FEW = "few"
    HELD = "held"


Shown = int | Hidden


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may go out: `cells` by row, the totals of rows and columns, the total of all."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


def suppress(counts: Sequence[Sequence[int]]) -> Published:
    """Return the table of `counts` (rows of equal length, none negative) without a count that could be worked out.

    Raises ValueError for a table without cells, with rows of different lengths, or with a negative count.
    """
    table = _Table(counts)
    while exposed := table.exposed():
        table.protect(exposed)
    return table.published()


Key = tuple[Any, Any]
"""A figure that tables share: the label of its row and that of its column."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A table that went out before: what it shows of each figure. `summed` says that it has totals of its own, see `suppress_again`."""

    cells: Mapping[Key, Shown]
    summed: bool


def suppress_again(counts: Sequence[Sequence[int]], keys: Sequence[Sequence[Key]], earlier: Sequence[Earlier]) -> Published:
    """Return a table of which figures went out before, so that nothing small follows from it beside all earlier ones.

    `keys` name each count. It has no sums of its own: a total is shown only where every count in it is. A count is withheld where an
    earlier table with totals withheld it, since it may be the one that keeps a small count there from being worked out; where it
    differs from what was shown by less than `LEAST`, and where it was small and has not grown by that much for certain. Raises like
    `suppress`.
    """
    table = _Table(counts)
    cells = tuple(
        tuple(_again(count, [each for each in earlier if key in each.cells], key) for count, key in zip(row, named, strict=True))
        for row, named in zip(counts, keys, strict=True)
    )
    columns = tuple(zip(*cells, strict=True))
    return Published(
        cells=cells,
        row_totals=tuple(_sum(row, table.values[i, _TOTAL]) for i, row in enumerate(cells)),
        column_totals=tuple(_sum(column, table.values[_TOTAL, j]) for j, column in enumerate(columns)),
        total=_sum([shown for row in cells for shown in row], table.values[_TOTAL, _TOTAL]),
    )


def _again(count: int, earlier: Sequence[Earlier], key: Key) -> Shown:
    if count < LEAST:
        return Hidden.FEW
    return Hidden.HELD if any(_tells(count, each.cells[key], each.summed) for each in earlier) else count


def _tells(count: int, before: Shown, summed: bool) -> bool:
    """Whether a count must not be shown, given what an earlier table shows of the same figure."""
    if isinstance(before, Hidden):
        return summed if before is Hidden.HELD else count < 2 * LEAST - 1
    return 0 < abs(count - before) < LEAST


def _sum(shown: Sequence[Shown], total: int) -> Shown:
    if any(isinstance(each, Hidden) for each in shown):
        return Hidden.FEW if total < LEAST else Hidden.HELD
    return total


Cell = tuple[int, int]


class _Table:
    """All cells by (row, column), totals at -1; `hidden` says which are not shown, and how."""

    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self.rows, self.columns = len(counts), len(counts[0]) if counts else 0
        if not self.columns or any(len(row) != self.columns for row in counts) or any(count < 0 for row in counts for count in row):
            raise ValueError("A table of counts has rows of one length, and no count below nothing.")
        self.values: dict[Cell, int] = {(i, j): count for i, row in enumerate(counts) for j, count in enumerate(row)}
        self.values |= {(i, _TOTAL): sum(row) for i, row in enumerate(counts)}
        self.values |= {(_TOTAL, j): sum(row[j] for row in counts) for j in range(self.columns)}
        self.values[_TOTAL, _TOTAL] = sum(map(sum, counts))
        self.hidden = {cell: Hidden.FEW for cell, count in self.values.items() if count < LEAST}

    def exposed(self) -> Cell | None:
        """Return the first hidden cell whose count follows from what is shown, None where none does."""
        return next((cell for cell in sorted(self.hidden) if not any(self._cycles(cell, free=False))), None)

    def protect(self, cell: Cell) -> None:
        """Withhold the fewest and smallest counts beside `cell` that let it be another one."""
        _cost, path = min(self._cycles(cell, free=True))
        for other in path:
            self.hidden.setdefault(other, Hidden.HELD)

    def _cycles(self, cell: Cell, *, free: bool) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Yield the cheapest way to let `cell` grow, and to let it shrink, as (cost, cells).

        Only hidden cells move; `free` lets shown ones move too, at the cost of their count.
        """
        start, end = _ends(cell)
        if self._grows(cell) and (found := self._way(end, start, cell, free=free)) is not None:
            yield found
        if self._shrinks(cell) and (found := self._way(start, end, cell, free=free)) is not None:
            yield found

    def _grows(self, cell: Cell) -> bool:
        return self.hidden.get(cell) is not Hidden.FEW or self.values[cell] < LEAST - 1

    def _shrinks(self, cell: Cell) -> bool:
        return self.values[cell] > 0

    def _way(self, origin: str, target: str, without: Cell, *, free: bool) -> tuple[int, tuple[Cell, ...]] | None:
        """Return the cheapest path of cells that can move, by Dijkstra."""
        queue: list[tuple[int, str, tuple[Cell, ...]]] = [(0, origin, ())]
        done: set[str] = set()
        while queue:
            cost, node, path = heapq.heappop(queue)
            if node == target:
                return cost, path
            if node not in done:
                done.add(node)
                for cell, other in self._moves(node, free=free):
                    if cell != without and other not in done:
                        heapq.heappush(queue, (cost + self._cost(cell), other, (*path, cell)))
        return None

    def _moves(self, node: str, *, free: bool) -> Iterator[tuple[Cell, str]]:
        """Yield the cells that can move by one from a row or column, each with the column or row at its other end."""
        line = int(node[1:])
        cells = [(line, j) for j in self._lines(self.columns)] if node[0] == "r" else [(i, line) for i in self._lines(self.rows)]
        for cell in cells:
            if free or cell in self.hidden:
                start, end = _ends(cell)
                if start == node and self._grows(cell):
                    yield cell, end
                if end == node and self._shrinks(cell):
                    yield cell, start

    def _lines(self, number: int) -> Iterator[int]:
        yield from range(number)
        yield _TOTAL

    def _cost(self, cell: Cell) -> int:
        return 0 if cell in self.hidden else self.values[cell] + 1

    def published(self) -> Published:
        def shown(cell: Cell) -> Shown:
            return self.hidden.get(cell, self.values[cell])

        return Published(
            cells=tuple(tuple(shown((i, j)) for j in range(self.columns)) for i in range(self.rows)),
            row_totals=tuple(shown((i, _TOTAL)) for i in range(self.rows)),
            column_totals=tuple(shown((_TOTAL, j)) for j in range(self.columns)),
            total=shown((_TOTAL, _TOTAL)),
        )


def _ends(cell: Cell) -> tuple[str, str]:
    """The two sums that a count stands in, as an arc: an inner cell runs from its row to its column, a total back.

    A cell that grows by one then moves one unit along its arc, and every sum holds where what comes in goes out.
    """
    row, column = f"r{cell[0]}", f"c{cell[1]}"
    return (column, row) if (cell[0] == _TOTAL) != (cell[1] == _TOTAL) else (row, column)
