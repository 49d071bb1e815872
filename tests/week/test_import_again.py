"""A workbook handed in again, and what a cell, a file and a row may hold that is out of the ordinary."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from chaingraph.service.ledger.actions import accept_lead, note_lead
from tests.week.office import FIRMS, Office, filled, moment, second_chain

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.opened(tmp_path)


def test_an_untouched_file_makes_no_edit_though_the_ledger_says_unverified_in_so_many_words(office: Office) -> None:
    lead = accept_lead(office.settings, "packer-1/pack-link", user="李某", now=moment("2026-11-14")).lead.id
    note_lead(office.settings, lead, "待核实", user="李某", now=moment("2026-11-15"))
    file, _ = office.export("2026-11-16")
    report = office.hand_in(file, "2026-11-17")
    assert (report.rows_changed, report.events, report.problems) == (0, 0, ())
    assert office.hand_in(filled(file, "a", {lead: {"owner": "王某"}}), "2026-11-17").events == 1
    assert (office.states()[lead].owner, office.states()[lead].progress) == ("王某", "待核实")


def test_a_row_filled_in_with_unverified_does_not_empty_what_the_ledger_says_in_so_many_words(office: Office) -> None:
    lead = accept_lead(office.settings, "packer-1/pack-link", user="李某", now=moment("2026-11-14")).lead.id
    note_lead(office.settings, lead, "已通电话", user="李某", now=moment("2026-11-15"))
    file, _ = office.export("2026-11-16")
    note_lead(office.settings, lead, "待核实", user="李某", now=moment("2026-11-17"))
    report = office.hand_in(filled(file, "a", {lead: {"progress": "待核实"}}), "2026-11-18")
    assert (report.events, report.problems, office.states()[lead].progress) == (0, (), "待核实")


def test_an_edit_put_back_to_what_was_exported_is_an_edit(office: Office) -> None:
    lead = accept_lead(office.settings, "packer-1/pack-link", user="李某", now=moment("2026-11-14")).lead.id
    file, _ = office.export("2026-11-16")
    office.hand_in(filled(file, "a", {lead: {"progress": "误填", "owner": "王某"}}), "2026-11-17")
    back = filled(file, "b", {lead: {"owner": "王某"}})
    other = office.hand_in(back, "2026-11-18", user="李某")
    assert (other.events, other.problems) == (0, ()), "what another officer's import changed is not this one's to undo"
    report = office.hand_in(back, "2026-11-18")
    assert [(e.column, e.before, e.after) for e in report.edits] == [("进展", "误填", None)]
    assert (office.states()[lead].progress, office.states()[lead].owner) == (None, "王某")


def test_an_edit_put_back_is_a_conflict_where_others_have_changed_the_lead_meanwhile(office: Office) -> None:
    lead = accept_lead(office.settings, "packer-1/pack-link", user="李某", now=moment("2026-11-14")).lead.id
    file, _ = office.export("2026-11-16")
    office.hand_in(filled(file, "a", {lead: {"progress": "误填"}}), "2026-11-17")
    note_lead(office.settings, lead, "台账里的话", user="李某", now=moment("2026-11-18"))
    (problem,) = office.hand_in(file, "2026-11-19").problems
    assert (problem.conflict, office.states()[lead].progress) == (True, "台账里的话")


def test_the_first_file_handed_in_after_the_second_brings_back_what_it_said(office: Office) -> None:
    file, week = office.export("2026-11-16")
    lead, other = week.leads[0].id, week.leads[1].id
    first = filled(file, "a", {lead: {"stage": "线索", "progress": "一"}})
    second = filled(file, "b", {lead: {"stage": "线索", "progress": "二", "owner": "王某"}})
    third = filled(file, "c", {lead: {"stage": "线索"}, other: {"stage": "线索"}})
    assert [office.hand_in(f, "2026-11-17").again for f in (first, second, first)] == [False, False, False]
    assert (office.states()[lead].progress, office.states()[lead].owner) == ("一", None)
    report = office.hand_in(third, "2026-11-18")
    assert [(e.lead, e.column, e.before, e.after) for e in report.edits] == [
        *((lead, "进展", "一", None), (other, "阶段", "建议", "线索")),
    ]
    assert office.hand_in(third, "2026-11-19").again


def test_an_accepted_lead_is_not_made_a_suggestion_again(office: Office) -> None:
    file, week = office.export("2026-11-16")
    lead, other = week.leads[0].id, week.leads[1].id
    office.hand_in(filled(file, "a", {lead: {"stage": "线索", "progress": "一"}}), "2026-11-17")
    (problem,) = office.hand_in(filled(file, "b", {other: {"stage": "线索"}}), "2026-11-18").problems
    assert (problem.lead, problem.what) == (lead, "已入台账（线索），不能改回“建议”")
    assert office.states()[lead].progress == "一"
    assert office.hand_in(filled(file, "b", {other: {"stage": "线索"}}), "2026-11-18", user="李某").problems == ()


def test_a_second_link_of_a_firm_is_accepted_with_the_reason_in_its_row(office: Office) -> None:
    makes = "\n      - {link: cell, evidence: [{source: paper, locator: 主业}]}\n"
    office.pack.append("firms/all.yaml", FIRMS.format(id="both", name="双厂", link="pack-link").rstrip() + makes)
    file, week = office.export("2026-11-16", top=9)
    pair = [lead.id for lead in week.leads if lead.firm == "both"]
    assert len(pair) == 2
    file_a = filled(file, "a", {lead: {"stage": "线索"} for lead in pair})
    (problem,) = office.hand_in(file_a, "2026-11-17").problems
    assert "请写明理由：本行“原因”列" in problem.what
    assert "--despite" not in problem.what
    why = "两个环节分别谈"
    file_b = filled(file, "b", {pair[0]: {"stage": "线索"}, pair[1]: {"stage": "线索", "reason": why}})
    assert office.hand_in(file_b, "2026-11-17").problems == ()
    assert (office.states()[pair[1]].despite, office.states()[pair[1]].reason) == (why, why)


def test_a_file_name_that_is_no_text_is_stored_and_told_in_a_printable_form(office: Office) -> None:
    file, week = office.export("2026-11-16")
    strange = office.folder / os.fsdecode("清单.xlsx".encode("gbk"))
    filled(file, "a", {week.leads[0].id: {"stage": "线索"}}).rename(strange)
    report = office.hand_in(strange, "2026-11-17")
    assert report.file.encode().endswith(b".xlsx")
    assert report.events == 1


def test_a_suggestion_of_a_chain_enters_the_ledger_in_that_chain(office: Office) -> None:
    office.pack.put("chains/all.yaml", second_chain("all"))
    file, week = office.export("2026-11-16", chain="all")
    lead = next(lead.id for lead in week.leads if lead.link == "pack-link")
    office.hand_in(filled(file, "a", {lead: {"stage": "线索"}}), "2026-11-17")
    assert office.states()[lead].chain == "all"
