"""How two entities are related: the shortest paths over the facts between entities, read from neighbour slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.model.words import GRADES, PREDICATES, STRUCTURE
from chaingraph.stores.keys import days
from chaingraph.stores.path_order import CLOSE, LONGEST, SPARE, closest_first, distance_of, first_paths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.imported import Imported
    from chaingraph.stores.snapshot import Snapshot
    from chaingraph.stores.snapshot_writer import Writer

_PREDICATES = tuple(PREDICATES)
_WALKED = ("firm", "link", "project", "park", "platform")
"""Kinds that a path may lead through. That two firms share a city or a chain explains nothing, so regions, chains,
policies and figures stand at its ends only; a region at an end is reached through what lies in it."""

_UNTOLD = ("claims", "claimed_in", "surveyed", "surveyed_in", "bars", "barred")
"""What is said of a whole region names nobody, so it ties no firm to it."""

_CLOSE_NUMBERS = [tuple(PREDICATES).index(predicate) for predicate in CLOSE]
_LOOSE = np.array([distance_of(predicate) for predicate in PREDICATES], dtype=np.int8)
"""How loose the tie of each predicate is."""

_FAR = 127
"""The distance of what no path of interest leads through."""

Path = tuple[int, ...]

if TYPE_CHECKING:
    Ties = NDArray[np.int32]
    """Five columns: a record, its neighbour, the predicate, since when that is known, how well."""


def imported_ties(imported: Imported, records: NDArray[np.int32], rows: Mapping[tuple[str, str], int]) -> Ties:
    """What imports tell: who makes what, who supplies whom, where firms of theirs alone are seated; from either end.

    Parameters
    ----------
    records
        The records of the firms of ``imported``.
    rows
        The record of each entity of the packs, by kind and id.
    """
    makers = records[imported.makes_firm]
    made = [rows["link", link] for link in imported.makes_link]
    own = np.flatnonzero(~imported.in_packs)
    seats = [rows["region", imported.seat[number]] for number in own.tolist()]
    told = (
        (makers, made, ("makes", "made_by"), imported.makes_as_of, imported.makes_grade),
        (
            records[imported.supplies_from],
            records[imported.supplies_to],
            ("supplies", "supplied_by"),
            imported.supplies_as_of,
            imported.supplies_grade,
        ),
        (
            records[own],
            seats,
            ("based_in", "seat_of"),
            imported.since[own],
            imported.seat_grade[own],
        ),
    )
    parts = []
    for start, end, predicates, since, grade in told:
        for here, there, predicate in ((start, end, predicates[0]), (end, start, predicates[1])):
            number = np.full(len(here), _PREDICATES.index(predicate))
            parts.append(
                np.stack([np.asarray(column, dtype=np.int32) for column in (here, there, number, since, grade)])
            )
    return np.concatenate(parts, axis=1)


def index_paths(records: Sequence[dict[str, Any]], writer: Writer, more: Ties | None = None, total: int = 0) -> None:
    """Writes for each record its neighbours: by which predicate, since which day that is known, and how well.

    One row a citation, so that a tie is as good as what was known of it on a day. ``more`` are the ties of imports, by
    column; ``total`` counts the records with those that only imports know, which are firms.
    """
    total = max(total, len(records))
    row_of = {record["id"]: row for row, record in enumerate(records)}
    order = {predicate: number for number, predicate in enumerate(_PREDICATES)}
    rows = [
        (row, row_of[fact["object"]], order[fact["predicate"]], _since(fact, item), ord(item["grade"]) - 65)
        for row, record in enumerate(records)
        for fact in record["facts"]
        if fact["object"] and fact["predicate"] not in _UNTOLD
        for item in fact["evidence"]
    ]
    table = np.array(rows, dtype=np.int32).reshape(-1, 5).T
    if more is not None:
        table = np.concatenate([table, more], axis=1)
    ordered = np.lexsort((table[4], table[3], table[2], table[1], table[0]))
    writer.column("path_start", np.searchsorted(table[0][ordered], np.arange(total + 1, dtype=np.int32)))
    kinds = (("to", np.int32), ("predicate", np.int8), ("since", np.int32), ("grade", np.int8))
    for column, (name, kind) in enumerate(kinds, start=1):
        writer.column(f"path_{name}", table[column][ordered].astype(kind))
    walked = np.ones(total, dtype=np.bool_)
    walked[: len(records)] = [record["kind"] in _WALKED for record in records]
    writer.column("path_walked", walked)


def _since(fact: dict[str, Any], item: dict[str, Any]) -> int:
    """The day from which a citation tells the fact; structure holds on every day."""
    if fact["predicate"] in STRUCTURE:
        return np.iinfo(np.int32).min
    from datetime import date

    return days(date.fromisoformat(item["as_of"]))


class Paths:
    """The neighbours of a snapshot as known on a day (a day number)."""

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self._start, self._to, self._predicate, self._since, self._grade = (
            snapshot.column(f"path_{name}") for name in ("start", "to", "predicate", "since", "grade")
        )
        self._walked = np.array(snapshot.column("path_walked"))
        self._day = day

    def find(self, start: int, end: int, most: int) -> list[Path]:
        """The first ``most`` paths between two records as rows, both ends included, the shortest first.

        Of paths of one length, those over supplies and shares come first, then those over projects and products; of
        these the one through the records that come first.
        """
        # A region at an end is reached through those that lie in it.
        for region in (start, end):
            self._walked[self.inside(region)] = True
        distance = self._distances(end, start)
        shortest = int(distance[start])
        found: list[Path] = []
        for length in range(shortest, min(shortest + SPARE, LONGEST) + 1):
            found += first_paths(start, end, self._steps(start, end, length, distance), most - len(found))
            if len(found) >= most:
                break
        return found

    def between(self, here: int, there: int) -> list[str]:
        """The predicates that lead from one record to a neighbour, the closest tie first."""
        start, stop = int(self._start[here]), int(self._start[here + 1])
        at = (self._to[start:stop] == there) & (self._since[start:stop] <= self._day)
        return closest_first(_PREDICATES[number] for number in self._predicate[start:stop][at].tolist())

    def ties(self, row: int) -> list[tuple[int, str, Grade]]:
        """The supplies and shares of a firm: the other's row, the predicate, the best grade."""
        start, stop = int(self._start[row]), int(self._start[row + 1])
        known = self._since[start:stop] <= self._day
        close = known & np.isin(self._predicate[start:stop], _CLOSE_NUMBERS)
        columns = (column[start:stop][close].tolist() for column in (self._to, self._predicate, self._grade))
        best: dict[tuple[int, int], int] = {}
        for other, predicate, grade in zip(*columns, strict=True):
            best[other, predicate] = min(grade, best.get((other, predicate), grade))
        return [(other, _PREDICATES[predicate], GRADES[grade]) for (other, predicate), grade in best.items()]

    def tied(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """The records with a supply or a share between them and one of several."""
        place = self._places(rows)
        known = (self._since[place] <= self._day) & np.isin(self._predicate[place], _CLOSE_NUMBERS)
        return np.unique(self._to[place[known]])

    def inside(self, region: int) -> list[int]:
        """The regions that lie in a region, at any depth; none for a record of another kind."""
        start, stop = int(self._start[region]), int(self._start[region + 1])
        below = self._to[start:stop][self._predicate[start:stop] == _PREDICATES.index("contains")].tolist()
        return [*below, *(row for part in below for row in self.inside(part))]

    def _distances(self, end: int, start: int) -> NDArray[np.int8]:
        """Steps to ``end`` from every record that a path of interest from ``start`` may lead through, else ``_FAR``."""
        distance = np.full(len(self._walked), _FAR, dtype=np.int8)
        distance[end] = 0
        frontier, steps, limit = np.array([end]), 0, LONGEST
        while len(frontier) and steps < limit:
            steps += 1
            near = self._around(frontier)
            near = near[(distance[near] == _FAR) & (self._walked[near] | (near == start))]
            distance[near] = steps
            if distance[start] == steps:
                limit = min(limit, steps + SPARE)
            frontier = np.flatnonzero(distance == steps)
            frontier = frontier[frontier != start]
        return distance

    def _around(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """The neighbours of several records, one behind the other."""
        place = self._places(rows)
        return self._to[place[self._since[place] <= self._day]]

    def _places(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Where the ties of several records stand."""
        begin, count = self._start[rows], self._start[rows + 1] - self._start[rows]
        places: NDArray[np.int64] = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        return places

    def _steps(self, start: int, end: int, length: int, distance: NDArray[np.int8]) -> list[dict[int, dict[int, int]]]:
        """The ties that a path of just so many steps may take, step by step."""
        near: dict[int, tuple[NDArray[np.int32], NDArray[np.int8]]] = {}
        steps: list[dict[int, dict[int, int]]] = []
        here = [start]
        for left in range(length - 1, -1, -1):
            step = {}
            for row in here:
                if row not in near:
                    near[row] = self._neighbours(row)
                to, loose = near[row]
                kept = (distance[to] <= left) & (to != start) & ((to == end) == (left == 0))
                step[row] = dict(zip(to[kept].tolist(), loose[kept].tolist(), strict=True))
            steps.append(step)
            here = list(dict.fromkeys(other for onward in step.values() for other in onward))
        return steps

    def _neighbours(self, row: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """The neighbours of a record, and how loose the closest tie to each is."""
        start, stop = int(self._start[row]), int(self._start[row + 1])
        known = self._since[start:stop] <= self._day
        to = self._to[start:stop][known]
        # A slice is sorted by neighbour, so the ties to one stand side by side.
        first = np.flatnonzero(np.diff(to, prepend=-1))
        loose = _LOOSE[self._predicate[start:stop][known]]
        return to[first], np.minimum.reduceat(loose, first) if len(first) else loose
