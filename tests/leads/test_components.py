"""What speaks for a firm: each component, on a small pack; and that to learn something good never lowers a lead."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from chaingraph.config import Settings
from chaingraph.scoring.lead_rules import LeadEvidence
from chaingraph.scoring.points import LEAD_RULES, points
from chaingraph.service.leads.suggest import suggest_leads
from tests.leads.made import (
    JUDGED,
    MAKES_CELL,
    PAPER,
    REPORT,
    TARGETS_LINK,
    add_firm,
    add_project,
    figure,
    put_parks,
    rated,
    tell_celler,
    value,
)
from tests.oracle.random_packs import CHAINS, save, write_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.model.lead_report import Lead
    from tests.small_pack import SmallPack

steady = examples(derandomize=True, deadline=None, database=None, max_examples=100)


# --- each component -----------------------------------------------------------------------------------------


def test_what_is_not_known_of_a_firm_is_none_and_opens_points_up(small: Settings) -> None:
    lead = rated(small)
    unknown = [part for part in lead.components if part.value is None]
    assert [part.name for part in unknown] == ["capability", "relation", "momentum", "scale"]
    assert all(part.contribution is None and part.grade is None for part in unknown)
    assert lead.points_most == pytest.approx(lead.points + 75)


def test_capability_is_the_share_of_revenue_and_without_one_the_confidence_of_the_match(
    pack: SmallPack, small: Settings
) -> None:
    pack.edit("firms/all.yaml", MAKES_CELL, MAKES_CELL.replace("cell,", "cell, confidence: 0.6,"))
    assert value(rated(small), "capability") == 0.6
    pack.edit("firms/all.yaml", "confidence: 0.6,", "confidence: 0.6, revenue_share: 0.125,")
    assert value(rated(small), "capability") == 0.125


def test_of_two_records_of_one_making_the_better_graded_tells_the_share(pack: SmallPack, small: Settings) -> None:
    older = "      - {link: cell, revenue_share: 0.9, evidence: [{source: report, locator: 一, grade: C}]}\n"
    newer = MAKES_CELL.replace("cell,", "cell, revenue_share: 0.25,")
    pack.edit("firms/all.yaml", MAKES_CELL, older + newer)
    assert value(rated(small), "capability") == 0.25


def test_a_share_told_later_than_the_making_is_seen(pack: SmallPack, small: Settings) -> None:
    older = f"      - {{link: cell, {REPORT}}}\n"
    newer = MAKES_CELL.replace("cell,", "cell, revenue_share: 0.25,")
    pack.edit("firms/all.yaml", MAKES_CELL, older + newer)
    assert value(rated(small), "capability") == 0.25


def test_a_tie_to_a_leader_is_worth_all_and_one_to_another_firm_here_a_half(pack: SmallPack, small: Settings) -> None:
    add_firm(pack, "neighbour", seat="441283")
    add_firm(pack, "stranger", seat="440100")
    tell_celler(pack, f"supplies: [{{to: stranger, {REPORT}}}]")
    assert value(rated(small), "relation") is None
    pack.edit("firms/all.yaml", "{to: stranger", f"{{to: neighbour, {PAPER}}}, {{to: stranger")
    assert value(rated(small), "relation") == 0.5
    pack.edit("firms/all.yaml", "{to: stranger", f"{{to: maker, {JUDGED}}}, {{to: stranger")
    assert value(rated(small), "relation") == 1


@pytest.mark.parametrize("owner", ["celler", "maker"])
def test_a_share_ties_two_firms_whichever_of_them_holds_it(pack: SmallPack, small: Settings, owner: str) -> None:
    if owner == "maker":
        tell_celler(pack, f"owned_by: [{{firm: maker, {REPORT}}}]")
    else:
        pack.edit("firms/all.yaml", 'seat: "440100"', f'seat: "440100"\n    owned_by: [{{firm: celler, {REPORT}}}]')
    assert value(rated(small), "relation") == 1


def test_a_leaders_own_suppliers_tell_nothing_of_it_as_a_lead(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, f"supplies: [{{to: maker, {REPORT}}}]")
    pack.edit("firms/all.yaml", "{link: car,", f"{{link: cell, {PAPER}}}\n      - {{link: car,")
    maker = rated(small, "maker")
    assert value(maker, "relation") is None
    assert maker.introducer is None


def test_a_plant_in_production_brings_a_firm_nearer_and_a_signed_one_does_not(pack: SmallPack, small: Settings) -> None:
    far = rated(small)
    assert (far.nearest, far.kind) == ("350900", "attract")
    add_project(pack, "works", "celler", "440100", "signed")
    assert rated(small).nearest == "350900"
    pack.edit("projects.yaml", "stage: signed", "stage: in_production")
    near = rated(small)
    assert (near.nearest, near.kind, near.ring) == ("440100", "overflow", "near")
    assert value(near, "reach") == pytest.approx(2 ** (-near.distance_km / 200))


def test_momentum_halves_in_a_year_from_the_newest_sign(pack: SmallPack, small: Settings) -> None:
    tell_celler(
        pack,
        f"signals: [{{date: 2023-06-02, said: 扩产, {PAPER}}}, {{date: 2020-01-01, said: 旧闻, {REPORT}}}]",
    )
    assert value(rated(small), "momentum") == pytest.approx(0.5)
    assert value(rated(small, as_of="2023-06-01"), "momentum") == pytest.approx(2 ** (-1247 / 365))


def test_a_plant_started_elsewhere_is_a_sign_of_expansion_but_not_one_here_nor_one_that_ended(
    pack: SmallPack, small: Settings
) -> None:
    add_project(pack, "works", "celler", "440100", "started", day="2024-06-01")
    assert value(rated(small), "momentum") == 1
    pack.edit("projects.yaml", 'region: "440100"', 'region: "441283"')
    assert value(rated(small), "momentum") is None
    pack.edit("projects.yaml", 'region: "441283"', 'region: "440100"')
    ended = "{stage: ended, date: 2024-06-01, evidence: [{source: report, locator: 二}]}, {stage: started"
    pack.edit("projects.yaml", "{stage: started", ended)
    assert value(rated(small), "momentum") is None


def test_a_sign_and_a_plant_of_the_same_name_and_day_are_two_signs(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, f"signals: [{{date: 2022-01-01, said: works厂, {REPORT}}}]")
    add_project(pack, "works", "celler", "440100", "started")
    assert value(rated(small), "momentum") is not None


def test_scale_is_what_the_firm_has_put_into_a_mu_against_the_lowest_bar(pack: SmallPack, small: Settings) -> None:
    invested = figure("investment_cny", 2e8) + "\n" + figure("area_mu", 100)
    add_project(pack, "works", "celler", "350900", more=invested)
    assert value(rated(small), "scale") is None
    bar = "bar_investment_cny_per_mu"
    put_parks(
        pack,
        f"{TARGETS_LINK}\n{figure(bar, 5e6)}",
        f"{TARGETS_LINK}\n{figure(bar, 4e6)}",
        f"targets_links: [{{link: car, {REPORT}}}]\n{figure(bar, 1e6)}",
    )
    assert value(rated(small), "scale") == 0.5


def test_proof_is_the_chance_that_not_all_publishers_err_each_counted_once(pack: SmallPack, small: Settings) -> None:
    assert value(rated(small), "proof") == pytest.approx(0.7)
    pack.edit("firms/all.yaml", "locator: 主业}", "locator: 主业}, {source: paper, locator: 再说, grade: C}")
    again = rated(small)
    assert (value(again, "proof"), again.sources) == (pytest.approx(0.7), 1)
    pack.edit("firms/all.yaml", "locator: 主业}", "locator: 主业}, {source: report, locator: 又说, grade: C}")
    both = rated(small)
    assert (value(both, "proof"), both.sources, both.grade) == (pytest.approx(0.82), 2, "B")


def test_a_firms_own_record_adds_to_what_its_projects_prove(pack: SmallPack, small: Settings) -> None:
    add_firm(pack, "other")
    add_project(pack, "works", "other", "350900")
    by_project = rated(small, "other")
    assert by_project.vetoes == ()
    pack.edit("firms/all.yaml", "other有限公司", f"other有限公司\n    makes: [{{link: cell, {JUDGED}}}]")
    both = rated(small, "other")
    assert both.vetoes == ()
    assert both.points >= by_project.points


def test_every_makes_record_of_a_project_counts(pack: SmallPack, small: Settings) -> None:
    add_firm(pack, "other")
    add_project(pack, "works", "other", "350900")
    pack.edit(
        "projects.yaml",
        "makes: [{link: cell, evidence: [{source: report, locator: 二}]}]",
        "makes: [{link: cell, evidence: [{source: report, locator: 二}]},"
        " {link: cell, capacity: 2, unit: GWh, why: 估}]",
    )
    lead = rated(small, "other")
    assert (lead.grade, lead.vetoes) == ("A", ())


# --- properties ---------------------------------------------------------------------------------------------

grades = st.sampled_from("ABCD")
shares = st.floats(0, 1)
cny = st.floats(1e3, 1e9)
weights = st.fixed_dictionaries({name: st.floats(0.01, 100) for name in LEAD_RULES})


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or None for unknown."""
    return st.none() | strategy


@st.composite
def evidence(draw: st.DrawFn) -> LeadEvidence:
    """Evidence of a candidate as the analysis can make it."""
    return LeadEvidence(
        revenue_share=draw(maybe(shares)),
        confidence=draw(maybe(shares)),
        making_grade=draw(grades),
        tie=draw(st.sampled_from([None, "local", "leader"])),
        tie_grade=draw(grades),
        distance_km=draw(st.floats(0, 6000)),
        place_grade=draw(grades),
        signal_days=draw(maybe(st.integers(0, 9000))),
        signal_grade=draw(grades),
        intensity=draw(maybe(cny)),
        intensity_grade=draw(grades),
        bar=draw(maybe(cny)),
        bar_grade=draw(grades),
        publishers=draw(st.lists(grades, min_size=1, max_size=6)),
        rules={
            "reach_half_km": draw(st.floats(1, 2000)),
            "momentum_half_days": draw(st.floats(1, 2000)),
            "second_tie": draw(shares),
            **{f"grade_{grade}": draw(shares) for grade in "abcd"},
        },
    )


@steady
@given(evidence(), weights)
def test_components_lie_between_0_and_1_and_points_between_0_and_those_at_most(
    row: LeadEvidence, weight: dict[str, float]
) -> None:
    rated_ = points(row, weight)
    assert all(part.value is None or 0 <= part.value <= 1 for part in rated_.parts)
    assert 0 <= rated_.proven <= rated_.most <= 100


GOOD: dict[str, Callable[[LeadEvidence], LeadEvidence]] = {
    "a newer sign": lambda row: row._replace(signal_days=(9000 if row.signal_days is None else row.signal_days) // 2),
    "a tie to a leader": lambda row: row._replace(tie="leader"),
    "a tie to a firm here": lambda row: row._replace(tie=row.tie or "local"),
    "one more publisher": lambda row: row._replace(publishers=[*row.publishers, "D"]),
    "a better graded publisher": lambda row: (
        row._replace(publishers=["A", *row.publishers[1:]])
        if row.rules["grade_a"] >= row.rules[f"grade_{row.publishers[0].lower()}"]
        else row
    ),
    "a share of its revenue": lambda row: row._replace(revenue_share=row.revenue_share or row.confidence or 0.01),
    "a nearer plant": lambda row: row._replace(distance_km=row.distance_km / 2),
    "what it has invested": lambda row: row._replace(intensity=2 * (row.intensity or 1e3)),
}


@pytest.mark.parametrize("learnt", GOOD)
@steady
@given(evidence(), weights)
def test_to_learn_something_good_never_lowers_the_points(
    learnt: str, row: LeadEvidence, weight: dict[str, float]
) -> None:
    assert points(GOOD[learnt](row), weight).proven >= points(row, weight).proven * (1 - 1e-12)


def _rated_all(settings: Settings) -> dict[tuple[str, str, str], Lead]:
    reports = [suggest_leads(settings, chain, as_of="2026-11-22", top=1000) for chain in CHAINS]
    return {
        (report.chain, gap.link, lead.firm): lead
        for report in reports
        for gap in report.gaps
        for lead in (*gap.leads, *gap.vetoed)
    }


def _learn(firm: dict[str, Any], fact: str, leader: str) -> None:
    told = {"source": "paper-a", "locator": "new", "as_of": "2026-10-01"}
    if fact == "signal":
        firm["signals"].append({"date": "2026-10-01", "said": "新厂", "evidence": [told]})
    elif fact == "tie" and firm["id"] != leader:
        firm["supplies"] = [tie for tie in firm["supplies"] if tie["to"] != leader]
        firm["supplies"].append({"to": leader, "evidence": [told]})
    for makes in firm["makes"]:
        if fact == "source":
            makes["evidence"].append(dict(told))
        elif fact == "share":
            makes["revenue_share"] = 1


@pytest.mark.parametrize("fact", ["signal", "tie", "source", "share"])
@pytest.mark.parametrize("seed", range(4))
def test_a_good_fact_added_to_every_firm_of_a_pack_lowers_no_lead_and_adds_no_veto(
    seed: int, fact: str, tmp_path: Path
) -> None:
    pack = write_pack(tmp_path / "pack", Random(2000 + seed))
    settings = Settings(tmp_path / "workspace", (pack,))
    before = _rated_all(settings)
    path = pack / "firms" / "all.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    leaders = yaml.safe_load((pack / "chains" / "alpha.yaml").read_text(encoding="utf-8"))["chain"]["leaders"]
    for firm in data["firms"]:
        _learn(firm, fact, leaders[0]["firm"] if leaders else firm["id"])
    save(path, data)
    after = _rated_all(settings)
    assert before.keys() <= after.keys()
    for key, lead in before.items():
        assert after[key].points >= lead.points - 1e-9, (key, lead.points, after[key].points)
        assert {veto.name for veto in after[key].vetoes} <= {veto.name for veto in lead.vetoes}
