"""Sheets as bytes: CSV that Excel opens in Chinese, Markdown, and the report's own JSON."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from chaingraph.export.sheet import sheet
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.export.cells import Cell, Sheet
    from chaingraph.model.report import PageReport, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_json(report: Report | PageReport) -> bytes:
    """The report as JSON, UTF-8; docs/schema/ holds its JSON Schema."""
    kind: Any = type(report)
    return _adapter(kind).dump_json(report, indent=2) + b"\n"


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Writes reports of a kind; made once, since that takes longer than the writing."""
    return TypeAdapter(kind)


def render_csv(report: Report) -> bytes:
    """The report's sheet as CSV: UTF-8 with BOM, unknown left empty, text never a formula."""
    return sheet_as_csv(sheet(report))


def sheet_as_csv(table: Sheet) -> bytes:
    """The same of any sheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.headers)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def render_markdown(report: Report) -> bytes:
    """The report's sheet as a Markdown table; unknown reads 待核实."""
    table = sheet(report)
    unknown = word("unknown", report.lang)

    def line(cells: tuple[Cell, ...]) -> str:
        shown = [
            unknown if cell is None else str(_plain(cell)).replace("|", "\\|").replace("\n", " ") for cell in cells
        ]
        return f"| {' | '.join(shown)} |"

    lines = [line(table.headers), f"|{' --- |' * len(table.headers)}", *(line(row) for row in table.rows)]
    return "\n".join(lines).encode() + b"\n"
