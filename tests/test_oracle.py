"""The product against the naive oracle, row by row: on random packs and on the seeds."""

from __future__ import annotations

import math
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph import resources
from chaingraph.config import Settings
from chaingraph.packs.loader import load
from chaingraph.service.gaps import gaps
from tests.oracle.naive import evaluate
from tests.oracle.random_packs import CHAINS, COUNTIES, some_day, write_pack

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from chaingraph.model.gap_report import GapReport, GapRow, SourcingRate
    from chaingraph.model.graph import Graph
    from tests.oracle.naive import Answer, Rate, Row
    from tests.small_pack import SmallPack

SECTIONS = ("gaps", "no_data", "covered", "leader_links")


def told(row: GapRow, section: str) -> dict[str, Any]:
    """What the report says of a link, in plain values."""
    return {
        "section": section,
        "direction": row.direction,
        "status": row.status,
        "evidence_level": row.evidence_level,
        "move": row.move,
        "supply": row.supply.value,
        "supply_at_least": row.supply.at_least,
        "planned": row.supply.planned,
        "firms": row.supply.firms,
        "largest_share": row.supply.largest_share,
        "need": row.need.value,
        "need_at_least": row.need.at_least,
        "need_derived": row.need.derived,
        "coverage": row.coverage,
        "coverage_at_least": row.coverage_at_least,
        "value_cny": row.value_cny,
        "surveyed": row.surveyed,
        "claims": sorted(claim.said for claim in row.claims),
        "rings": {ring.ring: [ring.firms, ring.capacity] for ring in row.rings},
        "components": {part.name: part.value for part in row.components},
        "priority": row.priority,
        "completeness": row.completeness,
    }


def expected(row: Row) -> dict[str, Any]:
    """What the oracle says of a link, in the same shape."""
    return {
        "section": row.section,
        "direction": row.direction,
        "status": row.status,
        "evidence_level": row.evidence_level,
        "move": row.move,
        "supply": row.supply.value,
        "supply_at_least": row.supply.at_least,
        "planned": row.supply.planned,
        "firms": row.supply.firms,
        "largest_share": row.supply.largest_share,
        "need": row.need.value,
        "need_at_least": row.need.at_least,
        "need_derived": row.need.derived,
        "coverage": row.coverage,
        "coverage_at_least": row.coverage_at_least,
        "value_cny": row.value_cny,
        "surveyed": row.surveyed,
        "claims": row.claims,
        "rings": {name: list(ring) for name, ring in row.rings.items()},
        "components": row.components,
        "priority": row.priority,
        "completeness": row.completeness,
    }


def same(one: Any, other: Any) -> bool:
    """Equal, with numbers compared as close."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)


def differences(report: GapReport, answer: Answer) -> list[str]:
    """Every value in which the two part, as sentences; links missing on one side included."""
    rows = {row.link: (row, section) for section in SECTIONS for row in getattr(report, section)}
    found = [f"{link}: on one side only" for link in rows.keys() ^ answer.rows.keys()]
    for link, (row, section) in rows.items():
        if link not in answer.rows:
            continue
        left, right = told(row, section), expected(answer.rows[link])
        found += [f"{link}.{key}: {left[key]} ≠ {right[key]}" for key in left if not same(left[key], right[key])]
        nearest = answer.rows[link].nearest
        if (row.nearest is None) != (nearest is None):
            found.append(f"{link}.nearest: on one side only")
        elif row.nearest and nearest:
            if (row.nearest.firm, row.nearest.region) not in nearest.tied:
                found.append(f"{link}.nearest: {row.nearest.firm} is none of {nearest.tied}")
            # The report rounds to 0.1 km.
            if abs(row.nearest.distance_km - nearest.distance_km) > 0.0501:
                found.append(f"{link}.distance_km: {row.nearest.distance_km} ≠ {nearest.distance_km}")
    if not same([_told_rate(rate) for rate in report.sourcing], [_expected_rate(rate) for rate in answer.rates]):
        found.append(f"sourcing: {report.sourcing} ≠ {answer.rates}")
    return found


def _told_rate(rate: SourcingRate) -> list[Any]:
    return [rate.leader.firm, rate.leader.link, rate.low, rate.high, sorted(item.link for item in rate.inputs)]


def _expected_rate(rate: Rate) -> list[Any]:
    return [rate.firm, rate.link, rate.low, rate.high, sorted(rate.inputs)]


def out_of_order(report: GapReport) -> list[str]:
    """What is wrong with ranks and totals, given the rows themselves."""
    found = []
    for section in ("gaps", "no_data"):
        rows = getattr(report, section)
        keys = [(row.priority is None, -(row.priority or 0), row.link) for row in rows]
        if keys != sorted(keys):
            found.append(f"{section} is not sorted by priority")
    if [row.rank for row in report.gaps] != list(range(1, len(report.gaps) + 1)):
        found.append("ranks do not count up from 1")
    totals = report.totals
    counts = (totals.gaps, totals.no_data, totals.covered, totals.leader_links)
    if counts != tuple(len(getattr(report, section)) for section in SECTIONS) or totals.links != sum(counts):
        found.append("totals do not add up")
    if sum(totals.by_status.values()) != totals.gaps or sum(totals.by_move.values()) != totals.gaps:
        found.append("a gap has no status or no move in the totals")
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_random_pack_gets_the_answer_of_the_oracle(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    settings = Settings(tmp_path / "workspace", (pack,))
    for chain in CHAINS:
        for region in ("441200", rng.choice(COUNTIES), rng.choice(["440000", "100000", "450300"])):
            for day in (some_day(rng), some_day(rng, date(2022, 1, 1)), date(2026, 11, 22)):
                report = gaps(settings, chain, region=region, as_of=day)
                found = differences(report, evaluate(graph, chain, region, day)) + out_of_order(report)
                assert not found, (chain, region, day.isoformat(), found)


@pytest.fixture(scope="module")
def seeds_graph() -> Graph:
    """The seeds as records."""
    return load([resources.folder("seeds")]).graph_or_raise()


@pytest.mark.parametrize("day", ["2021-06-30", "2022-01-31", "2026-11-22"])
@pytest.mark.parametrize("region", ["441200", "441284", "440600"])
@pytest.mark.parametrize("chain", ["ev", "storage"])
def test_the_seeds_get_the_answer_of_the_oracle(
    chain: str, region: str, day: str, seeds: Settings, seeds_graph: Graph
) -> None:
    report = gaps(seeds, chain, region=region, as_of=day)
    assert differences(report, evaluate(seeds_graph, chain, region, date.fromisoformat(day))) == []
    assert out_of_order(report) == []


def test_every_chain_of_the_seeds_gets_the_answer_of_the_oracle(seeds: Settings, seeds_graph: Graph) -> None:
    day = date(2026, 11, 22)
    for chain in seeds_graph.chains:
        report = gaps(seeds, chain, region="441200", as_of=day)
        assert differences(report, evaluate(seeds_graph, chain, "441200", day)) == [], chain
        assert out_of_order(report) == [], chain


# --- single rules that a random pack meets too seldom ---

SURVEY = """\
surveys:
  - {region: "441200", link: pack-link, date: 2023-01-01, found: true, evidence: [{source: paper, locator: 一}]}
"""

PROJECT = """\
  - id: works
    name: 新厂
    OWNER
    region: "PLACE"
    makes:
      - {link: cell, capacity: 2, unit: GWh, evidence: [{source: report, locator: 二}]}
    stages:
      - {stage: STAGE, date: 2022-01-01, evidence: [{source: report, locator: 二}]}
    evidence: [{source: report, locator: 二}]
"""


def project(owner: str, place: str, stage: str) -> str:
    """A project that makes cells."""
    return PROJECT.replace("OWNER", owner).replace("PLACE", place).replace("STAGE", stage)


def seen(small: Settings, link: str) -> GapRow:
    """The row of a link of the small pack."""
    report = gaps(small, as_of="2024-06-01", lang="en")
    return next(row for section in SECTIONS for row in getattr(report, section) if row.link == link)


def test_a_survey_that_found_the_link_leaves_its_supply_unknown(pack: SmallPack, small: Settings) -> None:
    pack.put("surveys.yaml", SURVEY)
    row = seen(small, "pack-link")
    assert row.status == "claimed"
    assert (row.supply.value, row.coverage) == (None, None)


def test_the_upper_end_of_the_sourcing_rate_allows_for_a_plant_of_unknown_capacity(
    pack: SmallPack, small: Settings
) -> None:
    plants = [project("firm: celler", "441200", "in_production").replace("cell,", "pack-link,") for _ in range(2)]
    pack.append("projects.yaml", plants[0].replace("capacity: 2, unit: GWh", "capacity: 5000, unit: 套"))
    pack.append(
        "projects.yaml", plants[1].replace("capacity: 2, unit: GWh, ", "").replace("id: works", "id: more-works")
    )
    row = seen(small, "pack-link")
    assert (row.coverage, row.coverage_at_least) == (0.05, True)
    (rate,) = gaps(small, as_of="2024-06-01").sourcing
    assert (rate.low, rate.high) == (0.05, 1)


def test_the_rings_count_the_capacity_of_a_plant_whose_firm_is_unknown(pack: SmallPack, small: Settings) -> None:
    pack.append("projects.yaml", project("park: null", "441200", "in_production"))
    row = seen(small, "cell")
    assert row.supply.value == 2
    assert {ring.ring: ring.capacity for ring in row.rings}["home"] == 2


def test_the_nearest_maker_may_be_a_plant_of_a_firm_seated_far_away(pack: SmallPack, small: Settings) -> None:
    pack.append("projects.yaml", project("firm: celler", "440100", "in_production"))
    row = seen(small, "cell")
    assert {ring.ring: ring.firms for ring in row.rings}["near"] == 1
    assert row.nearest is not None
    assert row.nearest.distance_km < 100


def test_a_firm_with_a_signed_project_here_is_not_said_to_have_none(pack: SmallPack, small: Settings) -> None:
    pack.edit("firms/all.yaml", 'seat: "350900"', 'seat: "441200"')
    pack.append("projects.yaml", project("firm: celler", "441200", "signed"))
    row = seen(small, "cell")
    assert row.status == "planned"
    assert "no project on record" not in row.reason


def test_a_second_weaker_citation_does_not_lower_the_grade_of_a_ring(pack: SmallPack, small: Settings) -> None:
    before = {ring.ring: ring.grade for ring in seen(small, "cell").rings}
    pack.edit("firms/all.yaml", "locator: 主业}", "locator: 主业}, {source: curators, locator: 编者判断}")
    assert {ring.ring: ring.grade for ring in seen(small, "cell").rings} == before


def test_a_link_of_which_only_weightless_components_are_known_has_no_priority(pack: SmallPack, small: Settings) -> None:
    for name, weight in (("scarcity", 0.2), ("criticality", 0.2), ("locality", 0.15), ("adjacency", 0.15)):
        pack.edit("scoring.yaml", f"{name}: {{value: {weight}", f"{name}: {{value: 0")
    assert seen(small, "car").priority is None


def test_of_makers_at_one_distance_the_better_evidenced_is_the_nearest(pack: SmallPack, small: Settings) -> None:
    pack.append(
        "firms/all.yaml",
        """\
  - id: a-celler
    name: 甲电芯有限公司
    seat: "350900"
    evidence: [{source: register, locator: 名录}]
    makes: [{link: cell, why: 听说}]
""",
    )
    nearest = seen(small, "cell").nearest
    assert nearest is not None
    assert (nearest.firm, nearest.grade) == ("celler", "B")


def test_a_survey_in_a_county_that_found_the_link_is_seen_from_the_city_and_one_in_vain_is_not(
    pack: SmallPack, small: Settings
) -> None:
    pack.put("surveys.yaml", SURVEY.replace("441200", "441283"))
    assert seen(small, "pack-link").status == "claimed"
    pack.put("surveys.yaml", SURVEY.replace("441200", "441283").replace("found: true", "found: false"))
    row = seen(small, "pack-link")
    assert (row.status, row.evidence_level) == ("missing", "none")
    county = gaps(small, region="441283", as_of="2024-06-01")
    assert [row.link for row in county.gaps] == ["pack-link"]


def test_three_plants_of_unknown_capacity_still_cover_beside_a_fourth_of_known_capacity(
    pack: SmallPack, small: Settings
) -> None:
    for number in range(4):
        plant = project("park: null", "441200", "in_production").replace("id: works", f"id: works-{number}")
        if number:
            plant = plant.replace("capacity: 2, unit: GWh, ", "")
        pack.append("projects.yaml", plant)
    assert seen(small, "cell").status == "covered"
