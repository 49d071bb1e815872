"""Weekly lists made by hand, so that a test can change one field and see what happens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chaingraph.model.week_report import WeekChange, WeekGap, WeekLead, WeekReport, WeekVetoed

LEAD = WeekLead(
    rank=1,
    id="L-celler-cell",
    chain="demo",
    chain_name="演示链",
    link="cell",
    link_name="电芯",
    move="补链",
    gap_rank=1,
    priority=71.5,
    firm="celler",
    firm_name="电芯厂",
    full_name="电芯股份有限公司",
    kind="招引",
    seat_name="宁德市",
    nearest_name="广州市",
    distance_km=640.3,
    points=48.2,
    points_most=73.0,
    components=(("capability", 20.0, "主营电芯"), ("momentum", None, "无动向")),
    why="主营电芯；已向造车供货；距本地 640 公里",
    introducer="造车 ← 供货 ← 电芯厂",
    park="新区",
    park_why="主攻电池；熟地待核实",
    stage="建议",
    county=None,
    owner=None,
    progress=None,
    next_step=None,
    next_due=None,
    reason=None,
    overdue="",
    signals=(),
    veto="",
    grade="B",
    sources=2,
    source_title="日报",
    source_url="https://example.org/a?b=1#c",
    source_as_of="2023-06-01",
    version=0,
)
CHECK = "0123456789abcdef"
GAP = WeekGap(
    *("演示链", 1, "cell", "电芯", "上游", "补链", "缺失", 5.0, True, "GWh", "D", 0.25, 71.5, "D", 3, 1, "整车在本地"),
)


def lead(number: int, **fields: Any) -> WeekLead:
    """A lead of its own id and place."""
    return replace(LEAD, **{"rank": number, "id": f"L-{number:05}", "firm_name": f"企业{number}", **fields})


def week(*leads: WeekLead, **fields: Any) -> WeekReport:
    """A list of leads, in its first week unless told otherwise."""
    made = WeekReport(
        lang="zh",
        region="441200",
        region_name="肇庆市",
        chain=None,
        chain_name=None,
        week="2026-W47",
        revision=1,
        as_of="2026-11-20",
        pack="0" * 16,
        event=0,
        compared_with=None,
        first=5,
        top=3,
        counties=("高要区", "端州区"),
        owners=("王某", "李某"),
        leads=leads,
        gaps=(GAP,),
        changes=(WeekChange("added", "新增", "L-00001", "企业1", "电芯", None, 1, "新进入缺口“电芯”前 3 名"),),
        vetoed=(
            WeekVetoed("L-00009", "老厂", "电芯", "已注销", "2023-06-01 注销", "A", "登记", None),
            WeekVetoed("L-00010", "失厂", "电芯", "流失", "去了佛山", None, "", ""),
        ),
        notes=(("得分权重", "生产能力 25%"),),
    )
    return replace(made, **fields)
