"""The sheets of what an export and an import of the weekly list did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads, yes

if TYPE_CHECKING:
    from chaingraph.model.week_report import ExportReport, ImportReport


def exported(report: ExportReport) -> Sheet:
    """One row a file."""
    titles = heads(report.lang, ("文件", "file"), ("周次", "week"), ("版本", "revision"), ("线索", "leads"))
    return Sheet(titles, tuple((file, report.week, report.revision, report.leads) for file in report.files))


def imported(report: ImportReport) -> Sheet:
    """One row a problem."""
    titles = heads(
        report.lang,
        ("单元格", "cell"),
        ("线索编号", "lead id"),
        ("冲突", "conflict"),
        ("问题", "problem"),
        ("改法", "mend"),
    )
    return Sheet(
        titles,
        tuple(
            (problem.cell, problem.lead or "", yes(problem.conflict, report.lang), problem.what, problem.mend)
            for problem in report.problems
        ),
    )
