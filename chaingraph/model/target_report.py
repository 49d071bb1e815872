"""Published targets beside what was reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang
from chaingraph.model.words import Grade

State = Literal["met", "short", "open", "unknown"]
"""Where a target stands."""


@dataclass(frozen=True)
class TargetProgress:
    """A target and how far it is reached.

    ``low`` and ``high`` are the two ends of what is known, one number where it is known exactly, None where unknown.
    ``share`` is what was reached / target, None where it is not known exactly. ``measured`` says whether the number is
    ours (the local sourcing rate) or a source's.
    """

    id: str
    name: str
    region: str
    region_name: str
    chain: str | None
    chain_name: str | None
    park: str | None
    park_name: str | None
    year: int | None
    at_least: float
    unit: str
    grade: Grade
    low: float | None
    high: float | None
    share: float | None
    actual: str | None
    actual_grade: Grade | None
    measured: bool
    state: State


@dataclass(frozen=True)
class Reached:
    """An actual that no target is measured against."""

    id: str
    name: str
    region_name: str
    chain_name: str | None
    park_name: str | None
    since: int | None
    year: int
    value: float
    unit: str
    grade: Grade


def years(reached: Reached) -> str:
    """The year of an actual, or the years that it sums up."""
    return str(reached.year) if reached.since in (None, reached.year) else f"{reached.since}–{reached.year}"


@dataclass(frozen=True)
class TargetsReport:
    """The targets of a region, the latest year first; then what else was reported as reached."""

    lang: Lang
    region: str
    region_name: str
    as_of: str
    year: int | None
    counts: dict[str, int]
    targets: tuple[TargetProgress, ...]
    others: tuple[Reached, ...]
