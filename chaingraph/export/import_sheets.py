"""The sheets of imports: what was brought, which there are, which firms may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.model.import_report import ImportsReport, ReviewReport, TakenReport


def taken(report: TakenReport) -> Sheet:
    """One row a kind of refusal, below a row each for the links."""
    titles = heads(
        report.lang,
        ("类别", "kind"),
        ("名称", "name"),
        ("数量", "count"),
        ("文件", "file"),
        ("行", "row"),
        ("列", "field"),
        ("值", "value"),
        ("说明", "what"),
        ("如何改", "mend"),
    )
    link, refused = (word(key, report.lang) for key in ("link", "refused"))
    none = (None,) * 6
    rows = [(link, one.name, one.firms, *none) for one in report.links]
    told = [
        (refused, one.kind, one.count, one.file, one.row, one.field, one.value, one.what, one.mend)
        for one in report.refused
    ]
    return Sheet(titles, (*rows, *told))


def imports(report: ImportsReport) -> Sheet:
    """One row an import."""
    titles = heads(
        report.lang,
        ("编号", "number"),
        ("类别", "kind"),
        ("文件", "files"),
        ("编制", "publisher"),
        ("日期", "as of"),
        ("企业", "firms"),
        ("新企业", "new firms"),
        ("普查地区", "census of"),
        ("普查行业", "industries"),
        ("导入人", "user"),
        ("导入时间", "at"),
        ("撤销人", "undone by"),
        ("撤销时间", "undone at"),
    )
    return Sheet(
        titles,
        tuple(
            (
                one.number,
                one.kind_name,
                "、".join(one.files),
                one.publisher,
                one.as_of,
                one.counts["statements"],
                one.counts["new_firms"],
                one.region,
                "、".join(one.industries) or None,
                one.user,
                one.at,
                one.undone_by,
                one.undone_at,
            )
            for one in report.imports
        ),
    )


def review(report: ReviewReport) -> Sheet:
    """One row a pair of firms."""
    titles = heads(
        report.lang,
        ("编号", "number"),
        ("企业", "firm"),
        ("企业编号", "firm id"),
        ("或即", "may be"),
        ("其编号", "its id"),
        ("分", "score"),
        ("因为", "because"),
        ("决定", "decision"),
        ("决定人", "by"),
        ("时间", "at"),
        ("导入", "import"),
    )
    return Sheet(
        titles,
        tuple(
            (
                one.number,
                one.firm_name,
                one.firm,
                one.other_name,
                one.other,
                one.score,
                one.why,
                word(one.decided, report.lang) if one.decided else None,
                one.by,
                one.at,
                one.import_number,
            )
            for one in report.doubtful
        ),
    )
