"""The rules that name a link's status, the evidence behind it, and the move it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.analysis.supply import planned_projects, producing

if TYPE_CHECKING:
    from chaingraph.analysis.structure import Shape
    from chaingraph.model.gap_report import Supply
    from chaingraph.model.words import EvidenceLevel, Move, Status


class Bars(NamedTuple):
    """The thresholds of scoring.yaml."""

    covered_share: float
    covered_firms: int
    dominant_share: float


def status(supply: Supply, coverage: float | None, claimed: bool, bars: Bars) -> Status:
    """The first that holds: covered, thin, claimed, planned, missing.

    covered: coverage ≥ ``covered_share``, or at least ``covered_firms`` producing firms of unknown capacity; and no
    firm holds more than ``dominant_share`` of the capacity. thin: produced here otherwise. claimed: a source or a
    survey says it is here without naming a firm. planned: a project is on its way. missing: none of these.
    """
    if producing(supply):
        enough = (coverage is not None and coverage >= bars.covered_share) or (
            supply.firms_of_unknown_capacity >= bars.covered_firms
        )
        dominated = supply.largest_share is not None and supply.largest_share > bars.dominant_share
        return "covered" if enough and not dominated else "thin"
    if claimed:
        return "claimed"
    return "planned" if planned_projects(supply) else "missing"


def evidence_level(searched: bool, named: bool) -> EvidenceLevel:
    """census: the region was searched for the link; press: a document names it there; none: nobody looked."""
    if searched:
        return "census"
    return "press" if named else "none"


def move(link: str, status: Status, shape: Shape, produced: frozenset[str]) -> Move | None:
    """强链, 补链, 延链 or 建链.

    thin, claimed: strengthen. missing, planned: fill if a link it feeds is produced here; else extend if a link that
    feeds it is produced here; else build. covered: None.
    """
    if status == "covered":
        return None
    if status in ("thin", "claimed"):
        return "strengthen"
    if shape.feeds.get(link, frozenset()) & produced:
        return "fill"
    return "extend" if shape.fed_by.get(link, frozenset()) & produced else "build"
