"""How an answer leaves: a page out of a template, or a report as the JSON that every surface writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Path
from fastapi.responses import HTMLResponse, Response

from chaingraph.export.sheet import sheet
from chaingraph.export.sheet_workbook import XLSX, sheet_as_xlsx
from chaingraph.export.templates import render
from chaingraph.export.text import render_csv, render_json
from chaingraph.web.assets import asset_url
from chaingraph.web.view import may_write

if TYPE_CHECKING:
    from chaingraph.model.gap_report import GapReport
    from chaingraph.model.park_report import ParksReport
    from chaingraph.model.project_report import ProjectsReport
    from chaingraph.model.report import PageReport, Report
    from chaingraph.model.target_report import TargetsReport
    from chaingraph.web.safety.visitor import Visitor
    from chaingraph.web.view import View

CSV = "text/csv; charset=utf-8"
SHEET: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {}, XLSX: {}}, "description": "The file"}}
"""What ``as_sheet`` answers, for OpenAPI."""
Form = Annotated[Literal["csv", "xlsx"], Path(description="As Excel opens it: CSV in UTF-8 with BOM, or a workbook")]
"""The kinds of file that a table is had as."""


def page(template: str, view: View, visitor: Visitor, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the explorer.

    Parameters
    ----------
    template
        Its file in viz/templates; it extends base.html.
    context
        What the template shows; it always has ``view``, ``visitor``, ``url``, ``asset``, ``may_write`` and
        the words of its language.
    """
    shared = {"view": view, "visitor": visitor, "may_write": may_write(visitor, view)}
    text = render(template, view.lang, url=view.url, asset=asset_url, **shared, **context)
    return HTMLResponse(text, status)


def as_json(report: Report | PageReport) -> Response:
    """A report as JSON: the bytes that ``--format json`` prints."""
    return Response(render_json(report), media_type="application/json")


def as_file(content: bytes, name: str, media_type: str) -> Response:
    """A download; ``name`` in ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def as_sheet(
    report: GapReport | ProjectsReport | ParksReport | TargetsReport, subject: str, title: str, form: str
) -> Response:
    """A table as a download named after its subject, its region and its day."""
    name = f"{subject}-{report.region}-{report.as_of}.{form}"
    if form == "csv":
        return as_file(render_csv(report), name, CSV)
    told = f"{report.region_name} {title}"
    return as_file(sheet_as_xlsx(sheet(report), told, report.as_of, report.lang), name, XLSX)
