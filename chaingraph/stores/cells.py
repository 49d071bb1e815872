"""Makers of a link seated in a region, told in few numbers: how many, the weakest grade among them, the best known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NAMED = 3
"""So many makers of a cell are named; the others are counted."""
NOBODY = 2**62
UNKNOWN = 127
"""The grade of what is not known on the day."""
_SHIFT = 32


class Cells(NamedTuple):
    """A cell is a link and a region, or in flat columns its number.

    ``makers`` counts them, ``weakest`` is their weakest grade (-1 where there is none), ``best`` the best known of them
    by ``maker_key``, then ``NOBODY``.
    """

    makers: Ints
    weakest: NDArray[np.int8]
    best: Ints


def maker_key(grade: Ints, firm: Ints) -> Ints:
    """A maker as one number: the better known is the smaller, of equals the first by id."""
    return (grade << _SHIFT) + firm


def grade_and_firm(key: int) -> tuple[int, int]:
    """The grade and the row of a maker's number."""
    return key >> _SHIFT, key & (2**_SHIFT - 1)


def cells(cell: Ints, grade: NDArray[np.int8], firm: NDArray[np.int32], total: int) -> Cells:
    """The cells from 0 to ``total``.

    Parameters
    ----------
    cell, grade, firm
        A row a maker, sorted by cell and firm; makers of the grade ``UNKNOWN`` are not there.
    """
    known = np.flatnonzero(grade != UNKNOWN)
    cell, key = cell[known], maker_key(grade[known].astype(np.int64), firm[known].astype(np.int64))
    order = np.lexsort((key, cell))
    cell, key = cell[order], key[order]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    size = np.diff(np.append(first, len(cell)))
    found = Cells(
        np.zeros(total, dtype=np.int64),
        np.full(total, -1, dtype=np.int8),
        np.full((total, NAMED), NOBODY, dtype=np.int64),
    )
    found.makers[cell[first]] = size
    # Sorted by key within a cell, the last bears the weakest grade.
    found.weakest[cell[first]] = key[first + size - 1] >> _SHIFT
    place = np.arange(len(cell)) - np.repeat(first, size)
    named = place < NAMED
    found.best[cell[named], place[named]] = key[named]
    return found
