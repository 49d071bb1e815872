"""The gaps of a chain: as JSON, as a table that sorts and filters, and as files of what is shown."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from playwright.sync_api import expect

from chaingraph.cli import cli
from chaingraph.export.shown_gaps import MOVES, SORTS, STAGES, STATUSES, Wanted, shown, sort_keys
from chaingraph.model.shown_status import status_of
from chaingraph.service.gaps import gaps

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page
    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from chaingraph.model.gap_report import GapReport
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"
AT = f"/api/chains/ev/gaps.{{}}?as_of={DAY}"


@pytest.fixture
def ev(office: Settings) -> GapReport:
    """The gaps of the default chain."""
    return gaps(office, "ev", as_of=DAY)


def _rows_of(report: GapReport) -> list[str]:
    return [row.link for rows in (report.gaps, report.no_data, report.covered, report.leader_links) for row in rows]


def _csv(client: TestClient, query: str) -> list[dict[str, str]]:
    answer = client.get(AT.format("csv") + query)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "arguments"),
    [("", ()), ("&direction=upstream&move=fill&top=2", ("--direction", "upstream", "--move", "fill", "--top", "2"))],
)
def test_the_json_is_what_the_command_prints(
    client: TestClient, office: Settings, query: str, arguments: tuple[str, ...]
) -> None:
    answer = client.get(f"/api/chains/ev/gaps?as_of={DAY}{query}")
    asked = ["gaps", "--chain", "ev", "--as-of", DAY, "--format", "json", *arguments]
    room = {"CHAINGRAPH_WORKSPACE": str(office.workspace)}
    printed = CliRunner().invoke(cli, asked, env=room, catch_exceptions=False)
    assert answer.content == printed.stdout_bytes


@pytest.mark.parametrize("column", SORTS)
def test_what_is_unknown_stands_last_whichever_way_a_column_is_sorted(ev: GapReport, column: str) -> None:
    known = sum(sort_keys(row)[column] is not None for row in ev.no_data)
    up = [sort_keys(row)[column] for row in shown(ev, Wanted(sort=column)).no_data]
    down = [sort_keys(row)[column] for row in shown(ev, Wanted(sort=f"-{column}")).no_data]
    assert [key is None for key in up] == [key is None for key in down] == [n >= known for n in range(len(up))]
    told = [key for key in up if key is not None]
    assert told == sorted(told) == [key for key in down if key is not None][::-1]


def test_names_are_sorted_as_a_dictionary_lists_them(client: TestClient) -> None:
    names = [row["环节"] for row in _csv(client, "&status=missing,thin&sort=name") if row["部分"] == "缺口"]
    assert names.index("车灯照明") < names.index("锂电装备") < names.index("内饰件") < names.index("整车热管理")


def test_the_csv_holds_the_rows_that_pass_every_filter_and_no_others(client: TestClient, ev: GapReport) -> None:
    wanted = {
        row.link
        for row in ev.rows.values()
        if status_of(row) in ("thin", "no_data") and row.stage == "upstream" and row.move == "strengthen"
    }
    assert wanted
    rows = _csv(client, "&status=thin&status=no_data&stage=upstream&move=strengthen&sort=-value")
    assert {row["编号"] for row in rows} == wanted
    known = [float(row["需求金额（元/年）"]) for row in rows if row["部分"] == "缺口" and row["需求金额（元/年）"]]
    assert known == sorted(known, reverse=True)


def test_the_workbook_holds_the_cells_of_the_csv_and_names_what_is_unknown(client: TestClient) -> None:
    query = "&q=%E7%94%B5&sort=-need"
    table = _csv(client, query)
    answer = client.get(AT.format("xlsx") + query)
    assert f'filename="gaps-ev-441200-{DAY}.xlsx"' in answer.headers["content-disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert list(heads) == list(table[0])
    assert len(rows) == len(table) > 5
    for cells, told in zip(rows, table, strict=True):
        for cell, text in zip(cells, told.values(), strict=True):
            if isinstance(cell, int | float):
                assert cell == pytest.approx(float(text))
            else:
                # An unknown is empty in a CSV, which machines read, and a word in a workbook.
                assert ("" if cell in (None, "待核实") else cell) == text
    assert any("待核实" in row for row in rows)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(sheet.column_dimensions["C"].width >= 2 * len(row["环节"]) for row in table)


def test_the_workbook_of_one_day_is_the_same_bytes(client: TestClient) -> None:
    first, again = (client.get(AT.format("xlsx")).content for _ in range(2))
    assert first == again


def test_a_filter_that_no_link_passes_gives_files_with_a_header_alone(client: TestClient) -> None:
    assert _csv(client, "&q=nothing-of-the-kind") == []
    sheet = load_workbook(io.BytesIO(client.get(AT.format("xlsx") + "&q=nothing-of-the-kind").content)).worksheets[0]
    assert sheet.max_row == 1


@pytest.mark.parametrize("query", ["&status=gone", "&stage=nowhere", "&move=dance", "&sort=colour", "&sort=-"])
def test_a_filter_that_is_none_is_refused_with_those_there_are(client: TestClient, query: str) -> None:
    for kind in ("csv", "xlsx"):
        answer = client.get(AT.format(kind) + query)
        assert answer.status_code == 400
        assert "可选" in answer.json()["error"]["message"]


def test_an_unknown_chain_is_told_in_the_envelope(client: TestClient) -> None:
    for kind in ("", ".csv", ".xlsx"):
        answer = client.get(f"/api/chains/nowhere/gaps{kind}")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_a_name_that_begins_as_a_formula_is_text_in_both_files(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from chaingraph.config import settings
    from chaingraph.web.app import build
    from tests.small_pack import SmallPack

    pack = SmallPack.write(tmp_path / "small")
    pack.edit("chains/demo.yaml", "name: 电池包", 'name: "=1+1"')
    office = settings(tmp_path / "workspace", [pack.folder], environ={})
    with TestClient(build(office), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        table = client.get("/api/chains/demo/gaps.csv").content.decode("utf-8-sig")
        sheet = load_workbook(io.BytesIO(client.get("/api/chains/demo/gaps.xlsx").content)).worksheets[0]
    assert ",'=1+1," in table
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_gaps_of_a_chain_are_a_tab_of_its_page(client: TestClient) -> None:
    answer = client.get("/chains/ev/gaps?status=thin&view=map", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/chains/ev?status=thin&view=gaps"


def _opened(watched: Watched, served: Served, query: str = "") -> Page:
    watched.page.goto(f"{served.url}/chains/ev?view=gaps&as_of={DAY}{query}")
    return watched.page


def _gaps_shown(page: Page) -> Locator:
    return page.locator('table.gaps.full tbody[data-part="gaps"] tr[data-link]:visible')


def _links(rows: Locator) -> list[str]:
    return rows.evaluate_all("rows => rows.map(row => row.dataset.link)")


def test_a_header_sorts_the_table_one_way_then_the_other_then_not(
    served: Served, watched: Watched, ev: GapReport
) -> None:
    page = _opened(watched, served)
    assert _links(_gaps_shown(page)) == [row.link for row in ev.gaps]
    need = page.locator('table.full button[data-sort="need"]')
    for sort, way in (("-need", "descending"), ("need", "ascending"), (None, "none")):
        need.click()
        expect(page.locator('table.full th:has(button[data-sort="need"])')).to_have_attribute("aria-sort", way)
        assert _links(_gaps_shown(page)) == [row.link for row in shown(ev, Wanted(sort=sort)).gaps]
        assert ("sort=" in page.url) == (sort is not None)


def test_the_order_and_the_filter_stand_in_the_url_and_what_is_exported_is_what_is_shown(
    served: Served, watched: Watched
) -> None:
    page = _opened(watched, served)
    page.locator('table.full button[data-sort="name"]').click()
    page.locator('.gap-table .chip[data-filter="status"][data-value="thin"]').click()
    page.locator('.gap-table .chip[data-filter="status"][data-value="no_data"]').click()
    page.locator('.gap-table input[data-filter="q"]').fill("电")
    rows = page.locator("table.full tr[data-link]:visible")
    seen = _links(rows)
    assert len(seen) > 3
    with page.expect_download() as download:
        page.locator('.gap-table a[data-export][href*=".csv"]').click()
    told = csv.DictReader(io.StringIO(download.value.path().read_bytes().decode("utf-8-sig")))
    assert [row["编号"] for row in told] == seen
    # Whoever is sent the address sees the same.
    page.goto(page.url)
    assert _links(rows) == seen
    expect(page.locator('.gap-table input[data-filter="q"]')).to_have_value("电")


def test_a_filter_or_an_order_that_is_none_is_left_out_of_what_is_shown_and_exported(
    served: Served, watched: Watched, ev: GapReport
) -> None:
    page = _opened(watched, served, "&status=foo&sort=foo")
    assert page.locator("table.full tr[data-link]:visible").count() == len(ev.rows)
    every = {"status": STATUSES, "stage": STAGES, "move": MOVES}
    given = "".join(f"&{name}={','.join((*values, 'foo'))}" for name, values in every.items())
    page = _opened(watched, served, f"{given}&sort=-foo")
    export = page.locator('.gap-table a[data-export][href*=".csv"]').get_attribute("href")
    assert export is not None
    told = parse_qs(urlsplit(export).query)
    assert {name: told.get(name) for name in (*every, "sort")} == {
        **{name: [",".join(sorted(values))] for name, values in every.items()},
        "sort": None,
    }


def test_links_without_data_are_counted_apart_from_the_gaps(served: Served, watched: Watched, ev: GapReport) -> None:
    page = _opened(watched, served, "&status=thin,no_data")
    thin = sum(row.status == "thin" for row in ev.gaps)
    counted = page.locator("table.full .part:visible .counted")
    expect(counted).to_have_text([f"显示 {thin} / {ev.totals.gaps}", f"显示 {ev.totals.no_data} / {ev.totals.no_data}"])


def test_a_row_and_the_panel_show_the_same_link(served: Served, watched: Watched, ev: GapReport) -> None:
    page = _opened(watched, served)
    second = ev.gaps[1]
    page.locator(f'table.full tr[data-link="{second.link}"]').click()
    expect(page.locator("#panel .link-panel h2")).to_have_text(second.name)
    expect(page.locator(f'table.full tr[data-link="{second.link}"]')).to_have_attribute("aria-selected", "true")
    assert f"link={second.link}" in page.url
    page.locator("#panel button[data-back]").click()
    expect(page.locator("#panel .link-panel")).to_have_count(0)
    expect(page.locator('table.full tr[aria-selected="true"]')).to_have_count(0)
    page.go_back()
    expect(page.locator("#panel .link-panel h2")).to_have_text(second.name)


def test_rows_are_walked_and_chosen_with_the_keyboard(served: Served, watched: Watched, ev: GapReport) -> None:
    page = _opened(watched, served)
    page.locator("table.full tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .link-panel h2")).to_have_text(ev.gaps[1].name)
