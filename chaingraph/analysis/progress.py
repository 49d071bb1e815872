"""How far a published target has been reached: a target beside the actual of the same thing and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chaingraph.model.target_report import State
    from chaingraph.stores.listing_rows import ActualRow
    from chaingraph.stores.rows import TargetRow


def actual_of(target: TargetRow, actuals: Sequence[ActualRow]) -> ActualRow | None:
    """The actual that a target is measured by: same metric, region, chain, park, unit and year.

    None without one. Of several the better graded counts, then the later. Sums over years are another thing.
    """
    if target.metric is None or target.year is None:
        return None
    same = [
        actual
        for actual in actuals
        if actual.since is None
        and (actual.metric, actual.region, actual.chain, actual.park, actual.unit, actual.year)
        == (target.metric, target.region, target.chain, target.park, target.unit, target.year)
    ]
    best = min((actual.grade for actual in same), default=None)
    return max((actual for actual in same if actual.grade == best), key=lambda actual: actual.as_of, default=None)


def share_reached(target: TargetRow, actual: float) -> float | None:
    """actual / target; None for a growth rate and for a target not above zero: a share of them means nothing."""
    growth = target.metric is not None and target.metric.endswith("growth")
    return None if growth or target.at_least <= 0 else actual / target.at_least


def state_of(target: TargetRow, low: float | None, high: float | None, on: date) -> State:
    """Where a target stands on a day.

    ``met``: what is known reaches it even at its least. Else ``open`` while the year is not over. After it, ``short``:
    what is known does not reach it even at its most; ``unknown``: nothing is known, or too little to tell. A target
    without a year is met or unknown.
    """
    if low is not None and low >= target.at_least:
        return "met"
    if target.year is not None and target.year >= on.year:
        return "open"
    return "short" if high is not None and high < target.at_least and target.year is not None else "unknown"
