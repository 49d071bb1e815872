"""The response clocks: what an office should have done about a lead by now. Pure; days are calendar days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.words import LEAD_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.ledger_report import Clock


class Late(NamedTuple):
    """A clock that has run out: the ISO day it was due, and how many days ago that was."""

    clock: Clock
    due: str
    days: int


def overdue(state: LeadState, clocks: Mapping[str, float], on: date) -> list[Late]:
    """What is overdue about a lead on a day, the longest first; nothing about one that is closed or parked.

    respond: the first assignment, note or change of stage, ``respond_days`` after the lead was created.
    assess: out of ``new`` within ``assess_days``. feed_back: out of ``assessing`` within ``feed_back_days``.
    report: from assessing on a note or a change of stage every ``report_days``. next_step: done by its own day.
    """
    if state.closed or state.stage == "parked":
        return []
    late = [Late(clock, due.isoformat(), (on - due).days) for clock, due in _running(state, clocks) if due < on]
    return sorted(late, key=lambda item: item.due)


def _running(state: LeadState, clocks: Mapping[str, float]) -> Iterator[tuple[Clock, date]]:
    start = date.fromisoformat(state.clock_from)
    reached = LEAD_STAGES.index(state.furthest)
    if state.first_response is None:
        yield "respond", start + timedelta(days=clocks["respond_days"])
    if reached < LEAD_STAGES.index("assessing"):
        yield "assess", start + timedelta(days=clocks["assess_days"])
    if reached < LEAD_STAGES.index("talking"):
        yield "feed_back", start + timedelta(days=clocks["feed_back_days"])
    if state.stage != "new" and state.last_report is not None:
        yield "report", date.fromisoformat(state.last_report) + timedelta(days=clocks["report_days"])
    if state.next_due is not None:
        yield "next_step", date.fromisoformat(state.next_due)
