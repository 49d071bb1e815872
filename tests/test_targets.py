"""``targets``: each target beside what was reached, by a source or by our own rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, gaps, targets
from chaingraph.errors import NotFound, UsageError
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.target_report import TargetProgress, TargetsReport

ON = "2024-06-01"

_TARGETS = """\
targets:
  - {id: met, REGION, metric: output, name: 产值, at_least: 100, unit: 亿元, year: 2021, CITE}
  - {id: short, REGION, metric: output, name: 产值, at_least: 200, unit: 亿元, year: 2022, CITE}
  - {id: open, REGION, metric: output, name: 产值, at_least: 300, unit: 亿元, year: 2025, CITE}
  - {id: other-unit, REGION, metric: tax, name: 税收, at_least: 1, unit: 亿元, year: 2022, CITE}
  - {id: nameless, REGION, name: 企业数, at_least: 5, unit: 家, year: 2022, CITE}
  - {id: someday, REGION, metric: output, name: 产值, at_least: 10, unit: 亿元, CITE}
  - {id: summed, REGION, metric: sums, name: 累计, at_least: 10, unit: 亿元, year: 2022, CITE}
  - {id: zero, REGION, metric: cuts, name: 增量, at_least: 0, unit: 吨, year: 2022, CITE}
  - {id: county, region: "441283", chain: demo, metric: output, name: 产值, at_least: 7, unit: 亿元, year: 2022, CITE}
""".replace("REGION", 'region: "441200"').replace("CITE", "evidence: [{source: report, locator: 一}]")
_ACTUALS = """\
actuals:
  - {id: met-done, REGION, metric: output, name: 产值, value: 150, unit: 亿元, year: 2021, A}
  - {id: short-press, REGION, metric: output, name: 产值, value: 250, unit: 亿元, year: 2022, B}
  - {id: short-done, REGION, metric: output, name: 产值, value: 180, unit: 亿元, year: 2022, A}
  - {id: tax-done, REGION, metric: tax, name: 税收, value: 20000, unit: 万元, year: 2022, A}
  - {id: nameless-done, REGION, name: 企业数, value: 6, unit: 家, year: 2022, A}
  - {id: sum-done, REGION, metric: sums, name: 累计, value: 50, unit: 亿元, since: 2016, year: 2022, A}
  - {id: cut-done, REGION, metric: cuts, name: 增量, value: 3, unit: 吨, year: 2022, A}
  - {id: county-done, region: "441283", metric: output, name: 产值, value: 9, unit: 亿元, year: 2022, A}
""".replace("REGION", 'region: "441200"')


def _cited(text: str) -> str:
    for grade, source in (("A", "report"), ("B", "paper")):
        text = text.replace(f", {grade}}}", f", evidence: [{{source: {source}, locator: 二}}]}}")
    return text


@pytest.fixture
def alone(pack: SmallPack, tmp_path: Path) -> Settings:
    """Settings over the small pack with nothing beneath it."""
    return Settings(tmp_path / "workspace", (pack.folder,))


@pytest.fixture(scope="module")
def aimed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small pack with targets and actuals."""
    where = tmp_path_factory.mktemp("aimed")
    pack = SmallPack.write(where / "small")
    pack.put("targets.yaml", _TARGETS)
    pack.put("actuals.yaml", _cited(_ACTUALS))
    return Settings(where / "workspace", (pack.folder,))


def one(report: TargetsReport, id_: str) -> TargetProgress:
    """A target of the list."""
    return next(target for target in report.targets if target.id == id_)


def test_each_target_stands_where_its_actual_puts_it(aimed: Settings) -> None:
    report = targets(aimed, as_of=ON)
    assert {target.id: (target.state, target.low, target.actual) for target in report.targets} == {
        "met": ("met", 150, "met-done"),
        "short": ("short", 180, "short-done"),
        "open": ("open", None, None),
        "other-unit": ("unknown", None, None),
        "nameless": ("unknown", None, None),
        "someday": ("unknown", None, None),
        "summed": ("unknown", None, None),
        "zero": ("met", 3, "cut-done"),
        "county": ("unknown", None, None),
    }
    assert report.counts == {"met": 2, "open": 1, "short": 1, "unknown": 5}


def test_the_share_is_reached_over_target_and_of_zero_there_is_none(aimed: Settings) -> None:
    report = targets(aimed, as_of=ON)
    assert (one(report, "met").share, one(report, "short").share) == (1.5, 0.9)
    assert (one(report, "zero").share, one(report, "open").share) == (None, None)


def test_of_several_actuals_the_better_grade_counts_then_the_later(pack: SmallPack, alone: Settings) -> None:
    pack.put("targets.yaml", _TARGETS)
    graded = _cited(_ACTUALS)
    pack.put("actuals.yaml", graded)
    assert one(targets(alone, as_of=ON), "short").low == 180
    weaker = "year: 2022, evidence: [{source: report, grade: C"
    pack.put("actuals.yaml", graded.replace("year: 2022, evidence: [{source: report", weaker))
    assert one(targets(alone, as_of=ON), "short").low == 250
    pack.put("actuals.yaml", graded.replace("source: paper", "source: report, as_of: 2021-12-01"))
    assert one(targets(alone, as_of=ON), "short").low == 180
    pack.put("actuals.yaml", graded.replace("source: paper", "source: paper, as_of: 2022-01-01"))
    assert one(targets(alone, as_of="2023-01-01"), "short").low == 180


def test_a_target_is_open_until_its_year_is_over_and_short_after_it(aimed: Settings) -> None:
    assert one(targets(aimed, as_of="2022-12-31"), "short").state == "open"
    assert one(targets(aimed, as_of="2023-01-01"), "short").state == "short"
    assert one(targets(aimed, as_of="2022-12-31"), "met").state == "met"


def test_actuals_that_measure_no_target_are_told_apart(aimed: Settings) -> None:
    report = targets(aimed, as_of=ON)
    assert {other.id for other in report.others} == {
        *("short-press", "tax-done", "nameless-done", "sum-done", "county-done"),
    }
    summed = next(other for other in report.others if other.id == "sum-done")
    assert (summed.since, summed.year, summed.value) == (2016, 2022, 50)


def test_a_year_and_a_chain_keep_only_their_own(aimed: Settings) -> None:
    assert [target.id for target in targets(aimed, year=2021, as_of=ON).targets] == ["met"]
    assert [other.id for other in targets(aimed, year=2021, as_of=ON).others] == []
    report = targets(aimed, chain="演示链", as_of=ON)
    assert [target.id for target in report.targets] == ["county"]
    assert report.others == ()


def test_the_latest_year_stands_first_and_a_target_without_one_last(aimed: Settings) -> None:
    years = [target.year or 0 for target in targets(aimed, as_of=ON).targets]
    assert years == sorted(years, reverse=True)
    assert years[-1] == 0


def test_a_region_holds_its_targets_and_those_below_it(aimed: Settings) -> None:
    assert [target.id for target in targets(aimed, region="高要区", as_of=ON).targets] == ["county"]
    assert targets(aimed, region="350000", as_of=ON).targets == ()


def test_a_target_is_not_seen_before_its_source(aimed: Settings) -> None:
    assert targets(aimed, as_of="2022-01-09").targets == ()


# --- the local sourcing rate, which is ours ---

_RATE = """\
targets:
  - {id: rate, region: "441200", chain: demo, metric: local_sourcing_rate, name: 配套率, at_least: 40, unit: '%', YEAR
     evidence: [{source: report, locator: 一}]}
"""
_PACKS = """\
  - id: packs
    name: 电池包工厂
    region: "441283"
    makes: [{link: pack-link, capacity: 50000, unit: 套, evidence: [{source: report, locator: 二}]}]
    stages: [{stage: in_production, date: 2021-05-01, evidence: [{source: report, locator: 二}]}]
    evidence: [{source: report, locator: 二}]
"""


def rated(pack: SmallPack, alone: Settings, year: str = "year: 2023,", region: str | None = None) -> TargetProgress:
    """The one target of the local sourcing rate."""
    pack.put("targets.yaml", _RATE.replace("YEAR", year))
    return one(targets(alone, region=region, as_of=ON), "rate")


def test_the_local_sourcing_rate_is_the_one_that_gaps_reports(pack: SmallPack, alone: Settings) -> None:
    pack.append("projects.yaml", _PACKS)
    seen = rated(pack, alone)
    (rate,) = gaps(alone, "demo", as_of=ON).sourcing
    assert rate.low is not None
    assert rate.high is not None
    assert (seen.low, seen.high) == (100 * rate.low, 100 * rate.high) == (50, 50)
    assert (seen.measured, seen.actual, seen.share, seen.state) == (True, None, 1.25, "met")
    assert seen.actual_grade == rate.grade


def test_a_rate_known_only_as_an_interval_leaves_the_target_unknown_without_a_share(
    pack: SmallPack, alone: Settings
) -> None:
    seen = rated(pack, alone)
    (rate,) = gaps(alone, "demo", as_of=ON).sourcing
    assert (rate.low, rate.high) == (0, 1)
    assert (seen.low, seen.high, seen.share, seen.state) == (0, 100, None, "unknown")
    assert rated(pack, alone, "year: 2024,").state == "open"
    assert rated(pack, alone, "").state == "unknown"


def test_a_rate_that_a_source_reports_comes_before_ours(pack: SmallPack, alone: Settings) -> None:
    pack.append("projects.yaml", _PACKS)
    pack.put(
        "actuals.yaml",
        'actuals: [{id: said, region: "441200", chain: demo, metric: local_sourcing_rate, name: 配套率, value: 33, '
        "unit: '%', year: 2023, evidence: [{source: paper, locator: 一}]}]\n",
    )
    seen = rated(pack, alone)
    assert (seen.low, seen.measured, seen.actual, seen.state) == (33, False, "said", "short")


def test_the_rate_is_that_of_the_targets_own_region_and_link(pack: SmallPack, alone: Settings) -> None:
    pack.append("projects.yaml", _PACKS)
    assert rated(pack, alone, "year: 2023,", "440000").low == 50
    assert rated(pack, alone, "year: 2023, link: cell,").low is None
    assert rated(pack, alone, "year: 2023, link: car,").low == 50


def test_the_rates_of_the_seeds_are_those_of_their_gap_reports(seeds: Settings) -> None:
    for target in targets(seeds, as_of="2026-11-22").targets:
        if not target.measured or target.chain is None:
            continue
        report = gaps(seeds, target.chain, region=target.region, as_of="2026-11-22")
        known: list[tuple[float | None, float | None]] = [
            (100 * rate.low, 100 * rate.high)
            for rate in report.sourcing
            if rate.low is not None and rate.high is not None
        ]
        assert (target.low, target.high) in (known or [(None, None)])


def test_names_that_are_none_are_refused(aimed: Settings) -> None:
    with pytest.raises(NotFound, match="no chain named 'ship'"):
        targets(aimed, chain="ship")
    with pytest.raises(NotFound, match="no region named 'Atlantis'"):
        targets(aimed, region="Atlantis")
    with pytest.raises(UsageError, match="not a date"):
        targets(aimed, as_of="soon")


def test_a_past_year_s_rate_is_worked_out_as_of_its_last_day(pack: SmallPack, alone: Settings) -> None:
    pack.append(
        "projects.yaml",
        """\
  - id: packer
    name: 电池包厂
    firm: celler
    region: "441200"
    makes: [{link: pack-link, capacity: 100000, unit: 套, evidence: [{source: paper, locator: 三}]}]
    stages: [{stage: in_production, date: 2023-05-01, evidence: [{source: paper, locator: 三}]}]
    evidence: [{source: paper, locator: 三}]
""",
    )
    goals = "".join(
        f'  - {{id: goal-{year}, region: "441200", chain: demo, metric: local_sourcing_rate, name: 配套率, '
        f"at_least: 40, unit: '%', year: {year}, evidence: [{{source: report, locator: 四}}]}}\n"
        for year in (2022, 2024)
    )
    pack.put("targets.yaml", "targets:\n" + goals)
    seen = {target.id: target for target in targets(alone, as_of="2024-06-01").targets}
    assert (seen["goal-2024"].low, seen["goal-2024"].state) == (100, "met")
    assert (seen["goal-2022"].low, seen["goal-2022"].state) == (0, "unknown")
