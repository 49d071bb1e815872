"""Summaries that a push works out: how many firms of each region make each link, and how many each import matched.

A read of a national registry adds up these numbers; it does not walk the firms.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.stores.imported import NEVER
from chaingraph.stores.keys import iso
from chaingraph.stores.neo4j.sheets import Relationship, told
from chaingraph.stores.shortlist import match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Snapshot

    Ints = NDArray[np.int64]


class _Profile(NamedTuple):
    """What is known of a making: days and grades of its citations, the grade of the seat, the day of the end."""

    cited: tuple[tuple[int, int], ...]
    seat: int
    gone: int

    def grade_on(self, day: int) -> int | None:
        """The grade on a day, no better than the seat's; None where the making is not known or the firm is gone."""
        known = [grade for when, grade in self.cited if when <= day]
        return None if not known or self.gone <= day else max(min(known), self.seat)

    def days(self) -> set[int]:
        """The days on which something changes."""
        return {when for when, _ in self.cited} | ({self.gone} if self.gone != NEVER else set())


class CellSheets:
    """The summaries of a snapshot: by region for ``SEATS``, by link for ``MATCHES``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._links: list[str] = snapshot.table("link_ids")
        self._adcodes: list[str] = snapshot.table("regions")["adcode"]
        firm = snapshot.column("makes_firm")
        self._firm = firm
        starts = snapshot.column("makes_start")
        self._link = np.repeat(np.arange(len(self._links)), np.diff(starts))
        self._region = snapshot.column("makes_region").astype(np.int64)
        # Makings are sorted by link, region and firm: the citations of a firm for a link stand side by side.
        changed = (np.diff(firm, prepend=-1) != 0) | (np.diff(self._link, prepend=-1) != 0)
        self._first = np.flatnonzero(changed)
        self.seats = self._by_region()

    def firms_matched(self, source: str) -> int | None:
        """How many firms an import says to make a link; None for another source."""
        if source not in self._snapshot.table("imports"):
            return None
        number = self._snapshot.table("source_ids").index(source)
        return len(np.unique(self._firm[self._snapshot.column("makes_source") == number]))

    def matches(self, link: str) -> Iterator[Relationship]:
        """By import how many firms it says to make a link."""
        number = self._links.index(link)
        start, stop = self._snapshot.column("makes_start")[number : number + 2].tolist()
        firm, source = self._firm[start:stop], self._snapshot.column("makes_source")[start:stop]
        live = self._snapshot.column("firm_gone")[firm] == NEVER
        ids = self._snapshot.table("source_ids")
        for name in self._snapshot.table("imports"):
            told_so = source == ids.index(name)
            firms = len(np.unique(firm[told_so]))
            if firms:
                counts = {"firms": firms, "live": len(np.unique(firm[told_so & live]))}
                yield Relationship("MATCHES", name, link, "import", counts)

    # --- firms seated in a region that make a link -----------------------------------------------------------

    def _by_region(self) -> dict[str, list[Relationship]]:
        profiles = self._profiles()
        profile = self._snapshot.column("makes_profile")[self._first].astype(np.int64)
        cell = self._link[self._first] * len(self._adcodes) + self._region[self._first]
        kinds = max(len(profiles), 1)
        pairs, counts = _counted(cell * kinds + profile)
        best = self._bounds(cell)
        by_cell: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            by_cell[pair // kinds].append((pair % kinds, count))
        found: dict[str, list[Relationship]] = defaultdict(list)
        for place, (number, held) in enumerate(by_cell.items()):
            link, region = self._links[number // len(self._adcodes)], self._adcodes[number % len(self._adcodes)]
            history = _history([(profiles[kind], count) for kind, count in held])
            properties = {"link": link, "region": region, **history, **_bound(best, place)}
            found[region].append(Relationship("SEATS", region, link, "seats", properties))
        return found

    def _profiles(self) -> list[_Profile]:
        start, as_of, grade, seat, gone = (
            self._snapshot.column(f"profile_{name}").tolist() for name in ("start", "as_of", "grade", "seat", "gone")
        )
        stops = [*start[1:], len(as_of)]
        return [
            _Profile(tuple(zip(as_of[begin:stop], grade[begin:stop], strict=True)), mark, end)
            for begin, stop, mark, end in zip(start, stops, seat, gone, strict=True)
        ]

    def _bounds(self, cell: Ints) -> dict[str, Ints]:
        """For each cell in order the best match and the most citations of a firm that no pack knows."""
        if not len(self._first):
            return {"top_match": self._first, "top_cited": self._first}
        share, confidence = (
            np.maximum.reduceat(self._snapshot.column(f"makes_{name}").astype(np.int64), self._first)
            for name in ("share", "confidence")
        )
        cited = np.diff(np.append(self._first, len(self._firm)))
        outside = ~self._snapshot.column("firm_packed")[self._firm[self._first]]
        matched = np.where(outside, match(share, confidence), -1)
        begins = np.flatnonzero(np.diff(cell, prepend=-1))
        return {
            "top_match": np.maximum.reduceat(matched, begins),
            "top_cited": np.maximum.reduceat(np.where(outside, cited, 0), begins),
        }


def _counted(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and how many there are of each."""
    ordered = np.sort(values)
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[first], np.diff(np.append(first, len(ordered)))


def _bound(best: dict[str, Ints], place: int) -> dict[str, Any]:
    """What no firm of a cell surpasses; nothing where packs know them all."""
    return told(**{name: int(column[place]) if column[place] > 0 else None for name, column in best.items()})


def _history(held: list[tuple[_Profile, int]]) -> dict[str, Any]:
    """From which day on how many makers there are, and their weakest grade."""
    days: list[int] = []
    counts: list[int] = []
    weakest: list[int] = []
    for day in sorted(set().union(*(profile.days() for profile, _ in held))):
        graded = [(grade, count) for profile, count in held if (grade := profile.grade_on(day)) is not None]
        makers, worst = sum(count for _, count in graded), max((grade for grade, _ in graded), default=-1)
        if not counts or (makers, worst) != (counts[-1], weakest[-1]):
            days.append(day)
            counts.append(makers)
            weakest.append(worst)
    return {
        "days": [iso(day) for day in days],
        "counts": counts,
        "weakest": weakest,
        "last": iso(days[-1]),
        "makers": counts[-1],
        "grade": weakest[-1],
    }
