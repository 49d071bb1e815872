"""What may be done to a lead: an edit becomes the drafts of events, or is refused. Pure.

The commands and the import of a workbook share it, so that both obey the same rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.errors import Text, UsageError
from chaingraph.ledger.events import Draft, written
from chaingraph.model.words import CLOSED, LEAD_STAGES, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.words import LeadStage

ROAD: tuple[LeadStage, ...] = LEAD_STAGES[: LEAD_STAGES.index("signed") + 1]
"""The stages in their order: one step at a time."""
PLANNED: tuple[LeadStage, ...] = ("assessing", "talking", "signing")
"""No next step, no advance into these."""
REASONED: tuple[LeadStage, ...] = ("parked", "lost", "dropped")
_UNKNOWN: Mapping[str, Any] = {"park": None, "investment_cny": None, "area_mu": None}
"""What is known of a project before anything is told."""
_LEAST_CNY = 10_000
"""Less is not meant in CNY but in 万元 or 亿元."""

NEXT_STEP = Text("下一步", "next step")
PROGRESS = Text("进展", "progress")
REASON = Text("原因", "reason")
OWNER = Text("责任人", "owner")
SAID = Text("动向", "signal")


class Edit(NamedTuple):
    """What is asked to change: None leaves a field as it is, an empty text empties it.

    ``county`` is an adcode, ``next_due`` an ISO day. ``project`` goes with the stage "signed": of ``park``,
    ``investment_cny``, ``area_mu`` and ``date`` those that are told; None takes one of the first three away again.
    """

    stage: LeadStage | None = None
    county: str | None = None
    owner: str | None = None
    progress: str | None = None
    next_step: str | None = None
    next_due: str | None = None
    reason: str | None = None
    project: Mapping[str, Any] | None = None


def edits(state: LeadState, edit: Edit, on: date) -> list[Draft]:
    """The drafts of the events that an edit of a lead comes to on a day; none where it changes nothing.

    Raises
    ------
    UsageError
        If a rule of the ledger forbids it; the message says which, and what to do instead.
    """
    moving = edit.stage is not None and edit.stage != state.stage
    if state.closed and not moving:
        _only_noted(state, edit)
    assigned = _changed(state, {"owner": _text(edit.owner, OWNER), "county": edit.county})
    noted = _noted(state, edit, moving, on)
    if "county" in assigned:
        # The approvals were for the county before.
        state = replace(state, approvals=())
    drafts = [Draft("assigned", state.id, assigned)] if assigned else []
    if moving:
        drafts += [Draft("noted", state.id, noted)] if noted else []
        return [*drafts, _move(state, edit, {**_plan(state), **noted}, on)]
    drafts += [Draft("noted", state.id, noted)] if noted else []
    return drafts if edit.project is None else [*drafts, *_correction(state, edit.project, on)]


def approval(state: LeadState, by: str) -> list[Draft]:
    """The draft of an approval by "county" (县选) or "city" (市备); none where it is given already.

    Raises
    ------
    UsageError
        If the lead is closed, the county is asked where there is none, or the city before the county.
    """
    if state.closed:
        raise _ended(state)
    if by == "county" and state.county is None:
        raise UsageError(
            Text(
                f"{state.id} 县区待定，没有县可选：请先运行 chaingraph leads assign {state.id} --county 县区",
                f"{state.id} has no county yet that could select it: first run "
                f"chaingraph leads assign {state.id} --county COUNTY",
            )
        )
    if by == "city" and not state.approved("county"):
        raise UsageError(
            Text(
                f"县选市备：先要县选。请先运行 chaingraph leads approve {state.id} --by county",
                f"the county selects, then the city files: first run chaingraph leads approve {state.id} --by county",
            )
        )
    return [] if state.approved(by) else [Draft("approved", state.id, {"by": by})]


def hearing(state: LeadState, said: str, day: date, on: date) -> list[Draft]:
    """The draft of a signal that speaks of ``day``; none where it is known already."""
    if day > on:
        raise UsageError(Text(f"动向的日期 {day} 在将来", f"the signal's day {day} is in the future"))
    said = written(said, SAID)
    known = any((heard.date, heard.said) == (day.isoformat(), said) for heard in state.signals)
    return [] if known else [Draft("signal", state.id, {"said": said, "date": day.isoformat()})]


def _text(value: str | None, name: Text) -> str | None:
    """A text of an edit: None leaves it, a blank one empties it."""
    return value if value is None or not value.strip() else written(value, name)


def _changed(state: LeadState, asked: Mapping[str, str | None]) -> dict[str, Any]:
    """Of the fields asked for, those that come out another; an emptied one is None."""
    given = {field: value.strip() or None for field, value in asked.items() if value is not None}
    return {field: value for field, value in given.items() if value != getattr(state, field)}


def _plan(state: LeadState) -> dict[str, Any]:
    """The next step that was set since the lead entered its stage."""
    fresh = state.planned > state.entered
    return {"next_step": state.next_step, "next_due": state.next_due} if fresh else {}


def _noted(state: LeadState, edit: Edit, moving: bool, on: date) -> dict[str, Any]:
    """What a note would say."""
    due = edit.next_due
    if due is not None and due.strip():
        due = _day(due)
    asked = {"next_step": _text(edit.next_step, NEXT_STEP), "next_due": due}
    noted = _changed(state, asked)
    if noted.get("next_step", "") is None and due is None and state.next_due is not None:
        noted["next_due"] = None
    if noted:
        _check_day({"next_due": state.next_due, **noted}["next_due"], on)
    if moving and (edit.next_step or due):
        # Said anew with the change of stage, so it counts as set now, though it may read as before.
        noted = {
            "next_step": noted.get("next_step", state.next_step),
            "next_due": noted.get("next_due", state.next_due),
        }
    if {"next_step": state.next_step, **noted}["next_step"] is None and noted.get("next_due") is not None:
        raise UsageError(Text("有下一步日期而没有下一步：请写明下一步", "a due day needs a next step: say what is due"))
    said = edit.progress.strip() if edit.progress is not None else None
    if said is not None and said != (state.progress or ""):
        noted["text"] = written(said, PROGRESS) if said else None
    if edit.reason is not None and not moving:
        noted |= _reason_alone(state, edit.reason)
    return noted


def _reason_alone(state: LeadState, reason: str) -> dict[str, Any]:
    changed = _changed(state, {"reason": _text(reason, REASON)})
    if changed.get("reason", "") is None and state.stage in REASONED:
        raise _no_reason(state.stage)
    return changed


def _move(state: LeadState, edit: Edit, plan: Mapping[str, Any], on: date) -> Draft:
    """The draft of the change of stage. ``plan`` is the next step as it stands after the edit."""
    stage = edit.stage
    assert stage is not None
    reason = (_text(edit.reason, REASON) or "").strip() or None
    if state.stage == "parked" and stage in REASONED:
        reason = reason or state.reason
    _check_step(state, stage, reason)
    if stage in PLANNED:
        _check_plan(state, stage, plan, on)
    if stage in ("signing", "signed"):
        _check_approvals(state, stage)
    data: dict[str, Any] = {"from": state.stage, "stage": stage}
    if reason is not None:
        data["reason"] = reason
    if stage == "signed":
        data["project"] = _project({**_UNKNOWN, "date": on.isoformat()}, edit.project or {}, on)
    elif edit.project is not None:
        raise _not_signed()
    return Draft("closed" if stage in CLOSED else "stage_changed", state.id, data)


def _check_step(state: LeadState, stage: LeadStage, reason: str | None) -> None:
    """Refuses a way that no lead goes: past a stage, back without a reason, out of an end."""
    if state.closed:
        # A contract may come to nothing (毁约); whatever else ended may begin anew.
        if stage != ("lost" if state.stage == "signed" else "new"):
            raise _ended(state)
        if reason is None:
            raise _no_reason(stage)
        return
    if stage in REASONED:
        if reason is None:
            raise _no_reason(stage)
        return
    now = state.left if state.stage == "parked" and state.left is not None else state.stage
    steps = ROAD.index(stage) - ROAD.index(now)
    if steps > (0 if state.stage == "parked" else 1):
        following = now if state.stage == "parked" else ROAD[ROAD.index(now) + 1]
        raise UsageError(
            Text(
                f"{state.id} 现为“{word(state.stage, 'zh')}”，不能直接到“{word(stage, 'zh')}”："
                f"阶段一步一步走，下一步是“{word(following, 'zh')}”",
                f"{state.id} is {word(state.stage, 'en')} and cannot go to {word(stage, 'en')} at once: "
                f"stages go step by step, the next is {word(following, 'en')}",
            )
        )
    if steps < 0 and state.stage != "parked" and reason is None:
        raise _no_reason(stage)


def _check_plan(state: LeadState, stage: LeadStage, plan: Mapping[str, Any], on: date) -> None:
    step, due = plan.get("next_step"), plan.get("next_due")
    if step is None or due is None:
        raise UsageError(
            Text(
                f"没有下一步就不能进入“{word(stage, 'zh')}”：请写明进入“{word(state.stage, 'zh')}”之后定下的"
                "下一步和日期",
                f"no next step, no advance to {word(stage, 'en')}: give a next step and its day "
                f"that was set since the lead became {word(state.stage, 'en')}",
            )
        )
    _check_day(due, on)


def _check_day(due: str | None, on: date) -> None:
    """Refuses a next step whose day is past."""
    if due is not None and date.fromisoformat(due) < on:
        raise UsageError(
            Text(
                f"下一步的日期 {due} 已过：请定今天或以后的日期",
                f"the next step was due on {due}, which is past: set a day from today on",
            )
        )


def _check_approvals(state: LeadState, stage: LeadStage) -> None:
    for by in ("county", "city") if stage == "signed" else ("county",):
        if not state.approved(by):
            told = word(f"{by}_approval", "zh")
            raise UsageError(
                Text(
                    f"进入“{word(stage, 'zh')}”要先{told}：chaingraph leads approve {state.id} --by {by}",
                    f"{word(stage, 'en')} needs the approval of the {by} first: "
                    f"chaingraph leads approve {state.id} --by {by}",
                )
            )


def _correction(state: LeadState, asked: Mapping[str, Any], on: date) -> list[Draft]:
    """The draft that completes or corrects the project of a signed lead; none where it changes nothing."""
    if state.stage != "signed" or state.project is None:
        raise _not_signed()
    project = _project(state.project, asked, on)
    if project == state.project:
        return []
    return [Draft("closed", state.id, {"from": "signed", "stage": "signed", "project": project})]


def _project(known: Mapping[str, Any], asked: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What is known of the project that a signed lead becomes, with what is told of it now."""
    told = dict(asked)
    if "date" in told:
        told["date"] = _day(told["date"])
        if told["date"] > on.isoformat():
            raise UsageError(
                Text(f"签约日期 {told['date']} 在将来", f"the day of signing {told['date']} is in the future")
            )
    for field, zh in (("investment_cny", "投资额"), ("area_mu", "用地")):
        value = told.get(field)
        if value is not None and not 0 < value < 1e18:
            raise UsageError(
                Text(f"{zh}应大于 0，而不是 {value}", f"{field} must be above 0, not {value}; leave it out if unknown")
            )
    money = told.get("investment_cny")
    if money is not None and money < _LEAST_CNY:
        raise UsageError(
            Text(
                f"投资额 {money:g} 元太小：以元为单位，12 亿元写成 12亿 或 1200000000",
                f"an investment of {money:g} CNY is too small: it is in CNY, 1.2 bn is 1.2e9",
            )
        )
    return {**known, **told}


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise UsageError(
            Text(f"“{value}”不是日期，请写成 2026-11-22", f"{value!r} is not a date; write it as 2026-11-22")
        ) from None


def _only_noted(state: LeadState, edit: Edit) -> None:
    """A closed lead takes notes only."""
    asked = {field: getattr(edit, field) for field in ("owner", "county", "next_step", "next_due")}
    if _changed(state, asked):
        raise _ended(state)


def _ended(state: LeadState) -> UsageError:
    zh, en = "要重新启动：改回“线索”并写明原因", "to reopen it, set it to new with a reason"
    if state.stage == "signed":
        zh = (
            f"签约之后是项目，补充或更正：chaingraph leads stage {state.id} signed --park 园区 --investment-cny 12亿；"
            "毁约：改为“流失”并写明原因"
        )
        en = (
            "what was signed is a project now, to complete or correct it: "
            f"chaingraph leads stage {state.id} signed --park PARK --investment-cny 1.2e9; "
            "if it came to nothing, set it to lost with a reason"
        )
    return UsageError(
        Text(
            f"{state.id} 已销号（{word(state.stage, 'zh')}，{state.since}），只能加进展；{zh}",
            f"{state.id} is closed ({word(state.stage, 'en')} since {state.since}) and takes notes only; {en}",
        )
    )


def _not_signed() -> UsageError:
    return UsageError(
        Text("园区、投资、用地和签约日期只随“签约”填写", "park, investment, area and date go with the stage signed")
    )


def _no_reason(stage: LeadStage) -> UsageError:
    return UsageError(
        Text(
            f"改为“{word(stage, 'zh')}”要写明原因",
            f"the change to {word(stage, 'en')} needs a reason",
        )
    )
