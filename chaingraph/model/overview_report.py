"""All chains on one page, with the leads in work and the targets of the year."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.gap_report import LeaderSeen
from chaingraph.model.target_report import TargetProgress
from chaingraph.model.words import Grade


@dataclass(frozen=True)
class TopGap:
    """A gap in short."""

    link: str
    name: str
    move: str | None
    status: str
    priority: float | None
    priority_grade: Grade | None


@dataclass(frozen=True)
class ChainOverview:
    """A chain in short.

    ``sourcing_low`` and ``sourcing_high`` bound the local sourcing rate over the direct inputs of the leaders; None
    where no input has a known value. ``complete_low`` and ``complete_high`` bound the structural completeness: the
    share of links that are produced here, links without data counted once as missing and once as there. ``leads_open``
    counts the leads of its links that the ledger holds and that are not closed, ``leads_overdue`` those of them that a
    clock has run out for; a lead for a link of several chains counts in each.
    """

    chain: str
    name: str
    leaders: tuple[LeaderSeen, ...]
    links: int
    gaps: int
    covered: int
    no_data: int
    sourcing_low: float | None
    sourcing_high: float | None
    sourcing_grade: Grade | None
    complete_low: float | None
    complete_high: float | None
    top: tuple[TopGap, ...]
    unknown: tuple[str, ...]
    leads_open: int
    leads_overdue: int


@dataclass(frozen=True)
class OverviewReport:
    """All chains of the packs as a region sees them.

    ``leads_open`` and ``leads_overdue`` count each lead of the region once. ``targets`` are those of ``targets_year``,
    the latest year not after the day that any were published for; None where there are none.
    """

    lang: Lang
    title: str
    region: str
    region_name: str
    as_of: str
    pack: str
    chains: tuple[ChainOverview, ...]
    leads_open: int
    leads_overdue: int
    targets_year: int | None
    targets: tuple[TargetProgress, ...]
