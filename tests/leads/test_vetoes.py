"""What keeps a candidate from being a lead: each veto by its name, on a small pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from tests.leads.made import (
    JUDGED,
    MAKES_CELL,
    ON,
    PAPER,
    REPORT,
    add_firm,
    add_project,
    firms_of,
    rated,
    tell_celler,
    vetoed,
)

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack


def test_a_firm_without_a_veto_is_a_lead(small: Settings) -> None:
    assert firms_of(small) == ["celler"]


def test_a_firm_that_was_struck_off_is_none_from_the_day_that_is_known(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, "dissolved: {date: 2022-05-01, evidence: [{source: curators, locator: 公告}]}")
    assert firms_of(small, as_of="2023-12-31") == ["celler"]
    lead = rated(small)
    assert vetoed(lead) == ["dissolved"]
    assert "2022-05-01" in lead.vetoes[0].why
    assert lead.vetoes[0].why.endswith("D")


def _bar(pack: SmallPack, region: str, what: str, until: str = "") -> None:
    pack.put(
        "negative_list.yaml",
        f'negative_list:\n  - {{region: "{region}", {what}, reason: 高耗能, {until}{PAPER}}}\n',
    )


@pytest.mark.parametrize("what", ["firm: celler", "link: cell"])
@pytest.mark.parametrize("region", ["441200", "440000", "100000"])
def test_the_negative_list_of_the_region_or_one_around_it_keeps_a_firm_or_a_link_out(
    pack: SmallPack, small: Settings, region: str, what: str
) -> None:
    _bar(pack, region, what)
    assert vetoed(rated(small)) == ["negative_list"]


@pytest.mark.parametrize("region", ["441283", "440100", "350900"])
def test_the_negative_list_of_another_region_or_of_a_part_keeps_nobody_out(
    pack: SmallPack, small: Settings, region: str
) -> None:
    _bar(pack, region, "firm: celler")
    assert vetoed(rated(small)) == []


def test_a_listing_holds_on_its_last_day_and_no_longer(pack: SmallPack, small: Settings) -> None:
    _bar(pack, "441200", "firm: celler", "until: 2024-06-01, ")
    assert vetoed(rated(small, as_of="2024-06-01")) == ["negative_list"]
    assert vetoed(rated(small, as_of="2024-06-02")) == []


@pytest.mark.parametrize(("stage", "kept_out"), [("signed", True), ("started", True), ("ended", False)])
def test_a_live_project_of_the_link_here_is_a_veto_and_one_that_ended_is_not(
    pack: SmallPack, small: Settings, stage: str, kept_out: bool
) -> None:
    add_project(pack, "works", "celler", "441283", stage)
    assert vetoed(rated(small)) == (["already_here"] if kept_out else [])


def test_a_project_here_of_another_link_is_no_veto_but_makes_it_an_expansion(pack: SmallPack, small: Settings) -> None:
    add_project(pack, "works", "celler", "441283", link="pack-link")
    lead = rated(small)
    assert (vetoed(lead), lead.kind) == ([], "expand")


def test_where_the_link_is_thin_the_firm_that_makes_it_here_may_expand_and_one_that_only_signed_may_not(
    pack: SmallPack, small: Settings
) -> None:
    add_firm(pack, "other", makes=f"{{link: cell, {PAPER}}}")
    add_project(pack, "works", "celler", "441283", "in_production")
    add_project(pack, "plan", "other", "441283", "signed")
    lead = rated(small)
    assert (lead.status, lead.kind, vetoed(lead)) == ("thin", "expand", [])
    assert "sole source" in lead.why
    assert vetoed(rated(small, "other")) == ["already_here"]


def test_where_the_link_is_covered_the_firm_that_makes_it_here_is_no_lead(pack: SmallPack, small: Settings) -> None:
    for number in range(4):
        add_firm(pack, f"firm-{number}", makes=f"{{link: cell, {PAPER}}}")
        add_project(pack, f"works-{number}", f"firm-{number}", "441283")
    lead = rated(small, "firm-0")
    assert (lead.status, vetoed(lead)) == ("covered", ["already_here"])


def test_a_judgement_alone_makes_no_lead_however_often_it_is_said(pack: SmallPack, small: Settings) -> None:
    pack.edit("firms/all.yaml", MAKES_CELL, f"      - {{link: cell, {JUDGED}}}")
    lead = rated(small)
    assert (vetoed(lead), lead.grade, lead.sources) == (["thin_evidence"], "D", 0)
    pack.edit(
        "firms/all.yaml",
        "{source: curators, locator: 一}",
        "{source: curators, locator: 一}, {source: paper, locator: 二, grade: D}",
    )
    assert vetoed(rated(small)) == ["thin_evidence"]


def test_two_sources_of_grade_c_make_a_lead_if_their_publishers_are_two(pack: SmallPack, small: Settings) -> None:
    weak = "{source: paper, locator: 一, grade: C}"
    pack.edit("firms/all.yaml", MAKES_CELL, f"      - {{link: cell, evidence: [{weak}, {weak}]}}")
    assert vetoed(rated(small)) == ["thin_evidence"]
    pack.edit("firms/all.yaml", weak, weak.replace("paper", "report"))
    assert vetoed(rated(small)) == []


def test_a_judgement_does_not_back_up_a_source_of_grade_c(pack: SmallPack, small: Settings) -> None:
    weak = "{source: paper, locator: 一, grade: C}, {source: curators, locator: 一}"
    pack.edit("firms/all.yaml", MAKES_CELL, f"      - {{link: cell, evidence: [{weak}]}}")
    assert vetoed(rated(small)) == ["thin_evidence"]
    pack.edit("scoring.yaml", "least_sources_c: {value: 2", "least_sources_c: {value: 1")
    assert vetoed(rated(small)) == []


@pytest.mark.parametrize("where", ["350900", "441283"])
def test_a_firm_known_only_by_its_project_is_a_candidate(pack: SmallPack, small: Settings, where: str) -> None:
    add_firm(pack, "other")
    add_project(pack, "works", "other", where)
    lead = rated(small, "other")
    assert lead.vetoes == ()
    assert (lead.grade, lead.kind) == ("A", "expand" if where == "441283" else "attract")


_JUDGED = "{link: cell, evidence: [{source: report, locator: 二, grade: D}]}"


def test_every_veto_of_a_candidate_is_told(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, f"dissolved: {{{REPORT}}}")
    _bar(pack, "441200", "firm: celler")
    add_project(pack, "works", "celler", "441283", "signed")
    pack.edit("firms/all.yaml", "{source: paper, locator: 主业}", "{source: paper, locator: 主业, grade: D}")
    pack.edit("projects.yaml", "{link: cell, evidence: [{source: report, locator: 二}]}", _JUDGED)
    assert vetoed(rated(small)) == ["dissolved", "negative_list", "already_here", "thin_evidence"]


# --- what the ledger says -----------------------------------------------------------------------------------


def _leads(pack: SmallPack, *arguments: str) -> None:
    done = CliRunner().invoke(cli, ["leads", *arguments, "--user", "王", "--pack", str(pack.folder)])
    assert done.exit_code == 0, done.output


def test_another_open_lead_of_the_firm_in_talks_is_a_veto_and_a_new_one_is_not(
    pack: SmallPack, small: Settings
) -> None:
    pack.edit("firms/all.yaml", MAKES_CELL, MAKES_CELL + "\n" + MAKES_CELL.replace("cell", "pack-link"))
    _leads(pack, "accept", "celler/pack-link")
    assert vetoed(rated(small, as_of=None)) == []
    _leads(pack, "stage", rated(small, link="pack-link").id, "assessing", "--next", "打电话", "--due", "2099-01-01")
    assert vetoed(rated(small, as_of=None)) == ["in_talks"]
    own = rated(small, link="pack-link", as_of=None)
    assert (vetoed(own), own.stage) == ([], "assessing")
    assert vetoed(rated(small)) == [], "before the day of the event nothing of it is seen"


def test_a_lead_that_was_dropped_is_closed_with_its_reason(pack: SmallPack, small: Settings) -> None:
    _leads(pack, "accept", "celler/cell")
    _leads(pack, "drop", rated(small).id, "--reason", "已落户他市")
    lead = rated(small, as_of=None)
    assert vetoed(lead) == ["closed"]
    assert "已落户他市" in lead.vetoes[0].why
    assert lead.stage == "dropped"
    assert firms_of(small, as_of=ON) == ["celler"]
