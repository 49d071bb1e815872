"""The response clocks, and the replay that carries what they need."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chaingraph.errors import WorkspaceError
from chaingraph.ledger.clocks import overdue
from chaingraph.ledger.events import Event
from chaingraph.ledger.state import replay
from tests.ledger.made import LEAD, PLAN, START, Story

CLOCKS = {"respond_days": 1, "assess_days": 3, "feed_back_days": 7, "report_days": 14}


def late(story: Story, days: int) -> dict[str, int]:
    """What is overdue so many days after the start, by how many days."""
    return {item.clock: item.days for item in overdue(story.state, CLOCKS, START + timedelta(days=days))}


def test_a_lead_that_nobody_touches_runs_out_of_one_clock_after_the_other() -> None:
    story = Story()
    assert late(story, 1) == {}
    assert late(story, 2) == {"respond": 1}
    assert late(story, 8) == {"respond": 7, "assess": 5, "feed_back": 1}
    assert list(late(story, 8)) == ["respond", "assess", "feed_back"], "the longest first"


@pytest.mark.parametrize("edit", [{"owner": "李四"}, {"progress": "已联系"}, {"stage": "assessing", **PLAN}])
def test_the_first_assignment_note_or_stage_is_the_response(edit: dict[str, str]) -> None:
    story = Story()
    story.edit(**edit)
    assert "respond" not in late(story, 3)


def test_each_stage_stops_its_clock_and_going_back_does_not_start_it_again() -> None:
    story = Story().to("assessing")
    assert late(story, 8) == {"feed_back": 1}
    story.edit(stage="talking", **PLAN)
    assert late(story, 8) == {}
    story.edit(stage="assessing", reason="再看看", **PLAN)
    assert late(story, 8) == {}


def test_a_report_is_due_every_two_weeks_from_assessing_on() -> None:
    story = Story().to("talking")
    assert late(story, 14) == {}
    assert late(story, 15) == {"report": 1}
    story.later(10).edit(progress="已去厂")
    assert late(story, 15) == {}
    assert late(story, 25) == {"report": 1}


def test_a_next_step_is_overdue_after_its_own_day() -> None:
    story = Story()
    story.edit(next_step="拜访", next_due="2026-11-03")
    assert late(story, 1) == {}
    assert late(story, 2) == {"next_step": 1}


def test_a_parked_or_closed_lead_has_no_clock_and_a_resumed_one_starts_over() -> None:
    story = Story()
    story.edit(stage="parked", reason="等规划")
    assert late(story, 300) == {}
    story.later(20).edit(stage="new")
    assert late(story, 23) == {}
    assert late(story, 24) == {"assess": 1}
    story.edit(stage="lost", reason="去了外地")
    assert late(story, 300) == {}


def test_a_replay_tells_every_past_state() -> None:
    story = Story()
    story.later(1).edit(owner="李四", county="441283")
    story.later(1).edit(stage="assessing", progress="已联系", **PLAN)
    story.later(1).edit(stage="lost", reason="去了外地")
    seen = [replay(story.events[:n])[LEAD] for n in range(1, len(story.events) + 1)]
    assert [state.stage for state in seen] == ["new", "new", "new", "assessing", "lost"]
    assert [state.version for state in seen] == [1, 2, 3, 4, 5]
    assert seen[3].since == "2026-11-04"
    assert (seen[3].next_step, seen[4].next_step) == ("拜访", None)
    assert (seen[0].owner, seen[1].owner) == (None, "李四")


@pytest.mark.parametrize("kind", ["teleported", "noted"])
def test_an_event_that_cannot_be_read_is_named(kind: str) -> None:
    unknown = Event(7, "2026-11-02T09:00:00+08:00", "王某", kind, "LXXXXXXXXXX", {})  # type: ignore[arg-type]
    with pytest.raises(WorkspaceError, match="event 7 of the ledger"):
        replay([unknown])
