"""Makers of a cell: counted, the weakest grade among them, the best known named."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chaingraph.stores.cells import NAMED, NOBODY, UNKNOWN, cells, grade_and_firm

CELLS = 4
makers = st.lists(
    st.tuples(st.integers(0, CELLS - 1), st.integers(0, 2**31 - 1), st.sampled_from([0, 1, 2, 3, UNKNOWN])),
    unique_by=lambda maker: maker[:2],
)


@given(makers)
def test_each_cell_is_told_as_its_makers_are(drawn: list[tuple[int, int, int]]) -> None:
    rows = sorted(drawn)
    cell, firm, grade = (np.array(column) for column in zip(*rows, strict=True)) if rows else np.zeros((3, 0), int)
    found = cells(cell.astype(np.int64), grade.astype(np.int8), firm.astype(np.int32), CELLS)
    for number in range(CELLS):
        known = sorted((grade, firm) for at, firm, grade in rows if at == number and grade != UNKNOWN)
        assert found.makers[number] == len(known)
        assert found.weakest[number] == max((grade for grade, _ in known), default=-1)
        named = [grade_and_firm(key) for key in found.best[number].tolist() if key < NOBODY]
        assert named == known[:NAMED]
