"""The use cases of the ledger over a small pack: accept, work on, list, replay, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from chaingraph.errors import NotFound, UsageError
from chaingraph.ledger.log import Ledger
from chaingraph.model.lead_id import lead_id
from chaingraph.service.ledger.actions import (
    accept_lead,
    approve_lead,
    assign_lead,
    drop_lead,
    note_lead,
    signal_lead,
    stage_lead,
)
from chaingraph.service.ledger.board import lead_history, list_leads, show_lead

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack

CELLER = lead_id("441200", "celler", "cell")
TWIN = lead_id("441200", "twin", "cell")
PACKER = lead_id("441200", "packer", "pack-link")
_TWIN = """\
  - id: twin
    name: 电芯有限公司
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
    makes:
      - {link: cell, evidence: [{source: paper, locator: 主业}]}
"""
_PACKER = """\
  - id: packer
    name: 包厂有限公司
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
    makes:
      - {link: pack-link, evidence: [{source: paper, locator: 主业}]}
"""
_STORAGE = """\
chain:
  id: store
  name: 储能链
  name_en: Storage
  evidence: [{source: report, locator: 一}]
links:
  - {id: system, name: 储能系统, name_en: System, stage: midstream, tier: 0, unit: 套, why: 终点}
shares:
  - {link: cell, stage: upstream, tier: 1, why: 储能的主体}
feeds:
  - {from: cell, to: system, amount: 1, why: 每套一吉瓦时}
"""
WANG: dict[str, Any] = {"user": "王某"}
PLAN: dict[str, Any] = {"next_step": "拜访", "due": "2026-12-31"}


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour)


@pytest.fixture
def office(pack: SmallPack, small: Settings) -> Settings:
    """Settings over a pack where two firms of one name make cells."""
    pack.append("firms/all.yaml", _TWIN)
    return small


def signed(office: Settings) -> None:
    """A lead from its first day to its signature on the 20th."""
    accept_lead(office, CELLER, county="高要区", **WANG, now=on(2))
    stage_lead(office, CELLER, "assessing", **PLAN, **WANG, now=on(3))
    stage_lead(office, CELLER, "在谈", **PLAN, **WANG, now=on(4))
    approve_lead(office, CELLER, "county", user="李四", now=on(5))
    approve_lead(office, CELLER, "city", user="赵六", now=on(6))
    stage_lead(office, CELLER, "signing", **PLAN, **WANG, now=on(7))
    stage_lead(office, CELLER, "签约", investment_cny=2e8, area_mu=30, **WANG, now=on(20))


def test_a_candidate_is_accepted_by_its_id_or_by_firm_and_link(office: Settings) -> None:
    report = accept_lead(office, "电芯厂/电芯", county="高要区", owner="李四", **WANG, now=on(2))
    assert (report.lead.id, report.lead.stage, report.lead.owner) == (CELLER, "new", "李四")
    assert (report.lead.county, report.lead.county_name) == ("441283", "高要区")
    assert [event.kind for event in report.events] == ["created", "assigned"]
    state = Ledger.at(office.workspace).states()[CELLER]
    assert {"电芯厂", "电芯股份有限公司", "300000.SZ"} <= set(state.names)
    with pytest.raises(UsageError, match="already in the ledger"):
        accept_lead(office, CELLER.lower(), **WANG)


def test_the_same_firm_under_another_name_is_told_of_before_it_is_accepted(office: Settings) -> None:
    accept_lead(office, CELLER, county="高要区", **WANG, now=on(2))
    with pytest.raises(UsageError) as error:
        accept_lead(office, TWIN, **WANG, now=on(3))
    assert f"{CELLER} 电芯厂 电芯：高要区" in error.value.text.zh
    assert "首谈" in error.value.text.zh
    assert len(lead_history(office).events) == 1
    report = accept_lead(office, TWIN, despite="两家不同的公司", **WANG, now=on(3))
    assert [other.lead.id for other in report.similar] == [CELLER]
    assert "两家不同的公司" in report.events[0].said


def test_a_veto_keeps_a_candidate_out_by_its_name(pack: SmallPack, small: Settings) -> None:
    pack.edit(
        "firms/all.yaml",
        "    listing_code: 300000.SZ\n",
        "    dissolved: {evidence: [{source: register, locator: 注销}]}\n",
    )
    with pytest.raises(UsageError, match="已注销"):
        accept_lead(small, CELLER, **WANG)
    assert accept_lead(small, CELLER, despite="注销公告有误", **WANG).lead.id == CELLER


def test_work_on_a_lead_is_written_under_the_name_of_who_does_it(
    office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept_lead(office, CELLER, **WANG, now=on(2))
    monkeypatch.setenv("CHAINGRAPH_USER", "李四")
    assign_lead(office, CELLER, owner="赵六", now=on(3))
    note_lead(office, CELLER, "已通电话", next_step="拜访", due="2026-11-30", user="钱七", now=on(3))
    signal_lead(office, CELLER, "新建产线", date="2026-11-01", now=on(3))
    drop_lead(office, CELLER, "只在本省扩产", now=on(4))
    events = lead_history(office, CELLER).events
    assert [(event.user, event.said) for event in events] == [
        ("王某", "电芯厂 电芯，招引"),
        ("李四", "责任人：赵六"),
        ("钱七", "已通电话；下一步：拜访；日期：2026-11-30"),
        ("李四", "2026-11-01 新建产线"),
        ("李四", "线索 → 剔除，只在本省扩产"),
    ]
    monkeypatch.setenv("CHAINGRAPH_USER", "")
    monkeypatch.setenv("LOGNAME", "login")
    assert note_lead(office, CELLER, "又来电话", now=on(5)).events[0].user == "login"
    with pytest.raises(UsageError, match="who is this"):
        note_lead(office, CELLER, "再来电话", user=" ")


def test_the_list_shows_open_leads_the_longest_overdue_first_on_any_past_day(office: Settings) -> None:
    accept_lead(office, TWIN, **WANG, now=on(2))
    accept_lead(office, CELLER, despite="两家", county="高要区", **WANG, now=on(9))
    drop_lead(office, TWIN, "重复", **WANG, now=on(12))
    then = list_leads(office, as_of="2026-11-10")
    assert [lead.id for lead in then.leads] == [TWIN, CELLER]
    assert [item.clock for item in then.leads[0].overdue] == ["respond", "assess", "feed_back"]
    assert (then.total, then.open, then.overdue) == (2, 2, 1)
    now = list_leads(office, as_of="2026-11-12")
    assert [lead.id for lead in now.leads] == [CELLER]
    assert (now.total, now.open, now.by_stage["dropped"]) == (2, 1, 1)
    assert [lead.id for lead in list_leads(office, as_of="2026-11-12", all=True).leads] == [CELLER, TWIN]
    assert [lead.id for lead in list_leads(office, stage="剔除").leads] == [TWIN]
    assert [lead.id for lead in list_leads(office, county="高要", overdue_only=True, as_of="2026-11-12").leads] == [
        CELLER
    ]
    assert [lead.id for lead in list_leads(office, region="高要区", as_of="2026-11-12").leads] == [CELLER]
    assert (other := list_leads(office, region="440100", all=True)).leads == ()
    assert (other.total, other.overdue) == (0, 0)
    assert list_leads(office, owner="李四").leads == list_leads(office, as_of="2026-11-01").leads == ()


def test_a_lead_on_a_past_day_is_as_it_was(office: Settings) -> None:
    signed(office)
    was = show_lead(office, CELLER.lower(), as_of="2026-11-05")
    assert was.lead is not None
    assert (was.lead.stage, [given.by for given in was.lead.approvals]) == ("talking", ["county"])
    assert len(was.events) == 6
    with pytest.raises(NotFound, match=r"not in the ledger yet on 2026-11-01 \(it entered on 2026-11-02\)"):
        show_lead(office, CELLER, as_of="2026-11-01")
    early = list_leads(office, as_of="2026-11-01")
    assert (early.total, early.first, list_leads(office).first) == (0, "2026-11-02", "2026-11-02")


def test_both_approvals_by_one_person_are_allowed_and_told_of(office: Settings) -> None:
    accept_lead(office, CELLER, county="高要区", **WANG, now=on(2))
    assert approve_lead(office, CELLER, "县选", **WANG, now=on(3)).notes == ()
    assert approve_lead(office, CELLER, "市备", **WANG, now=on(4)).notes == ("县选、市备为同一人（王某）",)
    assert approve_lead(office, CELLER, "city", user="赵六", now=on(5)).notes == (), "given already, nothing written"


def test_a_change_of_county_says_that_the_approvals_are_void(pack: SmallPack, office: Settings) -> None:
    pack.append("regions.csv", "441284,四会市,Sihui,county,441200,23.33,112.73\n")
    accept_lead(office, CELLER, **WANG, now=on(2))
    with pytest.raises(UsageError, match="has no county yet"):
        approve_lead(office, CELLER, "county", **WANG, now=on(2))
    assert assign_lead(office, CELLER, county="高要区", **WANG, now=on(3)).notes == ()
    approve_lead(office, CELLER, "county", **WANG, now=on(3))
    told = assign_lead(office, CELLER, county="四会市", **WANG, now=on(4))
    assert (told.notes, told.lead.approvals) == (("原来的县选、市备已作废，要重新审批",), ())


def test_a_county_of_the_region_is_meant_where_the_nation_has_two_of_its_name(
    pack: SmallPack, office: Settings
) -> None:
    pack.append("regions.csv", "350982,高要市,Gaoyao,county,350900,27.3,120.2\n")
    for called in ("高要", "Gaoyao", "高要区", "441283"):
        accept_lead(office, CELLER, county=called, region="肇庆市", **WANG, now=on(2))
        assert [lead.county for lead in list_leads(office, county=called, as_of="2026-11-02").leads] == ["441283"]
        (office.workspace / "workspace.sqlite").unlink()
    with pytest.raises(UsageError, match="Gaoyao is not in Zhaoqing"):
        accept_lead(office, CELLER, county="高要市", **WANG)


def test_a_lead_is_accepted_in_the_chain_asked_for_and_listed_in_each_of_its_link(
    pack: SmallPack, office: Settings
) -> None:
    pack.put("chains/store.yaml", _STORAGE)
    pack.append("firms/all.yaml", _PACKER)
    assert accept_lead(office, CELLER, despite="两家", **WANG, now=on(2)).lead.chain == "demo"
    assert accept_lead(office, TWIN, chain="储能链", despite="两家", **WANG, now=on(2)).lead.chain == "store"
    accept_lead(office, "packer/pack-link", **WANG, now=on(2))
    for chain, leads in {"demo": {CELLER, TWIN, PACKER}, "储能链": {CELLER, TWIN}}.items():
        listed = list_leads(office, chain=chain, as_of="2026-11-02").leads
        assert {lead.id for lead in listed} == leads
    with pytest.raises(UsageError, match="is not in chain"):
        accept_lead(office, lead_id("441200", "maker", "car"), chain="store", **WANG)


def test_a_wrong_county_is_told_with_those_there_are_and_a_park_with_its_own(pack: SmallPack, office: Settings) -> None:
    pack.append("regions.csv", "441284,四会市,Sihui,county,441200,23.33,112.73\n")
    parks = 'parks:\n  - {id: hitech, name: 高新区, region: "441284", evidence: [{source: report, locator: 四}]}\n'
    pack.put("parks.yaml", parks)
    for wrong, said in {
        "高新区": "“高新区”是园区，请填所在的四会市",
        "鼎湖": "没有县区“鼎湖”；肇庆市有：高要区、四会市",
        "441299": "没有县区“441299”；肇庆市有：高要区、四会市",
        "宁德市": "宁德市不在肇庆市：请写肇庆市的县区（高要区、四会市）",
    }.items():
        with pytest.raises(UsageError) as error:
            accept_lead(office, CELLER, county=wrong, **WANG)
        assert error.value.text.zh == said
    with pytest.raises(UsageError, match="is a park: write its county, Sihui"):
        list_leads(office, county="高新区")


def test_what_is_wrong_is_said_and_nothing_is_written(office: Settings) -> None:
    with pytest.raises(NotFound, match="holds no lead"):
        note_lead(office, CELLER, "已联系", **WANG)
    assert not (office.workspace / "workspace.sqlite").exists()
    accept_lead(office, CELLER, **WANG)
    with pytest.raises(NotFound, match=f"Did you mean: {CELLER}"):
        note_lead(office, CELLER[:-1] + "1", "已联系", **WANG)
    for wrong in (
        lambda: assign_lead(office, CELLER, **WANG),
        lambda: note_lead(office, CELLER, **WANG),
        lambda: note_lead(office, CELLER, "好", due="2026/13/45", **WANG),
        lambda: stage_lead(office, CELLER, "谈判", **WANG),
        lambda: stage_lead(office, CELLER, "talking", **PLAN, **WANG),
        lambda: stage_lead(office, CELLER, "new", park="没有的园区", **WANG),
        lambda: assign_lead(office, CELLER, county="宁德市", **WANG),
        lambda: approve_lead(office, CELLER, "city", **WANG),
        lambda: approve_lead(office, CELLER, "province", **WANG),
        lambda: list_leads(office, stage="谈判"),
        lambda: list_leads(office, top=0),
    ):
        with pytest.raises(UsageError):
            wrong()
    assert len(lead_history(office).events) == 1
    assert assign_lead(office, CELLER, owner="李四", **WANG).events != ()
    assert assign_lead(office, CELLER, owner="李四", **WANG).events == ()


def test_of_processes_that_accept_one_firm_at_once_one_succeeds_and_the_others_are_told(office: Settings) -> None:
    list_leads(office)
    command = [sys.executable, "-m", "chaingraph", "leads", "accept", "--user", "王某", "--pack", str(office.packs[-1])]
    workers = [
        subprocess.Popen([*command, asked], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
        for asked in (CELLER, CELLER, TWIN, TWIN)
    ]
    told = [worker.communicate()[1] for worker in workers]
    codes = [worker.returncode for worker in workers]
    assert sorted(codes) == [0, 2, 2, 2], told
    assert all("已在台账中" in text or "暂不能入台账" in text for code, text in zip(codes, told, strict=True) if code)
    assert len(lead_history(office).events) == 1


def test_a_curators_judgement_alone_makes_no_lead_whatever_the_reason(pack: SmallPack, small: Settings) -> None:
    pack.edit("firms/all.yaml", "{source: paper, locator: 主业}", "{source: paper, locator: 主业, grade: D}")
    with pytest.raises(UsageError, match="judgement"):
        accept_lead(small, CELLER, despite="科长要求", **WANG)
    assert Ledger.at(small.workspace).events() == []


def test_every_command_takes_firm_and_link_for_the_id(office: Settings) -> None:
    accept_lead(office, "celler/cell", despite="两家", **WANG, now=on(2))
    assert note_lead(office, "电芯厂/电芯", "电话联系", **WANG, now=on(3)).lead.progress == "电话联系"
    assert lead_history(office, "celler／cell").events[0].lead == CELLER
