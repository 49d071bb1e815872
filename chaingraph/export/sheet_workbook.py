"""Any sheet as a workbook of one table: a header that stays, a filter, widths that fit; text is never a formula."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from chaingraph.export.workbook import A4, FONT, FORMULA, HEAD_HEIGHT, Looks, height
from chaingraph.model.week_columns import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from chaingraph.errors import Lang
    from chaingraph.export.cells import Cell, Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NARROWEST, _WIDEST = 7.0, 48.0
_ARROW = 3.0
"""The button of the filter stands in the header."""
_MEASURED = 200
"""So many rows tell how wide a column is."""


def sheet_as_xlsx(table: Sheet, title: str, as_of: str, lang: Lang) -> bytes:
    """A workbook of one table; unknown reads 待核实, an empty text stays empty. The same table gives the same bytes.

    Parameters
    ----------
    title
        Stands at the foot of each printed page and in the properties of the file.
    as_of
        The ISO day that the table is of.
    """
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {**options, "default_format_properties": dict(FONT)})
    # A workbook says when it was made; a day of the report keeps its bytes the same.
    book.set_properties({"title": title, "created": datetime.fromisoformat(as_of)})
    looks = Looks.of(book, lang)
    sheet = book.add_worksheet()
    sheet.set_row(0, HEAD_HEIGHT)
    widths = [_width(head, [row[place] for row in table.rows]) for place, head in enumerate(table.headers)]
    for place, (head, width) in enumerate(zip(table.headers, widths, strict=True)):
        sheet.set_column(place, place, width, looks.text)
        sheet.write_string(0, place, shown(head), looks.head)
    for number, row in enumerate(table.rows, 1):
        texts = [(cell, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)]
        sheet.set_row(number, height(texts))
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, looks)
    last = max(1, len(table.rows))
    sheet.autofilter(0, 0, last, len(table.headers) - 1)
    sheet.freeze_panes(1, 0)
    _print(sheet, f"{title} {as_of}")
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, row: int, place: int, cell: Cell, looks: Looks) -> None:
    if cell is None:
        sheet.write_string(row, place, looks.unknown, looks.muted)
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(row, place, shown(cell), looks.quoted if FORMULA.match(cell) else looks.text)
    else:
        sheet.write_number(row, place, cell, looks.number)


def _width(head: str, cells: Sequence[Cell]) -> float:
    """The width, in Latin letters, that shows the header and most cells in a line."""
    texts = ["" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in cells]
    widest = max((_letters(text) for text in texts[:_MEASURED]), default=0.0)
    return min(_WIDEST, max(_NARROWEST, widest + 2, _letters(head) + _ARROW))


def _letters(text: str) -> float:
    """How many Latin letters wide a text is: a Chinese character is two."""
    return sum(1 if char < "\u1100" else 2 for char in text)


def _print(sheet: Worksheet, foot: str) -> None:
    """A4 landscape, one page wide, the header on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{foot.replace('&', '&&')[:120]}&R&P / &N")
