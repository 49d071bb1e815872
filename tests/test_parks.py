"""``parks``: ranked by yield, bars that are not set, projects counted by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, parks
from chaingraph.errors import NotFound, UsageError
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.park_report import ParkSeen, ParksReport

ON = "2024-06-01"


def _figure(field: str, value: float, source: str = "report") -> str:
    return f", {field}: {{value: {value}, evidence: [{{source: {source}, locator: 一}}]}}"


def _park(id_: str, region: str = "441283", more: str = "") -> str:
    return (
        f'  - {{id: {id_}, name: 园区 {id_}, region: "{region}"{more}, evidence: [{{source: report, locator: 一}}]}}\n'
    )


def _aims(section: str, key: str, value: str, source: str = "report") -> str:
    return f", {section}: [{{{key}: {value}, evidence: [{{source: {source}, locator: 一}}]}}]"


_PARKS = "parks:\n" + "".join(
    (
        _park("low", more=_figure("yield_cny_per_mu", 1e6) + _aims("targets_chains", "chain", "demo")),
        _park("high", more=_figure("yield_cny_per_mu", 5e6, "paper") + _figure("bar_investment_cny_per_mu", 3e6)),
        _park("busy", more=_aims("targets_links", "link", "cell")),
        _park("invested", more=_figure("investment_cny_per_mu", 2e6) + _aims("targets_links", "link", "plate")),
        _park("empty", "441200", more=_figure("bar_tax_cny_per_mu", 0) + _aims("targets_chains", "chain", "steel")),
        _park("away", "350900", more=_figure("yield_cny_per_mu", 9e6)),
    )
)
_STEEL = """\
chain: {id: steel, name: 钢铁链, name_en: Steel, why: x}
links:
  - {id: plate, name: 钢板, name_en: Plate, stage: upstream, tier: 1, unit: 吨, why: x}
feeds: []
"""


def _project(id_: str, park: str, stage: str) -> str:
    dated = f"[{{stage: {stage}, date: 2023-01-01, evidence: [{{source: report, locator: 二}}]}}]" if stage else "[]"
    return (
        f'  - {{id: {id_}, name: 项目 {id_}, region: "441283", park: {park}, stages: {dated}, '
        "evidence: [{source: report, locator: 二}]}\n"
    )


@pytest.fixture
def alone(pack: SmallPack, tmp_path: Path) -> Settings:
    """Settings over the small pack with nothing beneath it."""
    return Settings(tmp_path / "workspace", (pack.folder,))


@pytest.fixture(scope="module")
def zoned(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small pack with six parks."""
    where = tmp_path_factory.mktemp("zoned")
    pack = SmallPack.write(where / "small")
    pack.put("parks.yaml", _PARKS)
    pack.put("chains/steel.yaml", _STEEL)
    pack.append(
        "projects.yaml",
        _project("one", "busy", "signed")
        + _project("two", "busy", "signed")
        + _project("three", "busy", "ended")
        + _project("four", "busy", "")
        + _project("five", "high", "in_production"),
    )
    return Settings(where / "workspace", (pack.folder,))


def ids(report: ParksReport) -> list[str]:
    """The parks listed."""
    return [park.id for park in report.parks]


def one(report: ParksReport, id_: str) -> ParkSeen:
    """A park of the list."""
    return next(park for park in report.parks if park.id == id_)


def test_parks_stand_by_yield_then_by_investment_reached_then_by_their_projects(zoned: Settings) -> None:
    report = parks(zoned, as_of=ON)
    assert ids(report) == ["high", "low", "invested", "busy", "empty"]
    assert [park.rank for park in report.parks] == [1, 2, None, None, None]


def test_a_yield_that_is_not_known_yet_ranks_nothing(zoned: Settings) -> None:
    before = parks(zoned, as_of="2022-12-31")
    assert [(park.id, park.rank) for park in before.parks][:2] == [("low", 1), ("invested", None)]
    assert one(before, "high").yield_cny_per_mu is None


def test_a_bar_that_is_not_set_is_null_and_one_set_to_zero_is_zero(zoned: Settings) -> None:
    report = parks(zoned, as_of=ON)
    assert one(report, "low").bar_investment_cny_per_mu is None
    assert one(report, "low").bar_tax_cny_per_mu is None
    bar = one(report, "high").bar_investment_cny_per_mu
    assert bar is not None
    assert (bar.value, bar.grade) == (3e6, "A")
    tax = one(report, "empty").bar_tax_cny_per_mu
    assert tax is not None
    assert tax.value == 0


def test_projects_are_counted_by_stage_with_the_unknown_apart(zoned: Settings) -> None:
    report = parks(zoned, as_of=ON)
    assert one(report, "busy").projects == {"ended": 1, "signed": 2, "unknown": 1}
    assert one(report, "high").projects == {"in_production": 1}
    assert one(report, "empty").projects == {}
    assert one(parks(zoned, as_of="2022-12-31"), "busy").projects == {"unknown": 4}


def test_a_chain_keeps_the_parks_that_target_it_or_one_of_its_links(zoned: Settings) -> None:
    report = parks(zoned, chain="demo", as_of=ON)
    assert (ids(report), report.chain) == (["low", "busy"], "demo")
    assert ids(parks(zoned, chain="钢铁链", as_of=ON)) == ["invested", "empty"]
    assert one(report, "busy").link_names == ("电芯",)
    assert one(report, "low").chain_names == ("演示链",)


def test_a_region_holds_its_own_parks_and_those_below_it(zoned: Settings) -> None:
    assert ids(parks(zoned, region="高要区", as_of=ON)) == ["high", "low", "invested", "busy"]
    assert ids(parks(zoned, region="350000", as_of=ON)) == ["away"]
    assert parks(zoned, region="440100", as_of=ON).parks == ()


def test_a_park_is_not_seen_before_its_source(zoned: Settings) -> None:
    assert parks(zoned, as_of="2022-01-09").parks == ()
    assert len(parks(zoned, as_of="2022-01-10").parks) == 5


def test_a_part_says_of_which_park(pack: SmallPack, alone: Settings) -> None:
    pack.put("parks.yaml", "parks:\n" + _park("whole") + _park("part", more=", part_of: {park: whole, why: x}"))
    report = parks(alone, as_of=ON)
    assert (one(report, "part").part_of, one(report, "whole").part_of) == ("whole", None)


def test_the_seeds_rank_what_they_know_and_nothing_else(seeds: Settings) -> None:
    report = parks(seeds, as_of="2026-11-22")
    known = [park.yield_cny_per_mu.value for park in report.parks if park.yield_cny_per_mu]
    assert known == sorted(known, reverse=True)
    assert [park.rank for park in report.parks if park.rank] == list(range(1, len(known) + 1))


def test_names_that_are_none_are_refused(zoned: Settings) -> None:
    with pytest.raises(NotFound, match="no chain named 'ship'"):
        parks(zoned, chain="ship")
    with pytest.raises(NotFound, match="no region named 'Atlantis'"):
        parks(zoned, region="Atlantis")
    with pytest.raises(UsageError, match="not a date"):
        parks(zoned, as_of="soon")


def test_a_yield_of_zero_is_known_and_ranks(pack: SmallPack, alone: Settings) -> None:
    lines = _park("none", more=_figure("investment_cny_per_mu", 5)) + _park("zero", more=_figure("yield_cny_per_mu", 0))
    pack.put("parks.yaml", "parks:\n" + lines)
    assert [(park.id, park.rank) for park in parks(alone, as_of=ON).parks] == [("zero", 1), ("none", None)]


def test_a_park_counts_the_projects_of_its_parts_from_whatever_region(pack: SmallPack, alone: Settings) -> None:
    part = ", part_of: {park: whole, evidence: [{source: paper, locator: 一}]}"
    pack.put("parks.yaml", "parks:\n" + _park("whole") + _park("part", more=part))
    pack.append("projects.yaml", _project("near", "whole", "signed") + _project("in", "part", "started"))
    for region in ("441200", "441283"):
        found = parks(alone, region=region, as_of=ON)
        assert one(found, "whole").projects == {"signed": 1, "started": 1}
        assert one(found, "part").projects == {"started": 1}
    early = parks(alone, as_of="2022-06-01")
    assert one(early, "part").part_of is None, "the source of that is of 2023"
