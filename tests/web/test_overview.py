"""The overview: every chain as a card, the leads in work, the targets of the year; the same as JSON."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from chaingraph import accept_lead, drop_lead, gaps, overview, suggest_leads
from chaingraph.cli import cli
from chaingraph.service.targets import targets
from tests.web.conftest import SMALL, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"


def _accepted(office: Settings, chain: str, county: str | None = None) -> tuple[str, str]:
    """Accepts the first lead suggested for a chain; its id and its link."""
    gap = next(gap for gap in suggest_leads(office, chain).gaps if gap.leads)
    accept_lead(office, gap.leads[0].id, user="tester", county=county)
    return gap.leads[0].id, gap.link


def test_the_json_is_what_the_command_prints(client: TestClient, office: Settings) -> None:
    answer = client.get(f"/api/overview?as_of={DAY}")
    asked = ["gaps", "--all", "--as-of", DAY, "--format", "json"]
    printed = CliRunner().invoke(cli, asked, env={"CHAINGRAPH_WORKSPACE": str(office.workspace)})
    assert answer.content == printed.stdout_bytes


def test_a_lead_counts_in_every_chain_that_has_its_link_and_once_in_all(office: Settings) -> None:
    assert (overview(office).leads_open, overview(office).leads_overdue) == (0, 0)
    key, link = _accepted(office, "ev")
    report = overview(office)
    assert (report.leads_open, report.leads_overdue) == (1, 0)
    counted = {chain.chain for chain in report.chains if chain.leads_open}
    assert "ev" in counted
    assert counted == {chain.chain for chain in report.chains if link in _links(office, chain.chain)}
    drop_lead(office, key, reason="试", user="tester")
    assert overview(office).leads_open == 0


def _links(office: Settings, chain: str) -> set[str]:
    return set(gaps(office, chain).rows)


def test_a_lead_that_nobody_answers_is_overdue_and_a_lead_is_of_its_own_region(office: Settings) -> None:
    _accepted(office, "ev", county="四会市")
    later = overview(office, as_of=date.today() + timedelta(days=30))
    assert (later.leads_open, later.leads_overdue) == (1, 1)
    assert {chain.leads_overdue for chain in later.chains if chain.leads_open} == {1}
    assert overview(office, as_of=date.today() - timedelta(days=30)).leads_open == 0
    assert overview(office, region="四会市").leads_open == 1
    assert overview(office, region="广东省").leads_open == 1
    assert overview(office, region="端州区").leads_open == 0
    assert overview(office, region="佛山市").leads_open == 0


@pytest.mark.parametrize(("day", "year"), [("2026-11-22", 2025), ("2023-12-31", 2023), ("2001-01-01", None)])
def test_the_targets_are_those_of_the_latest_year_not_after_the_day(
    office: Settings, day: str, year: int | None
) -> None:
    report = overview(office, as_of=day)
    assert report.targets_year == year
    told = () if year is None else targets(office, year=year, as_of=day).targets
    assert report.targets == told


def test_a_card_tells_its_chain_and_opens_its_map(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/?as_of={DAY}")
    report = overview(served.settings, as_of=DAY)
    cards = page.locator("article.chain")
    assert cards.count() == len(report.chains)
    for chain in report.chains:
        card = page.locator("article.chain", has=page.locator(f'a.cover[href^="/chains/{chain.chain}?"]'))
        expect(card.locator("h2")).to_have_text(chain.name)
        assert card.locator("ol.top a").all_inner_texts() == [gap.name for gap in chain.top]
        assert f"无数据 {chain.no_data}" in card.locator(".counts").inner_text()
    ev = cards.first
    assert ev.locator("ol.top a").first.get_attribute("href") == f"/chains/ev?as_of={DAY}&link={_first_gap(served)}"
    # Wherever a card is clicked that names nothing else, it opens.
    ev.scroll_into_view_if_needed()
    spot = ev.locator(".rate").bounding_box()
    assert spot is not None
    page.mouse.click(spot["x"] + 2, spot["y"] + 4)
    page.wait_for_url("**/chains/ev?**")


def _first_gap(served: Served) -> str:
    (ev,) = [chain for chain in overview(served.settings, as_of=DAY).chains if chain.chain == "ev"]
    return ev.top[0].link


def test_the_default_chain_comes_first_then_those_with_a_leader(client: TestClient, office: Settings) -> None:
    cards = re.findall(r'class="cover" href="/chains/([^?"]+)', client.get(f"/?as_of={DAY}").text)
    led = {chain.chain: bool(chain.leaders) for chain in overview(office, as_of=DAY).chains}
    assert cards[0] == "ev"
    assert sorted(cards) == sorted(led)
    assert [led[chain] for chain in cards] == sorted(led.values(), reverse=True)


def test_leaders_lead_to_their_firms_and_unknown_is_never_zero(client: TestClient) -> None:
    text = client.get(f"/?as_of={DAY}").text
    assert f'<a href="/firms/xpeng?as_of={DAY}"><bdi>小鹏汽车</bdi></a>' in text
    assert "待核实" in text
    assert 'value="0" aria-label="0%"' not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_overview_fits_a_small_window_in_both_languages(served: Served, chromium: Browser, lang: str) -> None:
    with window(chromium, SMALL) as seen:
        seen.page.goto(f"{served.url}/?lang={lang}")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= SMALL[0]
        assert seen.complaints == []
