"""What the sheets of the weekly workbook hold beside the leads: gaps, changes, the kept out, and how to read it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text
from chaingraph.model.week_columns import COLUMNS, REVISION, SCOPE, WEEK, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.week_report import WeekReport

GAP_COLUMNS: tuple[Column, ...] = (
    Column("chain_name", Text("产业链", "chain"), 14, "text"),
    Column("rank", Text("序位", "no."), 6, "number"),
    Column("name", Text("环节", "link"), 16, "text"),
    Column("direction", Text("方向", "side"), 8, "text"),
    Column("move", Text("动作", "move"), 8, "text"),
    Column("status", Text("状态", "status"), 8, "text"),
    Column("need", Text("年需求", "need a year"), 14, "number"),
    Column("need_at_least", Text("需求为下限", "need at least"), 8, "flag"),
    Column("unit", Text("单位", "unit"), 8, "text"),
    Column("need_grade", Text("需求等级", "need grade"), 7, "text", optional=True),
    Column("coverage", Text("本地覆盖", "coverage"), 8, "percent"),
    Column("priority", Text("优先级", "priority"), 8, "number"),
    Column("priority_grade", Text("优先级等级", "priority grade"), 8, "text", optional=True),
    Column("leads", Text("线索数", "leads"), 7, "number"),
    Column("vetoed", Text("剔除数", "kept out"), 7, "number"),
    Column("reason", Text("判定理由", "reason"), 50, "text"),
)
CHANGE_COLUMNS: tuple[Column, ...] = (
    Column("change_name", Text("变化", "change"), 10, "text"),
    Column("id", Text("线索编号", "lead id"), 14, "text"),
    Column("firm_name", Text("企业", "firm"), 18, "text"),
    Column("link_name", Text("环节", "link"), 18, "text"),
    Column("rank_before", Text("上次序号", "no. before"), 9, "number", optional=True),
    Column("rank_now", Text("本次序号", "no. now"), 9, "number", optional=True),
    Column("why", Text("原因", "why"), 80, "text"),
)
VETOED_COLUMNS: tuple[Column, ...] = (
    Column("id", Text("线索编号", "lead id"), 14, "text"),
    Column("firm_name", Text("企业", "firm"), 18, "text"),
    Column("link_name", Text("环节", "link"), 18, "text"),
    Column("veto", Text("剔除类别", "veto"), 14, "text"),
    Column("why", Text("理由", "why"), 60, "text"),
    Column("grade", Text("证据等级", "grade"), 8, "text", optional=True),
    Column("source_title", Text("来源", "source"), 34, "text"),
    Column("source_url", Text("来源链接", "source link"), 30, "url"),
)

_FILLING = (
    (
        Text("怎样填写", "how to fill it in"),
        Text(
            "只改底色为浅黄、表头为深黄的列；其余各列改了也不导入。可以排序、筛选、删行、加列，不要改表头与线索编号",
            "change only the tinted columns; changes in others are not imported. Sort, filter, delete rows and add "
            "columns as you like; leave the headers and the lead ids alone",
        ),
    ),
    (
        Text("交回", "handing it back"),
        Text(
            "存为 .xlsx 后由 chaingraph leads import 导入；导出之后台账已有改动的行不覆盖，逐条列出",
            "save it as .xlsx and import it with chaingraph leads import; rows that changed in the ledger since the "
            "export are not overwritten but listed",
        ),
    ),
    (
        Text("待核实", "unverified"),
        Text("没有资料，不等于零", "nothing is known, which is not zero"),
    ),
)


def note_rows(report: WeekReport) -> Iterator[tuple[str, str]]:
    """The sheet of notes: which export it is, how to fill it in, what each column means, how points come about."""
    lang = report.lang
    yield SCOPE.in_(lang), report.scope
    yield WEEK.in_(lang), report.week
    yield REVISION.in_(lang), str(report.revision)
    for name, said in _FILLING:
        yield name.in_(lang), said.in_(lang)
    for column in COLUMNS:
        mark = ("（可填写）" if lang == "zh" else " (to fill in)") if column.editable else ""
        yield column.head.in_(lang) + mark, column.meaning.in_(lang)
    yield from report.notes
