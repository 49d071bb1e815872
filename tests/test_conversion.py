"""The four conversion rates and how long a project may rest, worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chaingraph.analysis.conversion import RATED, conversions, rest
from chaingraph.stores.listing_rows import ProjectRow, ReachedRow

if TYPE_CHECKING:
    from chaingraph.model.words import Grade

_LIMITS = {"signed": 180, "landed": 90, "started": 730, "completed": 180}


def project(*stages: str, grade: Grade = "A", on: str = "2023-01-01", by: bool = False) -> ProjectRow:
    """A project that has reached some stages."""
    reached = tuple(ReachedRow(stage, on, by, grade) for stage in stages)
    last = reached[-1] if reached else None
    return ProjectRow("p", "项目", "p", None, None, None, "441200", None, None, (), None, None, reached, last)


def told(*projects: ProjectRow) -> dict[str, tuple[int, int, float | None]]:
    """Reached, signed and share of each rate."""
    return {rate.stage: (rate.reached, rate.signed, rate.share) for rate in conversions(projects)}


def test_every_stage_counts_those_that_reached_it_or_a_later_one() -> None:
    assert told(
        project("signed"),
        project("landed"),
        project("started"),
        project("completed"),
        project("in_production"),
        project("started", "ended"),
        project("ended"),
        project(),
    ) == {
        "landed": (5, 7, 5 / 7),
        "started": (4, 7, 4 / 7),
        "completed": (2, 7, 2 / 7),
        "in_production": (1, 7, 1 / 7),
    }


def test_a_later_stage_implies_the_earlier_ones() -> None:
    assert set(told(project("in_production")).values()) == {(1, 1, 1.0)}
    assert told(project("signed", "completed"))["started"] == (1, 1, 1.0)


def test_an_end_keeps_what_was_reached_and_is_no_stage_after_production() -> None:
    assert told(project("signed", "ended"))["landed"] == (0, 1, 0.0)
    assert told(project("signed", "landed", "ended"))["landed"] == (1, 1, 1.0)
    assert told(project("in_production", "ended"))["in_production"] == (1, 1, 1.0)


def test_a_project_without_a_stage_is_in_no_rate() -> None:
    assert told(project("landed"), project(), project()) == told(project("landed"))


def test_where_nothing_is_known_a_rate_is_unknown_not_zero() -> None:
    for projects in ((), (project(), project())):
        assert [(rate.share, rate.grade) for rate in conversions(projects)] == [(None, None)] * 4


def test_the_rates_stand_in_the_order_of_the_course() -> None:
    assert (
        [rate.stage for rate in conversions([])] == list(RATED) == ["landed", "started", "completed", "in_production"]
    )


def test_a_rate_bears_the_weakest_grade_that_it_rests_on() -> None:
    assert {rate.grade for rate in conversions([project("signed"), project("landed", grade="C")])} == {"C"}


def test_no_rate_is_above_the_one_before_it() -> None:
    shares = [rate.reached for rate in conversions([project(stage) for stage in ("signed", *RATED, "ended")])]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("stage", "on", "days", "stuck"),
    [
        ("signed", "2023-06-30", 180, False),
        ("signed", "2023-07-01", 181, True),
        ("landed", "2023-04-01", 90, False),
        ("landed", "2023-04-02", 91, True),
        ("started", "2024-12-31", 730, False),
        ("started", "2025-01-01", 731, True),
        ("completed", "2023-07-01", 181, True),
        ("signed", "2023-01-01", 0, False),
    ],
)
def test_a_project_is_stuck_from_the_day_after_its_limit(stage: str, on: str, days: int, stuck: bool) -> None:
    resting = rest(project(stage), _LIMITS, date.fromisoformat(on))
    assert resting is not None
    assert (resting.days, resting.limit, resting.stuck, resting.at_least) == (days, _LIMITS[stage], stuck, False)


def test_days_since_a_latest_possible_date_are_a_lower_bound() -> None:
    resting = rest(project("signed", by=True), _LIMITS, date(2023, 7, 1))
    assert resting is not None
    assert (resting.days, resting.at_least, resting.stuck) == (181, True, True)


@pytest.mark.parametrize("stages", [(), ("in_production",), ("started", "ended"), ("ended",)])
def test_nothing_rests_without_a_stage_in_production_or_after_an_end(stages: tuple[str, ...]) -> None:
    assert rest(project(*stages), _LIMITS, date(2030, 1, 1)) is None


def test_a_stage_without_a_limit_is_never_stuck() -> None:
    resting = rest(project("landed"), {"signed": 1}, date(2030, 1, 1))
    assert resting is not None
    assert (resting.limit, resting.stuck) == (None, False)
