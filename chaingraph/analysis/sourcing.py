"""The local sourcing rate of a leader (关键零部件本地配套率), as an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.gap_report import SourcingInput, SourcingRate
from chaingraph.model.words import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.model.gap_report import GapRow, LeaderSeen
    from chaingraph.stores.rows import ChainFrame


def sourcing_rate(frame: ChainFrame, leader: LeaderSeen, rows: Iterable[GapRow]) -> SourcingRate:
    """The rate over the leader's direct inputs.

    Formula: Σ value·coverage / Σ value over the links that feed the leader's own link; value =
    need · unit price. An unknown coverage counts once as 0 (``low``) and once as 1 (``high``), one that is a lower
    bound as itself and as 1. Inputs without a known
    value stand in the list and in neither sum; without any known value the rate is None.
    """
    direct = {feed.from_ for feed in frame.feeds if feed.to == leader.link and not feed.recycled}
    inputs = sorted((_input(row) for row in rows if row.link in direct), key=lambda item: -(item.value_cny or 0))
    valued = [(item.value_cny, *_ends(item)) for item in inputs if item.value_cny is not None]
    total = sum(value for value, _, _ in valued)
    low = sum(value * least for value, least, _ in valued)
    high = sum(value * most for value, _, most in valued)
    return SourcingRate(
        leader=leader,
        low=low / total if total else None,
        high=high / total if total else None,
        grade=weakest(*(item.grade for item in inputs)),
        inputs=tuple(inputs),
    )


def _ends(item: SourcingInput) -> tuple[float, float]:
    """The least and the most that the coverage can be."""
    if item.coverage is None:
        return 0.0, 1.0
    return item.coverage, 1.0 if item.coverage_at_least else item.coverage


def _input(row: GapRow) -> SourcingInput:
    return SourcingInput(
        link=row.link,
        name=row.name,
        value_cny=row.value_cny,
        coverage=row.coverage,
        coverage_at_least=row.coverage_at_least,
        grade=weakest(row.value_grade, row.coverage_grade),
    )
