"""All chains on one page."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.gap_report import LeaderSeen
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
    share of links that are produced here, links without data counted once as missing and once as there.
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


@dataclass(frozen=True)
class OverviewReport:
    """All chains of the packs as a region sees them."""

    lang: Lang
    title: str
    region: str
    region_name: str
    as_of: str
    pack: str
    chains: tuple[ChainOverview, ...]
