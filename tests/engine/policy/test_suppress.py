"""Small cells: no hidden count follows from what is published, found by trying every table that fits."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.policy.suppress import LEAST, Earlier, Hidden, Published, suppress, suppress_again

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


KEYS = [(row, column) for row in range(2) for column in range(3)]
"""The figures that the releases below share: two rows and three columns, of which each takes some."""
Release = tuple[tuple[int, ...], tuple[int, ...], Published, bool]


def released(base: dict, rows: tuple[int, ...], columns: tuple[int, ...], before: list[Release]) -> Release:
    """A table of some rows and columns as it goes out after others, in the way in which the counter asks for it."""
    counts, keys = ([[one((i, j)) for j in columns] for i in rows] for one in (base.__getitem__, lambda key: key))
    shared = [each for each in (Earlier(shown_of(one), one[3]) for one in before) if any(key in each.cells for row in keys for key in row)]
    return rows, columns, suppress_again(counts, keys, shared) if shared else suppress(counts), not shared


def shown_of(release: Release) -> dict:
    rows, columns, published, _summed = release
    return {(i, j): published.cells[a][b] for a, i in enumerate(rows) for b, j in enumerate(columns)}


def allowed(releases: list[Release], most: int):
    """Every table of all figures that all releases allow, for a reader who knows that nothing changed between them."""
    choices = []
    for key in KEYS:
        said = [shown[key] for shown in map(shown_of, releases) if key in shown]
        choices.append([count for count in range(most + 1) if all(fits(each, count) for each in said)])
    for flat in product(*choices):
        base = dict(zip(KEYS, flat, strict=True))
        if all(sums_fit(base, release) for release in releases):
            yield base


def sums_fit(base: dict, release: Release) -> bool:
    rows, columns, published, _summed = release
    return (
        all(fits(shown, sum(base[i, j] for j in columns)) for i, shown in zip(rows, published.row_totals, strict=True))
        and all(fits(shown, sum(base[i, j] for i in rows)) for j, shown in zip(columns, published.column_totals, strict=True))
        and fits(published.total, sum(base[i, j] for i in rows for j in columns))
    )


def some(most: int):
    return st.sets(st.integers(0, most - 1), min_size=1).map(lambda chosen: tuple(sorted(chosen)))


tables_of_all = st.fixed_dictionaries({key: st.integers(0, 7) for key in KEYS})


@given(base=tables_of_all, asked=st.lists(st.tuples(some(2), some(3)), min_size=2, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_small_count_follows_from_tables_that_share_figures(base, asked):
    """Same rows and columns or only some of them, with their totals, and a reader who knows that no report was added between."""
    releases: list[Release] = []
    for rows, columns in asked:
        releases.append(released(base, rows, columns, releases))
    left: dict = {}
    for possible in allowed(releases, 8):
        for key in KEYS:
            left.setdefault(key, set()).add(possible[key])
    hidden = {key for release in releases for key, shown in shown_of(release).items() if shown is FEW}
    assert {key: left[key] for key in hidden if len(left[key]) < 2} == {}


@given(st.lists(st.tuples(tables_of_all, some(2), some(3)), min_size=2, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_two_shown_counts_of_a_figure_differ_by_little(asked):
    releases: list[Release] = []
    for base, rows, columns in asked:
        releases.append(released(base, rows, columns, releases))
    for key in KEYS:
        shown = [each[key] for each in map(shown_of, releases) if key in each and not isinstance(each[key], Hidden)]
        assert [(a, b) for a in shown for b in shown if 0 < b - a < LEAST] == []


@pytest.mark.parametrize(
    ("count", "before", "summed", "shown"),
    [
        (20, 20, True, 20), (22, 20, True, HELD), (25, 20, True, 25), (16, 20, False, HELD), (15, 20, False, 15),
        (4, 20, True, FEW), (8, FEW, True, HELD), (9, FEW, True, 9), (30, HELD, True, HELD), (30, HELD, False, 30),
    ],
)  # fmt: skip
def test_count_beside_what_went_out_before(count, before, summed, shown):
    assert suppress_again([[count]], [["figure"]], [Earlier({"figure": before}, summed)]).cells == ((shown,),)


def test_totals_of_a_later_table_are_shown_where_all_in_them_is():
    keys = [[("a", 1), ("a", 2)], [("b", 1), ("b", 2)]]
    earlier = Earlier(dict(zip((key for row in keys for key in row), (10, 12, 10, 14), strict=True)), summed=True)
    assert suppress_again([[10, 12], [11, 14]], keys, [earlier]) == Published(((10, 12), (HELD, 14)), (22, HELD), (HELD, 26), HELD)
