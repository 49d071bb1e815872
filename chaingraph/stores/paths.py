"""How two entities are related: the shortest paths over the facts between entities, read from neighbour slices."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.model.words import GRADES, PREDICATES, STRUCTURE
from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.snapshot import Snapshot
    from chaingraph.stores.snapshot_writer import Writer

_PREDICATES = tuple(PREDICATES)
_WALKED = ("firm", "link", "project", "park", "platform")
"""Kinds that a path may lead through. That two firms share a city or a chain explains nothing, so regions, chains,
policies and figures stand at its ends only; a region at an end is reached through what lies in it."""

_UNTOLD = ("claims", "claimed_in", "surveyed", "surveyed_in", "bars", "barred")
"""What is said of a whole region names nobody, so it ties no firm to it."""

_CLOSE = ("supplies", "supplied_by", "owned_by", "owns")
_CLOSE_NUMBERS = [_PREDICATES.index(predicate) for predicate in _CLOSE]
_BUSINESS = ("by_firm", "has_project", "hosted_by", "hosts", "at_park", "makes", "made_by", "made_by_project")

_LONGEST = 6
_SPARE = 2
"""How many steps longer than the shortest a path may be."""
_TRIED = 5000
"""How many paths of one length are compared: enough for a city, and a bound for a hub."""

Path = tuple[int, ...]


def index_paths(records: Sequence[dict[str, Any]], writer: Writer) -> None:
    """Writes for each record its neighbours: by which predicate, since which day that is known, and how well.

    One row a citation, so that a tie is as good as what was known of it on a day.
    """
    row_of = {record["id"]: row for row, record in enumerate(records)}
    order = {predicate: number for number, predicate in enumerate(_PREDICATES)}
    rows = sorted(
        (row, row_of[fact["object"]], order[fact["predicate"]], _since(fact, item), ord(item["grade"]) - 65)
        for row, record in enumerate(records)
        for fact in record["facts"]
        if fact["object"] and fact["predicate"] not in _UNTOLD
        for item in fact["evidence"]
    )
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    writer.column("path_start", np.searchsorted(table[:, 0], np.arange(len(records) + 1)))
    kinds = (("to", np.int32), ("predicate", np.int8), ("since", np.int32), ("grade", np.int8))
    for column, (name, kind) in enumerate(kinds, start=1):
        writer.column(f"path_{name}", table[:, column].astype(kind))
    writer.column("path_walked", np.array([record["kind"] in _WALKED for record in records], dtype=np.bool_))


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
        """Up to ``most`` paths between two records as rows, both ends included, the shortest first.

        Of paths of one length, those over supplies and shares come first, then those over projects and products.
        """
        # A region at an end is reached through those that lie in it.
        for region in (start, end):
            self._walked[self.inside(region)] = True
        distance = self._distances(end, start)
        if start not in distance:
            return []
        found: list[Path] = []
        for length in range(distance[start], min(distance[start] + _SPARE, _LONGEST) + 1):
            tried = []
            for path in self._of_length(start, end, length, distance):
                tried.append(path)
                if len(tried) == _TRIED:
                    break
            found += sorted(tried, key=lambda path: (self._weight(path), path))
            if len(found) >= most:
                break
        return found[:most]

    def between(self, here: int, there: int) -> list[str]:
        """The predicates that lead from one record to a neighbour, the closest tie first."""
        start, stop = int(self._start[here]), int(self._start[here + 1])
        at = (self._to[start:stop] == there) & (self._since[start:stop] <= self._day)
        predicates = dict.fromkeys(_PREDICATES[number] for number in self._predicate[start:stop][at].tolist())
        return sorted(predicates, key=_distance_of)

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

    def inside(self, region: int) -> list[int]:
        """The regions that lie in a region, at any depth; none for a record of another kind."""
        start, stop = int(self._start[region]), int(self._start[region + 1])
        below = self._to[start:stop][self._predicate[start:stop] == _PREDICATES.index("contains")].tolist()
        return [*below, *(row for part in below for row in self.inside(part))]

    def walked(self, row: int) -> list[int]:
        """The neighbours of a record that a path may lead through."""
        near = self._neighbours(row)
        rows: list[int] = near[self._walked[near]].tolist()
        return rows

    def _neighbours(self, row: int) -> NDArray[np.int32]:
        start, stop = int(self._start[row]), int(self._start[row + 1])
        to = self._to[start:stop][self._since[start:stop] <= self._day]
        # A slice is sorted by neighbour, so the ties to one stand side by side.
        return to[np.flatnonzero(np.diff(to, prepend=-1))]

    def _distances(self, end: int, start: int) -> dict[int, int]:
        """Steps to ``end`` from every record that a path of interest from ``start`` may lead through."""
        distance = {end: 0}
        frontier, steps, limit = [end], 0, _LONGEST
        while frontier and steps < limit:
            steps += 1
            reached = []
            for row in frontier:
                for other in self._neighbours(row).tolist():
                    if other not in distance and (self._walked[other] or other == start):
                        distance[other] = steps
                        reached.append(other)
                        if other == start:
                            limit = min(limit, steps + _SPARE)
            frontier = [row for row in reached if row != start]
        return distance

    def _of_length(self, start: int, end: int, length: int, distance: dict[int, int]) -> Iterator[Path]:
        """Every simple path of just so many steps."""
        neighbours: dict[int, list[int]] = defaultdict(list)

        def walk(path: Path, left: int) -> Iterator[Path]:
            here = path[-1]
            if here == end:
                if left == 0:
                    yield path
                return
            if here not in neighbours:
                neighbours[here] = self._neighbours(here).tolist()
            for other in neighbours[here]:
                if distance.get(other, _LONGEST + 1) < left and other not in path:
                    yield from walk((*path, other), left - 1)

        return walk((start,), length)

    def _weight(self, path: Path) -> int:
        """How loose the ties of a path are, summed."""
        return sum(_distance_of(self.between(here, there)[0]) for here, there in pairwise(path))


def _distance_of(predicate: str) -> int:
    return 0 if predicate in _CLOSE else 1 if predicate in _BUSINESS else 2
