"""The sheets of what is known of entities: chains, facts, hits of a search, paths, problems of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads, joined, yes
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.export.cells import Cell
    from chaingraph.model.chain_report import ChainsReport
    from chaingraph.model.check_report import CheckReport
    from chaingraph.model.entity_report import EntityReport, Fact
    from chaingraph.model.path_report import PathReport
    from chaingraph.model.search_report import SearchReport


def chains(report: ChainsReport) -> Sheet:
    """One row a chain."""
    titles = heads(
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
            joined(dict.fromkeys(leader.name for leader in chain.leaders), report.lang),
        )
        for chain in report.chains
    )
    return Sheet(titles, rows)


def entity(report: EntityReport) -> Sheet:
    """One row a citation of a fact."""
    titles = heads(
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
    rows = tuple(
        (
            fact.label,
            fact.object_name or "",
            _value(fact),
            fact.unit or "",
            fact.date or "",
            yes(fact.used, report.lang),
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
    return Sheet(titles, rows)


def _value(fact: Fact) -> Cell:
    """The fact's value; empty where it has none to give, None where a project's capacity is not known."""
    if fact.value is None and fact.predicate != "made_by_project":
        return ""
    return fact.value


def search(report: SearchReport) -> Sheet:
    """One row a hit."""
    titles = heads(
        report.lang,
        ("种类", "kind"),
        ("名称", "name"),
        ("编号", "id"),
        ("说明", "about"),
        ("命中", "by"),
    )
    return Sheet(
        titles,
        tuple((hit.kind_name, hit.name, hit.id, hit.about, word(hit.how, report.lang)) for hit in report.hits),
    )


def path(report: PathReport) -> Sheet:
    """One row a citation of a step."""
    titles = heads(
        report.lang,
        ("路径", "path"),
        ("步", "step"),
        ("从", "from"),
        ("关系", "tie"),
        ("到", "to"),
        ("值", "value"),
        ("等级", "grade"),
        ("截至", "as of"),
        ("来源", "source"),
        ("位置", "locator"),
    )
    rows = tuple(
        (
            *(number, place, step.start.name, fact.label, step.end.name, _value(fact) or ""),
            *(citation.grade, citation.as_of, citation.title, citation.locator),
        )
        for number, steps in enumerate(report.paths, 1)
        for place, step in enumerate(steps, 1)
        for fact in step.facts
        for citation in fact.citations
    )
    return Sheet(titles, rows)


def check(report: CheckReport) -> Sheet:
    """One row a problem."""
    titles = heads(
        report.lang,
        ("文件", "file"),
        ("行", "line"),
        ("字段", "field"),
        ("问题", "problem"),
        ("改法", "mend"),
    )
    return Sheet(titles, tuple((p.file, p.line, p.field, p.what, p.mend) for p in report.problems))
