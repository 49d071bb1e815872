"""What changed from one week's list to the next, lead by lead, with the reason in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.week_columns import SUGGESTED
from chaingraph.model.week_report import WeekChange
from chaingraph.model.words import CLOSED, LEAD_STAGES, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chaingraph.model.week_report import Change, WeekLead, WeekReport

_ORDER: tuple[Change, ...] = ("added", "up", "down", "moved", "dropped")
MOVED = 1.0
"""Of 100: by so much the points of a lead or the priority of its gap change before the lead is up or down."""
_SHOWN = 0.05
"""A component that changed by so much shows when written to one decimal."""


def changes(before: WeekReport | None, now: WeekReport) -> tuple[WeekChange, ...]:
    """The leads that are new, moved to another stage, went up or down, or are on the list no more.

    A lead is up or down by a veto that is gone or new, else by its own points, else by the priority of its gap: that
    rows were put in above it is told at those rows. The first list has no changes.
    """
    if before is None:
        return ()
    old, new = ({lead.id: lead for lead in week.leads} for week in (before, now))
    found = []
    for lead in now.leads:
        last = old.get(lead.id)
        if last is None:
            found.append(_change(now, "added", None, lead, _why_added(before, now, lead)))
        elif said := _said(last, lead, now):
            change, reasons = said
            found.append(_change(now, change, last, lead, _joined(reasons, now)))
    found += [
        _change(now, "dropped", lead, None, _why_gone(now, lead))
        for lead in before.leads
        if lead.id not in new and stage_key(lead.stage) not in CLOSED
    ]
    return tuple(sorted(found, key=lambda change: _ORDER.index(change.change)))


def stage_key(stage: str) -> str | None:
    """The stage that a word of either language stands for; None if it is no stage's."""
    for key in (SUGGESTED, *LEAD_STAGES):
        if stage in (word(key, "zh"), word(key, "en")):
            return key
    return None


def _said(last: WeekLead, lead: WeekLead, now: WeekReport) -> tuple[Change, list[str]] | None:
    """What changed about a lead of both weeks, and why; None where it is as it was."""
    moved = _stage_said(last, lead, now)
    if moved and stage_key(lead.stage) in ("lost", "dropped"):
        # Its points are of no interest any more.
        return "dropped", [moved]
    points, priority = _gained(last.points, lead.points), _gained(last.priority, lead.priority)
    own = [_step("得分", "points", last.points, lead.points, now), *_components(last, lead, now)] if points else []
    if priority:
        own.append(_step("缺口优先级", "priority of the gap", last.priority, lead.priority, now))
    own += _heard(last, lead, now, own)
    vetoed = _vetoed(last, lead, now)
    own = [*vetoed, *own]
    if moved:
        return "moved", [moved, *own]
    if vetoed:
        return "down" if lead.veto else "up", own
    gained = points or priority
    return ("up" if gained > 0 else "down", own) if gained else None


def _gained(before: float | None, now: float | None) -> float:
    """By how much a number changed; 0 where that is too little to tell, or unknown."""
    if before is None or now is None:
        return 0.0
    gained = round(now - before, 1)
    return gained if abs(gained) >= MOVED else 0.0


def _vetoed(last: WeekLead, lead: WeekLead, now: WeekReport) -> list[str]:
    """What speaks newly against a lead that is worked, or does so no more."""
    zh = now.lang == "zh"
    if bool(last.veto) == bool(lead.veto):
        return []
    if lead.veto:
        return [f"否决：{lead.veto}" if zh else f"vetoed: {lead.veto}"]
    return [f"不再被否决（{last.veto}）" if zh else f"no longer vetoed ({last.veto})"]


def _step(zh: str, en: str, before: float | None, after: float | None, now: WeekReport) -> str:
    """A number before and after, by its name."""
    return f"{zh if now.lang == 'zh' else en} {before:.1f} → {after:.1f}"


def _stage_said(last: WeekLead, lead: WeekLead, now: WeekReport) -> str:
    """From which stage to which, with the reason; empty where it is the same."""
    before, after = stage_key(last.stage), stage_key(lead.stage)
    if before == after:
        return ""
    told = f"{word(before or '', now.lang)} → {word(after or '', now.lang)}"
    return (f"{told}：{lead.reason}" if now.lang == "zh" else f"{told}: {lead.reason}") if lead.reason else told


def _components(last: WeekLead, lead: WeekLead, now: WeekReport) -> Iterator[str]:
    """Which components made the points another, by how much, and why."""
    points = {name: value for name, value, _ in last.components}
    for name, value, why in lead.components:
        gained = (value or 0) - (points.get(name) or 0)
        if abs(gained) >= _SHOWN:
            said = f"{word(name, now.lang)} {gained:+.1f}"
            yield (f"{said}（{why}）" if now.lang == "zh" else f"{said} ({why})") if why else said


def _heard(last: WeekLead, lead: WeekLead, now: WeekReport, own: Sequence[str]) -> list[str]:
    """What was newly heard of the firm, where the reasons for its points do not say it already."""
    fresh = [signal for signal in lead.signals if signal not in last.signals and signal not in " ".join(own)]
    return [f"新动向：{signal}" if now.lang == "zh" else f"heard: {signal}" for signal in fresh]


def _why_added(before: WeekReport, now: WeekReport, lead: WeekLead) -> str:
    zh = now.lang == "zh"
    said = []
    kept_out = next((row for row in before.vetoed if row.id == lead.id), None)
    if kept_out:
        said.append(f"不再被否决（{kept_out.veto}）" if zh else f"no longer vetoed ({kept_out.veto})")
    if stage_key(lead.stage) != SUGGESTED:
        said.append(f"已入台账，现为“{lead.stage}”" if zh else f"accepted, now {lead.stage}")
    elif lead.link not in _first(before):
        said.append(
            f"缺口“{lead.link_name}”进入前 {now.first} 位"
            if zh
            else f"{lead.link_name} is now of the first {now.first} gaps"
        )
    elif not kept_out:
        said.append(
            f"进入缺口“{lead.link_name}”前 {now.top} 名" if zh else f"now of the first {now.top} for {lead.link_name}"
        )
    if lead.points is not None:
        said.append(f"得分 {lead.points:.1f}" if zh else f"{lead.points:.1f} points")
    return _joined(said, now)


def _why_gone(now: WeekReport, lead: WeekLead) -> str:
    zh = now.lang == "zh"
    kept_out = next((row for row in now.vetoed if row.id == lead.id), None)
    if kept_out:
        return f"{kept_out.veto}：{kept_out.why}" if zh else f"{kept_out.veto}: {kept_out.why}"
    ranks = [gap.rank for gap in now.gaps if gap.link == lead.link]
    if not ranks:
        return f"“{lead.link_name}”已不是缺口" if zh else f"{lead.link_name} is no gap any more"
    if min(ranks) > now.first:
        return (
            f"缺口“{lead.link_name}”降到第 {min(ranks)} 位，不在前 {now.first} 位"
            if zh
            else f"the gap {lead.link_name} fell to no. {min(ranks)}, beyond the first {now.first}"
        )
    return (
        f"不再列入缺口“{lead.link_name}”前 {now.top} 名"
        if zh
        else f"no longer among the first {now.top} for {lead.link_name}"
    )


def _first(week: WeekReport) -> set[str]:
    """The links of the first gaps."""
    return {gap.link for gap in week.gaps if gap.rank <= week.first}


def _change(now: WeekReport, change: Change, last: WeekLead | None, lead: WeekLead | None, why: str) -> WeekChange:
    told = lead or last
    assert told is not None
    return WeekChange(
        change=change,
        change_name=_name(change, now),
        id=told.id,
        firm_name=told.firm_name,
        link_name=told.link_name,
        rank_before=last.rank if last else None,
        rank_now=lead.rank if lead else None,
        why=why,
    )


def _name(change: Change, now: WeekReport) -> str:
    """What a change is called. Off the list is not yet 剔除, which is a stage of the ledger."""
    if change == "dropped":
        return "退出" if now.lang == "zh" else "off the list"
    return word(change, now.lang)


def _joined(said: Sequence[str], now: WeekReport) -> str:
    return ("；" if now.lang == "zh" else "; ").join(said)
