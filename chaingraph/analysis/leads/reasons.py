"""Says what each component of a lead rests on, and in one line why the firm is a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.leads.vetoes import independent
from chaingraph.model.numbers import counted, marked, money
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.lead_report import Lead
    from chaingraph.model.words import LeadKind
    from chaingraph.scoring.lead_rules import LeadEvidence
    from chaingraph.stores.lead_rows import CandidateRow, SignalRow, TieRow

_LEAST_SHOWN = 0.001
"""A smaller share of revenue is told as being below it: 0.0% would read as none."""


def component_reason(
    name: str, row: LeadEvidence, candidate: CandidateRow, nearest: str, tied: str | None, lang: Lang
) -> str:
    """What a component's value rests on; ``tied`` tells the tie to a firm here, ``nearest`` where the firm is."""
    zh = lang == "zh"
    match name:
        case "capability" if row.revenue_share is not None:
            share = f"{100 * row.revenue_share:.1f}%" if row.revenue_share >= _LEAST_SHOWN else "<0.1%"
            if candidate.said:
                day = candidate.said_as_of
                if zh:
                    return f"“{candidate.said}”占营收 {share}（截至 {day}）"
                return f'"{candidate.said}" is {share} of its revenue (as of {day})'
            return f"该环节占营收 {share}" if zh else f"{share} of its revenue"
        case "capability" if row.confidence is not None:
            said = (f"“{candidate.said}”" if zh else f' "{candidate.said}"') if candidate.said else ""
            sure = f"{row.confidence:.2f}"
            return f"文字匹配{said}，置信度 {sure}" if zh else f"text match{said}, confidence {sure}"
        case "capability":
            return "占营收比重待核实" if zh else "share of its revenue unverified"
        case "relation":
            unseen = "与本地企业的供应、持股关系待核实" if zh else "supplies or shares with firms here unverified"
            return tied or unseen
        case "reach":
            apart = _apart(row, lang)
            return f"最近据点 {nearest}，{apart}" if zh else f"nearest at {nearest}, {apart}"
        case "momentum":
            if not candidate.signals:
                return "扩张动向待核实" if zh else "signs of expansion unverified"
            return signal_said(candidate.signals[0], lang)
        case "scale":
            return _scale(row, lang)
        case _:
            count = independent(row.publishers)
            best = min(row.publishers)
            return f"{count} 个独立来源，最好 {best}" if zh else f"{counted(count, 'independent source')}, best {best}"


def _apart(row: LeadEvidence, lang: Lang) -> str:
    if row.distance_km is None:
        return "距离待核实" if lang == "zh" else "distance unverified"
    return f"{row.distance_km:,.0f} {'公里' if lang == 'zh' else 'km'}"


def _scale(row: LeadEvidence, lang: Lang) -> str:
    zh = lang == "zh"
    if not row.bar:
        return "主攻园区未设投资强度门槛" if zh else "no park that targets it has set an investment bar"
    bar = money(row.bar, lang)
    if row.intensity is None:
        return f"门槛每亩 {bar}，企业待核实" if zh else f"the bar is {bar} a mu, the firm's unverified"
    reached = money(row.intensity, lang)
    return f"曾投每亩 {reached}，门槛 {bar}" if zh else f"has invested {reached} a mu, the bar is {bar}"


_TIES = {
    "supplies": ("向{}供货", "supplies {}"),
    "supplied_by": ("由{}供货", "is supplied by {}"),
    "owned_by": ("{}为其股东", "is owned by {}"),
    "owns": ("持股{}", "owns {}"),
}


def tie_said(tie: TieRow, other: str, lang: Lang) -> str:
    """The firm's tie to another, whose name is given."""
    return marked(_TIES[tie.predicate][lang == "en"].format(other), tie.grade)


def signal_said(signal: SignalRow, lang: Lang) -> str:
    """A sign of expansion with its day."""
    said = signal.said if lang == "zh" else signal.said_en
    if signal.stage:
        said += ("：" if lang == "zh" else ": ") + word(signal.stage, lang)
    return f"{signal.date} {marked(said, signal.grade)}"


def why(
    row: LeadEvidence, candidate: CandidateRow, kind: LeadKind, at: str, tied: str | None, sole: bool, lang: Lang
) -> str:
    """Why the firm is a lead, in one line of what is known.

    ``at``: where it is here, else where its nearest plant or seat is; ``sole``: it alone makes the link here.
    """
    zh = lang == "zh"
    apart = _apart(row, lang)
    if kind == "expand":
        said = [f"已在本地（{at}）" if zh else f"is here already ({at})"]
        if sole:
            said.append(
                "现为唯一供应，增资不能消除单一来源" if zh else "the sole source, which expanding does not mend"
            )
    else:
        said = [f"{at}，{apart}" if zh else f"{at}, {apart}"]
    if tied:
        said.append(tied)
    if row.revenue_share is not None:
        said.append(component_reason("capability", row, candidate, at, tied, lang))
    if candidate.signals:
        said.append(signal_said(candidate.signals[0], lang))
    said.append(component_reason("proof", row, candidate, at, tied, lang))
    return ("；" if zh else "; ").join(said)


def unknown(lead: Lead, gap: GapRow, lang: Lang) -> Iterator[str]:
    """What is not known of a lead and its gap: what the first talk with the firm should ask."""
    zh = lang == "zh"
    yield from (part.why for part in lead.components if part.value is None and part.name != "scale")
    yield "需地、拟投资与排放待核实" if zh else "the land, investment and discharge it needs are unverified"
    if lead.introducer is None:
        yield "引荐路径待核实" if zh else "no introducer is known"
    if gap.need.value is None:
        yield "本地需求待核实" if zh else "the need here is unverified"
    if gap.supply.firms and gap.supply.value is None:
        yield "本地在产产能待核实" if zh else "the capacity in production here is unverified"
    if gap.unit_price_cny is None:
        yield "单价待核实" if zh else "the unit price is unverified"


def park_unknown(lead: Lead, lang: Lang) -> Iterator[str]:
    """What is not known of the park that suits best: what to ask there."""
    zh = lang == "zh"
    if lead.park is None:
        yield "落地园区待核实" if zh else "which park suits it is unverified"
        return
    yield from (
        f"{lead.park.name}：{check.why}" if zh else f"{lead.park.name}: {check.why}"
        for check in lead.park.checks
        if check.holds is None
    )
