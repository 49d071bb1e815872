"""The weekly list as JSON, which is what is kept of it, and as CSV."""

from __future__ import annotations

from hashlib import blake2b
from operator import attrgetter

from pydantic import TypeAdapter

from chaingraph.export.cells import Sheet
from chaingraph.export.text import sheet_as_csv
from chaingraph.model.week_columns import COLUMNS
from chaingraph.model.week_report import WeekReport

_FETCH = attrgetter(*(column.field for column in COLUMNS))


def render_week_json(report: WeekReport) -> bytes:
    """The list as JSON, UTF-8: what the ledger freezes."""
    return TypeAdapter(WeekReport).dump_json(report, indent=2) + b"\n"


def read_week_json(content: bytes) -> WeekReport:
    """The list out of its JSON."""
    return TypeAdapter(WeekReport).validate_json(content)


def fingerprint(content: bytes) -> str:
    """By what a workbook tells which frozen list it was rendered from, given that list's JSON."""
    return blake2b(content, digest_size=8).hexdigest()


def render_week_csv(report: WeekReport) -> bytes:
    """The first sheet of the workbook as CSV: UTF-8 with BOM, text never a formula."""
    heads = tuple(column.head.in_(report.lang) for column in COLUMNS)
    return sheet_as_csv(Sheet(heads, tuple(_FETCH(lead) for lead in report.leads)))
