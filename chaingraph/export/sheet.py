"""Reports as flat sheets: one table of plain cells a report, which CSV and Markdown are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.check_report import CheckReport
from chaingraph.model.entity_report import EntityReport, GapExplanation
from chaingraph.model.gap_report import GapReport
from chaingraph.model.path_report import PathReport
from chaingraph.model.search_report import SearchReport
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import Fact
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.report import Report

Cell = str | float | None


class Sheet(NamedTuple):
    """Headers and rows of cells; None is unknown, an empty text does not apply."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet(report: Report) -> Sheet:
    """The sheet of a report."""
    match report:
        case GapReport():
            return _gaps(report)
        case GapExplanation():
            return _explanation(report)
        case ChainsReport():
            return _chains(report)
        case EntityReport():
            return _entity(report)
        case CheckReport():
            return _check(report)
        case SearchReport():
            return _search(report)
        case PathReport():
            return _path(report)


def _heads(lang: Lang, *pairs: tuple[str, str]) -> tuple[str, ...]:
    return tuple(pair[0 if lang == "zh" else 1] for pair in pairs)


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


def _gaps(report: GapReport) -> Sheet:
    parts = (
        ("gap", report.gaps),
        ("no_data", report.no_data),
        ("covered", report.covered),
        ("leader", report.leader_links),
    )
    place = (report.chain_name, report.region_name, report.as_of)
    rows = tuple((word(part, report.lang), *_gap(row, report.lang), *place) for part, found in parts for row in found)
    return Sheet(_heads(report.lang, *_GAP_HEADS), rows)


def _gap(row: GapRow, lang: Lang) -> Iterator[Cell]:
    yield row.rank or ""
    yield row.name
    yield row.link
    yield word(row.direction, lang)
    yield word(row.move, lang) if row.move else ""
    yield word("no_data" if row.without_data else row.status, lang)
    yield word(row.evidence_level, lang)
    yield row.need.value
    yield ("是" if lang == "zh" else "yes") if row.need.at_least else ""
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


def _explanation(report: GapExplanation) -> Sheet:
    heads = _heads(
        report.lang,
        ("成分", "component"),
        ("值", "value"),
        ("权重", "weight"),
        ("得分", "points"),
        ("等级", "grade"),
        ("依据", "why"),
    )
    rows = tuple(
        (word(part.name, report.lang), _short(part.value), part.weight, _short(part.contribution), part.grade, part.why)
        for part in report.row.components
    )
    return Sheet(heads, rows)


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _chains(report: ChainsReport) -> Sheet:
    heads = _heads(
        report.lang,
        ("编号", "id"),
        ("产业链", "chain"),
        ("环节", "links"),
        ("上游", "upstream"),
        ("中游", "midstream"),
        ("下游", "downstream"),
        ("上下游关系", "feeds"),
        ("已量化", "quantified"),
        ("链主", "leaders"),
    )
    rows = tuple(
        (
            chain.id,
            chain.name,
            chain.links,
            chain.upstream,
            chain.midstream,
            chain.downstream,
            chain.feeds,
            chain.quantified_feeds,
            "、".join(dict.fromkeys(leader.name for leader in chain.leaders)),
        )
        for chain in report.chains
    )
    return Sheet(heads, rows)


def _entity(report: EntityReport) -> Sheet:
    heads = _heads(
        report.lang,
        ("事实", "fact"),
        ("对象", "object"),
        ("值", "value"),
        ("单位", "unit"),
        ("日期", "date"),
        ("采用", "used"),
        ("等级", "grade"),
        ("截至", "as of"),
        ("来源", "source"),
        ("位置", "locator"),
        ("网址", "address"),
        ("说明", "note"),
    )
    yes = "是" if report.lang == "zh" else "yes"
    rows = tuple(
        (
            fact.label,
            fact.object_name or "",
            _value(fact),
            fact.unit or "",
            fact.date or "",
            yes if fact.used else "",
            citation.grade,
            citation.as_of,
            citation.title,
            citation.locator,
            citation.url or "",
            citation.note or "",
        )
        for fact in report.facts
        for citation in fact.citations
    )
    return Sheet(heads, rows)


def _value(fact: Fact) -> Cell:
    """The fact's value; empty where it has none to give, None where a project's capacity is not known."""
    if fact.value is None and fact.predicate != "made_by_project":
        return ""
    return fact.value


def _check(report: CheckReport) -> Sheet:
    heads = _heads(
        report.lang,
        ("文件", "file"),
        ("行", "line"),
        ("字段", "field"),
        ("问题", "problem"),
        ("改法", "mend"),
    )
    return Sheet(heads, tuple((p.file, p.line, p.field, p.what, p.mend) for p in report.problems))


def _search(report: SearchReport) -> Sheet:
    heads = _heads(
        report.lang,
        ("种类", "kind"),
        ("名称", "name"),
        ("编号", "id"),
        ("说明", "about"),
        ("命中", "by"),
    )
    return Sheet(
        heads,
        tuple((hit.kind_name, hit.name, hit.id, hit.about, word(hit.how, report.lang)) for hit in report.hits),
    )


def _path(report: PathReport) -> Sheet:
    heads = _heads(
        report.lang,
        ("路径", "path"),
        ("步", "step"),
        ("从", "from"),
        ("关系", "tie"),
        ("到", "to"),
        ("等级", "grade"),
        ("来源", "source"),
        ("位置", "locator"),
    )
    rows = tuple(
        (number, place, step.start.name, fact.label, step.end.name, citation.grade, citation.title, citation.locator)
        for number, steps in enumerate(report.paths, 1)
        for place, step in enumerate(steps, 1)
        for fact in step.facts
        for citation in fact.citations
    )
    return Sheet(heads, rows)
