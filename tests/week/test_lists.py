"""Which leads a list holds and how it marks them: counties, chains, vetoes, and what the packs hold no more."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chaingraph.errors import NotFound, UsageError
from chaingraph.model.week_report import scope_of
from chaingraph.service.ledger.actions import accept_lead, stage_lead
from tests.week.office import FIRMS, Office, filled, moment, second_chain

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-16"
GONE = "    dissolved: {date: 2026-11-18, evidence: [{source: register, locator: 公告}]}\n"
COUNTY = "441283,高要区,Gaoyao,county,441200,23.03,112.46\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.opened(tmp_path)


def accepted(office: Office, firm: str = "packer-1", **more: str) -> str:
    return accept_lead(office.settings, f"{firm}/pack-link", user="李某", now=moment("2026-11-14"), **more).lead.id


def test_a_lead_of_a_county_stands_in_the_list_of_the_city_under_its_own_id_and_comes_back(office: Office) -> None:
    lead = accepted(office, region="441283")
    file, week = office.export(DAY)
    ids = [row.id for row in week.leads]
    assert len(set(ids)) == len(ids)
    row = next(row for row in week.leads if row.id == lead)
    assert (row.firm, row.stage, row.points is not None) == ("packer-1", "线索", True)
    assert office.hand_in(filled(file, "a", {lead: {"county": "高要区", "owner": "王某"}}), DAY).problems == ()
    assert (office.states()[lead].county, office.states()[lead].owner) == ("441283", "王某")
    assert len(office.states()) == 1


def test_the_list_of_a_county_holds_the_leads_of_the_city_that_it_works(office: Office) -> None:
    lead = accepted(office, county="441283")
    other = accepted(office, "packer-2")
    file, week = office.export(DAY, region="高要区")
    assert len({(row.firm, row.link) for row in week.leads}) == len(week.leads), "a firm stands once for a link"
    ids = [row.id for row in week.leads]
    assert lead in ids
    assert other not in ids
    assert len(set(ids)) == len(ids)
    assert office.hand_in(filled(file, "a", {lead: {"progress": "已见面", "county": None}}), DAY).problems == ()
    assert (office.states()[lead].progress, office.states()[lead].county) == ("已见面", None)


def test_the_list_of_a_chain_holds_each_lead_whose_link_is_of_it_rated_in_that_chain(office: Office) -> None:
    office.pack.put("chains/other.yaml", second_chain("other"))
    lead = accepted(office)
    assert office.states()[lead].chain == "demo"
    _, week = office.export(DAY, chain="other")
    row = next(row for row in week.leads if row.id == lead)
    assert (row.chain, row.stage) == ("other", "线索")
    _, whole = office.export(DAY)
    assert [row.chain for row in whole.leads if row.id == lead] == ["demo"]


def test_a_lead_that_is_worked_is_marked_when_its_firm_is_struck_off_or_barred(office: Office) -> None:
    gone, barred = accepted(office), accepted(office, "packer-2")
    _, first = office.export(DAY)
    assert {row.veto for row in first.leads} == {""}
    office.pack.edit("firms/all.yaml", "    name: 包厂1有限公司\n", "    name: 包厂1有限公司\n" + GONE)
    office.pack.put(
        "negative_list.yaml",
        'negative_list:\n  - {region: "441200", firm: packer-2, reason: 高耗能, '
        "evidence: [{source: report, locator: 清单}]}\n",
    )
    _, second = office.export("2026-11-23")
    rows = {row.id: row for row in second.leads}
    assert rows[gone].why.startswith("否决：已注销（")
    assert rows[barred].why.startswith("否决：负面清单（")
    said = {change.id: (change.change, change.why) for change in second.changes}
    assert said[gone][0] == said[barred][0] == "down"
    assert said[gone][1].startswith("否决：已注销（")
    assert said[barred][1].startswith("否决：负面清单（")
    (office.pack.folder / "negative_list.yaml").unlink()
    _, third = office.export("2026-11-30")
    (change,) = (change for change in third.changes if change.id == barred)
    assert (change.change, change.why.startswith("不再被否决（负面清单")) == ("up", True)


def test_a_worked_lead_whose_firm_is_in_talks_for_another_link_keeps_its_introducer(office: Office) -> None:
    told = "evidence: [{source: paper, locator: 主业}]"
    more = f"\n      - {{link: cell, {told}}}\n    supplies: [{{to: maker, {told}}}]\n"
    office.pack.append("firms/all.yaml", FIRMS.format(id="both", name="双厂", link="pack-link").rstrip() + more)
    pack = accepted(office, "both")
    cell = accept_lead(office.settings, "both/cell", despite="分开谈", user="李某", now=moment("2026-11-15")).lead.id
    plan = {"next_step": "拜访", "due": "2026-11-30"}
    stage_lead(office.settings, pack, "assessing", **plan, user="李某", now=moment("2026-11-15", 10))
    _, week = office.export(DAY)
    assert {row.introducer for row in week.leads if row.id in (pack, cell)} == {"造车 —供应商→ 双厂"}


def test_a_lead_of_a_county_that_the_map_holds_no_more_is_listed_as_not_rated(office: Office) -> None:
    lead = accepted(office, region="441283", county="441283")
    office.pack.edit("regions.csv", COUNTY, "")
    file, week = office.export(DAY)
    row = next(row for row in week.leads if row.id == lead)
    assert (row.points, row.why, row.county) == (None, "图中已无地区 441283，无从评分", "441283")
    assert office.hand_in(filled(file, "a", {lead: {"progress": "已见面"}}), DAY).problems == ()
    assert office.states()[lead].progress == "已见面"


def test_a_frozen_week_is_made_again_though_its_chain_and_its_region_have_left_the_packs(office: Office) -> None:
    office.pack.put("chains/other.yaml", second_chain("other"))
    asked = {"chain": "other", "region": "441283"}
    file, week = office.export(DAY, **asked)
    content = file.read_bytes()
    (office.pack.folder / "chains/other.yaml").unlink()
    office.pack.edit("regions.csv", COUNTY, "")
    shutil.rmtree(office.folder)
    again, same = office.export(DAY, **asked)
    assert (again.read_bytes(), same) == (content, week)
    for change in ({"revise": True}, {"week": "2026-W46"}):
        with pytest.raises(NotFound):
            office.export(DAY, **asked, **change)


def test_an_earlier_revision_is_written_again_on_demand(office: Office) -> None:
    file, first = office.export(DAY)
    content = file.read_bytes()
    office.export(DAY, revise=True, top=1)
    file.unlink()
    again, same = office.export(DAY, revision=1)
    assert (again.read_bytes(), same) == (content, first)
    for asked, said in (({"revision": 3}, "最新是第 2 版"), ({"revision": 1, "revise": True}, "只能用一个")):
        with pytest.raises(UsageError) as caught:
            office.export(DAY, **asked)
        assert said in caught.value.text.zh
    with pytest.raises(UsageError) as caught:
        office.export(DAY, week="2026-W40", revision=1)
    assert "还没有导出过" in caught.value.text.zh


def test_another_length_of_a_frozen_week_is_refused_and_its_own_is_not(office: Office) -> None:
    _, first = office.export(DAY, top=2)
    assert (first.first, first.top) == (5, 2)
    assert office.export(DAY)[1] == office.export(DAY, gaps=5, top=2)[1] == first
    for asked, said in (({"gaps": 3}, "--gaps 为 5"), ({"top": 3}, "--top 为 2"), ({"lang": "en"}, "语言为中文")):
        with pytest.raises(UsageError) as caught:
            office.export(DAY, **asked)
        assert said in caught.value.text.zh
        assert "--revise" in caught.value.text.zh
    assert office.export(DAY, gaps=3, revise=True)[1].first == 3


def test_the_files_of_two_regions_and_of_all_chains_and_one_called_all_are_not_the_same(office: Office) -> None:
    office.pack.put("chains/all.yaml", second_chain("all"))
    office.pack.edit("regions.csv", "高要区", "肇庆市")
    files = [office.export(DAY, **asked)[0] for asked in ({"region": "441200"}, {"region": "441283"}, {"chain": "all"})]
    assert len({file.name for file in files}) == 3
    assert "441200" in files[0].name
    assert scope_of("441200", None) != scope_of("441200", "all")


def test_a_lead_given_to_another_county_leaves_the_list_of_the_first(office: Office) -> None:
    office.pack.append("regions.csv", "441202,端州区,Duanzhou,county,441200,23.05,112.48\n")
    lead = accepted(office, county="441283")
    file, week = office.export(DAY, region="441283")
    assert lead in {row.id for row in week.leads}
    assert office.hand_in(filled(file, "a", {lead: {"county": "端州区"}}), "2026-11-17").problems == ()
    assert lead not in {row.id for row in office.export("2026-11-23", region="441283")[1].leads}
    assert lead in {row.id for row in office.export("2026-11-23", region="441202")[1].leads}
