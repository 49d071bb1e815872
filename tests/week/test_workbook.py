"""The workbook: the same bytes each time, what openpyxl and LibreOffice find, no formula from hostile text."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import openpyxl
import pytest

from chaingraph.export.week_text import read_week_json, render_week_csv, render_week_json
from chaingraph.export.workbook import render_workbook
from chaingraph.model.week_columns import COLUMNS, FROZEN
from tests.week.made import CHECK, lead, week

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

HOSTILE = ('=HYPERLINK("http://evil","x")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-1+2", "\t=1+1", " =1+1", "\r\n=1+1")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def column(field: str) -> int:
    return 1 + next(place for place, column in enumerate(COLUMNS) if column.field == field)


def test_the_same_week_is_the_same_bytes_in_another_second() -> None:
    report = week(lead(1), lead(2))
    first = render_workbook(report, CHECK)
    time.sleep(2.1)
    assert render_workbook(report, CHECK) == first


def test_a_week_comes_back_whole_from_its_json() -> None:
    report = week(lead(1, next_due="2026-11-30", signals=("2026-11-01 扩产",)))
    assert read_week_json(render_week_json(report)) == report


def test_the_five_sheets_hold_what_the_report_says() -> None:
    report = week(lead(1, next_due="2026-11-30", distance_km=None, stage="在谈", owner="王某"))
    book = opened(render_workbook(report, CHECK))
    assert book.sheetnames == ["目标企业清单", "缺口汇总", "本周变化", "剔除名单", "口径说明"]
    sheet = book["目标企业清单"]
    assert [cell.value for cell in sheet[1]] == [column.head.zh for column in COLUMNS]
    assert sheet.cell(2, column("id")).value == "L-00001"
    assert sheet.cell(2, column("points")).value == 48.2
    due = sheet.cell(2, column("next_due"))
    assert due.is_date
    assert due.value.date().isoformat() == "2026-11-30"
    unknown = sheet.cell(2, column("distance_km"))
    assert (unknown.value, unknown.font.italic) == ("待核实", True)
    assert sheet.cell(2, column("progress")).value is None
    assert sheet.cell(2, column("source_url")).hyperlink.target == "https://example.org/a?b=1"
    empty = [cell.value for cell in book["剔除名单"][3]]
    assert empty[-2:] == [None, None]
    assert book["本周变化"]["G2"].value == "新进入缺口“电芯”前 3 名"
    notes = {row[0].value: row[1].value for row in book["口径说明"].iter_rows()}
    assert (notes["导出范围"], notes["导出周次"], notes["导出版本"]) == ("441200-all", "2026-W47", "1")
    assert (notes["导出校验"], notes["地区与产业链"]) == (CHECK, "肇庆市，全部产业链")
    assert notes["得分权重"] == "生产能力 25%"


def test_the_english_workbook_speaks_english() -> None:
    book = opened(render_workbook(week(lead(1, points=None), lang="en"), CHECK))
    assert book.sheetnames == ["target leads", "gaps", "changes of the week", "kept out", "how to read it"]
    assert book["target leads"].cell(2, column("points")).value == "unverified"


def test_the_list_has_drop_downs_a_frozen_head_filters_and_a_print_set_up() -> None:
    sheet = opened(render_workbook(week(lead(1), lead(2)), CHECK))["目标企业清单"]
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    letter = {
        field: openpyxl.utils.get_column_letter(column(field)) for field in ("stage", "county", "owner", "next_due")
    }
    assert rules[letter["stage"]].type == "list"
    assert rules[letter["stage"]].errorStyle in (None, "stop")
    assert rules[letter["owner"]].errorStyle == "warning"
    assert rules[letter["county"]].type == "list"
    assert rules[letter["next_due"]].type == "date"
    assert sheet.freeze_panes == sheet.cell(2, FROZEN + 1).coordinate
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(len(COLUMNS))}3"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "2026-W47" in str(sheet.oddFooter.left.text)


def test_the_choices_of_a_drop_down_are_the_stages() -> None:
    book = opened(render_workbook(week(lead(1)), CHECK))
    rule = next(
        r
        for r in book["目标企业清单"].data_validations.dataValidation
        if r.type == "list" and r.errorStyle != "warning"
    )
    sheet, cells = rule.formula1.lstrip("=").rsplit("!", 1)
    found = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
    assert found == ["建议", "线索", "研判", "在谈", "拟签约", "签约", "搁置", "流失", "剔除"]


def test_hostile_text_is_text_in_the_workbook_and_in_the_csv() -> None:
    report = week(
        *(lead(n, firm_name=text, progress=text, source_url=text, owner=text) for n, text in enumerate(HOSTILE, 1)),
        owners=HOSTILE,
    )
    book = opened(render_workbook(report, CHECK))
    for sheet in book:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
        assert all(link.target is None or link.target.startswith("http") for link in sheet._hyperlinks)
    cell = book["目标企业清单"].cell(2, column("progress"))
    assert (cell.value, cell.quotePrefix) == (HOSTILE[0], True)
    rows = list(csv.reader(io.StringIO(render_week_csv(report).decode("utf-8-sig"))))
    assert all(not text.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows[1:] for text in row)


def test_text_that_xml_forbids_or_that_is_endless_is_still_a_workbook() -> None:
    text = "a\x00b\x0bc\ud800d\uffffe" + "长" * 40_000
    value = (
        opened(render_workbook(week(lead(1, progress=text)), CHECK))["目标企业清单"].cell(2, column("progress")).value
    )
    assert value.startswith("a�b�c�d�e长长")
    assert value.endswith("…")


def test_a_link_is_a_link_only_over_http() -> None:
    urls = ("https://ok.example/中文", "javascript:alert(1)", "file:///etc/passwd", "https://x.example/" + "a" * 3000)
    sheet = opened(render_workbook(week(*(lead(n, source_url=url) for n, url in enumerate(urls, 1))), CHECK))[
        "目标企业清单"
    ]
    cells = [sheet.cell(row, column("source_url")) for row in range(2, 6)]
    assert [cell.hyperlink is not None for cell in cells] == [True, False, False, False]
    assert [cell.value for cell in cells] == list(urls)


def test_a_list_without_leads_is_a_workbook_too() -> None:
    book = opened(render_workbook(week(changes=(), gaps=(), vetoed=(), counties=(), owners=()), CHECK))
    assert book["目标企业清单"].max_row == 1
    assert book["本周变化"]["G2"].value == "首次导出，无可比较的上周"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    report = week(*(lead(n, progress=text, next_due="2026-11-30") for n, text in enumerate(HOSTILE, 1)))
    (tmp_path / "list.xlsx").write_bytes(render_workbook(report, CHECK))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    csv_filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [*command, csv_filter, "--outdir", tmp_path, tmp_path / "list.xlsx"], check=True, capture_output=True
    )
    text = next(tmp_path.glob("list*.csv")).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [column.head.zh for column in COLUMNS]
    assert [row[column("id") - 1] for row in rows[1:]] == [f"L-{n:05}" for n in range(1, 8)]
    assert [row[column("progress") - 1].strip() for row in rows[1:]] == [text.strip() for text in HOSTILE]
    assert rows[1][column("next_due") - 1] == "2026-11-30"
