"""The gap report: what a region lacks around its chain leaders.

Reports are plain frozen dataclasses: a warm ``gaps`` must not wait for pydantic, which writes their JSON and their JSON
Schema (docs/schema/) where these are asked for. A number that is None is unknown (待核实), never zero; a grade beside a
number is that of its weakest input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang
from chaingraph.model.words import Basis, Direction, EvidenceLevel, Grade, Move, Status


class Part:
    """Base of a report's parts: equal by value.

    Written once here, since a dataclass writes its own for every class, which takes a tenth of a warm ``gaps``.
    """

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


@dataclass(frozen=True, eq=False, repr=False)
class NeedTerm(Part):
    """One term of a need: ``amount`` units a unit of ``link``, times ``run`` units of it a year."""

    link: str
    name: str
    amount: float
    run: float | None
    run_is: Literal["supply", "need"]
    run_basis: Basis
    run_basis_year: int | None
    product: float | None
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class Need(Part):
    """What the region's production asks for, in the link's units a year: the sum of the terms that are known.

    ``at_least`` says that a term is unknown, ``derived`` that a term rests on a link that is missing itself.
    """

    value: float | None
    at_least: bool
    derived: bool
    grade: Grade | None
    terms: tuple[NeedTerm, ...]


@dataclass(frozen=True, eq=False, repr=False)
class LocalProject(Part):
    """A project here that makes the link."""

    id: str
    name: str
    firm: str | None
    firm_name: str | None
    stage: str | None
    stage_date: str | None
    by: bool
    capacity: float | None
    capacity_as_of: str | None
    basis: Basis
    note: str | None
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class Supply(Part):
    """What is made here in the link's units a year. ``at_least``: a producing project's capacity is unknown.

    ``basis`` is the weakest kind of figure in the sum, of ``basis_year``: a plan or a target is no achievement yet.
    """

    value: float | None
    basis: Basis
    basis_year: int | None
    at_least: bool
    planned: float | None
    planned_grade: Grade | None
    grade: Grade | None
    firms: int
    firms_of_unknown_capacity: int
    largest_share: float | None
    projects: tuple[LocalProject, ...]


@dataclass(frozen=True, eq=False, repr=False)
class ClaimSeen(Part):
    """A source's general claim."""

    region: str
    said: str
    source: str
    source_title: str
    as_of: str
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class Ring(Part):
    """Firms making the link within a ring, and the capacity known of them."""

    ring: str
    firms: int
    firms_of_unknown_capacity: int
    capacity: float | None
    grade: Grade | None


@dataclass(frozen=True, eq=False, repr=False)
class Nearest(Part):
    """The nearest maker outside the region, straight-line km."""

    firm: str
    name: str
    region: str
    region_name: str
    distance_km: float
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class SeatedFirm(Part):
    """A firm with its seat in the region that makes the link; without a project here it is no local supply."""

    name: str
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class Component(Part):
    """One component of the priority: ``contribution`` points of the 100."""

    name: str
    value: float | None
    weight: float
    contribution: float | None
    why: str
    grade: Grade | None


@dataclass(frozen=True, eq=False, repr=False)
class GapRow(Part):
    """A link around a leader: what is needed, what is here, what is near, and how urgent it is."""

    rank: int | None
    link: str
    name: str
    stage: str
    tier: int
    unit: str
    direction: Direction
    move: Move | None
    status: Status
    evidence_level: EvidenceLevel
    need: Need
    supply: Supply
    coverage: float | None
    coverage_at_least: bool
    coverage_grade: Grade | None
    unit_price_cny: float | None
    price_grade: Grade | None
    value_cny: float | None
    value_grade: Grade | None
    claims: tuple[ClaimSeen, ...]
    surveyed: str | None
    survey_region: str | None
    survey_grade: Grade | None
    seated_firms: tuple[SeatedFirm, ...]
    seated_total: int
    rings: tuple[Ring, ...]
    nearest: Nearest | None
    priority: float | None
    priority_grade: Grade | None
    completeness: float
    components: tuple[Component, ...]
    reason: str

    @property
    def without_data(self) -> bool:
        """Whether nobody has looked: missing, on no evidence."""
        return self.status == "missing" and self.evidence_level == "none"


@dataclass(frozen=True, eq=False, repr=False)
class LeaderSeen(Part):
    """A chain leader and what it makes here; ``own`` is its own supply of the link, None in a list of chains."""

    firm: str
    name: str
    link: str
    link_name: str
    region: str
    grade: Grade
    own: Supply | None = None


@dataclass(frozen=True, eq=False, repr=False)
class SourcingInput(Part):
    """A direct input of a leader in the local sourcing rate."""

    link: str
    name: str
    value_cny: float | None
    coverage: float | None
    coverage_at_least: bool
    grade: Grade | None


@dataclass(frozen=True, eq=False, repr=False)
class SourcingRate(Part):
    """关键零部件本地配套率 of a leader: Σ value·coverage / Σ value, what is unknown of a coverage once 0, once 1."""

    leader: LeaderSeen
    low: float | None
    high: float | None
    grade: Grade | None
    inputs: tuple[SourcingInput, ...]


@dataclass(frozen=True, eq=False, repr=False)
class TargetSeen(Part):
    """A published target that the rate is measured against."""

    name: str
    link: str | None
    at_least: float
    unit: str
    year: int
    expired: bool
    grade: Grade


@dataclass(frozen=True, eq=False, repr=False)
class Totals(Part):
    """How many links stand where, before any filter. Links without data are never counted as gaps."""

    links: int
    gaps: int
    covered: int
    no_data: int
    leader_links: int
    by_status: dict[str, int]
    by_move: dict[str, int]


@dataclass(frozen=True, eq=False, repr=False)
class GapReport(Part):
    """The gaps of a chain in a region on a day.

    ``complete_low`` and ``complete_high`` bound the share of links that are produced here; see ``completeness``.
    """

    chain: str
    chain_name: str
    region: str
    region_name: str
    as_of: str
    lang: Lang
    pack: str
    leaders: tuple[LeaderSeen, ...]
    gaps: tuple[GapRow, ...]
    no_data: tuple[GapRow, ...]
    covered: tuple[GapRow, ...]
    leader_links: tuple[GapRow, ...]
    sourcing: tuple[SourcingRate, ...]
    complete_low: float | None
    complete_high: float | None
    targets: tuple[TargetSeen, ...]
    totals: Totals
    unknown: tuple[str, ...]

    @property
    def rows(self) -> dict[str, GapRow]:
        """Every row of the report by its link: gaps, without data, covered, the leaders' own."""
        return {row.link: row for row in (*self.gaps, *self.no_data, *self.covered, *self.leader_links)}
