"""The lists of projects, parks and targets: filters, order, files; the same as JSON."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from playwright.sync_api import expect

from chaingraph import parks, projects, targets
from chaingraph.cli import cli

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"


def _column(page: Page, number: int) -> list[str]:
    values: list[str] = page.locator("table.sortable tbody tr").evaluate_all(
        f"rows => rows.map((row) => row.cells[{number}].dataset.value)"
    )
    return values


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("projects", ("projects",)),
        ("projects?stage=started&chain=ev", ("projects", "--stage", "started", "--chain", "ev")),
        ("projects?stuck=1&stuck_after=100&top=3", ("projects", "--stuck", "--stuck-after", "100", "--top", "3")),
        ("projects?park=zhaoqing-hitech", ("projects", "--park", "zhaoqing-hitech")),
        ("parks?chain=ev&region=四会市", ("parks", "--chain", "ev", "--region", "四会市")),
        ("targets?year=2022&chain=ev", ("targets", "--year", "2022", "--chain", "ev")),
        ("projects?park=&chain=&stage=", ("projects",)),
    ],
)
def test_the_json_is_what_the_command_prints(
    client: TestClient, office: Settings, path: str, arguments: tuple[str, ...]
) -> None:
    answer = client.get(f"/api/{path}{'&' if '?' in path else '?'}as_of={DAY}")
    asked = [*arguments, "--as-of", DAY, "--format", "json"]
    printed = CliRunner().invoke(cli, asked, env={"CHAINGRAPH_WORKSPACE": str(office.workspace)})
    assert answer.content == printed.stdout_bytes
    assert client.get(f"/{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["projects?stage=flying", "projects?stuck_after=0", "projects?top=0", "targets?year=1", "parks?top=x"]
)
def test_what_cannot_be_asked_is_refused_in_the_envelope(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "usage_error"


@pytest.mark.parametrize("name", ["projects", "parks", "targets"])
def test_the_files_hold_what_is_listed(client: TestClient, office: Settings, name: str) -> None:
    report = {"projects": projects, "parks": parks, "targets": targets}[name](office, chain="ev")
    listed = report.targets + report.others if name == "targets" else getattr(report, name)
    told = client.get(f"/api/{name}.csv?chain=ev")
    assert f'filename="{name}-{report.region}-{report.as_of}.csv"' in told.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == [entity.id for entity in listed]
    book = load_workbook(io.BytesIO(client.get(f"/api/{name}.xlsx?chain=ev").content))
    assert book.active is not None
    assert book.active.max_row == len(listed) + 1
    assert client.get(f"/api/{name}.exe").status_code in (400, 404)


def test_a_click_on_a_head_sorts_and_what_is_unknown_stays_last(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/projects")
    head = page.locator("th[data-key=investment]")
    for first, direction in ((True, "descending"), (False, "ascending")):
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        values = _column(page, 7)
        known = [float(value) for value in values if value]
        assert known == sorted(known, reverse=first)
        assert values[: len(known)] == [value for value in values if value]
        assert len(values) > len(known) > 5
    assert "sort=investment&down=0" in page.url
    page.reload()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert _column(page, 7) == values


def test_a_head_sorts_by_the_keyboard_too(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/parks")
    page.locator("th[data-key=area] button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[data-key=area]")).to_have_attribute("aria-sort", "descending")


def test_a_filter_stands_in_the_url_and_keeps_the_day(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/projects?as_of={DAY}")
    page.locator("select[name=stage]").select_option("started")
    page.wait_for_url("**stage=started**")
    assert f"as_of={DAY}" in page.url
    page.locator("input[name=stuck]").check()
    page.wait_for_url("**stuck=1**")
    report = projects(served.settings, stage="started", stuck_only=True, as_of=DAY)
    assert page.locator("table.sortable tbody tr").count() == len(report.projects) == report.kept


def test_the_four_rates_stand_above_the_projects(client: TestClient, office: Settings) -> None:
    text = client.get(f"/projects?as_of={DAY}").text
    for rate in projects(office, as_of=DAY).rates:
        assert rate.name in text
        assert f"{rate.reached}/{rate.signed}" in text


def test_a_target_that_is_not_known_is_not_shown_as_zero(client: TestClient, office: Settings) -> None:
    report = targets(office, year=2025, as_of=DAY)
    text = client.get(f"/targets?year=2025&as_of={DAY}").text
    unknown = [target for target in report.targets if target.low is None]
    assert unknown
    assert text.count("<progress") == sum(target.share is not None for target in report.targets)
    assert text.count('<em class="unknown">待核实</em>') >= len(unknown)
