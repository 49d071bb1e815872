"""Rows about firms that could fill a gap: raw features with their grades, never scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.model.words import Grade
    from chaingraph.stores.rows import Judged


class CitedRow(NamedTuple):
    """A citation that the firm makes the link; sources of one publisher are not independent."""

    source: str
    publisher: str
    grade: Grade
    as_of: str


class PlantRow(NamedTuple):
    """A project of the firm that makes the link in the region asked for; ``stage`` None before the first dated one."""

    project: str
    name: str
    name_en: str
    stage: str | None


class SignalRow(NamedTuple):
    """A sign that the firm expands: what is said, or its project elsewhere of which ``said`` is the name."""

    date: str
    said: str
    said_en: str
    stage: str | None
    grade: Grade


def newest_first(signals: Iterable[SignalRow]) -> tuple[SignalRow, ...]:
    """Signs by their day, the newest first; of one day the better graded first."""
    told = sorted(signals, key=lambda row: (row.grade, row.said, row.stage or ""))
    return tuple(sorted(told, key=lambda row: row.date, reverse=True))


class BarredRow(NamedTuple):
    """The firm or the link stands on the negative list of the region or one around it."""

    region: str
    reason: str
    grade: Grade


class CandidateRow(NamedTuple):
    """A firm that makes ``link``, as known on a day, seen from a region.

    ``said`` and ``said_as_of`` are the word and the day of the citation that the share, else the confidence, is from;
    no word where it gives none. ``nearest`` is the nearest of its seat and its plants in production, ``ring`` the
    smallest that holds it; ``distance_km`` is None where neither is known more closely than by a province; ``here``
    where in the region it has a project on the ground (started or further) or its seat, None where neither.
    ``revenue_share`` and ``confidence`` from 0 to 1. ``intensity`` is the most it is known to invest in CNY a mu,
    ``area_mu`` the median land of its projects. ``dissolved_on`` is an ISO day, None where the day is unknown.
    """

    link: str
    firm: str
    name: str
    name_en: str
    full_name: str
    seat: str
    nearest: str
    distance_km: float | None
    ring: str
    place_grade: Grade
    here: str | None
    revenue_share: float | None
    confidence: float | None
    said: str | None
    said_as_of: str | None
    citations: tuple[CitedRow, ...]
    plants: tuple[PlantRow, ...]
    dissolved: Grade | None
    dissolved_on: str | None
    barred: tuple[BarredRow, ...]
    signals: tuple[SignalRow, ...]
    intensity: Judged | None
    area_mu: Judged | None


class MatchedRow(NamedTuple):
    """How many firms an import says to make a link, in all and by link."""

    firms: int
    by_link: dict[str, int]


class TieRow(NamedTuple):
    """A supply or a share between two firms: ``predicate`` as ``from_`` has it of ``to``, and its best grade."""

    from_: str
    to: str
    predicate: str
    grade: Grade
