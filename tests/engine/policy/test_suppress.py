"""Small cells: no hidden count follows from what is published, found by trying every table that fits."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.policy.suppress import LEAST, Hidden, Published, suppress

FEW, HELD = Hidden.FEW, Hidden.HELD


def tables(rows: int, columns: int, most: int):
    return st.integers(1, rows).flatmap(
        lambda height: st.integers(1, columns).flatmap(
            lambda width: st.lists(st.lists(st.integers(0, most), min_size=width, max_size=width), min_size=height, max_size=height)
        )
    )


def fits(shown, count: int) -> bool:
    return count < LEAST if shown is FEW else shown is HELD or shown == count


def everything(published: Published, most: int):
    """Every table of counts that what is published allows; withheld counts are tried up to `most`."""
    width = len(published.cells[0])
    choices = [[count for count in range(most + 1) if fits(shown, count)] for row in published.cells for shown in row]
    for flat in product(*choices):
        rows = [flat[start : start + width] for start in range(0, len(flat), width)]
        if (
            all(fits(shown, sum(row)) for shown, row in zip(published.row_totals, rows, strict=True))
            and all(fits(shown, sum(row[j] for row in rows)) for j, shown in enumerate(published.column_totals))
            and fits(published.total, sum(flat))
        ):
            yield rows


def hidden_values(published: Published, most: int) -> dict:
    """The counts that each hidden cell or total may still be."""
    found: dict = {}
    for rows in everything(published, most):
        sums = [[*row, sum(row)] for row in rows]
        sums.append([sum(column) for column in zip(*sums, strict=True)])
        shown = [[*row, total] for row, total in zip(published.cells, published.row_totals, strict=True)]
        shown.append([*published.column_totals, published.total])
        for i, row in enumerate(shown):
            for j, each in enumerate(row):
                if isinstance(each, Hidden):
                    found.setdefault((i, j), set()).add(sums[i][j])
    return found


@given(counts=tables(2, 3, 8))
@settings(max_examples=200, deadline=None)
def test_no_hidden_count_can_be_worked_out(counts):
    most = max(max(map(max, counts)) + 1, LEAST)
    assert {cell: values for cell, values in hidden_values(suppress(counts), most).items() if len(values) < 2} == {}


def test_count_that_is_only_hidden_itself_is_worked_out():
    """What the law forbids is found by the way in which it is looked for."""
    naive = Published(cells=((FEW, 7), (9, 8)), row_totals=(9, 17), column_totals=(11, 15), total=26)
    assert hidden_values(naive, 12) == {(0, 0): {2}}


@given(counts=tables(6, 6, 40))
@settings(max_examples=200, deadline=None)
def test_what_is_shown_is_true_and_what_is_small_is_not(counts):
    published = suppress(counts)
    pairs = [(shown, count) for row, known in zip(published.cells, counts, strict=True) for shown, count in zip(row, known, strict=True)]
    pairs += list(zip(published.row_totals, map(sum, counts), strict=True))
    pairs += list(zip(published.column_totals, (sum(column) for column in zip(*counts, strict=True)), strict=True))
    pairs.append((published.total, sum(map(sum, counts))))
    assert [pair for pair in pairs if (pair[0] is FEW) != (pair[1] < LEAST)] == []
    assert [pair for pair in pairs if not isinstance(pair[0], Hidden) and pair[0] != pair[1]] == []


@given(counts=tables(5, 5, 40).map(lambda rows: [[count + LEAST for count in row] for row in rows]))
def test_table_without_small_counts_goes_out_whole(counts):
    published = suppress(counts)
    assert published.cells == tuple(map(tuple, counts))
    assert published.total == sum(map(sum, counts))


@pytest.mark.parametrize(
    ("counts", "cells", "rows", "columns", "total"),
    [
        ([[2, 7], [9, 8]], ((FEW, HELD), (HELD, HELD)), (9, 17), (11, 15), 26),
        ([[3]], ((FEW,),), (FEW,), (FEW,), FEW),
        ([[4, 4]], ((FEW, FEW),), (HELD,), (FEW, FEW), HELD),
        ([[0, 12], [30, 20], [10, 11]], ((FEW, HELD), (30, 20), (HELD, HELD)), (12, 50, 21), (40, 43), 83),
    ],
)
def test_tables_worked_out_by_hand(counts, cells, rows, columns, total):
    assert suppress(counts) == Published(cells, rows, columns, total)


@pytest.mark.parametrize("counts", [[], [[]], [[1], [1, 2]], [[-1]]])
def test_table_that_is_none_is_refused(counts):
    with pytest.raises(ValueError, match="A table of counts has rows of one length"):
        suppress(counts)


def test_large_table_takes_little_time():
    import time

    counts = [[(i * 7 + j * 13) % 23 for j in range(12)] for i in range(120)]
    began = time.monotonic()
    published = suppress(counts)
    assert time.monotonic() - began < 20
    assert sum(shown is FEW for row in published.cells for shown in row) == sum(count < LEAST for row in counts for count in row)
