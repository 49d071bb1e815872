"""A month of an office: four weeks of exports, edits, imports and changes of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.service.ledger.actions import accept_lead, drop_lead, signal_lead
from tests.week.office import FIRMS, Office, filled, moment

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.week_report import WeekReport

PLAN = {"next_step": "拜访", "next_due": "2026-12-31"}


def told(week: WeekReport) -> dict[str, tuple[str, str]]:
    return {change.id: (change.change, change.why) for change in week.changes}


def test_over_a_month_ids_stay_each_difference_is_right_and_week_two_can_be_made_again(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    file, first = office.export("2026-11-02")
    assert (first.week, first.compared_with, first.changes) == ("2026-W45", None, ())
    ids = {lead.firm: lead.id for lead in first.leads}
    assert set(ids) == {"packer-1", "packer-2", "packer-3", "celler"}
    one, two = ids["packer-1"], ids["packer-2"]
    accepted = {one: {"stage": "线索", "owner": "王某", **PLAN}, two: {"stage": "线索", "owner": "李某"}}
    assert office.hand_in(filled(file, "w45", accepted), "2026-11-04").problems == ()

    file, second = office.export("2026-11-09")
    kept = {path.name: path.read_bytes() for path in office.folder.iterdir() if "W46" in path.name}
    assert second.compared_with == "2026-W45"
    assert told(second)[one] == ("moved", "建议 → 线索")
    assert told(second)[two][0] == "moved"
    new = {lead.firm: lead.id for lead in second.leads} | ids
    assert {lead.id for lead in second.leads} >= set(ids.values())
    assert told(second)[new["packer-4"]][0] == "added"
    office.hand_in(
        filled(file, "w46", {one: {"stage": "研判"}, two: {"stage": "流失", "reason": "去了佛山"}}), "2026-11-11"
    )
    signal_lead(office.settings, one, "拟建新厂", user="王某", now=moment("2026-11-12"))

    office.pack.append("firms/all.yaml", FIRMS.format(id="packer-5", name="包厂5", link="pack-link"))
    office.pack.edit(
        "sources.yaml",
        "{id: report,",
        "{id: extra, title: 公报, publisher: 公报社, date: 2026-11-10, kind: press, grade: A}\n  - {id: report,",
    )
    office.pack.edit(
        "firms/all.yaml",
        "{link: cell, evidence: [{source: paper, locator: 主业}]}",
        "{link: cell, evidence: [{source: paper, locator: 主业}, {source: extra, locator: 公告}]}",
    )
    file, third = office.export("2026-11-16")
    assert told(third)[two] == ("dropped", "线索 → 流失：去了佛山")
    kind, why = told(third)[one]
    assert (kind, why.startswith("线索 → 研判；得分 ")) == ("moved", True)
    assert why.endswith("；扩张动向 +14.9（2026-11-12 拟建新厂）")
    assert told(third)[ids["celler"]][0] == "up"
    assert next(lead for lead in third.leads if lead.id == two).stage == "流失"
    assert any(row.id == two and row.why == "去了佛山" for row in third.vetoed)
    rated = {
        week.week: next(lead for lead in week.leads if lead.id == ids["celler"]).points for week in (second, third)
    }
    assert rated["2026-W47"] > rated["2026-W46"]
    drop_lead(office.settings, one, reason="无意向", user="王某", now=moment("2026-11-18"))

    _, fourth = office.export("2026-11-23")
    assert two not in {lead.id for lead in fourth.leads}
    assert two not in told(fourth)
    assert told(fourth)[one] == ("dropped", "研判 → 剔除：无意向")
    for week in (second, third, fourth):
        assert all(ids.get(lead.firm, lead.id) == lead.id for lead in week.leads)
        assert [lead.rank for lead in week.leads] == list(range(1, len(week.leads) + 1))

    for path in office.folder.iterdir():
        path.unlink()
    again, replayed = office.export("2026-11-23", week="2026-W46")
    assert replayed == second
    assert {path.name: path.read_bytes() for path in again.parent.iterdir()} == kept


def test_the_first_list_holds_what_was_closed_within_its_own_week(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    ids = {}
    for firm, day in (("packer-1", "2026-11-13"), ("packer-2", "2026-11-17")):
        ids[firm] = accept_lead(office.settings, f"{firm}/pack-link", user="王某", now=moment("2026-11-12")).lead.id
        drop_lead(office.settings, ids[firm], reason="无意向", user="王某", now=moment(day))
    _, first = office.export("2026-11-18")
    assert {lead.firm: lead.stage for lead in first.leads if lead.id in ids.values()} == {"packer-2": "剔除"}
    assert {row.id for row in first.vetoed} >= set(ids.values())
    _, second = office.export("2026-11-25")
    assert not {lead.id for lead in second.leads} & set(ids.values())
    assert not set(told(second)) & set(ids.values())


def test_a_past_week_that_was_never_exported_is_made_as_of_its_sunday(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    file, week = office.export("2026-11-02")
    office.hand_in(filled(file, "w45", {week.leads[0].id: {"stage": "线索"}}), "2026-11-18")
    _, late = office.export("2026-11-25", week="2026-W46")
    assert (late.as_of, late.compared_with) == ("2026-11-15", "2026-W45")
    assert {lead.stage for lead in late.leads} == {"建议"}


def test_a_revision_makes_a_week_anew_and_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    file, first = office.export("2026-11-16")
    content = file.read_bytes()
    second, again = office.export("2026-11-17", revise=True, top=1)
    assert (again.revision, second.name) == (2, file.name.replace("W47", "W47-r2"))
    assert len(again.leads) < len(first.leads)
    assert file.read_bytes() == content
    assert office.export("2026-11-18")[1].revision == 2
    assert office.hand_in(file, "2026-11-18").revision == 1
