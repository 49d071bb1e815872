"""The reports on leads: who could fill a gap, who can introduce us, which park fits, and what is not known.

A number that is None is unknown (待核实), never zero; a grade beside a number is that of its weakest input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang
from chaingraph.model.entity_report import Fact
from chaingraph.model.gap_report import Component, GapRow, LeaderSeen, Part
from chaingraph.model.ledger_report import LedgerLead
from chaingraph.model.words import Direction, Grade, LeadKind, Move, Status

VetoName = Literal["dissolved", "negative_list", "already_here", "in_talks", "closed", "thin_evidence"]
CheckName = Literal["targets", "land", "discharge", "investment", "tax"]


@dataclass(frozen=True, eq=False, repr=False)
class Veto(Part):
    """Why a candidate is no lead, by name and in a sentence."""

    name: VetoName
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class Tie(Part):
    """A supply or a share between two firms, with its best citation."""

    predicate: str
    label: str
    from_: str
    from_name: str
    to: str
    to_name: str
    grade: Grade
    source: str
    source_title: str
    as_of: str


@dataclass(frozen=True, eq=False, repr=False)
class Introducer(Part):
    """The shortest way from a local leader to the firm over supplies and shares (以商引商)."""

    leader: str
    leader_name: str
    ties: tuple[Tie, ...]
    grade: Grade
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class ParkCheck(Part):
    """One check of a park: ``holds`` is None where a side of it is unknown, or the bar is not set."""

    name: CheckName
    holds: bool | None
    why: str
    grade: Grade | None


@dataclass(frozen=True, eq=False, repr=False)
class ParkFit(Part):
    """How a park suits a lead; ``distance_km`` is to the leader's plant, straight."""

    park: str
    name: str
    region: str
    region_name: str
    distance_km: float | None
    checks: tuple[ParkCheck, ...]
    fits: bool
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class Lead(Part):
    """A firm that could fill a gap.

    ``points`` of 100 are what is proven, ``points_most`` what they would be if all that is unknown spoke for the firm;
    ``sources`` are the independent ones (publishers) that say it makes the link, ``grade`` the best of them.
    ``stage`` is that of the ledger, None before the lead is accepted. In a list, a vetoed one has no introducer and no
    park: nobody looked for them.
    """

    id: str
    rank: int | None
    chain: str
    chain_name: str
    link: str
    link_name: str
    gap_rank: int | None
    gap_priority: float | None
    move: Move | None
    status: Status
    firm: str
    firm_name: str
    full_name: str
    kind: LeadKind
    seat: str
    seat_name: str
    nearest: str
    nearest_name: str
    distance_km: float | None
    ring: str
    points: float
    points_most: float
    components: tuple[Component, ...]
    grade: Grade
    sources: int
    source: str
    source_title: str
    source_url: str | None
    source_as_of: str
    vetoes: tuple[Veto, ...]
    introducer: Introducer | None
    park: ParkFit | None
    stage: str | None
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class GapLeads(Part):
    """A gap with its leads, the best first, and the candidates that a veto keeps out."""

    rank: int | None
    link: str
    name: str
    direction: Direction
    move: Move | None
    status: Status
    priority: float | None
    priority_grade: Grade | None
    reason: str
    without_data: bool
    candidates: int
    leads: tuple[Lead, ...]
    vetoed: tuple[Lead, ...]


@dataclass(frozen=True, eq=False, repr=False)
class LeadsReport(Part):
    """The leads of a chain in a region on a day, gap by gap; at most ``top`` a gap."""

    chain: str
    chain_name: str
    region: str
    region_name: str
    as_of: str
    lang: Lang
    pack: str
    ring: str
    top: int
    gaps: tuple[GapLeads, ...]


@dataclass(frozen=True, eq=False, repr=False)
class LeadReport(Part):
    """One lead with all that it rests on: leaders, gap, components, parks, facts.

    ``unknown`` is what to ask the firm and of the gap, ``park_unknown`` what to ask the park.
    """

    lang: Lang
    region: str
    region_name: str
    as_of: str
    pack: str
    lead: Lead
    leaders: tuple[LeaderSeen, ...]
    gap: GapRow
    parks: tuple[ParkFit, ...]
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    park_unknown: tuple[str, ...]
    ledger: LedgerLead | None
