"""The sheets of what an export and an import of the weekly list did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads

if TYPE_CHECKING:
    from chaingraph.model.week_report import ExportReport, ImportReport


def exported(report: ExportReport) -> Sheet:
    """One row a file."""
    titles = heads(report.lang, ("文件", "file"), ("周次", "week"), ("版本", "revision"), ("线索", "leads"))
    return Sheet(titles, tuple((file, report.week, report.revision, report.leads) for file in report.files))


def imported(report: ImportReport) -> Sheet:
    """One row an edit, then one row a problem."""
    zh = report.lang == "zh"
    titles = heads(
        report.lang,
        ("类别", "kind"),
        ("单元格", "cell"),
        ("线索编号", "lead id"),
        ("企业", "firm"),
        ("列", "column"),
        ("原为", "before"),
        ("改为", "after"),
        ("问题", "problem"),
        ("改法", "mend"),
    )
    edit, conflict, problem = ("改动", "冲突", "问题") if zh else ("edit", "conflict", "problem")
    edits = ((edit, e.cell, e.lead, e.firm_name, e.column, e.before or "", e.after or "", "", "") for e in report.edits)
    problems = (
        (conflict if p.conflict else problem, p.cell, p.lead or "", "", "", "", "", p.what, p.mend)
        for p in report.problems
    )
    return Sheet(titles, (*edits, *problems))
