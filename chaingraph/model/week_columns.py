"""The columns of the weekly list, declared once: workbook and CSV are written by them, the import reads by them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from chaingraph.errors import Text
from chaingraph.model.words import word

Kind = Literal["text", "number", "percent", "flag", "date", "url"]


class Column(NamedTuple):
    """A column: the field it shows, its header, its width in Latin letters, what it means.

    Where ``optional``, none is an empty cell: it does not apply, or waits to be filled in. Elsewhere none is unknown.
    """

    field: str
    head: Text
    width: float
    kind: Kind
    meaning: Text = Text("", "")
    editable: bool = False
    optional: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(
        *("rank", Text("序号", "No."), 4.5, "number"),
        Text("按产业链、缺口排名、得分排列的位置", "place by the chain, the rank of the gap, the points"),
    ),
    Column(
        *("id", Text("线索编号", "lead id"), 14, "text"),
        Text("同一地区的同一企业与环节，编号永久不变", "the same for ever for a firm and a link in a region"),
    ),
    Column(*("firm_name", Text("企业", "firm"), 10, "text"), Text("企业简称", "short name of the firm")),
    Column(
        *("link_name", Text("环节", "link"), 10, "text"),
        Text("企业可补的产业链环节", "the link of the chain that the firm could fill"),
    ),
    Column(*("chain_name", Text("产业链", "chain"), 10, "text"), Text("环节所在产业链", "the chain of the link")),
    Column(
        *("points", Text("得分", "points"), 6, "number"),
        Text(
            "满分 100：各项证实程度（0 至 1）× 权重之和 × 100，待核实的项不计分",
            "of 100: the sum of weight × component (0 to 1), × 100; what is unknown scores nothing",
        ),
    ),
    Column(
        *("why", Text("推荐理由", "why this firm"), 29, "text"),
        Text("得分各项的依据", "what the points rest on"),
    ),
    Column(
        *("introducer", Text("引荐路径", "introducer"), 15.5, "text"),
        Text("由本地链主经供货或持股关系到该企业的最短路径", "shortest way from a local leader by supplies and shares"),
    ),
    Column(
        *("park", Text("建议园区", "park"), 10, "text"),
        Text("各项检查最合适的园区", "the park that suits best"),
    ),
    Column(
        *("stage", Text("阶段", "stage"), 7, "text"),
        Text(
            "建议＝系统推荐、尚未入台账；改为“线索”即入台账。每次只进一步：线索→研判→在谈→拟签约→签约；或搁置、流失、剔除",
            "suggested = not accepted yet; set it to “new” to accept. One step at a time: new, assessing, talking, "
            "signing, signed; or parked, lost, dropped",
        ),
        *(True, True),
    ),
    Column(
        *("county", Text("承接县区", "county"), 7.5, "text"),
        Text("承接线索的县（市、区）", "the county that works the lead"),
        *(True, True),
    ),
    Column(*("owner", Text("责任人", "owner"), 7, "text"), Text("跟进人姓名", "who works the lead"), True, True),
    Column(
        *("next_step", Text("下一步", "next step"), 12.5, "text"),
        Text("没有下一步及其日期，不能进入研判、在谈、拟签约", "without it and its day a lead does not advance"),
        *(True, True),
    ),
    Column(
        *("next_due", Text("下一步日期", "due"), 10, "date"),
        Text("下一步的日期，如 2026-11-30", "the day of the next step, as 2026-11-30"),
        *(True, True),
    ),
    Column(
        *("progress", Text("进展", "progress"), 50, "text"),
        Text("最近一次进展，用一两句话", "the latest progress in a sentence or two"),
        *(True, True),
    ),
    Column(
        *("reason", Text("原因", "reason"), 24, "text"),
        Text("搁置、流失、剔除或退回上一阶段的原因", "why a lead is parked, lost, dropped or moved back"),
        *(True, True),
    ),
    Column(
        *("overdue", Text("逾期", "overdue"), 24, "text"),
        Text("已超过的时限与天数", "which clock has run out, and by how many days"),
    ),
    Column(
        *("move", Text("动作", "move"), 9.5, "text"),
        Text("强链、补链、延链或建链", "strengthen, fill, extend or build"),
    ),
    Column(
        *("gap_rank", Text("缺口排名", "gap no."), 7, "number"),
        Text("该缺口在产业链中的排名；空白＝现已不是缺口", "rank of the gap in its chain; empty where it is none now"),
        optional=True,
    ),
    Column(
        *("priority", Text("缺口优先级", "priority"), 8, "number"),
        Text("缺口的优先级，满分 100；空白＝现已不是缺口", "priority of the gap, of 100; empty where it is none now"),
        optional=True,
    ),
    Column(
        *("kind", Text("类别", "kind"), 10, "text"),
        Text(
            "招引（外地）、外溢承接（近圈或大湾区）、增资扩产（已在本地）",
            "from afar, of the near ring or the Bay Area, or here already",
        ),
    ),
    Column(*("full_name", Text("企业全称", "full name"), 36, "text"), Text("登记名称", "registered name")),
    Column(*("seat_name", Text("注册地", "seat"), 12, "text"), Text("企业注册地", "seat of the firm")),
    Column(
        *("nearest_name", Text("最近据点", "nearest"), 12, "text"),
        Text("离本地最近的工厂或注册地", "its plant or seat that is nearest"),
    ),
    Column(
        *("distance_km", Text("公里", "km"), 9, "number"),
        Text("最近据点到本地的直线距离", "straight line from its nearest site"),
    ),
    Column(
        *("points_most", Text("得分上限", "points at most"), 8, "number"),
        Text("若待核实的各项都有利于该企业时的得分", "if all that is unknown spoke for the firm"),
    ),
    Column(
        *("park_why", Text("园区理由", "why this park"), 80, "text"),
        Text("园区各项检查的结果", "what the checks of the park say"),
    ),
    Column(
        *("grade", Text("证据等级", "grade"), 6.5, "text"),
        Text(
            "A 政府文件、公告或登记；B 报道；C 名录或文字匹配；D 编者判断",
            "A official, B press, C directory, D judgement",
        ),
    ),
    Column(
        *("sources", Text("独立来源", "sources"), 6.5, "number"),
        Text("证明其生产该环节的独立发布者数", "independent publishers that say it makes the link"),
    ),
    Column(*("source_title", Text("来源", "source"), 50, "text"), Text("最好的一条来源", "the best source")),
    Column(*("source_url", Text("来源链接", "source link"), 24, "url"), Text("来源网址", "address of the source")),
    Column(
        *("source_as_of", Text("来源日期", "source date"), 11, "date"),
        Text("来源所述日期", "day of the source"),
        optional=True,
    ),
)
PRINTED = 14
"""So many columns go on paper; the rest is for the screen."""
FROZEN = 4
"""So many columns stay in sight: they say which lead a row is."""
EDITABLE: tuple[Column, ...] = tuple(column for column in COLUMNS if column.editable)

LEADS = Text("目标企业清单", "target leads")
GAPS = Text("缺口汇总", "gaps")
CHANGES = Text("本周变化", "changes of the week")
VETOED = Text("剔除名单", "kept out")
NOTES = Text("口径说明", "how to read it")
"""The names of the sheets."""

SCOPE = Text("导出范围", "scope")
WEEK = Text("导出周次", "week")
REVISION = Text("导出版本", "revision")
CHECK = Text("导出校验", "fingerprint")
"""The rows of the last sheet by which an import knows the export."""

SUGGESTED = "suggested"
"""The stage of a row that is no lead of the ledger yet."""


_UNKNOWN = tuple(word("unknown", lang) for lang in ("zh", "en"))
_LONGEST = 16_000
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """The text as a cell can hold it: line breaks of one kind, no character that XML forbids, not longer than Excel's.

    >>> shown("a\\r\\nb\\x07")
    'a\\nb\ufffd'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ILLEGAL.sub("\ufffd", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def returned(text: str | None) -> str | None:
    """A text as a cell gives it back: None where it is empty or 待核实. Both sides of an import are read by it.

    >>> returned(" a\\r\\nb "), returned("待核实"), returned(" ")
    ('a\\nb', None, None)
    """
    kept = shown(text).strip() if text else ""
    return None if kept in _UNKNOWN else kept or None
