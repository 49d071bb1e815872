"""The leads in a real browser: cards dragged and moved by keyboard, a reason asked for, a change by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.service.ledger.actions import note_lead
from chaingraph.service.ledger.board import lead_history, show_lead
from tests.web.conftest import SMALL, WIDE, window
from tests.web.ledger_made import PACK, SEPARATOR, SOON, assessed, taken

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.conftest import Served, Watched

WAY_OUT = "Failed to load resource"
"""What Chromium itself says of an answer that refuses."""


def stage_of(served: Served, key: str) -> str:
    """Where the ledger has a lead."""
    lead = show_lead(served.settings, key).lead
    assert lead is not None
    return lead.stage


def card(key: str, column: str) -> str:
    """A card in a column of the board."""
    return f'[data-column="{column}"] [data-lead="{key}"]'


def test_a_card_dragged_to_the_next_stage_is_an_event_of_the_ledger(served: Served, watched: Watched) -> None:
    key = taken(served.settings).id
    page = watched.page
    page.goto(f"{served.url}/leads?view=board")
    page.locator(card(key, "new")).drag_to(page.locator('[data-column="assessing"]'))
    dialog = page.locator("#stage-dialog")
    dialog.locator("[name=next_step]").fill("约见投资部")
    dialog.locator("[name=due]").fill(SOON)
    dialog.locator("button.primary").click()
    page.wait_for_selector(card(key, "assessing") + '[data-stage="assessing"]')
    assert stage_of(served, key) == "assessing"
    assert lead_history(served.settings, key).events[-1].said == "线索 → 研判"


def test_a_card_goes_back_where_its_move_is_refused_or_left(served: Served, chromium: Browser) -> None:
    key = assessed(served.settings).id
    with window(chromium) as seen:
        page = seen.page
        page.goto(f"{served.url}/leads?view=board")
        page.locator(card(key, "assessing")).drag_to(page.locator('[data-column="signed"]'))
        page.locator("#stage-dialog button.primary").click()
        refusal = page.locator("#stage-dialog .refusal")
        refusal.wait_for()
        assert "一步一步走" in refusal.inner_text()
        page.locator("#stage-dialog [data-close]").click()
        page.wait_for_selector(card(key, "assessing"))
        assert [said for said in seen.complaints if WAY_OUT not in said] == []
    assert stage_of(served, key) == "assessing"


def test_a_lead_is_dropped_from_the_keyboard_with_the_reason_that_it_needs(served: Served, watched: Watched) -> None:
    key = taken(served.settings).id
    page = watched.page
    page.goto(f"{served.url}/leads?view=board")
    page.locator(f'[data-lead="{key}"] [data-move]').focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#stage-dialog")
    assert not dialog.locator("[name=reason]").is_visible()
    dialog.locator("[name=stage]").select_option("dropped")
    reason = dialog.locator("[name=reason]")
    assert reason.get_attribute("required") is not None
    reason.fill("企业明确不来")
    dialog.locator("button.primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(card(key, "dropped"), state="attached")
    last = lead_history(served.settings, key).events[-1]
    assert (last.kind, last.said) == ("closed", "线索 → 剔除，企业明确不来")


def test_a_note_shows_in_the_history_without_a_new_page(served: Served, watched: Watched) -> None:
    key = taken(served.settings).id
    page = watched.page
    page.goto(f"{served.url}/leads/{key}")
    note = page.locator('form[data-act="note"]')
    note.locator("[name=text]").fill("已通话 <b>愿意</b> 来看地")
    note.locator("[name=next_step]").fill("发送园区资料")
    note.locator("[name=due]").fill(SOON)
    note.locator("button").click()
    page.wait_for_selector(".history li:first-child >> text=已通话 <b>愿意</b> 来看地")
    assert page.locator(".toast").inner_text() == "已记入台账"
    page.locator('form[data-act="assign"] [name=owner]').fill("")
    page.locator('form[data-act="assign"] button').click()
    page.wait_for_selector(".lead-head >> text=未分派")
    state = show_lead(served.settings, key).lead
    assert state is not None
    assert (state.owner, state.next_due) == (None, SOON)


def test_what_a_colleague_did_meanwhile_is_told_and_loaded_at_a_click(served: Served, chromium: Browser) -> None:
    key = taken(served.settings).id
    with window(chromium) as seen:
        page = seen.page
        page.goto(f"{served.url}/leads/{key}")
        note_lead(served.settings, key, "会上已议", user="陈芳")
        note = page.locator('form[data-act="note"]')
        note.locator("[name=text]").fill("我也通了话")
        note.locator("p button").click()
        page.wait_for_selector('form[data-act="note"] .refusal >> text=陈芳')
        with page.expect_navigation():
            note.locator(".refusal button").click()
        assert "会上已议" in page.locator(".history li").first.inner_text()
        assert [said for said in seen.complaints if WAY_OUT not in said] == []


def test_a_suggestion_is_accepted_where_it_stands(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/leads?view=suggestions&chain=ev&link=separator")
    page.locator(f'[data-accept="{SEPARATOR}"]').click()
    page.locator("#accept-dialog [name=owner]").fill("王强")
    page.locator("#accept-dialog button.primary").click()
    page.wait_for_selector(".candidates .stage.new")
    key = lead_history(served.settings).events[0].lead
    assert key is not None
    assert page.locator(f'.candidates a[href="/leads/{key}"]').count() == 1


def test_filters_and_the_order_of_the_list_stand_in_the_url(served: Served, watched: Watched) -> None:
    first, second = assessed(served.settings), taken(served.settings, PACK)
    page = watched.page
    page.goto(f"{served.url}/leads")
    page.locator('[data-sort="stage"]').click()
    page.locator('[data-sort="stage"]').click()
    assert page.url.endswith("sort=-stage")
    shown = page.locator("table.leads tbody td.id")
    assert shown.all_inner_texts() == [first.id, second.id]
    page.reload()
    page.locator('[aria-sort="descending"]').wait_for()
    assert shown.all_inner_texts() == [first.id, second.id]
    page.locator("#filters [name=stage]").select_option("new")
    page.wait_for_url("**/leads?view=list&stage=new")
    assert shown.all_inner_texts() == [second.id]


@pytest.mark.parametrize("size", [WIDE, SMALL])
def test_no_page_of_leads_is_wider_than_the_window(served: Served, chromium: Browser, size: tuple[int, int]) -> None:
    key = taken(served.settings, owner="很长的名字" * 40).id
    note_lead(served.settings, key, "x" * 1900, next_step="长" * 1900, due=SOON, user="李敏")
    for path in ("/leads", "/leads?view=board", "/leads?view=suggestions", f"/leads/{key}", "/week"):
        with window(chromium, size) as seen:
            seen.page.goto(served.url + path)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert seen.page.evaluate(wide) == 0, path
            assert seen.complaints == []
