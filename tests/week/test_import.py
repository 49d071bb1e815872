"""The way of a workbook back into the ledger: edits, acceptances, conflicts, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from chaingraph.cli.terminal import WIDTH, width
from chaingraph.errors import UsageError
from chaingraph.model.week_columns import COLUMNS
from chaingraph.service.ledger.actions import accept_lead, note_lead
from tests.week.office import Office, filled, moment

if TYPE_CHECKING:
    from pathlib import Path

PLAN = {"next_step": "拜访", "next_due": "2026-11-30"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.opened(tmp_path)


def test_a_suggestion_set_to_new_enters_the_ledger_with_all_that_was_filled_in(office: Office) -> None:
    file, week = office.export("2026-11-16")
    first, second = week.leads[0].id, week.leads[1].id
    edits = {first: {"stage": "线索", "owner": "王某", "county": "高要区", "progress": "已通电话", **PLAN}}
    report = office.hand_in(filled(file, "filled", {**edits, second: {"stage": "研判", **PLAN}}), "2026-11-17")
    assert report.problems == ()
    assert (report.rows, report.rows_changed, report.rows_same, report.rows_absent) == (
        len(week.leads),
        2,
        len(week.leads) - 2,
        0,
    )
    state = office.states()[first]
    assert (state.stage, state.owner, state.county, state.progress) == ("new", "王某", "441283", "已通电话")
    assert (state.next_step, state.next_due, state.created_by) == ("拜访", "2026-11-30", "王某")
    assert office.states()[second].stage == "assessing"


def test_edits_emptied_cells_and_stages_come_back_as_they_were_written(office: Office) -> None:
    file, week = office.export("2026-11-16")
    lead = week.leads[0].id
    office.hand_in(
        filled(file, "a", {lead: {"stage": "线索", "owner": "王某", "progress": "=2+3 家", **PLAN}}), "2026-11-17"
    )
    file, week = office.export("2026-11-23")
    assert next(row for row in week.leads if row.id == lead).progress == "=2+3 家"
    assert office.hand_in(file, "2026-11-24").rows_changed == 0
    report = office.hand_in(
        filled(file, "b", {lead: {"stage": "研判", "owner": None, "progress": "两行\n字"}}), "2026-11-24"
    )
    assert report.problems == ()
    state = office.states()[lead]
    assert (state.stage, state.owner, state.progress) == ("assessing", None, "两行\n字")


def test_the_same_file_twice_changes_nothing_and_says_so(office: Office) -> None:
    file, week = office.export("2026-11-16")
    file = filled(file, "filled", {week.leads[0].id: {"stage": "线索", "owner": "王某"}})
    assert not office.hand_in(file, "2026-11-17").again
    events = office.events()
    again = office.hand_in(file, "2026-11-18")
    assert (again.again, again.events, again.problems) == (True, 0, ())
    assert office.events() == events


def test_one_officer_may_hand_in_the_same_workbook_again_filled_in_further(office: Office) -> None:
    file, week = office.export("2026-11-16")
    lead = week.leads[0].id
    office.hand_in(filled(file, "a", {lead: {"stage": "线索", "progress": "一"}}), "2026-11-17")
    further = filled(file, "b", {lead: {"stage": "线索", "progress": "二"}})
    assert office.hand_in(further, "2026-11-18", user="李某").problems[0].conflict
    assert office.hand_in(further, "2026-11-18").problems == ()
    assert office.states()[lead].progress == "二"


def test_a_row_that_changed_in_the_ledger_is_a_conflict_and_not_overwritten(office: Office) -> None:
    file, week = office.export("2026-11-16")
    lead = week.leads[0].id
    office.hand_in(filled(file, "a", {lead: {"stage": "线索"}}), "2026-11-17")
    file, _ = office.export("2026-11-23")
    note_lead(office.settings, lead, "台账里的话", user="李某", now=moment("2026-11-24"))
    events = office.events()
    report = office.hand_in(filled(file, "b", {lead: {"progress": "文件里的话"}}), "2026-11-25")
    (problem,) = report.problems
    assert problem.conflict
    assert problem.lead == lead
    assert problem.what == (
        "导出之后台账里这一行有改动（最近 2026-11-24，李某）；“进展”：文件为“文件里的话”，台账为“台账里的话”"
    )
    assert office.events() == events
    assert office.hand_in(filled(file, "c", {lead: {"progress": "台账里的话"}}), "2026-11-25").problems == ()
    assert office.events() == events


def test_one_problem_leaves_everything_as_it_was_unless_partial(office: Office) -> None:
    file, week = office.export("2026-11-16")
    good, bad, broken = (row.id for row in week.leads[:3])
    edits = {good: {"stage": "线索"}, bad: {"stage": "在淡"}, broken: {"stage": "线索", "next_due": "2026/13/45"}}
    file = filled(file, "filled", edits)
    events = office.events()
    report = office.hand_in(file, "2026-11-17")
    assert (report.events, office.events()) == (0, events)
    assert {(problem.lead, problem.cell[0]) for problem in report.problems} == {(bad, "J"), (broken, "N")}
    assert "在谈" in next(problem.mend for problem in report.problems if problem.lead == bad)
    report = office.hand_in(file, "2026-11-17", partial=True)
    assert len(report.problems) == 2
    assert set(office.states()) == {good}


def test_what_a_rule_refuses_is_told_and_no_half_of_the_row_is_kept(office: Office) -> None:
    file, week = office.export("2026-11-16")
    good, leap = (row.id for row in week.leads[:2])
    file = filled(file, "filled", {good: {"stage": "线索"}, leap: {"stage": "在谈", "owner": "王某"}})
    report = office.hand_in(file, "2026-11-17", partial=True)
    (problem,) = report.problems
    assert (problem.lead, problem.cell[0]) == (leap, "J")
    assert "不能直接到“在谈”" in problem.what
    assert set(office.states()) == {good}


def test_a_suggestion_is_accepted_before_it_is_filled_in(office: Office) -> None:
    file, week = office.export("2026-11-16")
    report = office.hand_in(filled(file, "filled", {week.leads[0].id: {"owner": "王某"}}), "2026-11-17")
    assert "先把阶段改为“线索”" in report.problems[0].what


def test_ids_that_are_not_of_the_export_and_mixed_rows_are_refused(office: Office) -> None:
    file, week = office.export("2026-11-16")
    first, second, third = (row.id for row in week.leads[:3])
    file = filled(
        file, "filled", {first: {"firm_name": "另一家"}, second: {"id": f"{second[:-1]}?"}, third: {"stage": "线索"}}
    )
    report = office.hand_in(file, "2026-11-17")
    assert [problem.cell for problem in report.problems] == ["C2", "B3"]
    assert "错了行" in report.problems[0].what
    assert second in report.problems[1].what
    assert office.states() == {}


def test_a_sort_that_left_the_far_columns_behind_is_refused(office: Office) -> None:
    import openpyxl

    file, week = office.export("2026-11-16")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for place in range(1, 10):
        first, second = sheet.cell(2, place), sheet.cell(3, place)
        first.value, second.value = second.value, first.value
    sheet["J2"] = "线索"
    book.save(file)
    report = office.hand_in(file, "2026-11-17", partial=True)
    full = 1 + next(place for place, column in enumerate(COLUMNS) if column.field == "full_name")
    letter = openpyxl.utils.get_column_letter(full)
    assert [problem.cell for problem in report.problems] == [f"{letter}2", f"{letter}3"]
    assert week.leads[0].full_name in report.problems[0].what
    assert (report.events, office.states()) == (0, {})


def test_a_cleared_name_is_told_as_empty(office: Office) -> None:
    file, week = office.export("2026-11-16")
    report = office.hand_in(filled(file, "filled", {week.leads[0].id: {"firm_name": None}}), "2026-11-17")
    assert "单元格却是空的" in report.problems[0].what


def test_an_import_tells_each_edit_with_what_was_there_before(office: Office) -> None:
    file, week = office.export("2026-11-16")
    first, second = week.leads[:2]
    edits = {
        first.id: {"stage": "线索", "county": "高要区", "progress": "已通电话"},
        second.id: {"stage": "在谈", **PLAN},
    }
    file = filled(file, "a", edits)
    tried, done = (office.hand_in(file, "2026-11-17", partial=True, dry_run=dry) for dry in (True, False))
    assert [(e.cell, e.lead, e.firm_name, e.column, e.before, e.after) for e in done.edits] == [
        ("J2", first.id, first.firm_name, "阶段", "建议", "线索"),
        ("K2", first.id, first.firm_name, "承接县区", None, "高要区"),
        ("O2", first.id, first.firm_name, "进展", None, "已通电话"),
    ]
    assert [vars(edit) for edit in tried.edits] == [vars(edit) for edit in done.edits]
    further = office.hand_in(
        filled(file, "b", {first.id: {"progress": "已见面"}, second.id: {"stage": "建议"}}), "2026-11-18", partial=True
    )
    assert [(e.column, e.before, e.after) for e in further.edits] == [("进展", "已通电话", "已见面")]
    assert office.hand_in(file, "2026-11-19").edits == ()


def test_a_dry_run_tells_and_writes_nothing(office: Office) -> None:
    file, week = office.export("2026-11-16")
    events = office.events()
    report = office.hand_in(filled(file, "filled", {week.leads[0].id: {"stage": "线索"}}), "2026-11-17", dry_run=True)
    assert (report.events, report.problems, office.events()) == (1, (), events)


def test_the_workbook_of_another_workspace_is_refused(office: Office, tmp_path: Path) -> None:
    file, _ = office.export("2026-11-16")
    other = Office.opened(tmp_path / "other")
    with pytest.raises(UsageError) as caught:
        other.hand_in(file, "2026-11-17")
    assert "没有导出过 2026-W47" in caught.value.text.zh
    note_lead(other.settings, accepted(other), "别处的话", user="李某", now=moment("2026-11-15"))
    other.export("2026-11-16")
    with pytest.raises(UsageError) as caught:
        other.hand_in(file, "2026-11-17")
    assert "不是按本工作区现有的 2026-W47（版本 1）导出的" in caught.value.text.zh


def accepted(office: Office) -> str:
    return accept_lead(office.settings, "packer-1/pack-link", user="李某", now=moment("2026-11-14")).lead.id


def test_the_command_line_exits_2_where_problems_kept_all_from_being_written(office: Office) -> None:

    own = ["--workspace", str(office.settings.workspace), "--pack", str(office.pack.folder), "--user", "王某"]
    done = CliRunner().invoke(cli, ["leads", "export", "--out", str(office.folder), *own])
    assert done.exit_code == 0, done.output
    assert "条线索" in done.output
    file = next(office.folder.glob("*.xlsx"))
    book = filled(file, "filled", {})
    same = CliRunner().invoke(cli, ["leads", "import", str(book), *own])
    assert (same.exit_code, "没有改动" in same.output) == (0, True)
    import openpyxl

    opened = openpyxl.load_workbook(file)
    opened.worksheets[0]["J2"], opened.worksheets[0]["O2"] = "线索", "一\n" + "长话" * 60
    opened.save(book)
    tried = CliRunner().invoke(cli, ["leads", "import", str(book), "--dry-run", *own])
    assert "J2 阶段：建议 → 线索" in tried.output
    assert "O2 进展：— → 一 长话" in tried.output
    assert "试运行：会写入 2 个事件" in tried.output
    assert max(map(width, tried.output.splitlines())) <= WIDTH
    rows = (
        CliRunner()
        .invoke(cli, ["leads", "import", str(book), "--dry-run", "--format", "csv", *own])
        .output.splitlines()
    )
    assert rows[1].startswith("改动,J2,")

    opened = openpyxl.load_workbook(file)
    opened.worksheets[0]["J2"] = "瞎写"
    opened.save(file)
    bad = CliRunner().invoke(cli, ["leads", "import", str(file), *own])
    assert bad.exit_code == 2
    assert "J2" in bad.output
    assert "什么都没有写入" in bad.output
