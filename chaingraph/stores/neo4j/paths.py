"""How two entities are related, on the server: ties are read from either end until the two sides meet.

Only as far as the paths asked for need, and from the end with fewer ties first: a link may have ten thousand makers.
Which paths come first is judged by what the embedded store uses too.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.listing_rows import StepRow
from chaingraph.stores.neo4j.entity import predicates
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.path_order import LONGEST, SPARE, closest_first, distance_of, first_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chaingraph.stores.neo4j.server import Server


class _End(NamedTuple):
    id: str
    kind: str
    order: str
    ties: int
    inside: list[str]


class _Tie(NamedTuple):
    """By what two entities are tied; ``outward`` from the one that it is told of."""

    type: str
    outward: bool
    recycled: bool


class _Around(NamedTuple):
    id: str
    other: str
    kind: str
    order: str
    ties: int
    type: str
    outward: bool
    recycled: bool


class _Meeting(NamedTuple):
    id: str
    kind: str
    order: str
    fore: list[list[Any]]
    back: list[list[Any]]


_ENDS = read("paths.ends", _End, "ids")
_BETWEEN = read("paths.between", _Tie, "start", "end", "day")
_AROUND = read("paths.around", _Around, "ids", "ends", "inside", "day")
_MEETING = read("paths.meeting", _Meeting, "fore", "back", "ends", "inside", "day")


class Stop(NamedTuple):
    """An entity on a path; stops are in the order of records."""

    order: str
    id: str
    kind: str


Step = dict[Stop, dict[Stop, set[str]]]
"""Where a step may lead, from each stop that it may start from, and by which predicates."""


class _Side:
    """What has been read from one end of a path, step by step, as a path takes it that begins or ends there."""

    def __init__(self, end: _End, *, at_start: bool) -> None:
        self._at_start = at_start
        self.steps: list[Step] = []
        self.stops = {end.id: Stop(end.order, end.id, end.kind)}
        self.ties = end.ties
        """How many ties the next step reads, at most."""

    def go_on(self, rows: Iterable[_Around]) -> None:
        """Takes a step further, to all that the stops of now are tied to."""
        step, ties = _no_step(), {}
        for row in rows:
            there = Stop(row.order, row.other, row.kind)
            ties[there] = row.ties
            self.add(step, row.id, there, _Tie(row.type, row.outward, row.recycled))
        self.steps.append(step)
        self.stops, self.ties = {stop.id: stop for stop in ties}, sum(ties.values())

    def add(self, step: Step, key: str, there: Stop, tie: _Tie) -> None:
        """Adds a tie of one of the stops of now to a step of the path."""
        here, told = self.stops[key], tie
        if not self._at_start:
            here, there, told = there, here, tie._replace(outward=not tie.outward)
        step[here][there].add(_predicate(here, there, told))


class _Search:
    """Paths between two entities on a day."""

    def __init__(self, server: Server, start: str, end: str, day: str) -> None:
        self._server = server
        ends = {row.id: row for row in server.rows(_ENDS, ids=[start, end])}
        self._asked: dict[str, Any] = {
            "ends": [start, end],
            # A region at an end is reached through those that lie in it.
            "inside": sorted({*ends[start].inside, *ends[end].inside}),
            "day": day,
        }
        self._start, self._end = (Stop(ends[key].order, key, ends[key].kind) for key in (start, end))
        self._fore, self._back = _Side(ends[start], at_start=True), _Side(ends[end], at_start=False)

    def first(self, most: int) -> list[tuple[StepRow, ...]]:
        """The first ``most`` paths, the shortest first."""
        found: list[tuple[StepRow, ...]] = []
        length, longest = 1, LONGEST
        while length <= longest and len(found) < most:
            steps = self._steps(length)
            loose = [
                {here: {there: min(map(distance_of, told)) for there, told in on.items()} for here, on in step.items()}
                for step in steps
            ]
            paths = first_paths(self._start, self._end, loose, most - len(found))
            if paths and not found:
                longest = min(LONGEST, length + SPARE)
            found += [_told(path, steps) for path in paths]
            length += 1
        return found

    def _steps(self, length: int) -> list[Step]:
        """Where the steps of a path of this length may lead."""
        if length == 1:
            step, (start, end) = _no_step(), self._asked["ends"]
            for tie in self._server.rows(_BETWEEN, start=start, end=end, day=self._asked["day"]):
                self._fore.add(step, start, self._end, tie)
            return [step]
        while len(self._fore.steps) + len(self._back.steps) < length - 2:
            side = min(self._fore, self._back, key=lambda side: side.ties)
            side.go_on(self._server.rows(_AROUND, ids=list(side.stops), **self._asked) if side.stops else ())
        arriving, leaving = _no_step(), _no_step()
        stops = {"fore": list(self._fore.stops), "back": list(self._back.stops)}
        for row in self._server.rows(_MEETING, **stops, **self._asked) if all(stops.values()) else ():
            middle = Stop(row.order, row.id, row.kind)
            for key, *told in row.fore:
                self._fore.add(arriving, key, middle, _Tie._make(told))
            for key, *told in row.back:
                self._back.add(leaving, key, middle, _Tie._make(told))
        return [*self._fore.steps, arriving, leaving, *reversed(self._back.steps)]


def paths(server: Server, start: str, end: str, day: str, most: int) -> list[tuple[StepRow, ...]]:
    """The first ``most`` ways in which two entities are related, as the embedded store has them.

    Parameters
    ----------
    start, end
        Ids of the entities.
    day
        The ISO day on which ties count.
    """
    return _Search(server, start, end, day).first(most)


def _no_step() -> Step:
    return defaultdict(lambda: defaultdict(set))


def _told(path: Sequence[Stop], steps: Sequence[Step]) -> tuple[StepRow, ...]:
    """A path with the predicates of each step, the closest tie first."""
    return tuple(
        StepRow(here.id, there.id, tuple(closest_first(step[here][there])))
        for step, (here, there) in zip(steps, pairwise(path), strict=True)
    )


def _predicate(here: Stop, there: Stop, tie: _Tie) -> str:
    """By which predicate a tie leads from one entity to another."""
    # Who is owned tells of the owner, all others of where their relationship leads.
    telling = tie.outward != (tie.type == "OWNS")
    own, other = predicates(tie.type, (here if telling else there).kind, tie.recycled)
    return own if telling else other
