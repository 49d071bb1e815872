"""The sheets of the ledger: leads, and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads, joined
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.errors import Lang
    from chaingraph.model.ledger_report import ChangeReport, EventSeen, HistoryReport, LedgerLead, LedgerReport


def ledger(report: LedgerReport) -> Sheet:
    """One row a lead."""
    titles = heads(
        report.lang,
        ("编号", "id"),
        ("企业", "firm"),
        ("环节", "link"),
        ("产业链", "chain"),
        ("类别", "kind"),
        ("阶段", "stage"),
        ("自", "since"),
        ("县区", "county"),
        ("责任人", "owner"),
        ("进展", "progress"),
        ("下一步", "next step"),
        ("下一步日期", "due"),
        ("原因", "reason"),
        ("县选", "selected by the county"),
        ("市备", "filed by the city"),
        ("签约日期", "signed on"),
        ("园区", "park"),
        ("投资（元）", "investment (CNY)"),
        ("用地（亩）", "area (mu)"),
        ("逾期", "overdue"),
        ("逾期天数", "days overdue"),
        ("入台账日期", "created"),
        ("入台账人", "created by"),
        ("最近变更", "changed"),
        ("变更人", "changed by"),
    )
    return Sheet(titles, tuple(_lead(lead, report.lang) for lead in report.leads))


def _lead(lead: LedgerLead, lang: Lang) -> tuple[str | float | None, ...]:
    signed = lead.project
    approved = {given.by: given.at[:10] for given in lead.approvals}
    return (
        lead.id,
        lead.firm_name,
        lead.link_name,
        lead.chain,
        word(lead.kind, lang),
        lead.stage_name,
        lead.since,
        lead.county_name or "",
        lead.owner or "",
        lead.progress or "",
        lead.next_step or "",
        lead.next_due or "",
        lead.reason or "",
        approved.get("county", ""),
        approved.get("city", ""),
        *((signed.date, signed.park_name, signed.investment_cny, signed.area_mu) if signed else ("",) * 4),
        joined((late.name for late in lead.overdue), lang),
        max((late.days for late in lead.overdue), default=""),
        lead.created[:10],
        lead.created_by,
        lead.changed[:10],
        lead.changed_by,
    )


def history(report: HistoryReport) -> Sheet:
    """One row an event."""
    return _events(report.events, report.lang)


def change(report: ChangeReport) -> Sheet:
    """One row an event that was added."""
    return _events(report.events, report.lang)


def _events(events: Iterable[EventSeen], lang: Lang) -> Sheet:
    titles = heads(
        lang,
        ("序号", "number"),
        ("时间", "at"),
        ("何人", "user"),
        ("何事", "kind"),
        ("线索", "lead"),
        ("内容", "said"),
    )
    rows = tuple((e.number, e.at, e.user, e.kind_name, e.lead or "", e.said) for e in events)
    return Sheet(titles, rows)
