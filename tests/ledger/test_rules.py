"""The rules of the ledger, each both ways: what it lets pass, and what it refuses with the mend."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chaingraph.errors import UsageError
from chaingraph.ledger.rules import hearing
from tests.ledger.made import LEAD, PLAN, Story


def refused(story: Story, because: str, **edit: Any) -> None:
    """The edit is refused with a message in which ``because`` stands, and nothing is written."""
    before = len(story.events)
    with pytest.raises(UsageError) as error:
        story.edit(**edit)
    assert because in error.value.text.en, error.value.text.en
    assert error.value.text.zh != error.value.text.en
    assert len(story.events) == before


def test_a_lead_goes_step_by_step_to_a_signed_project() -> None:
    story = Story().to("signing")
    kinds = story.edit(stage="signed", project={"park": "high-tech", "area_mu": 30.0})
    assert kinds == ["closed"]
    assert story.state.stage == "signed"
    assert story.state.project == {
        "park": "high-tech",
        "investment_cny": None,
        "area_mu": 30.0,
        "date": "2026-11-02",
    }


def test_a_stage_is_not_passed_over() -> None:
    refused(Story(), "the next is assessing", stage="talking", **PLAN)
    refused(Story().to("assessing"), "the next is talking", stage="signed")


def test_no_next_step_no_advance() -> None:
    for plan in ({}, {"next_step": "拜访"}):
        refused(Story(), "no next step, no advance to assessing", stage="assessing", **plan)
    refused(Story(), "was due on 2026-11-01", stage="assessing", next_step="拜访", next_due="2026-11-01")
    planned = Story()
    planned.edit(next_step="拜访", next_due="2026-11-03")
    refused(planned.later(2), "was due on 2026-11-03", stage="assessing")
    assert Story().edit(stage="assessing", next_step="拜访", next_due="2026-11-02") == ["noted", "stage_changed"]


def test_a_next_step_of_the_stage_before_does_not_serve_twice() -> None:
    story = Story()
    assert story.edit(**PLAN) == ["noted"]
    assert story.edit(stage="assessing") == ["stage_changed"]
    refused(story, "no next step, no advance to talking", stage="talking")
    assert story.edit(stage="talking", **PLAN) == ["noted", "stage_changed"], "said anew, though it reads the same"


def test_back_and_out_need_a_reason_and_forward_does_not() -> None:
    for stage in ("new", "parked", "lost", "dropped"):
        refused(Story().to("talking"), "needs a reason", stage=stage)
        refused(Story().to("talking"), "needs a reason", stage=stage, reason="  ")
        story = Story().to("talking")
        story.edit(stage=stage, reason="没有用地")
        assert (story.state.stage, story.state.reason) == (stage, "没有用地")


def test_a_reason_alone_corrects_the_one_that_stands_but_does_not_empty_it() -> None:
    story = Story()
    story.edit(stage="parked", reason="缺地")
    assert story.edit(reason="缺电") == ["noted"]
    assert story.state.reason == "缺电"
    refused(story, "needs a reason", reason="")


def test_a_parked_lead_resumes_where_it_was_or_before_but_not_beyond() -> None:
    parked = Story().to("talking")
    parked.edit(stage="parked", reason="等规划")
    refused(parked, "the next is talking", stage="signing", **PLAN)
    parked.edit(stage="talking", **PLAN)
    assert parked.state.stage == "talking"
    earlier = Story().to("talking")
    earlier.edit(stage="parked", reason="等规划")
    earlier.edit(stage="new")
    assert earlier.state.stage == "new"


def test_a_closed_lead_takes_notes_only() -> None:
    story = Story()
    story.edit(stage="dropped", reason="重复")
    for edit in ({"owner": "李四"}, {"next_step": "拜访"}, {"stage": "assessing", **PLAN}, {"stage": "lost"}):
        refused(story, "takes notes only", **edit)
    assert story.edit(progress="另有联系") == ["noted"]


def test_a_next_step_is_not_set_for_a_day_that_is_past_but_an_old_one_stays() -> None:
    story = Story()
    refused(story, "was due on 2026-11-01", next_step="拜访", next_due="2026-11-01")
    story.edit(next_step="拜访", next_due="2026-11-02")
    story.later(3)
    assert story.edit(next_step="拜访", next_due="2026-11-02", progress="还没去") == ["noted"]
    refused(story, "was due on 2026-11-02", next_step="再约")
    assert story.edit(next_step="再约", next_due="2026-11-05") == ["noted"]
    story.later(1)
    assert story.edit(next_step="") == ["noted"]


def test_the_project_of_a_signed_lead_is_completed_and_corrected_and_nothing_else_moves() -> None:
    story = Story().to("signing")
    story.edit(stage="signed", project={"investment_cny": 2e8})
    signed = story.state
    story.later(3)
    assert story.edit(stage="signed", project={"park": "high-tech", "date": "2026-11-01"}) == ["closed"]
    assert story.edit(stage="signed", project={"park": "high-tech"}) == story.edit(stage="signed") == []
    assert story.edit(stage="signed", project={"investment_cny": None, "area_mu": 30.0}) == ["closed"]
    state = story.state
    assert state.project == {"park": "high-tech", "investment_cny": None, "area_mu": 30.0, "date": "2026-11-01"}
    assert (state.since, state.entered, state.stage) == (signed.since, signed.entered, "signed")
    refused(story, "is too small: it is in CNY", stage="signed", project={"investment_cny": 12.0})
    refused(story, "in the future", stage="signed", project={"date": "2026-11-06"})


def test_a_contract_that_comes_to_nothing_is_lost_with_a_reason_and_may_begin_anew() -> None:
    story = Story().to("signed")
    refused(story, "needs a reason", stage="lost")
    assert story.edit(stage="lost", reason="毁约") == ["closed"]
    assert (story.state.stage, story.state.project) == ("lost", None)
    refused(story, "go with the stage signed", project={"area_mu": 30.0})
    story.edit(stage="new", reason="又来谈")
    assert (story.state.stage, story.state.approvals) == ("new", ())


def test_a_lost_lead_is_reopened_with_a_reason_and_a_signed_one_never() -> None:
    story = Story().to("signing")
    story.edit(stage="lost", reason="去了外地")
    refused(story, "needs a reason", stage="new")
    story.edit(stage="new", reason="又有意向")
    assert (story.state.stage, story.state.approvals) == ("new", ()), "approvals are given anew"
    refused(Story().to("signed"), "is a project now", stage="new", reason="后悔")


def test_the_county_selects_before_the_city_files_and_both_before_a_signature() -> None:
    story = Story(county="441283").to("talking")
    refused(story, "needs the approval of the county", stage="signing", **PLAN)
    with pytest.raises(UsageError, match="first run chaingraph leads approve"):
        story.approve("city")
    story.approve("county")
    story.edit(stage="signing", **PLAN)
    refused(story, "needs the approval of the city", stage="signed")
    story.approve("city")
    assert story.edit(stage="signed") == ["closed"]


def test_an_approval_is_that_of_a_county_and_does_not_outlive_it() -> None:
    story = Story().to("talking")
    with pytest.raises(UsageError, match=r"has no county yet .* --county COUNTY"):
        story.approve("county")
    story.edit(county="441283")
    story.approve("county", "city")
    assert story.edit(county="441283", owner="李四") == ["assigned"]
    assert [given.by for given in story.state.approvals] == ["county", "city"], "the same county said again"
    refused(story, "needs the approval of the county", stage="signing", county="441284", **PLAN)
    story.edit(county="441284")
    assert story.state.approvals == ()
    story.approve("county", "city")
    story.edit(stage="signing", **PLAN)
    refused(story, "needs the approval of the county", stage="signed", county="441283")
    story.edit(county="")
    assert story.state.approvals == ()


def test_an_edit_that_changes_nothing_writes_nothing() -> None:
    story = Story()
    story.edit(owner="李四", county="441283", progress="已联系", **PLAN)
    assert story.edit(owner=" 李四 ", county="441283", progress="已联系", stage="new", **PLAN) == []
    story.approve("county")
    assert story.approve("county").events[-1].number == 4


def test_an_empty_text_empties_a_field_and_a_due_day_goes_with_its_step() -> None:
    story = Story()
    story.edit(owner="李四", progress="已联系", **PLAN)
    story.edit(owner="", progress="", next_step="")
    state = story.state
    assert (state.owner, state.progress, state.next_step, state.next_due) == (None, None, None, None)
    refused(story, "a due day needs a next step", next_due="2026-12-01")


@pytest.mark.parametrize(
    ("edit", "because"),
    [
        ({"next_step": "拜访", "next_due": "2026/13/45"}, "is not a date"),
        ({"owner": "王\x00某"}, "U+0000"),
        ({"progress": "坏\ud800字"}, "U+D800"),
        ({"progress": "长" * 2001}, "2001 characters"),
        ({"project": {"area_mu": 3}}, "go with the stage signed"),
    ],
)
def test_what_cannot_be_kept_is_refused(edit: dict[str, Any], because: str) -> None:
    refused(Story(), because, **edit)


@pytest.mark.parametrize(
    "project", [{"area_mu": 0.0}, {"investment_cny": float("nan")}, {"investment_cny": -1}, {"date": "2026-11-03"}]
)
def test_a_project_is_signed_by_today_and_with_figures_above_zero(project: dict[str, Any]) -> None:
    refused(Story().to("signing"), "in the future" if "date" in project else "above 0", stage="signed", project=project)


def test_a_signal_is_kept_once_and_never_from_the_future() -> None:
    story = Story()
    assert story.write(hearing(story.state, "扩产", story.on, story.on)) == ["signal"]
    assert hearing(story.state, " 扩产 ", story.on, story.on) == []
    with pytest.raises(UsageError, match="in the future"):
        hearing(story.state, "扩产", story.on + timedelta(days=1), story.on)
    assert [(heard.date, heard.said) for heard in story.state.signals] == [("2026-11-02", "扩产")]
    assert story.state.id == LEAD
