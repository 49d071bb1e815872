"""The sheets of gap reports: a chain, one link of it, all chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads, joined, short, yes
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.errors import Lang
    from chaingraph.export.cells import Cell
    from chaingraph.model.entity_report import GapExplanation
    from chaingraph.model.gap_report import GapReport, GapRow
    from chaingraph.model.overview_report import OverviewReport


_GAP_HEADS = (
    ("部分", "part"),
    ("排名", "rank"),
    ("环节", "link"),
    ("编号", "id"),
    ("方向", "direction"),
    ("动作", "move"),
    ("状态", "status"),
    ("依据", "evidence level"),
    ("年需求", "need a year"),
    ("需求为下限", "need is at least"),
    ("需求等级", "need grade"),
    ("单位", "unit"),
    ("本地供给", "local supply"),
    ("供给等级", "supply grade"),
    ("覆盖率", "coverage"),
    ("需求金额（元/年）", "value (CNY a year)"),
    ("最近供给企业", "nearest firm"),
    ("所在地", "its seat"),
    ("距离（公里）", "distance (km)"),
    ("最近供给等级", "nearest grade"),
    ("优先级", "priority"),
    ("优先级等级", "priority grade"),
    ("完整度", "completeness"),
    ("理由", "reason"),
    ("供给口径", "supply is"),
    ("产业链", "chain"),
    ("地区", "region"),
    ("截至", "as of"),
)


def gaps(report: GapReport) -> Sheet:
    """One row a link: gaps, without data, covered, the leaders' own."""
    parts = (
        ("gap", report.gaps),
        ("no_data", report.no_data),
        ("covered", report.covered),
        ("leader", report.leader_links),
    )
    place = (report.chain_name, report.region_name, report.as_of)
    rows = tuple((word(part, report.lang), *_gap(row, report.lang), *place) for part, found in parts for row in found)
    return Sheet(heads(report.lang, *_GAP_HEADS), rows)


def _gap(row: GapRow, lang: Lang) -> Iterator[Cell]:
    yield row.rank or ""
    yield row.name
    yield row.link
    yield word(row.direction, lang)
    yield word(row.move, lang) if row.move else ""
    yield word("no_data" if row.without_data else row.status, lang)
    yield word(row.evidence_level, lang)
    yield row.need.value
    yield yes(row.need.at_least, lang)
    yield row.need.grade
    yield row.unit
    yield row.supply.value
    yield row.supply.grade
    yield row.coverage
    yield row.value_cny
    near = row.nearest
    yield from ((near.name, near.region_name, near.distance_km, near.grade) if near else (None, None, None, None))
    yield None if row.priority is None else round(row.priority, 1)
    yield row.priority_grade
    yield round(row.completeness, 3)
    yield row.reason
    yield word(f"{row.supply.basis}_figure", lang) if row.supply.value is not None else ""


def explanation(report: GapExplanation) -> Sheet:
    """One row a component of the priority."""
    titles = heads(
        report.lang,
        ("成分", "component"),
        ("值", "value"),
        ("权重", "weight"),
        ("得分", "points"),
        ("等级", "grade"),
        ("依据", "why"),
    )
    rows = tuple(
        (word(part.name, report.lang), short(part.value), part.weight, short(part.contribution), part.grade, part.why)
        for part in report.row.components
    )
    return Sheet(titles, rows)


def overview(report: OverviewReport) -> Sheet:
    """One row a chain."""
    titles = heads(
        report.lang,
        ("产业链", "chain"),
        ("编号", "id"),
        ("链主", "leaders"),
        ("环节", "links"),
        ("缺口", "gaps"),
        ("已覆盖", "covered"),
        ("无数据", "no data"),
        ("配套率下限", "sourcing rate, at least"),
        ("配套率上限", "sourcing rate, at most"),
        ("配套率等级", "sourcing grade"),
        ("完整度下限", "completeness, at least"),
        ("完整度上限", "completeness, at most"),
        ("在办线索", "leads in work"),
        ("逾期线索", "leads overdue"),
        ("首要缺口", "first gaps"),
        ("待核实", "unverified"),
        ("地区", "region"),
        ("截至", "as of"),
    )
    rows = tuple(
        (
            chain.name,
            chain.chain,
            joined(dict.fromkeys(leader.name for leader in chain.leaders), report.lang),
            chain.links,
            chain.gaps,
            chain.covered,
            chain.no_data,
            *(short(end) for end in (chain.sourcing_low, chain.sourcing_high)),
            chain.sourcing_grade,
            *(short(end) for end in (chain.complete_low, chain.complete_high)),
            chain.leads_open,
            chain.leads_overdue,
            joined((gap.name for gap in chain.top), report.lang),
            ("；" if report.lang == "zh" else "; ").join(chain.unknown),
            report.region_name,
            report.as_of,
        )
        for chain in report.chains
    )
    return Sheet(titles, rows)
