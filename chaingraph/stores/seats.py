"""Firms that make links, counted and named by the region of their seat on a day: what a count ring by ring reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.cells import NOBODY, UNKNOWN, Cells, cells, grade_and_firm, maker_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.snapshot import Snapshot


class Counted(NamedTuple):
    """How many makers of each link (a row) each region (a column) seats, and their weakest grade (0 to 3), or -1."""

    makers: NDArray[np.integer[Any]]
    weakest: NDArray[np.integer[Any]]


class Seated(NamedTuple):
    """A firm that makes a link, the row of the region of its seat, and how well that is known."""

    region: int
    id: str
    name: str
    name_en: str
    grade: Grade


class Wanted(NamedTuple):
    """A question for the best known makers of a link in some regions, given by row; some firms are passed over."""

    link: str
    regions: Sequence[int]
    passed: Collection[str]
    most: int


class Seats(Protocol):
    """The makers of links on one day.

    A maker's grade is that of its best citation, no better than that of its seat: where a firm is counts as much as
    what it makes. Nobody is a maker before the first citation, or once struck off.
    """

    def counted(self, links: Sequence[str]) -> Counted:
        """How many makers each region seats."""

    def plants(self, links: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """For each link the row of the seat of every firm that is a maker and has a project for it anywhere.

        Firms that have a project for another link alone may be among them.
        """

    def best(self, wanted: Sequence[Wanted]) -> list[list[Seated]]:
        """To each question up to ``most`` makers, the better known first, then by id; ``most`` is at most ``NAMED``."""


class SnapshotSeats:
    """``Seats`` over a snapshot, on a day (a day number)."""

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self._snapshot = snapshot
        self._day = day
        self._grades = self._grades_on(day)
        self._regions = len(snapshot.column("region_lat"))
        self._ids, self._names, self._names_en = (
            snapshot.strings(f"firm_{name}") for name in ("id", "name", "name_en")
        )
        self._firm_at, self._region_at, self._profile_at = (
            snapshot.column(f"makes_{name}") for name in ("firm", "region", "profile")
        )
        self._link_rows = {link: row for row, link in enumerate(snapshot.table("link_ids"))}
        self._best: dict[str, NDArray[np.int64]] = {}

    def counted(self, links: Sequence[str]) -> Counted:
        """How many makers each region seats: as it is written down, or worked out for a day before the last."""
        rows = [self._link_rows[link] for link in links]
        if self._day >= self._snapshot.table("now_since"):
            found = Cells(*(self._snapshot.column(f"now_{name}")[rows] for name in Cells._fields))
        else:
            columns = zip(*(self._cells_on_the_day(row) for row in rows), strict=True)
            found = Cells(*(np.array(column) for column in columns))
        self._best = dict(zip(links, found.best, strict=True))
        return Counted(found.makers, found.weakest)

    def plants(self, links: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each link the row of the seat of every firm that is a maker and has a project for it."""
        table: dict[str, dict[str, int]] = self._snapshot.table("plants_at")
        return {
            link: {
                firm: int(self._region_at[at])
                for firm, at in table.get(link, {}).items()
                if self._grades[self._profile_at[at]] != UNKNOWN
            }
            for link in links
        }

    def best(self, wanted: Sequence[Wanted]) -> list[list[Seated]]:
        """The best known makers of links that were ``counted``."""
        return [[self._seated(key) for key in self._keys(question)] for question in wanted]

    def _grades_on(self, day: int) -> NDArray[np.int8]:
        """The grade of each profile on a day; ``UNKNOWN`` where it tells of no maker."""
        start, as_of, grade, seat, gone = (
            self._snapshot.column(f"profile_{name}") for name in ("start", "as_of", "grade", "seat", "gone")
        )
        if not len(start):
            return np.zeros(0, dtype=np.int8)
        best = np.minimum.reduceat(np.where(as_of <= day, grade, UNKNOWN), start)
        told: NDArray[np.int8] = np.where(gone <= day, UNKNOWN, np.maximum(best, seat)).astype(np.int8)
        return told

    def _cells_on_the_day(self, row: int) -> Cells:
        """The cells of one link, from its makings."""
        part = self._part(row)
        firm, region = self._firm_at[part], self._region_at[part]
        # A firm has one seat, so its citations for a link stand side by side.
        first = np.flatnonzero(np.diff(firm, prepend=-1))
        grade = self._grades[self._profile_at[part][first]]
        return cells(region[first].astype(np.int64), grade, firm[first], self._regions)

    def _part(self, row: int) -> slice:
        bounds = self._snapshot.column("makes_start")
        return slice(int(bounds[row]), int(bounds[row + 1]))

    def _keys(self, question: Wanted) -> list[int]:
        """The makers asked for as numbers, the best first."""
        link, regions, passed, most = question
        keys = [key for key in self._best[link][list(regions)].ravel().tolist() if key < NOBODY]
        # Of a region only the best are written down: behind one that is passed over another may stand.
        if any(self._ids[grade_and_firm(key)[1]] in passed for key in keys):
            keys = self._keys_of_all(link, regions, passed)
        return sorted(keys)[:most]

    def _keys_of_all(self, link: str, regions: Sequence[int], passed: Collection[str]) -> list[int]:
        """The numbers of all makers of a link in some regions but those passed over."""
        part = self._part(self._link_rows[link])
        firm, grade = self._firm_at[part], self._grades[self._profile_at[part]]
        here = np.isin(self._region_at[part], regions) & (grade != UNKNOWN)
        keys = np.unique(maker_key(grade[here].astype(np.int64), firm[here].astype(np.int64))).tolist()
        return [key for key in keys if self._ids[grade_and_firm(key)[1]] not in passed]

    def _seated(self, key: int) -> Seated:
        grade, firm = grade_and_firm(key)
        seat = int(self._snapshot.column("firm_seat")[firm])
        return Seated(seat, self._ids[firm], self._names[firm], self._names_en[firm], GRADES[grade])
