"""A target beside the actual of the same thing: which actual speaks of it, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chaingraph.analysis.progress import actual_of, share_reached, state_of
from chaingraph.stores.listing_rows import ActualRow
from chaingraph.stores.rows import TargetRow

_TARGET = TargetRow(
    id="goal",
    name="产值",
    name_en="output",
    region="441200",
    chain="demo",
    park=None,
    metric="output",
    link=None,
    at_least=100.0,
    unit="亿元",
    year=2023,
    grade="A",
)
_ACTUAL = ActualRow(
    id="done",
    name="产值",
    name_en="output",
    region="441200",
    chain="demo",
    park=None,
    metric="output",
    value=90.0,
    unit="亿元",
    year=2023,
    since=None,
    grade="B",
    as_of="2024-01-10",
)


def chosen(*actuals: ActualRow, target: TargetRow = _TARGET) -> str | None:
    """The id of the actual that the target is measured by."""
    actual = actual_of(target, actuals)
    return actual.id if actual else None


def test_an_actual_of_the_same_thing_measures_the_target() -> None:
    assert chosen(_ACTUAL) == "done"


@pytest.mark.parametrize(
    "other",
    [
        {"metric": "tax"},
        {"metric": None},
        {"region": "441283"},
        {"chain": None},
        {"chain": "steel"},
        {"park": "zone"},
        {"unit": "万元"},
        {"year": 2022},
        {"since": 2016},
    ],
)
def test_an_actual_that_differs_in_one_respect_measures_nothing(other: dict[str, Any]) -> None:
    assert chosen(_ACTUAL._replace(**other)) is None


def test_a_target_without_metric_or_year_is_measured_by_nothing() -> None:
    assert chosen(_ACTUAL._replace(metric=None), target=_TARGET._replace(metric=None)) is None
    assert chosen(_ACTUAL, target=_TARGET._replace(year=None)) is None


def test_of_several_actuals_the_better_grade_counts_then_the_later() -> None:
    later = _ACTUAL._replace(id="later", as_of="2024-03-01")
    best = _ACTUAL._replace(id="best", grade="A", as_of="2023-12-31")
    for order in ((_ACTUAL, later, best), (best, later, _ACTUAL)):
        assert chosen(*order) == "best"
    assert chosen(_ACTUAL, later) == chosen(later, _ACTUAL) == "later"


@pytest.mark.parametrize(
    ("low", "high", "on", "state"),
    [
        (100.0, 100.0, "2024-06-01", "met"),
        (100.0, 100.0, "2023-06-01", "met"),
        (100.0, 140.0, "2024-06-01", "met"),
        (99.9, 99.9, "2024-01-01", "short"),
        (99.9, 99.9, "2023-12-31", "open"),
        (0.0, 0.0, "2024-06-01", "short"),
        (20.0, 99.9, "2024-06-01", "short"),
        (20.0, 100.0, "2024-06-01", "unknown"),
        (20.0, 100.0, "2023-06-01", "open"),
        (None, None, "2024-06-01", "unknown"),
        (None, None, "2023-01-01", "open"),
    ],
)
def test_a_target_is_met_short_open_or_unknown(low: float | None, high: float | None, on: str, state: str) -> None:
    assert state_of(_TARGET, low, high, date.fromisoformat(on)) == state


@pytest.mark.parametrize(("low", "state"), [(100.0, "met"), (99.0, "unknown"), (None, "unknown")])
def test_a_target_without_a_year_is_met_or_unknown(low: float | None, state: str) -> None:
    assert state_of(_TARGET._replace(year=None), low, low, date(2030, 1, 1)) == state


def test_a_share_of_nothing_means_nothing() -> None:
    assert share_reached(_TARGET._replace(at_least=200), 50) == 0.25
    assert share_reached(_TARGET._replace(at_least=100), 130) == 1.3
    assert share_reached(_TARGET._replace(at_least=0), 50) is None
    assert share_reached(_TARGET._replace(at_least=-5), 50) is None
    assert share_reached(_TARGET._replace(at_least=5, metric="gdp_growth"), 4) is None
