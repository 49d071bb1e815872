"""Leads and their explanation, laid out for a terminal of 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.fact_list import fact_lines
from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import counted, marked, number
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.errors import Lang
    from chaingraph.model.lead_report import GapLeads, Lead, LeadReport, LeadsReport, ParkFit

_HEADS = {
    "zh": ("线索编号", "企业", "类别", "最近据点", "公里", "得分", "证据", "台账"),
    "en": ("lead", "firm", "kind", "nearest", "km", "points", "proof", "ledger"),
}
_CAPS = (11, 26, 8, 12, 6, 8, 6, 9)
_RIGHT = (False, False, False, False, True, True, False, False)
_PARKS_SHOWN = 5
_VETOED = 12
"""So many vetoed firms of a gap are named; the others are counted, and stand in JSON and CSV."""


def table(report: LeadsReport) -> str:
    """Every gap with its leads, then those that a veto keeps out."""
    zh = report.lang == "zh"
    total = sum(len(gap.leads) for gap in report.gaps)
    head = (
        f"{report.chain_name}（{report.chain}） {report.region_name} 线索 {total} 条 截至 {report.as_of}"
        f"（圈层：{word(report.ring, 'zh')}；每个缺口至多 {report.top} 条）"
        if zh
        else f"{report.chain_name} ({report.chain}), {report.region_name}: {counted(total, 'lead')} as of "
        f"{report.as_of} (ring: {word(report.ring, 'en')}; at most {report.top} a gap)"
    )
    leads = [lead for gap in report.gaps for lead in gap.leads]
    title, rule, *rows = columns(_HEADS[report.lang], [_row(lead, report.lang) for lead in leads], _CAPS, _RIGHT)
    laid = dict(zip((lead.id for lead in leads), rows, strict=True))
    lines = [*wrap(head, "  "), "", f"   {title}", f"   {rule}"]
    for gap in report.gaps:
        lines += _gap(gap, laid, report.lang)
    lines += ["", *_note(report.lang)]
    return "\n".join(lines) + "\n"


def _gap(gap: GapLeads, laid: dict[str, str], lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    status = "no_data" if gap.without_data else gap.status
    words = [word(key, lang) for key in (gap.direction, gap.move or "", status) if key]
    state = "、".join(words) if zh else ", ".join(words)
    urgent = "—" if gap.priority is None else marked(f"{gap.priority:.0f}", gap.priority_grade)
    number_ = str(gap.rank or "·")
    yield from wrap(
        f"{number_:>2} {gap.name}（{state}；优先级 {urgent}）候选 {gap.candidates} 家，否决 {len(gap.vetoed)} 家"
        if zh
        else f"{number_:>2} {gap.name} ({state}; priority {urgent}): {counted(gap.candidates, 'candidate')}, "
        f"{len(gap.vetoed)} vetoed",
        "   ",
    )
    if gap.without_data:
        yield "   本环节尚无本地资料，先摸底再招商" if zh else "   nobody has looked here yet: survey it first"
    for lead in gap.leads:
        yield f"   {laid[lead.id]}"
        yield from wrap(f"     └ {lead.why}", "       ")
        yield from wrap(f"       {_landing(lead, lang)}", "       ")
    if not gap.leads:
        yield "   没有可用的线索" if zh else "   no lead"
    if gap.vetoed:
        out = "否决：" if zh else "vetoed: "
        told = ("；" if zh else "; ").join(
            f"{lead.firm_name}（{word(lead.vetoes[0].name, lang)}）"
            if zh
            else f"{lead.firm_name} ({word(lead.vetoes[0].name, lang)})"
            for lead in gap.vetoed[:_VETOED]
        )
        more = len(gap.vetoed) - _VETOED
        rest = "" if more <= 0 else f"；另 {more} 家" if zh else f"; {more} more"
        yield from wrap(f"   {out}{told}{rest}", "     ")


def _row(lead: Lead, lang: Lang) -> tuple[str, ...]:
    return (
        lead.id,
        lead.firm_name,
        word(lead.kind, lang),
        lead.nearest_name,
        "—" if lead.distance_km is None else f"{lead.distance_km:,.0f}",
        f"{lead.points:.0f}–{lead.points_most:.0f}",
        f"{lead.grade}×{lead.sources}",
        word(lead.stage, lang) if lead.stage else "—",
    )


def _landing(lead: Lead, lang: Lang) -> str:
    """Who introduces and which park, in one line."""
    zh = lang == "zh"
    by = lead.introducer.why if lead.introducer else word("no_introducer", lang)
    if lead.park is None:
        park = word("no_park", lang)
    else:
        park = f"{lead.park.name}{'，' if zh else ', '}{lead.park.checks[0].why}"
    return f"引荐：{by}；园区：{park}" if zh else f"introduced by: {by}; park: {park}"


def _note(lang: Lang) -> list[str]:
    return wrap(
        "注：得分 = 已证实的分–待核实者全部有利时的分；证据 = 最好等级×独立来源数；D = 含编者判断，用前请核实；"
        "距离为直线公里。逐项说明：leads explain 线索编号；收入台账：leads accept 线索编号"
        if lang == "zh"
        else "points = those proven–those if all that is unknown spoke for the firm; proof = best grade × independent "
        "sources; D = rests on a judgement; km in a straight line. Details: leads explain LEAD; take it: leads accept",
        "   ",
    )


def explanation(report: LeadReport) -> str:
    """One lead: points, vetoes, introducer, parks, the gap, what is unknown, the firm's facts."""
    zh, lang, lead = report.lang == "zh", report.lang, report.lead
    head = (
        f"{lead.full_name}（{lead.firm}）→ {lead.link_name}（{lead.chain_name}） {report.region_name} "
        f"截至 {report.as_of}"
        if zh
        else f"{lead.firm_name} ({lead.firm}) → {lead.link_name} ({lead.chain_name}), {report.region_name} as of "
        f"{report.as_of}"
    )
    lines = [*wrap(head, "  "), *wrap(f"{lead.id} {word(lead.kind, lang)}{'：' if zh else ': '}{lead.why}", "  "), ""]
    for veto in lead.vetoes:
        name = word(veto.name, lang)
        lines += wrap(f"否决 {name}：{veto.why}" if zh else f"vetoed, {name}: {veto.why}", "  ")
    lines += [*_points(lead, lang), "", *_introducer(lead, lang), *_parks(report.parks, lang), ""]
    lines += wrap(("缺口：" if zh else "Gap: ") + _told_gap(report), "  ")
    if report.ledger:
        stage = report.ledger.stage_name
        owner = report.ledger.owner or word("unknown", lang)
        told = (
            f"台账：{stage}，自 {report.ledger.since}，责任人 {owner}"
            if zh
            else f"Ledger: {stage} since {report.ledger.since}, owner {owner}"
        )
        lines += wrap(told, "  ")
    apart = "；" if zh else "; "
    lines += wrap(("问企业：" if zh else "To ask the firm: ") + apart.join(report.unknown), "  ")
    lines += wrap(("问园区：" if zh else "To ask the park: ") + apart.join(report.park_unknown), "  ")
    lines += ["", "依据" if zh else "Facts", *fact_lines(report.facts, lang)]
    return "\n".join(lines) + "\n"


def _points(lead: Lead, lang: Lang) -> list[str]:
    zh = lang == "zh"
    heads = ("分项", "取值", "权重", "得分", "依据") if zh else ("component", "value", "weight", "points", "why")
    rows = [
        (
            word(part.name, lang),
            word("unknown", lang) if part.value is None else marked(f"{part.value:.2f}", part.grade),
            number(part.weight),
            "—" if part.contribution is None else f"{part.contribution:.1f}",
            part.why,
        )
        for part in lead.components
    ]
    total = (
        f"得分 {lead.points:.1f}（待核实者全部有利时 {lead.points_most:.1f}）"
        if zh
        else f"{lead.points:.1f} points ({lead.points_most:.1f} if all that is unknown spoke for it)"
    )
    return [total, *columns(heads, rows, (12, 10, 6, 6, 60), (False, True, True, True, False))]


def _introducer(lead: Lead, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    if lead.introducer is None:
        yield ("引荐：" if zh else "Introducer: ") + word("no_introducer", lang)
        return
    yield from wrap(("引荐：" if zh else "Introducer: ") + lead.introducer.why, "  ")
    for tie in lead.introducer.ties:
        told = f"[{tie.grade}] {tie.from_name} — {tie.label} → {tie.to_name}"
        yield from wrap(f"    {told}  {tie.source_title}{'，' if zh else ', '}{tie.as_of}", "        ")


def _parks(parks: tuple[ParkFit, ...], lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    fitting = [park for park in parks if park.fits]
    if not fitting:
        yield ("园区：" if zh else "Park: ") + word("no_park", lang)
    for number_, park in enumerate(fitting[:_PARKS_SHOWN]):
        label = ("园区：" if zh else "Park: ") if number_ == 0 else ("  其次：" if zh else "  next: ")
        place = f"{park.name}（{park.region_name}）" if zh else f"{park.name} ({park.region_name})"
        yield from wrap(f"{label}{place} {park.why}", "    ")
    if len(fitting) > _PARKS_SHOWN:
        rest = len(fitting) - _PARKS_SHOWN
        yield f"  另有 {rest} 个" if zh else f"  {rest} more"
    failing = [park for park in parks if any(check.holds is False and check.name != "targets" for check in park.checks)]
    for park in failing:
        yield from wrap(f"  {'不合' if zh else 'fails'}{'：' if zh else ': '}{park.name} {park.why}", "    ")


def _told_gap(report: LeadReport) -> str:
    gap, lang = report.gap, report.lang
    zh = lang == "zh"
    unknown = word("unknown", lang)
    need = unknown if gap.need.value is None else marked(f"{number(gap.need.value)} {gap.unit}", gap.need.grade)
    urgent = "—" if gap.priority is None else marked(f"{gap.priority:.0f}", gap.priority_grade)
    state = word("no_data" if gap.without_data else gap.status, lang)
    if zh:
        return f"{gap.name}（{state}，优先级 {urgent}）年需求 {need}；{gap.reason}"
    return f"{gap.name} ({state}, priority {urgent}), need a year {need}; {gap.reason}"
