"""The local sourcing rate of a leader (关键零部件本地配套率) and the completeness of a chain, as intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.gap_report import SourcingInput, SourcingRate
from chaingraph.model.words import weakest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.model.gap_report import GapRow, LeaderSeen
    from chaingraph.model.words import Grade
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
    low, high = _bounds(inputs)
    return SourcingRate(
        leader=leader,
        low=low,
        high=high,
        grade=weakest(*(item.grade for item in inputs)),
        inputs=tuple(inputs),
    )


class PooledRate(NamedTuple):
    """A rate over several leaders, with its weakest grade."""

    low: float | None
    high: float | None
    grade: Grade | None


def pooled_rate(rates: Iterable[SourcingRate]) -> PooledRate:
    """The rate over the direct inputs of several leaders together, each input once; both ends as for one leader."""
    inputs = {item.link: item for rate in rates for item in rate.inputs}.values()
    return PooledRate(*_bounds(inputs), weakest(*(item.grade for item in inputs)))


def completeness(rows: Iterable[GapRow]) -> tuple[float | None, float | None]:
    """The structural completeness of a chain: the share of its links that are produced here, as an interval.

    Formula: links covered, thin or claimed / links. Links without data count once as missing (low) and once as
    produced (high). None for a chain without links. Where no input has a known value it stands for the sourcing rate.
    """
    statuses = [("no_data" if row.without_data else row.status) for row in rows]
    if not statuses:
        return None, None
    here = sum(status in ("covered", "thin", "claimed") for status in statuses)
    return here / len(statuses), (here + statuses.count("no_data")) / len(statuses)


def _bounds(inputs: Iterable[SourcingInput]) -> tuple[float | None, float | None]:
    valued = [(item.value_cny, *_ends(item)) for item in inputs if item.value_cny is not None]
    total = sum(value for value, _, _ in valued)
    if not total:
        return None, None
    return sum(value * low for value, low, _ in valued) / total, sum(value * high for value, _, high in valued) / total


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
