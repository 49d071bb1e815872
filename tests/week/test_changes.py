"""本周变化: what changed from one list to the next, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chaingraph.analysis.week import changes, stage_key
from chaingraph.model.week_report import WeekChange, WeekReport, WeekVetoed
from tests.week.made import GAP, lead, week


def found(before: WeekReport, now: WeekReport) -> dict[str, WeekChange]:
    return {change.id: change for change in changes(before, now)}


def with_points(number: int, points: float, **fields: Any):  # type: ignore[no-untyped-def]
    return lead(number, components=(("momentum", points, "2026-11 扩产"),), points=points, **fields)


def test_the_first_list_and_an_equal_list_have_no_changes() -> None:
    assert changes(None, week(lead(1))) == ()
    assert changes(week(lead(1)), week(lead(1))) == ()


def test_a_new_suggestion_and_a_new_gap_say_why_they_are_new() -> None:
    before = week(lead(1))
    now = week(lead(1), lead(2), lead(3, link="seat", link_name="座椅"))
    assert found(before, now)["L-00002"].why == "进入缺口“电芯”前 3 名；得分 48.2"
    assert found(before, now)["L-00003"].why == "缺口“座椅”进入前 5 位；得分 48.2"


def test_up_and_down_name_the_component_and_the_priority_that_changed() -> None:
    before = week(with_points(1, 20.0), with_points(2, 10.0))
    now = week(with_points(2, 25.5, rank=1, priority=80.0), with_points(1, 15.0, rank=2))
    said = found(before, now)
    assert (said["L-00002"].change, said["L-00002"].rank_before, said["L-00002"].rank_now) == ("up", 2, 1)
    assert said["L-00002"].why == "得分 10.0 → 25.5；扩张动向 +15.5（2026-11 扩产）；缺口优先级 71.5 → 80.0"
    assert (said["L-00001"].change, said["L-00001"].why) == ("down", "得分 20.0 → 15.0；扩张动向 -5.0（2026-11 扩产）")


def test_a_lead_that_rose_without_changing_its_place_is_up() -> None:
    before = week(with_points(1, 65.6), with_points(2, 10.0))
    now = week(with_points(1, 80.5, signals=("2026-11-12 拟建新厂",)), with_points(2, 10.0))
    said = found(before, now)
    assert set(said) == {"L-00001"}
    assert said["L-00001"].change == "up"
    assert said["L-00001"].why == "得分 65.6 → 80.5；扩张动向 +14.9（2026-11 扩产）；新动向：2026-11-12 拟建新厂"


def test_a_lead_that_others_went_past_is_not_told_again_nor_is_a_trifle() -> None:
    before = week(with_points(1, 20.0), with_points(2, 10.0), with_points(3, 8.0, priority=50.0))
    now = week(
        *(with_points(2, 25.0, rank=1), with_points(1, 19.1, rank=2), with_points(3, 8.0, priority=50.9)),
    )
    assert set(found(before, now)) == {"L-00002"}


def test_a_gap_that_moved_moves_its_leads_and_an_unknown_is_no_move() -> None:
    before = week(lead(1, priority=70.0), lead(2, points=None))
    said = found(before, week(lead(1, priority=69.0), lead(2, points=50.0)))
    assert {key: (change.change, change.why) for key, change in said.items()} == {
        "L-00001": ("down", "缺口优先级 70.0 → 69.0"),
    }


def test_a_stage_that_moved_is_told_with_its_reason_and_with_what_else_moved() -> None:
    said = found(week(lead(1, stage="线索")), week(lead(1, stage="搁置", reason="等地")))["L-00001"]
    assert (said.change, said.why) == ("moved", "线索 → 搁置：等地")
    now = week(with_points(2, 12.0, rank=1, stage="线索"), with_points(1, 20.0, rank=2))
    said = found(week(with_points(1, 20.0), with_points(2, 10.0)), now)["L-00002"]
    assert (said.change, said.why) == ("moved", "建议 → 线索；得分 10.0 → 12.0；扩张动向 +2.0（2026-11 扩产）")


def test_a_lost_lead_leaves_once_and_is_not_told_the_week_after() -> None:
    lost = lead(1, stage="流失", reason="去了佛山")
    said = found(week(lead(1, stage="在谈")), week(lost))["L-00001"]
    assert (said.change, said.change_name, said.why) == ("dropped", "退出", "在谈 → 流失：去了佛山")
    assert changes(week(lost), week()) == ()


def test_a_suggestion_that_is_gone_says_what_keeps_it_out() -> None:
    before = week(lead(1), vetoed=())
    veto = WeekVetoed("L-00001", "企业1", "电芯", "已注销", "企业已注销", "A", "登记", None)
    assert found(before, week(vetoed=(veto,)))["L-00001"].why == "已注销：企业已注销"
    assert found(before, week(vetoed=(), gaps=()))["L-00001"].why == "“电芯”已不是缺口"
    assert "降到第 9 位" in found(before, week(vetoed=(), gaps=(replace(GAP, rank=9),)))["L-00001"].why
    assert found(before, week(vetoed=()))["L-00001"].why == "不再列入缺口“电芯”前 3 名"


def test_the_words_of_a_stage_are_known_in_both_languages() -> None:
    assert [stage_key(said) for said in ("建议", "suggested", "在谈", "talking", "瞎写")] == [
        *("suggested", "suggested", "talking", "talking", None),
    ]
