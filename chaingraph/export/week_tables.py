"""What the sheets of the weekly workbook hold beside the leads: gaps, changes, the kept out, and how to read it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text
from chaingraph.model.week_columns import CHECK, COLUMNS, REVISION, SCOPE, WEEK, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.week_report import WeekReport

GAP_COLUMNS: tuple[Column, ...] = (
    Column("chain_name", Text("产业链", "chain"), 10, "text"),
    Column("rank", Text("缺口排名", "gap no."), 7, "number"),
    Column("name", Text("环节", "link"), 14, "text"),
    Column("direction", Text("方向", "side"), 7, "text"),
    Column("move", Text("动作", "move"), 7, "text"),
    Column("status", Text("状态", "status"), 7, "text"),
    Column("need", Text("年需求", "need a year"), 11, "number"),
    Column("need_at_least", Text("需求为下限", "need at least"), 7, "flag"),
    Column("unit", Text("单位", "unit"), 7, "text"),
    Column("need_grade", Text("需求等级", "need grade"), 7, "text", optional=True),
    Column("coverage", Text("覆盖率", "coverage"), 7, "percent"),
    Column("priority", Text("优先级", "priority"), 7, "number"),
    Column("priority_grade", Text("优先级等级", "priority grade"), 7, "text", optional=True),
    Column("leads", Text("线索数", "leads"), 7, "number"),
    Column("vetoed", Text("否决数", "vetoed"), 7, "number"),
    Column("reason", Text("判定理由", "reason"), 48, "text"),
)
CHANGE_COLUMNS: tuple[Column, ...] = (
    Column("change_name", Text("变化", "change"), 10, "text"),
    Column("id", Text("线索编号", "lead id"), 14, "text"),
    Column("firm_name", Text("企业", "firm"), 12, "text"),
    Column("link_name", Text("环节", "link"), 14, "text"),
    Column("rank_before", Text("上次序号", "no. before"), 9, "number", optional=True),
    Column("rank_now", Text("本次序号", "no. now"), 9, "number", optional=True),
    Column("why", Text("原因", "why"), 80, "text"),
)
VETOED_COLUMNS: tuple[Column, ...] = (
    Column("id", Text("线索编号", "lead id"), 14, "text"),
    Column("firm_name", Text("企业", "firm"), 12, "text"),
    Column("link_name", Text("环节", "link"), 14, "text"),
    Column("veto", Text("类别", "kind"), 14, "text"),
    Column("why", Text("理由", "why"), 50, "text"),
    Column("grade", Text("证据等级", "grade"), 7, "text", optional=True),
    Column("source_title", Text("来源", "source"), 34, "text"),
    Column("source_url", Text("来源链接", "source link"), 20, "url"),
)

_FILLING = (
    (
        Text("怎样填写", "how to fill it in"),
        Text(
            "只改底色为浅黄、表头为深黄的列；其余各列改了也不导入。可以整表排序、筛选、删行、加列，"
            "不要改表头、线索编号与企业名，不要合并单元格",
            "change only the tinted columns; changes in others are not imported. Sort the whole table, filter, delete "
            "rows and add columns as you like; leave headers, lead ids and names of firms alone, merge no cells",
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


def note_rows(report: WeekReport, check: str) -> Iterator[tuple[str, str]]:
    """The sheet of notes: which export it is, how to fill it in, what each column means, how points come about."""
    lang, zh = report.lang, report.lang == "zh"
    chain = report.chain_name or ("全部产业链" if zh else "all chains")
    yield (
        ("地区与产业链", f"{report.region_name}，{chain}")
        if zh
        else ("region, chain", f"{report.region_name}, {chain}")
    )
    yield SCOPE.in_(lang), report.scope
    yield WEEK.in_(lang), report.week
    yield REVISION.in_(lang), str(report.revision)
    yield CHECK.in_(lang), check
    for name, said in _FILLING:
        yield name.in_(lang), said.in_(lang)
    for column in COLUMNS:
        mark = ("（可填写）" if zh else " (to fill in)") if column.editable else ""
        yield column.head.in_(lang) + mark, column.meaning.in_(lang)
    yield from report.notes
