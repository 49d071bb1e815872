"""The weekly list as a workbook: five sheets that print on A4, are filled in by officers, and come back by an import.

The same report gives the same bytes. Text is always written as text, so that nothing a source or a person said becomes
a formula.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from chaingraph.export.cells import yes
from chaingraph.export.week_tables import CHANGE_COLUMNS, GAP_COLUMNS, VETOED_COLUMNS, note_rows
from chaingraph.model import week_columns
from chaingraph.model.week_columns import COLUMNS, FROZEN, PRINTED, SUGGESTED, Column, shown
from chaingraph.model.words import LEAD_STAGES, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from chaingraph.errors import Lang
    from chaingraph.model.week_columns import Kind
    from chaingraph.model.week_report import WeekReport

FORMULA = re.compile(r"\s*[=+\-@]")
_LINK = re.compile(r"https?://[^\s\x00-\x1f]{1,2000}\Z")
_MOST_LINKS = 65_000
"""Excel holds no more links in a sheet."""
A4 = 9
FONT = {"font_name": "微软雅黑", "font_size": 10}
HEAD_HEIGHT = 32
_LINE = 15.0
_PADDING = 2.0
_MOST_LINES = 20
_SPARE_ROWS = 200
"""Rows below the list that also offer the drop-downs."""
_CHOICES_AT = 3
"""The column of the notes where the lists of the drop-downs begin."""


def render_workbook(report: WeekReport, check: str) -> bytes:
    """The workbook of a week; by ``check`` an import knows the frozen list that it was rendered from."""
    out = BytesIO()
    # The widths of columns are counted in digits of the default font: that of the cells, so that they hold the same
    # text on a computer without it. A copy: the library writes into what it is given.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {**options, "default_format_properties": dict(FONT)})
    # A workbook says when it was made; a day of the report keeps its bytes the same.
    book.set_properties({"title": _title(report), "created": datetime.fromisoformat(report.as_of)})
    looks = Looks.of(book, report.lang)
    lang = report.lang
    leads, gaps, changes, vetoed, notes = (
        book.add_worksheet(name.in_(lang))
        for name in (
            *(week_columns.LEADS, week_columns.GAPS, week_columns.CHANGES, week_columns.VETOED, week_columns.NOTES),
        )
    )
    _table(leads, COLUMNS, report.leads, looks, lang)
    leads.freeze_panes(1, FROZEN)
    for number, column in enumerate(COLUMNS):
        if column.editable:
            area = (1, number, max(1, len(report.leads)), number)
            leads.conditional_format(*area, {"type": "formula", "criteria": "=TRUE", "format": looks.tint})
    _print(leads, report, PRINTED)
    _table(gaps, GAP_COLUMNS, report.gaps, looks, lang)
    _table(changes, CHANGE_COLUMNS, report.changes, looks, lang)
    if not report.changes:
        changes.write_string(1, len(CHANGE_COLUMNS) - 1, _nothing_changed(report), looks.muted)
    _table(vetoed, VETOED_COLUMNS, report.vetoed, looks, lang)
    for sheet, columns in ((gaps, GAP_COLUMNS), (changes, CHANGE_COLUMNS), (vetoed, VETOED_COLUMNS)):
        sheet.freeze_panes(1, 0)
        _print(sheet, report, len(columns))
    _notes(notes, report, check, looks)
    _choices(leads, notes, report, looks)
    book.close()
    return out.getvalue()


class Looks(NamedTuple):
    """The formats, made once; ``unknown`` is the word for what nobody knows."""

    head: Format
    head_editable: Format
    text: Format
    quoted: Format
    number: Format
    percent: Format
    date: Format
    url: Format
    muted: Format
    tint: Format
    bold: Format
    unknown: str
    yes: str

    @classmethod
    def of(cls, book: Workbook, lang: Lang) -> Looks:
        base: dict[str, Any] = {
            **FONT,
            "valign": "top",
            "text_wrap": True,
        }
        head = {**base, "bold": True, "valign": "vcenter", "align": "center", "font_color": "#FFFFFF"}

        def look(properties: dict[str, Any], **more: Any) -> Format:
            made: Format = book.add_format({**properties, **more})
            return made

        return cls(
            head=look(head, bg_color="#1F4E79"),
            head_editable=look(head, bg_color="#B8860B"),
            text=look(base),
            # Excel keeps such text as text even after somebody has edited the cell.
            quoted=look(base, quote_prefix=True),
            number=look(base, num_format="General", align="right", indent=1),
            percent=look(base, num_format="0%", align="right", indent=1),
            date=look(base, num_format="yyyy-mm-dd", align="center"),
            url=look(base, font_color="#0563C1", underline=1),
            muted=look(base, italic=True, font_color="#8C8C8C"),
            tint=book.add_format({"bg_color": "#FFF8DC", "border": 1, "border_color": "#D9D9D9"}),
            bold=look(base, bold=True),
            unknown=word("unknown", lang),
            yes=yes(True, lang),
        )


def _table(sheet: Worksheet, columns: Sequence[Column], items: Sequence[object], looks: Looks, lang: Lang) -> None:
    """Headers in the first row, so that filters and pivots work, and a row an item."""
    sheet.set_row(0, HEAD_HEIGHT)
    for number, column in enumerate(columns):
        # Empty cells are not written: the look of the column is theirs, which makes 10,000 rows a third smaller.
        sheet.set_column(number, number, column.width, looks.date if column.kind == "date" else looks.text)
        sheet.write_string(0, number, column.head.in_(lang), looks.head_editable if column.editable else looks.head)
    fetch = attrgetter(*(column.field for column in columns))
    writers = [(_writer(sheet, column, looks), column.optional) for column in columns]
    write_unknown = sheet.write_string
    texts = [(place, column.width) for place, column in enumerate(columns) if column.kind == "text"]
    for row, item in enumerate(items, 1):
        values = fetch(item)
        sheet.set_row(row, height([(values[place], width) for place, width in texts]))
        for number, (value, (write, optional)) in enumerate(zip(values, writers, strict=True)):
            if value is not None:
                write(row, number, value)
            elif not optional:
                write_unknown(row, number, looks.unknown, looks.muted)
    sheet.autofilter(0, 0, max(1, len(items)), len(columns) - 1)


def height(texts: Sequence[tuple[str | None, float]]) -> float:
    """The height of a row, in points, that shows its wrapped texts in columns of these widths.

    A Chinese character is three bytes and two letters wide, so that letters and bytes come to twice the width. A text
    of half as many letters as the column is wide fits whatever they are. Only
    Excel would work heights out by itself; WPS and LibreOffice cut the text off.
    """
    lines = [
        (len(text) + len(text.encode(errors="replace"))) / (2 * width - 2) + text.count("\n")
        for text, width in texts
        if text and (2 * len(text) >= width or "\n" in text)
    ]
    return _LINE * min(_MOST_LINES, ceil(max(lines, default=1))) + _PADDING


def _writer(sheet: Worksheet, column: Column, looks: Looks) -> Callable[[int, int, Any], object]:
    """How the values of a column are written."""
    write_string, write_number = sheet.write_string, sheet.write_number
    plain, quoted = looks.text, looks.quoted
    figures = looks.percent if column.kind == "percent" else looks.number

    def text(row: int, number: int, value: str) -> None:
        if value:
            write_string(row, number, shown(value), quoted if FORMULA.match(value) else plain)

    def amount(row: int, number: int, value: float) -> None:
        write_number(row, number, value, figures)

    def flag(row: int, number: int, value: bool) -> None:
        if value:
            write_string(row, number, looks.yes, plain)

    def date(row: int, number: int, value: str) -> None:
        sheet.write_datetime(row, number, datetime.fromisoformat(value), looks.date)

    def url(row: int, number: int, value: str) -> None:
        if _LINK.match(value) and row <= _MOST_LINKS:
            sheet.write_url(row, number, value, looks.url)
        else:
            text(row, number, value)

    writers: dict[Kind, Callable[[int, int, Any], object]] = {
        "text": text,
        "url": url,
        "date": date,
        "number": amount,
        "percent": amount,
        "flag": flag,
    }
    return writers[column.kind]


def _print(sheet: Worksheet, report: WeekReport, columns: int) -> None:
    """A4 landscape, one page wide, the header on each page, the week and the page below."""
    rows = max(1, sheet.dim_rowmax or 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.print_area(0, 0, rows, columns - 1)
    page = "第 &P 页，共 &N 页" if report.lang == "zh" else "page &P of &N"
    sheet.set_footer(f"&L{_title(report).replace('&', '&&')[:120]}&R{page}")


def _notes(sheet: Worksheet, report: WeekReport, check: str, looks: Looks) -> None:
    """What the columns mean and how to fill them in; by its first rows an import knows the export."""
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    for column, head in enumerate(("项目", "说明") if report.lang == "zh" else ("item", "meaning")):
        sheet.write_string(0, column, head, looks.head)
    last = 0
    for row, (name, said) in enumerate(note_rows(report, check), 1):
        sheet.set_row(row, height([(said, 100)]))
        sheet.write_string(row, 0, shown(name), looks.bold)
        sheet.write_string(row, 1, shown(said), looks.text)
        last = row
    _print(sheet, report, 2)
    sheet.print_area(0, 0, last, 1)


def _choices(leads: Worksheet, notes: Worksheet, report: WeekReport, looks: Looks) -> None:
    """The drop-down lists; their choices stand in the sheet of notes, since a list in a cell is cut at 255 letters."""
    lang, zh = report.lang, report.lang == "zh"
    stages = (word(SUGGESTED, lang), *(word(stage, lang) for stage in LEAD_STAGES))
    lists = {"stage": stages, "county": report.counties, "owner": report.owners}
    last = max(1, len(report.leads)) + _SPARE_ROWS
    sheet_name = week_columns.NOTES.in_(lang).replace("'", "''")
    heads = {column.field: (place, column.head.in_(lang)) for place, column in enumerate(COLUMNS)}
    for column, (field, choices) in enumerate(lists.items(), _CHOICES_AT):
        place, head = heads[field]
        letter = "ABCDEFGH"[column]
        notes.set_column(column, column, 14)
        notes.write_string(0, column, head, looks.head_editable)
        for row, choice in enumerate(choices, 1):
            notes.write_string(row, column, shown(choice), looks.text)
        if choices:
            new = field == "owner"
            leads.data_validation(
                *(1, place, last, place),
                {
                    "validate": "list",
                    "source": f"='{sheet_name}'!${letter}$2:${letter}${len(choices) + 1}",
                    "error_type": "warning" if new else "stop",
                    "error_title": head,
                    "error_message": (
                        ("名单里没有此人，确定是新的责任人吗？" if new else "请从下拉列表中选择")
                        if zh
                        else ("Not in the list: a new owner?" if new else "Please pick from the list")
                    ),
                },
            )
    place, head = heads["next_due"]
    leads.data_validation(
        *(1, place, last, place),
        {
            "validate": "date",
            "criteria": ">=",
            "value": datetime(2000, 1, 1),
            "error_title": head,
            "error_message": "请输入日期，如 2026-11-30" if zh else "Please enter a day, as 2026-11-30",
        },
    )


def _title(report: WeekReport) -> str:
    name = week_columns.LEADS.in_(report.lang)
    revision = f" r{report.revision}" if report.revision > 1 else ""
    return f"{report.region_name} {name} {report.week}{revision}"


def _nothing_changed(report: WeekReport) -> str:
    if report.lang == "zh":
        return f"与 {report.compared_with} 相比无变化" if report.compared_with else "首次导出，无可比较的上周"
    return f"nothing changed since {report.compared_with}" if report.compared_with else "the first export: no changes"
