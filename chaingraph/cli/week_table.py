"""What an export and an import of the weekly list did, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import fit, wrap
from chaingraph.model.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.week_report import ExportReport, ImportEdit, ImportProblem, ImportReport

_CUT = 400
"""A text that somebody wrote may be long: so many cells of it are shown here, the JSON and the CSV have it all."""


def exported(report: ExportReport) -> str:
    """The list that was written, and its files."""
    if report.lang == "zh":
        told = f"{report.region_name} {report.week} 目标企业清单"
        told += f" 第 {report.revision} 版" if report.revision > 1 else ""
        told += f"：{report.leads} 条线索，{report.changes} 处变化"
        again = "这一周已定稿，按定稿重新写出；要更新请加 --revise"
    else:
        told = f"{report.region_name} {report.week}, target leads"
        told += f", revision {report.revision}" if report.revision > 1 else ""
        told += f": {counted(report.leads, 'lead')}, {counted(report.changes, 'change')}"
        again = "this week was exported before and is written as it was; --revise makes it anew"
    return "\n".join([told, *([again] if report.again else []), *(f"  {file}" for file in report.files)]) + "\n"


def imported(report: ImportReport) -> str:
    """What was taken over, cell by cell, and what was not, problem by problem with its cell."""
    zh = report.lang == "zh"
    lines = [
        f"{report.file}（{report.week}，第 {report.revision} 版），{report.user}"
        if zh
        else f"{report.file} ({report.week}, revision {report.revision}), {report.user}",
        f"    {report.rows} 行：{report.rows_changed} 行有改动，{report.rows_same} 行未改；"
        f"清单中 {report.rows_absent} 行不在文件里"
        if zh
        else f"    {counted(report.rows, 'row')}: {report.rows_changed} with edits, {report.rows_same} without; "
        f"{report.rows_absent} of the list not in the file",
        *(f"    {notice}" for notice in report.notices),
    ]
    lines += _edits(report.edits, zh)
    for problem in report.problems:
        lines += wrap(_problem(problem, zh), "      ")
    return "\n".join([*lines, _outcome(report, zh)]) + "\n"


def _edits(edits: tuple[ImportEdit, ...], zh: bool) -> Iterator[str]:
    """Under each lead its cells, as the ledger had them and has them now."""
    lead = None
    for edit in edits:
        if edit.lead != lead:
            lead = edit.lead
            yield f"  {lead} {edit.firm_name}"
        before, after = (fit(value.replace("\n", " "), _CUT) if value else "—" for value in (edit.before, edit.after))
        yield from wrap(f"      {edit.cell} {edit.column}{'：' if zh else ': '}{before} → {after}", " " * 10)


def _problem(problem: ImportProblem, zh: bool) -> str:
    kind = ("冲突 " if zh else "conflict ") if problem.conflict else ""
    lead = f" {problem.lead}" if problem.lead else ""
    mend = (f" → 改法：{problem.mend}" if zh else f" → mend: {problem.mend}") if problem.mend else ""
    return (
        f"  {kind}{problem.cell}{lead}：{problem.what}{mend}"
        if zh
        else f"  {kind}{problem.cell}{lead}: {problem.what}{mend}"
    )


def _outcome(report: ImportReport, zh: bool) -> str:
    if report.again:
        return "这个文件已导入过，没有写入" if zh else "this very file was imported before: nothing was written"
    problems = len(report.problems)
    if problems and not report.events:
        return (
            f"{problems} 个问题，什么都没有写入；改好后再导入，或加 --partial 只写无问题的行"
            if zh
            else f"{counted(problems, 'problem')}: nothing was written; mend and import again, or write the rest "
            "with --partial"
        )
    rest = (f"，{problems} 个问题未写入" if zh else f", {counted(problems, 'problem')} left out") if problems else ""
    if not report.events and report.rows_changed:
        return "改动都已在台账里，什么都不用写入" if zh else "the ledger says so already: nothing to write"
    if not report.events:
        return "没有改动，什么都不用写入" if zh else "no edits: nothing to write"
    if report.dry_run:
        return f"试运行：会写入 {report.events} 个事件{rest}" if zh else f"dry run: {report.events} events{rest}"
    return f"写入 {report.events} 个事件{rest}" if zh else f"wrote {counted(report.events, 'event')}{rest}"
