"""The sheets of leads and of the explanation of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Cell, Sheet, heads, joined, short
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.errors import Lang
    from chaingraph.model.lead_report import GapLeads, Lead, LeadReport, LeadsReport


def leads(report: LeadsReport) -> Sheet:
    """One row a lead, then one a vetoed candidate, gap by gap."""
    titles = heads(
        report.lang,
        ("缺口排名", "gap rank"),
        ("环节", "link"),
        ("动作", "move"),
        ("状态", "status"),
        ("缺口优先级", "gap priority"),
        ("序号", "rank"),
        ("线索编号", "lead"),
        ("企业", "firm"),
        ("企业编号", "firm id"),
        ("类别", "kind"),
        ("注册地", "seat"),
        ("最近据点", "nearest"),
        ("公里", "km"),
        ("得分", "points"),
        ("得分上限", "points at most"),
        ("证据等级", "grade"),
        ("独立来源", "independent sources"),
        ("推荐理由", "why"),
        ("引荐", "introducer"),
        ("园区", "park"),
        ("园区理由", "why the park"),
        ("台账阶段", "stage in the ledger"),
        ("否决原因", "vetoes"),
        ("来源", "source"),
        ("来源网址", "source url"),
    )
    rows = ((*_gap(gap, report), *_lead(lead, report)) for gap in report.gaps for lead in (*gap.leads, *gap.vetoed))
    return Sheet(titles, tuple(rows))


def _gap(gap: GapLeads, report: LeadsReport) -> Iterator[Cell]:
    yield gap.rank or ""
    yield gap.name
    yield word(gap.move, report.lang) if gap.move else ""
    yield word(gap.status, report.lang)
    yield short(gap.priority)


def _lead(lead: Lead, report: LeadsReport) -> Iterator[Cell]:
    lang = report.lang
    yield lead.rank or ""
    yield from (lead.id, lead.full_name, lead.firm, word(lead.kind, lang), lead.seat_name, lead.nearest_name)
    yield from (lead.distance_km, short(lead.points), short(lead.points_most), lead.grade, lead.sources, lead.why)
    yield lead.introducer.why if lead.introducer else ""
    yield from (lead.park.name, lead.park.why) if lead.park else ("", "")
    yield word(lead.stage, lang) if lead.stage else ""
    yield joined((f"{word(veto.name, lang)}：{veto.why}" for veto in lead.vetoes), lang)
    yield from (lead.source_title, lead.source_url or "")


def _holds(holds: bool | None, lang: Lang) -> Cell:
    return None if holds is None else ("合" if holds else "不合") if lang == "zh" else ("holds" if holds else "fails")


def explanation(report: LeadReport) -> Sheet:
    """One row a component, a veto, a check of a park, a tie of the introducer's way, and what is unknown."""
    lang, lead = report.lang, report.lead
    titles = heads(lang, ("部分", "part"), ("项", "item"), ("取值", "value"), ("依据", "why"), ("等级", "grade"))
    rows: list[tuple[Cell, ...]] = [
        (word("lead", lang), lead.id, short(lead.points), lead.why, lead.grade),
        *(
            (word("points", lang), word(part.name, lang), short(part.value), part.why, part.grade)
            for part in lead.components
        ),
        *((word("veto", lang), word(veto.name, lang), "", veto.why, "") for veto in lead.vetoes),
    ]
    for tie in lead.introducer.ties if lead.introducer else ():
        way = f"{tie.from_name} — {tie.label} → {tie.to_name}"
        rows.append((word("introducer", lang), way, "", f"{tie.source_title} {tie.as_of}", tie.grade))
    for park in report.parks:
        rows += [
            (park.name, word(check.name, lang), _holds(check.holds, lang), check.why, check.grade)
            for check in park.checks
        ]
    rows += [(word("unknown", lang), why, "", "", "") for why in (*report.unknown, *report.park_unknown)]
    return Sheet(titles, tuple(rows))
