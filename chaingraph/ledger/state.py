"""A lead as the log leaves it: the replay of its events. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.errors import Text, WorkspaceError
from chaingraph.model.words import CLOSED, LEAD_STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chaingraph.ledger.events import Event
    from chaingraph.model.words import LeadKind, LeadStage


class Approved(NamedTuple):
    """An approval by "county" (县选) or "city" (市备): who gave it, and when."""

    by: str
    user: str
    at: str


class Heard(NamedTuple):
    """A signal (动向) about a lead: the day it speaks of, what was said, who wrote it down and when."""

    date: str
    said: str
    user: str
    at: str


@dataclass(frozen=True)
class LeadState:
    """A lead after its latest event.

    ``county`` is an adcode; days are ISO. ``names`` are all names and codes of the firm. ``since`` is the day it
    entered its stage, ``entered`` and ``planned`` the numbers of the events that set its stage and its next step.
    ``left`` is the stage that a parked lead was in. ``clock_from`` is the day its clocks count from: created, reopened
    or resumed; ``furthest`` the furthest stage it has reached since it was created or reopened.
    """

    id: str
    region: str
    firm: str
    firm_name: str
    names: tuple[str, ...]
    link: str
    link_name: str
    firm_name_en: str
    link_name_en: str
    chain: str
    kind: LeadKind
    county: str | None
    created: str
    created_by: str
    changed: str
    changed_by: str
    version: int
    since: str
    entered: int
    clock_from: str
    despite: str | None = None
    stage: LeadStage = "new"
    furthest: LeadStage = "new"
    left: LeadStage | None = None
    reason: str | None = None
    owner: str | None = None
    progress: str | None = None
    next_step: str | None = None
    next_due: str | None = None
    planned: int = 0
    approvals: tuple[Approved, ...] = ()
    signals: tuple[Heard, ...] = ()
    first_response: str | None = None
    last_report: str | None = None
    project: Mapping[str, Any] | None = None

    @property
    def closed(self) -> bool:
        """Whether the lead is signed, lost or dropped (销号)."""
        return self.stage in CLOSED

    def approved(self, by: str) -> bool:
        """Whether the county or the city has approved."""
        return any(approval.by == by for approval in self.approvals)


def replay(events: Iterable[Event]) -> dict[str, LeadState]:
    """The leads by id, in the order of their creation, after ``events``.

    Raises
    ------
    WorkspaceError
        If an event is of a kind that this version does not know.
    """
    states: dict[str, LeadState] = {}
    for event in events:
        apply(states, event)
    return states


def apply(states: dict[str, LeadState], event: Event) -> None:
    """Puts the lead of ``event`` into the state that the event leaves it in."""
    if event.kind in ("exported", "imported"):
        return
    try:
        if event.kind == "created":
            states[event.lead or ""] = _created(event)
            return
        step = _STEPS[event.kind]
        states[event.lead or ""] = _touched(step(states[event.lead or ""], event), event)
    except (KeyError, TypeError, ValueError) as error:
        raise WorkspaceError(
            Text(
                f"台账第 {event.number} 号事件（{event.kind}）不可读，可能由更新的版本写入：请升级 chaingraph",
                f"event {event.number} of the ledger ({event.kind}) cannot be read; "
                "a newer version may have written it: upgrade chaingraph",
            )
        ) from error


def _created(event: Event) -> LeadState:
    data = event.data
    return LeadState(
        id=event.lead or "",
        region=data["region"],
        firm=data["firm"],
        firm_name=data["firm_name"],
        names=tuple(data["names"]),
        link=data["link"],
        link_name=data["link_name"],
        firm_name_en=data.get("firm_name_en", data["firm_name"]),
        link_name_en=data.get("link_name_en", data["link_name"]),
        chain=data["chain"],
        kind=data["kind"],
        county=data.get("county"),
        despite=data.get("despite"),
        created=event.at,
        created_by=event.user,
        changed=event.at,
        changed_by=event.user,
        version=event.number,
        since=event.day,
        entered=event.number,
        clock_from=event.day,
    )


def _touched(state: LeadState, event: Event) -> LeadState:
    answered = state.first_response
    if answered is None and event.kind in ("assigned", "noted", "stage_changed", "closed"):
        answered = event.at
    return replace(state, changed=event.at, changed_by=event.user, version=event.number, first_response=answered)


def _assigned(state: LeadState, event: Event) -> LeadState:
    given = {field: event.data[field] for field in ("owner", "county") if field in event.data}
    # Another county has not selected the lead, nor has the city filed it there.
    return replace(state, **given, approvals=() if "county" in given else state.approvals)


def _noted(state: LeadState, event: Event) -> LeadState:
    data = event.data
    plan = {field: data[field] for field in ("next_step", "next_due") if field in data}
    return replace(
        state,
        **plan,
        progress=data.get("text", state.progress),
        reason=data.get("reason", state.reason),
        planned=event.number if plan else state.planned,
        last_report=event.day,
    )


def _heard(state: LeadState, event: Event) -> LeadState:
    return replace(state, signals=(*state.signals, Heard(event.data["date"], event.data["said"], event.user, event.at)))


def _approved(state: LeadState, event: Event) -> LeadState:
    return replace(state, approvals=(*state.approvals, Approved(event.data["by"], event.user, event.at)))


def _moved(state: LeadState, event: Event) -> LeadState:
    stage: LeadStage = event.data["stage"]
    moved = replace(
        state,
        stage=stage,
        since=event.day,
        entered=event.number,
        reason=event.data.get("reason"),
        last_report=event.day,
        left=state.stage if stage == "parked" else None,
        furthest=state.furthest if stage == "parked" else max(state.furthest, stage, key=LEAD_STAGES.index),
    )
    if state.closed:
        # Reopened: the approvals were for what came to nothing, and the clocks start over.
        return replace(moved, approvals=(), project=None, furthest=stage, clock_from=event.day)
    return replace(moved, clock_from=event.day) if state.stage == "parked" else moved


def _closed(state: LeadState, event: Event) -> LeadState:
    if event.data["stage"] == state.stage:
        # A signed project completed or corrected: it stays signed since its own day.
        return replace(state, project=event.data["project"])
    return replace(
        state,
        stage=event.data["stage"],
        since=event.day,
        entered=event.number,
        reason=event.data.get("reason"),
        last_report=event.day,
        left=None,
        next_step=None,
        next_due=None,
        project=event.data.get("project"),
    )


_STEPS: dict[str, Callable[[LeadState, Event], LeadState]] = {
    "assigned": _assigned,
    "noted": _noted,
    "signal": _heard,
    "approved": _approved,
    "stage_changed": _moved,
    "closed": _closed,
}
