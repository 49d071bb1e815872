"""Evidence rows: what a store answers. Plain facts with grades, never scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from chaingraph.model.words import Basis, Grade


class Judged(NamedTuple):
    """A number and the grade of its best evidence."""

    value: float
    grade: Grade


class LinkRow(NamedTuple):
    """A link as a chain sees it. Prices in CNY a unit; criticality and locality from 0 to 1."""

    id: str
    name: str
    name_en: str
    unit: str
    stage: str
    tier: int
    unit_price_cny: Judged | None
    criticality: Judged | None
    locality: Judged | None


class FeedRow(NamedTuple):
    """``from_`` feeds ``to``: ``amount`` units of it a unit of ``to``, None where only structure is known."""

    from_: str
    to: str
    amount: float | None
    recycled: bool
    grade: Grade


class LeaderRow(NamedTuple):
    """A chain leader and the link it makes in a region, known ``since`` an ISO day."""

    firm: str
    name: str
    name_en: str
    region: str
    link: str
    grade: Grade
    since: str


class ChainFrame(NamedTuple):
    """A chain ready to compute on. ``links`` stand in topological order, upstream first."""

    id: str
    name: str
    name_en: str
    links: tuple[LinkRow, ...]
    feeds: tuple[FeedRow, ...]
    leaders: tuple[LeaderRow, ...]


class RegionRow(NamedTuple):
    """A region with its line of parents: itself first, the nation last; its seat in degrees."""

    adcode: str
    name: str
    name_en: str
    level: str
    line: tuple[str, ...]
    lat: float
    lon: float


class WorkRow(NamedTuple):
    """A project's making of a link on the day asked for.

    ``capacity`` is in units of the link a year, None where unknown on that day; ``stage`` is None before the first
    dated stage; ``stage_date`` is an ISO day, ``by`` means no later than it; ``grade`` is the weaker of the making's
    and the stage's.
    """

    link: str
    project: str
    project_name: str
    project_name_en: str
    firm: str | None
    firm_name: str | None
    firm_name_en: str | None
    region: str
    stage: str | None
    stage_date: str | None
    by: bool
    capacity: float | None
    capacity_as_of: str | None
    basis: Basis
    capacity_note: str | None
    grade: Grade


class ClaimRow(NamedTuple):
    """A source says that the region has the link, naming no firm."""

    link: str
    region: str
    said: str
    source: str
    source_title: str
    as_of: str
    grade: Grade


class SurveyRow(NamedTuple):
    """The region was searched for the link on a day."""

    link: str
    region: str
    date: str
    found: bool
    grade: Grade


class RingRow(NamedTuple):
    """Firms that make a link within one ring; ``capacity`` is what is known of it, units a year."""

    ring: str
    firms: int
    firms_of_unknown_capacity: int
    capacity: float | None
    grade: Grade | None


class NearestRow(NamedTuple):
    """Who makes the link nearest to the region, by seat or plant outside it, having no project here; straight km."""

    firm: str
    name: str
    name_en: str
    region: str
    region_name: str
    region_name_en: str
    distance_km: float
    grade: Grade


class SeatedRow(NamedTuple):
    """A firm with its seat in the region that makes the link."""

    firm: str
    name: str
    name_en: str
    grade: Grade


class PresenceRow(NamedTuple):
    """Who makes a link, ring by ring, seen from a region.

    ``seated``: some of the firms with their seat but no project for the link here, the best known; ``seated_firms``
    says how many there are.
    """

    link: str
    rings: tuple[RingRow, ...]
    nearest: NearestRow | None
    seated: tuple[SeatedRow, ...]
    seated_firms: int


class TargetRow(NamedTuple):
    """A published target; ``year`` is None where the document names none."""

    id: str
    name: str
    name_en: str
    region: str
    chain: str | None
    park: str | None
    metric: str | None
    link: str | None
    at_least: float
    unit: str
    year: int | None
    grade: Grade
