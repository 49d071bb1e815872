"""A link: its page, its panel beside the map, its JSON; a lead accepted from the panel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from chaingraph.config import settings
from chaingraph.errors import NotFound
from chaingraph.export.text import render_json
from chaingraph.model.numbers import money, number
from chaingraph.service.explain import explain
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.ledger.actions import accept_lead, drop_lead
from chaingraph.service.ledger.board import list_leads
from chaingraph.service.link_page import link_page
from chaingraph.web.app import build
from tests.hostile_pack import ALL_AT_ONCE, write_hostile

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"
TAGS = re.compile(r"<[^>]+>|\s+")


def _text(html: str) -> str:
    """What a reader sees, without blanks."""
    return TAGS.sub("", html.replace("&lt;", "<").replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))


def _plain(text: str) -> str:
    return TAGS.sub("", text)


def _panel(client: TestClient, link: str) -> str:
    answer = client.get(f"/chains/ev/links/{link}/panel?as_of={DAY}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_link_is_told_as_the_explanation_and_the_suggestions_tell_it(office: Settings) -> None:
    for link in ("seat", "battery-cell", "auto-glass"):
        report = link_page(office, link, "ev", as_of=DAY)
        assert report.explanation == explain(office, link, "ev", as_of=DAY)
        assert report.leads == suggest_leads(office, "ev", link=link, top=8, as_of=DAY).gaps[0]


def test_a_link_without_a_chain_is_seen_in_the_default_chain_else_in_the_first_that_has_it(office: Settings) -> None:
    shared, elsewhere = link_page(office, "battery-cell"), link_page(office, "储能电池包")
    assert shared.explanation.chain == "ev"
    assert [chain.chain for chain in shared.chains] == ["ev", "storage"]
    assert elsewhere.explanation.chain == "storage"
    with pytest.raises(NotFound):
        link_page(office, "seat", "storage")


def test_every_source_stands_once_the_best_first_and_each_is_cited_beneath_the_numbers(office: Settings) -> None:
    report = link_page(office, "battery-cell", as_of=DAY)
    cited = {citation.source for fact in report.explanation.facts for citation in fact.citations}
    assert {source.source for source in report.sources} == cited
    assert len(report.sources) == len(cited)
    assert [source.grade for source in report.sources] == sorted(source.grade for source in report.sources)


def test_the_ledger_of_a_link_holds_its_leads_closed_ones_too(office: Settings) -> None:
    first, second = link_page(office, "battery-cell").leads.leads[:2]
    for lead in (first, second):
        accept_lead(office, lead.id, chain="ev", despite="已核实")
    drop_lead(office, second.id, "不合适")
    report = link_page(office, "battery-cell")
    assert {lead.id: lead.stage for lead in report.ledger} == {first.id: "new", second.id: "dropped"}
    assert link_page(office, "seat").ledger == ()


def test_the_json_holds_the_report(client: TestClient, office: Settings) -> None:
    answer = client.get(f"/api/links/seat?chain=ev&as_of={DAY}")
    assert answer.content == render_json(link_page(office, "seat", "ev", as_of=DAY))  # type: ignore[arg-type]


def test_the_panel_shows_the_figures_of_the_service(client: TestClient, office: Settings) -> None:
    report = link_page(office, "battery-pack", "ev", as_of=DAY)
    row, seen = report.explanation.row, _text(_panel(client, "battery-pack"))
    assert None not in (row.need.value, row.value_cny, row.priority, row.nearest)
    told = [row.name, row.reason, f"{number(row.need.value)} {row.unit}", money(row.value_cny, "zh")]
    told += [number(round(row.priority, 1)), row.nearest.name, f"缺口第 {row.rank} 位"]
    told += [project.name for project in row.supply.projects]
    told += [part.why for part in row.components]
    told += [f"{number(term.run)} × {number(term.amount)}" for term in row.need.terms if term.run is not None]
    told += [source.title for source in report.sources]
    told += [text for lead in report.leads.leads for text in (lead.firm_name, number(round(lead.points, 1)))]
    told += [veto.why for lead in report.leads.vetoed for veto in lead.vetoes]
    assert len(told) > 25
    assert [text for text in told if _plain(text) not in seen] == []


def test_the_page_shows_what_the_panel_shows_and_the_neighbours_of_the_link(
    client: TestClient, office: Settings
) -> None:
    page = client.get(f"/links/battery-cell?as_of={DAY}").text
    for neighbour in link_page(office, "battery-cell", as_of=DAY).neighbours:
        assert f'href="/links/{neighbour.object}?as_of={DAY}"' in page
    body = _panel(client, "battery-cell").partition('data-fold="need" open>')[2]
    assert _text(body.partition("</article>")[0])[:400] in _text(page)
    assert 'data-node="battery-cell"' in page


def test_a_link_without_data_says_that_nobody_has_looked_and_not_that_there_is_nobody(client: TestClient) -> None:
    panel = _panel(client, "auto-glass")
    assert "没有人看过，不等于没有" in panel
    assert "没有已知的本地项目" not in panel
    assert "没有已知的本地项目" in _panel(client, "interior-trim")


def test_an_unknown_need_is_unverified_and_never_nought(client: TestClient) -> None:
    panel = _text(_panel(client, "battery-equipment"))
    assert "年需求待核实" in panel
    assert "年需求0" not in panel


@pytest.mark.parametrize(
    "path", ["/links/nowhere", "/links/seat?chain=storage", "/chains/ev/links/nowhere/panel", "/links/seat?chain=none"]
)
def test_an_unknown_link_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    if path.startswith("/links"):
        answer = client.get(f"/api{path}")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_hostile_names_stay_text_in_the_panel(tmp_path: Path) -> None:
    office = settings(tmp_path / "workspace", [write_hostile(tmp_path / "hostile").folder], environ={})
    with TestClient(build(office), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        answer = client.get("/chains/demo/links/pack-link/panel")
    assert answer.status_code == 200
    assert not re.search(r"<script|<img|<svg onload|\son\w+=[\"']", re.sub(r"&[#\w]+;", "", answer.text))
    assert _plain(ALL_AT_ONCE)[:20] in _text(answer.text) or "&lt;script&gt;" in answer.text


def _opened(watched: Watched, served: Served, link: str) -> Page:
    watched.page.goto(f"{served.url}/chains/ev?link={link}")
    expect(watched.page.locator("#panel .link-panel h2")).to_be_visible()
    return watched.page


def test_a_lead_is_accepted_from_the_panel_and_stands_in_the_ledger(served: Served, watched: Watched) -> None:
    lead = link_page(served.settings, "battery-cell", "ev").leads.leads[0]
    page = _opened(watched, served, "battery-cell")
    item = page.locator(f'#panel [data-lead="{lead.id}"]')
    item.locator("[data-accept]").click()
    expect(item.locator(".in-ledger")).to_have_text("台账：线索")
    expect(item.locator("[data-accept]")).to_have_count(0)
    assert [(held.id, held.stage) for held in list_leads(served.settings).leads] == [(lead.id, "new")]
    page.reload()
    expect(item.locator(".in-ledger")).to_have_text("台账：线索")


def test_what_speaks_against_a_lead_is_told_beside_it_and_a_reason_lets_it_through(
    served: Served, watched: Watched
) -> None:
    settings_ = served.settings
    lead = link_page(settings_, "battery-cell", "ev").leads.leads[0]
    other = next(
        each
        for gap in suggest_leads(settings_, "storage", top=50).gaps
        for each in gap.leads
        if each.firm == lead.firm and each.link != lead.link
    )
    accept_lead(settings_, other.id, chain="storage")
    page = _opened(watched, served, "battery-cell")
    item = page.locator(f'#panel [data-lead="{lead.id}"]')
    item.locator("[data-accept]").click()
    expect(item.locator("[role=alert]")).to_contain_text(other.link_name)
    item.locator('input[name="despite"]').fill("两个环节分别谈")
    item.locator("form button").click()
    expect(item.locator(".in-ledger")).to_have_text("台账：线索")
    assert {held.id for held in list_leads(settings_).leads} == {lead.id, other.id}
    # The refusal is an answer of the server that the browser's console tells of.
    assert all("400" in told or "409" in told for told in watched.complaints)
    watched.complaints.clear()


def test_the_reader_stays_where_she_was_when_the_panel_opens_and_closes(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/chains/ev")
    row = page.locator('#panel tr[data-link="seat"] a')
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .link-panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    assert "link=" not in page.url


def test_a_section_that_is_folded_stays_folded_for_the_next_link(served: Served, watched: Watched) -> None:
    page = _opened(watched, served, "seat")
    page.locator('#panel details[data-fold="near"] > summary').click()
    page.locator('#panel .link-panel [data-select="vehicle-assembly"]').first.click()
    expect(page.locator("#panel .link-panel h2")).to_have_text("整车制造")
    expect(page.locator('#panel details[data-fold="near"]')).not_to_have_attribute("open", "")
    expect(page.locator('#panel details[data-fold="need"]')).to_have_attribute("open", "")


def test_the_page_of_a_link_opens_without_a_complaint(served: Served, watched: Watched) -> None:
    watched.page.goto(f"{served.url}/links/battery-cell?chain=storage", wait_until="networkidle")
    expect(watched.page.locator("h1")).to_contain_text("锂离子电芯")
    expect(watched.page.locator('.tabs [aria-current="page"]')).to_have_text("新型储能")
    expect(watched.page.locator(".graph canvas")).to_be_visible()
