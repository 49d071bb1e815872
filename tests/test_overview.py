"""``gaps --all``: every chain in short, with the numbers of its own report."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, gaps, overview
from chaingraph.analysis.sourcing import completeness, pooled_rate
from chaingraph.errors import NotFound, UsageError
from chaingraph.model.gap_report import LeaderSeen, SourcingInput, SourcingRate
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.gap_report import GapReport
    from chaingraph.model.overview_report import ChainOverview
    from tests.small_pack import SmallPack

ON = "2024-06-01"


@pytest.fixture
def alone(pack: SmallPack, tmp_path: Path) -> Settings:
    """Settings over the small pack with nothing beneath it."""
    return Settings(tmp_path / "workspace", (pack.folder,))


def differences(chain: ChainOverview, report: GapReport, top: int) -> list[str]:
    """Every respect in which a chain in short parts from its own report."""
    totals = report.totals
    pairs = {
        "name": (chain.name, report.chain_name),
        "leaders": (chain.leaders, report.leaders),
        "counts": (
            (chain.links, chain.gaps, chain.covered, chain.no_data),
            (totals.links, totals.gaps, totals.covered, totals.no_data),
        ),
        "unknown": (chain.unknown, report.unknown),
        "top": (
            [(gap.link, gap.name, gap.move, gap.status, gap.priority, gap.priority_grade) for gap in chain.top],
            [(r.link, r.name, r.move, r.status, r.priority, r.priority_grade) for r in report.gaps[:top]],
        ),
    }
    if len(report.sourcing) == 1:
        (rate,) = report.sourcing
        pairs["rate"] = ((chain.sourcing_low, chain.sourcing_high), (rate.low, rate.high))
    here = sum(row.status in ("covered", "thin", "claimed") for row in report.rows.values())
    ends = (here / totals.links, (here + totals.no_data) / totals.links)
    pairs["completeness"] = ((chain.complete_low, chain.complete_high), ends)
    return [f"{name}: {one} ≠ {other}" for name, (one, other) in pairs.items() if one != other]


@pytest.mark.parametrize("seed", range(500, 506))
def test_each_chain_of_a_random_pack_has_the_numbers_of_its_own_report(seed: int, tmp_path: Path) -> None:
    where = Settings(tmp_path / "workspace", (write_pack(tmp_path / "pack", Random(seed)),))
    for region in ("441200", "441284"):
        report = overview(where, region=region, as_of=ON, top=4)
        assert [chain.chain for chain in report.chains] == ["alpha", "beta"]
        for chain in report.chains:
            single = gaps(where, chain.chain, region=region, as_of=ON)
            assert differences(chain, single, 4) == [], chain.chain


def test_each_chain_of_the_seeds_has_the_numbers_of_its_own_report(seeds: Settings) -> None:
    report = overview(seeds, as_of="2026-11-22", lang="en")
    assert {"ev", "storage"} <= {chain.chain for chain in report.chains}
    for chain in report.chains:
        assert differences(chain, gaps(seeds, chain.chain, as_of="2026-11-22", lang="en"), 3) == [], chain.chain


def test_completeness_counts_links_without_data_once_as_missing_and_once_as_there(
    pack: SmallPack, alone: Settings
) -> None:
    def ends() -> tuple[float | None, float | None]:
        (chain,) = overview(alone, as_of=ON).chains
        return chain.complete_low, chain.complete_high

    assert ends() == (1 / 3, 1), "the car is made here, of the two others nothing is known"
    pack.put("surveys.yaml", 'surveys: [{region: "441200", link: cell, date: 2023-01-01, found: false, why: x}]\n')
    assert ends() == (1 / 3, 2 / 3), "that there are no cells is known now"
    pack.put("claims.yaml", 'claims: [{region: "441200", link: pack-link, said: 有, why: x}]\n')
    assert ends() == (2 / 3, 2 / 3), "a claim counts as here"


def test_a_planned_link_is_not_here(pack: SmallPack, alone: Settings) -> None:
    pack.append(
        "projects.yaml",
        '  - {id: plan, name: 规划, region: "441200", makes: [{link: cell, why: x}], stages: [], why: x}\n',
    )
    (chain,) = overview(alone, as_of=ON).chains
    assert (chain.complete_low, chain.complete_high) == (1 / 3, 2 / 3)


def test_a_chain_without_links_is_neither_complete_nor_incomplete() -> None:
    assert completeness([]) == (None, None)


def _rate(firm: str, *inputs: tuple[str, float | None, float | None, bool]) -> SourcingRate:
    """A rate over inputs of some value, coverage, and whether that is a lower bound."""
    leader = LeaderSeen(firm, firm, "car", "整车", "441200", "A")
    seen = tuple(SourcingInput(key, key, value, share, bound, "A") for key, value, share, bound in inputs)
    return SourcingRate(leader, None, None, "A", seen)


def test_the_pooled_rate_takes_each_input_once() -> None:
    one = _rate("one", ("cell", 100.0, 0.5, False), ("seat", 100.0, 1.0, False))
    other = _rate("other", ("cell", 100.0, 0.5, False), ("glass", 200.0, 0.0, False))
    assert pooled_rate([one])[:2] == (0.75, 0.75)
    assert pooled_rate([one, other])[:2] == (150 / 400, 150 / 400)
    assert pooled_rate([one, one]) == pooled_rate([one])


def test_the_pooled_rate_spans_what_is_unknown() -> None:
    assert pooled_rate([_rate("one", ("cell", 300.0, None, False), ("seat", 100.0, 1.0, False))])[:2] == (0.25, 1.0)
    assert pooled_rate([_rate("one", ("cell", 100.0, 0.2, True))])[:2] == (0.2, 1.0)


def test_an_input_without_a_value_is_in_no_sum_and_without_any_the_rate_is_unknown() -> None:
    assert pooled_rate([_rate("one", ("cell", None, 1.0, False), ("seat", 100.0, 0.5, False))])[:2] == (0.5, 0.5)
    assert pooled_rate([_rate("one", ("cell", None, 1.0, False))])[:2] == (None, None)
    assert pooled_rate([]) == (None, None, None)


def test_a_chain_without_a_leader_here_has_no_rate_but_a_completeness(alone: Settings) -> None:
    (chain,) = overview(alone, region="350900", as_of=ON).chains
    assert (chain.leaders, chain.sourcing_low, chain.sourcing_high) == ((), None, None)
    assert (chain.complete_low, chain.complete_high) == (0, 2 / 3), "a seat of a cell maker is data, and no cells"


def test_top_says_how_many_gaps_of_each_chain(tmp_path: Path) -> None:
    where = Settings(tmp_path / "workspace", (write_pack(tmp_path / "pack", Random(500)),))
    for top in (1, 2):
        assert {len(chain.top) for chain in overview(where, as_of=ON, top=top).chains} <= set(range(top + 1))
    assert overview(where, as_of=ON) == overview(where, as_of=ON, top=3)


def test_names_that_are_none_are_refused(alone: Settings) -> None:
    with pytest.raises(NotFound, match="no region named 'Atlantis'"):
        overview(alone, region="Atlantis")
    with pytest.raises(UsageError, match="at least 1"):
        overview(alone, top=0)
    with pytest.raises(UsageError, match="not a date"):
        overview(alone, as_of="soon")
