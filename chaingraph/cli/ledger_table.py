"""Lays out the reports on the ledger for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns, pad, width, wrap
from chaingraph.model.numbers import counted, money, number
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.ledger_report import (
        ChangeReport,
        EventSeen,
        HistoryReport,
        LedgerLead,
        LedgerReport,
        SignedProject,
    )

_NONE = "—"
_HEADS = {
    "zh": ("编号", "企业", "环节", "阶段", "自", "县区", "责任人", "下一步", "逾期"),
    "en": ("id", "firm", "link", "stage", "since", "county", "owner", "next step", "overdue"),
}
_CAPS = {"zh": (11, 12, 12, 6, 10, 8, 8, 13, 12), "en": (11, 12, 12, 9, 10, 8, 8, 11, 11)}
_EVENT_HEADS = {"zh": ("#", "时间", "何人", "何事", "线索", "内容"), "en": ("#", "at", "who", "what", "lead", "said")}
_EVENT_CAPS = {"zh": (6, 16, 10, 8, 11), "en": (6, 16, 10, 13, 11)}


def board_table(report: LedgerReport) -> str:
    """The leads, one a line."""
    zh = report.lang == "zh"
    lines = [
        f"台账 {report.total} 条线索，未销号 {report.open}，逾期 {report.overdue} 截至 {report.as_of}"
        if zh
        else f"{counted(report.total, 'lead')} in the ledger, {report.open} open, {report.overdue} overdue "
        f"as of {report.as_of}"
    ]
    stages = [f"{word(stage, report.lang)} {count}" for stage, count in report.by_stage.items() if count]
    lines += [f"    {'  '.join(stages)}"] if stages else []
    if report.leads:
        rows = [_row(lead, report.as_of[:4]) for lead in report.leads]
        caps = list(_CAPS[report.lang])
        # What the days leave free goes to the next step.
        caps[7] += caps[4] - max(width(row[4]) for row in rows)
        lines += ["", *columns(_HEADS[report.lang], rows, caps, (False,) * 9)]
    note = (
        "注：!10 研判 +1 = 最久的逾期 10 天（研判），另有 1 项逾期；逾期按 scoring.yaml 的时限（clocks）与下一步日期；"
        "销号的加 --all；"
        "详情：chaingraph leads show 编号"
        if zh
        else "!10 assess +1 = the longest overdue for 10 days (assess), and one more; by the clocks of scoring.yaml "
        "and the day of the next step; closed leads: --all. "
        "Details: chaingraph leads show LEAD"
    )
    if not report.total and report.first:
        note = (
            f"{report.as_of} 台账还没有线索，第一条 {report.first} 入台账"
            if zh
            else f"The ledger held no lead on {report.as_of}: the first entered on {report.first}"
        )
    elif not report.total:
        note = (
            "台账还是空的。候选见 chaingraph leads suggest，入台账用 chaingraph leads accept"
            if zh
            else "The ledger is empty. See chaingraph leads suggest; a candidate enters by chaingraph leads accept"
        )
    return _text([*lines, "", *wrap(note, "   ")])


def lead_table(report: HistoryReport) -> str:
    """A lead as it stands, then its events."""
    told = [] if report.lead is None else [*_lead(report.lead, report.lang), ""]
    return _text([*told, *_events(report.events, report.lang, with_lead=False)])


def history_table(report: HistoryReport) -> str:
    """Events, one a line."""
    if not report.events:
        return f"截至 {report.as_of} 没有事件\n" if report.lang == "zh" else f"No events by {report.as_of}\n"
    return _text(_events(report.events, report.lang, with_lead=report.lead is None))


def change_table(report: ChangeReport) -> str:
    """What was done, and the lead as it stands now."""
    zh = report.lang == "zh"
    done = [wrap(f"{event.kind_name}{'：' if zh else ': '}{event.said}", "    ") for event in report.events]
    lines = [line for said in done for line in said] or ["没有改动" if zh else "nothing changed"]
    for other in report.similar:
        lead = other.lead
        lines += wrap(
            f"{'同一企业：' if zh else 'the same firm: '}{lead.id} {lead.firm_name} {lead.link_name} "
            f"{lead.county_name or _NONE} {lead.stage_name} {lead.owner or _NONE} {lead.since}"
            + (f"（{other.why}）" if zh else f" ({other.why})"),
            "    ",
        )
    for note in report.notes:
        lines += wrap(f"{'注意：' if zh else 'note: '}{note}", "    ")
    return _text([*lines, "", *_lead(report.lead, report.lang)])


def _row(lead: LedgerLead, year: str) -> tuple[str, ...]:
    """The cells of a lead; a day of this year goes without it."""
    since, due = (day and day.removeprefix(f"{year}-") for day in (lead.since, lead.next_due))
    return (
        lead.id,
        lead.firm_name,
        lead.link_name,
        lead.stage_name,
        since or _NONE,
        lead.county_name or _NONE,
        lead.owner or _NONE,
        " ".join(filter(None, (due, lead.next_step))) or _NONE,
        _late(lead),
    )


def _late(lead: LedgerLead) -> str:
    """The longest overdue, and how many more."""
    if not lead.overdue:
        return ""
    late, more = max(lead.overdue, key=lambda item: item.days), len(lead.overdue) - 1
    return f"!{late.days} {late.name}" + (f" +{more}" if more else "")


def _lead(lead: LedgerLead, lang: Lang) -> list[str]:
    zh = lang == "zh"
    apart = "；" if zh else "; "
    approvals = [f"{word(f'{given.by}_approval', lang)} {given.at[:10]} {given.user}" for given in lead.approvals]
    heard = [
        f"{item.date} {item.said}（{item.user}）" if zh else f"{item.date} {item.said} ({item.user})"
        for item in lead.signals
    ]
    late = [
        f"{item.name} {item.due}（{item.days} 天）" if zh else f"{item.name} {item.due} ({counted(item.days, 'day')})"
        for item in lead.overdue
    ]
    fields = (
        ("阶段", "stage", f"{lead.stage_name}，{lead.since} 起" if zh else f"{lead.stage_name} since {lead.since}"),
        ("原因", "reason", lead.reason),
        ("项目", "project", _project(lead.project, lang) if lead.project else None),
        ("县区", "county", lead.county_name or _NONE),
        ("责任人", "owner", lead.owner or _NONE),
        ("进展", "progress", lead.progress or _NONE),
        ("下一步", "next step", " ".join(filter(None, (lead.next_due, lead.next_step))) or _NONE),
        ("动向", "heard", apart.join(heard) or None),
        ("审批", "approvals", apart.join(approvals) or _NONE),
        ("逾期", "overdue", apart.join(late) or _NONE),
        ("入台账", "created", f"{lead.created[:10]} {lead.created_by}"),
    )
    heads = [zh_head if zh else en_head for zh_head, en_head, value in fields if value is not None]
    wide = max(map(width, heads)) + 2
    lines = [f"{lead.id}  {lead.firm_name}  {lead.link_name}  {word(lead.kind, lang)}"]
    for head, value in zip(heads, (value for *_, value in fields if value is not None), strict=True):
        lines += wrap(pad(f"  {head}", wide + 2) + " ".join(value.split()), " " * (wide + 2))
    return lines


def _project(project: SignedProject, lang: Lang) -> str:
    zh = lang == "zh"
    unknown = word("unknown", lang)
    land = f"{number(project.area_mu)} {'亩' if zh else 'mu'}" if project.area_mu else unknown
    told = (
        (("签约", "signed on"), project.date),
        (("园区", "park"), project.park_name or unknown),
        (("投资", "investment"), money(project.investment_cny, lang) if project.investment_cny else unknown),
        (("用地", "area"), land),
    )
    return ("；" if zh else "; ").join(f"{name[0 if zh else 1]} {value}" for name, value in told)


def _events(events: Sequence[EventSeen], lang: Lang, with_lead: bool) -> list[str]:
    """One line an event; what it says runs on below where it is long."""
    rows = [
        (str(event.number), event.at[:16].replace("T", " "), event.user, event.kind_name, event.lead or "")
        for event in events
    ]
    kept = range(5) if with_lead else range(4)
    *heads, said = _EVENT_HEADS[lang]
    title, rule, *lines = columns(
        [heads[column] for column in kept],
        [[row[column] for column in kept] for row in rows],
        [_EVENT_CAPS[lang][column] for column in kept],
        [column == 0 for column in kept],
    )
    before = width(rule) + 1
    laid = [pad(title, before) + said, pad(rule, before) + "─" * width(said)]
    for line, event in zip(lines, events, strict=True):
        laid += wrap(pad(line, before) + " ".join(event.said.split()), " " * before)
    return laid


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
