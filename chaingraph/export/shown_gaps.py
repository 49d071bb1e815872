"""What a table of gaps shows: which rows pass its filter, and in which order; the page and its files share both."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, get_args

from chaingraph.model.shown_status import status_of
from chaingraph.model.words import Direction, EvidenceLevel, Move
from chaingraph.stores.pinyin import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.model.gap_report import GapReport, GapRow

STATUSES = ("missing", "claimed", "planned", "thin", "covered", "no_data", "leader")
"""The keys of what a link's status shows as, the most pressing first."""
STAGES = ("upstream", "midstream", "downstream")
MOVES: tuple[str, ...] = get_args(Move)
SORTS = (
    *("rank", "name", "stage", "direction", "status", "move", "evidence"),
    *("need", "supply", "coverage", "value", "priority", "completeness", "nearest"),
)
"""The columns that the table can be sorted by; with a "-" before it the other way round."""
_DIRECTIONS: tuple[str, ...] = get_args(Direction)
_EVIDENCE: tuple[str, ...] = get_args(EvidenceLevel)


class Wanted(NamedTuple):
    """A filter and an order: rows of one of the statuses, stages and moves (all where empty) that hold ``text``."""

    statuses: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    text: str = ""
    sort: str | None = None


def shown(report: GapReport, wanted: Wanted) -> GapReport:
    """The report with the rows that are wanted, in the order wanted within each of its parts; totals stay."""
    gaps, no_data, covered, leader_links = (
        _ordered((row for row in rows if _passes(row, wanted)), wanted.sort)
        for rows in (report.gaps, report.no_data, report.covered, report.leader_links)
    )
    return replace(report, gaps=gaps, no_data=no_data, covered=covered, leader_links=leader_links)


def text_of(row: GapRow) -> str:
    """The text that a filter looks in: name, id, the nearest maker; in small letters."""
    near = f"{row.nearest.name} {row.nearest.region_name}" if row.nearest else ""
    return f"{row.name} {row.link} {near}".lower()


def sort_keys(row: GapRow) -> dict[str, float | str | None]:
    """By column what its rows are sorted by; None is unknown and stands last either way."""
    return {
        "rank": row.rank,
        "name": _sound(row.name),
        "stage": _place(row.stage, STAGES),
        "direction": _place(row.direction, _DIRECTIONS),
        "status": _place(status_of(row), STATUSES),
        "move": _place(row.move, MOVES),
        "evidence": _place(row.evidence_level, _EVIDENCE),
        "need": row.need.value,
        "supply": row.supply.value,
        "coverage": row.coverage,
        "value": row.value_cny,
        "priority": row.priority,
        "completeness": row.completeness,
        "nearest": row.nearest.distance_km if row.nearest else None,
    }


def _passes(row: GapRow, wanted: Wanted) -> bool:
    return (
        (not wanted.statuses or status_of(row) in wanted.statuses)
        and (not wanted.stages or row.stage in wanted.stages)
        and (not wanted.moves or row.move in wanted.moves)
        and wanted.text.strip().lower() in text_of(row)
    )


def _ordered(rows: Iterable[GapRow], sort: str | None) -> tuple[GapRow, ...]:
    if sort is None:
        return tuple(rows)
    column = sort.removeprefix("-")
    keyed = [(sort_keys(row)[column], row) for row in rows]
    known = [(key, row) for key, row in keyed if key is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return (*(row for _, row in known), *(row for key, row in keyed if key is None))


def _place(key: str | None, order: tuple[str, ...]) -> int | None:
    return order.index(key) if key in order else None


@lru_cache(maxsize=10_000)
def _sound(name: str) -> str:
    """A name by its pinyin, as a dictionary lists it."""
    return " ".join(syllables(name.casefold()))
