"""What may be wrong with a workbook that comes back: each is told with its cell and its mend."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from chaingraph.errors import DataError
from chaingraph.export.workbook import render_workbook
from chaingraph.sources.week_workbook import WeekBook, read_week_workbook
from tests.week.made import CHECK, lead, week

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Mutation = Callable[["Workbook"], object]


def mutated(change: Mutation) -> bytes:
    """A workbook of three leads, changed by an officer."""
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(week(lead(1), lead(2), lead(3)), CHECK)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(change: Mutation) -> WeekBook:
    return read_week_workbook(mutated(change), "清单.xlsx")


def refusal(change: Mutation | bytes) -> str:
    content = change if isinstance(change, bytes) else mutated(change)
    with pytest.raises(DataError) as caught:
        read_week_workbook(content, "清单.xlsx")
    return caught.value.text.zh


def as_it_is(book: Workbook) -> None:
    """An officer who changes nothing."""
    assert book.worksheets


def put(cell: str, value: object) -> Mutation:
    def change(book: Workbook) -> None:
        book.worksheets[0][cell] = value

    return change


def test_a_workbook_comes_back_as_it_was_exported() -> None:
    book = read(as_it_is)
    assert (book.scope, book.week, book.revision, book.check) == ("441200-all", "2026-W47", 1, CHECK)
    assert book.problems == ()
    assert [row.id for row in book.rows] == ["L-00001", "L-00002", "L-00003"]
    assert {field: said.value for field, said in book.rows[0].edited.items() if said.value} == {"stage": "建议"}


def test_the_english_workbook_is_read_too() -> None:
    content = render_workbook(week(lead(1), lang="en"), CHECK)
    assert read_week_workbook(content, "list.xlsx").rows[0].edited["stage"].cell == "J2"


def test_sorting_filtering_deleting_rows_and_adding_columns_is_fine() -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.delete_rows(3)
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "我的备注", "给处长看"
        sheet.row_dimensions[2].hidden = True
        sheet["AZ1"] = "多加的列"

    book = read(change)
    assert [row.id for row in book.rows] == ["L-00001", "L-00003"]
    assert book.problems == ()
    assert book.passed_over == ("A1 我的备注", "AZ1 多加的列")


@pytest.mark.parametrize(
    "written",
    [
        *(datetime(2026, 11, 30), "2026-11-30", "2026/11/30", "2026年11月30日", "2026.11.30", " 2026/11/30 "),
        *("２０２６－１１－３０", "２０２６／１１／３０", "20261130", 20261130, 46356),
    ],
)
def test_a_day_may_be_written_in_these_ways(written: object) -> None:
    assert read(put("N2", written)).rows[0].edited["next_due"].value == "2026-11-30"


def test_unverified_and_blank_are_nothing() -> None:
    book = read(put("O2", "待核实"))
    assert book.rows[0].edited["progress"].value is None


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("N2", "2026/13/45", "“2026/13/45”不是日期"),
        ("N2", "下周三", "“下周三”不是日期"),
        ("N3", 20261345, "“20261345”不是日期"),
        ("N3", 12.5, "“12.5”不是日期"),
        ("L2", 123, "“责任人”应为文字，而不是 123"),
        ("O2", datetime(2026, 11, 30), "“进展”应为文字，而不是 2026-11-30"),
        ("O2", True, "“进展”应为文字，而不是 True"),
        ("B3", "L-00001", "L-00001 出现两次：B2 和 B3"),
        ("B2", None, "这一行没有线索编号"),
    ],
)
def test_a_bad_cell_is_told_with_its_address_and_its_mend(cell: str, value: object, said: str) -> None:
    (problem,) = read(put(cell, value)).problems
    assert problem.cell == cell
    assert said in problem.what.zh
    assert problem.mend.zh


def test_a_formula_in_error_is_a_problem_and_no_empty_cell() -> None:
    (problem,) = read(put("O3", "#REF!")).problems
    assert (problem.cell, problem.lead) == ("O3", "L-00002")
    assert "公式出错" in problem.what.zh


def test_a_renamed_a_deleted_and_a_doubled_header_are_told_with_their_cells_at_once() -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["L1"], sheet["F1"] = "跟进责任人", "阶段"
        sheet.delete_cols(13)

    said = refusal(change)
    assert "L1 的表头“跟进责任人”应为“责任人”" in said
    assert "J1 的表头“阶段”与 F1 重复" in said
    assert "没有“下一步”列" in said


@pytest.mark.parametrize("cells", ["L2:L4", "L3:O3", "A1:B1", "J4:J9"])
def test_merged_cells_of_the_table_are_refused_with_their_range(cells: str) -> None:
    said = refusal(lambda book: book.worksheets[0].merge_cells(cells))
    assert cells in said
    assert "取消合并" in said


def test_merged_cells_beside_below_and_above_the_table_do_no_harm() -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["BA2"] = "旁注"
        sheet.merge_cells("BA2:BB4")
        sheet.merge_cells("A9:C9")
        sheet.insert_rows(1)
        sheet.merge_cells("A1:F1")
        sheet.unmerge_cells("BA2:BB4")
        sheet.merge_cells("BA3:BB5")

    assert [row.id for row in read(change).rows] == ["L-00001", "L-00002", "L-00003"]


def test_a_workbook_without_its_sheets_or_its_identity_is_refused() -> None:
    assert "没有工作表“口径说明”" in refusal(lambda book: book.remove(book["口径说明"]))

    def rename(book: Workbook) -> None:
        book.worksheets[0].title = "名单"

    assert "没有工作表“目标企业清单”，只有 名单" in refusal(rename)

    for head in ("导出范围", "导出周次", "导出版本", "导出校验"):

        def forget(book: Workbook, head: str = head) -> None:
            next(row[1] for row in book["口径说明"].iter_rows() if row[0].value == head).value = None

        assert "不知是哪次导出" in refusal(forget)


def test_what_is_no_workbook_is_refused() -> None:
    assert "不是可读的 .xlsx" in refusal(b"id,firm\n1,x\n")
    assert "不是可读的 .xlsx" in refusal(b"")
    assert "已加密" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    whole = mutated(as_it_is)
    assert "不是可读的 .xlsx" in refusal(whole[: len(whole) // 2])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
    assert "不是可读的 .xlsx" in refusal(other.getvalue())


def test_a_zip_bomb_and_a_cell_at_the_end_of_the_world_are_refused_before_they_are_read() -> None:
    bomb = io.BytesIO(mutated(as_it_is))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image1.bin", bytes(300 * 2**20))
    assert len(bomb.getvalue()) < 2**20
    assert "解压后过大" in refusal(bomb.getvalue())
    assert "1048576 行" in refusal(put("XFD1048576", "x"))


def _broken(content: bytes, dice: random.Random) -> bytes:
    """The workbook with one of its parts cut, doubled or overwritten in places."""
    source = zipfile.ZipFile(io.BytesIO(content))
    victim = dice.choice([name for name in source.namelist() if name.endswith(("xml", "rels"))])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in source.namelist():
            part = bytearray(source.read(name))
            for _ in range(dice.randint(1, 30) if name == victim else 0):
                at = dice.randrange(len(part))
                match dice.randrange(3):
                    case 0:
                        part[at] = dice.randrange(32, 127)
                    case 1:
                        del part[at : at + dice.randint(1, 40)]
                    case 2:
                        part[at:at] = part[max(0, at - 60) : at]
            parts.writestr(name, bytes(part))
    return out.getvalue()


@pytest.mark.parametrize("seed", range(200))
def test_a_broken_workbook_is_read_or_refused_but_never_a_traceback(seed: int) -> None:
    whole = render_workbook(week(lead(1), lead(2), lead(3)), CHECK)
    with suppress(DataError):
        read_week_workbook(_broken(whole, random.Random(seed)), "清单.xlsx")
