"""Rows of lists, hits and paths: apart from the evidence rows, so that a gap report need not build them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from chaingraph.model.words import Grade, How
    from chaingraph.stores.rows import Judged


class ActualRow(NamedTuple):
    """A figure reported as reached in ``year``, or summed up from ``since`` on."""

    id: str
    name: str
    name_en: str
    region: str
    chain: str | None
    park: str | None
    metric: str | None
    value: float
    unit: str
    year: int
    since: int | None
    grade: Grade
    as_of: str


class ReachedRow(NamedTuple):
    """A stage that a project has reached; ``by`` means no later than the ISO day ``date``."""

    stage: str
    date: str
    by: bool
    grade: Grade


class ProjectRow(NamedTuple):
    """A project on the day asked for. ``reached`` are its stages by then in their order, ``stage`` the one it is in."""

    id: str
    name: str
    name_en: str
    firm: str | None
    firm_name: str | None
    firm_name_en: str | None
    region: str
    park: str | None
    part_of: str | None
    links: tuple[str, ...]
    investment_cny: Judged | None
    area_mu: Judged | None
    reached: tuple[ReachedRow, ...]
    stage: ReachedRow | None


class ParkRow(NamedTuple):
    """A park on the day asked for.

    ``figures`` by the name of the field, None where unknown or not set; ``discharges``: which it is known to take or
    to refuse, and how well that is known; ``lat`` and ``lon`` in degrees, None where unknown.
    """

    id: str
    name: str
    name_en: str
    region: str
    part_of: str | None
    figures: dict[str, Judged | None]
    chains: tuple[str, ...]
    links: tuple[str, ...]
    discharges: dict[str, tuple[bool, Grade]]
    lat: float | None
    lon: float | None


class HitRow(NamedTuple):
    """An entity that answers a search: by which of its names, and in which way."""

    kind: str
    id: str
    matched: str
    how: How


class StepRow(NamedTuple):
    """A step of a path: from one entity to the next, by which predicates, the closest tie first."""

    from_: str
    to: str
    predicates: tuple[str, ...]
