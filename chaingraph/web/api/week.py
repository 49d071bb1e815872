"""/api/week: the weekly list out and in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Response, UploadFile
from pydantic import BaseModel, ConfigDict

from chaingraph.errors import Lang
from chaingraph.model.week_report import ExportReport, ImportReport
from chaingraph.service.leads.export import export_leads
from chaingraph.service.leads.exported import exported_file
from chaingraph.service.leads.importing import import_workbook
from chaingraph.web.answers import as_json
from chaingraph.web.api.lead_bodies import Name
from chaingraph.web.safety.visitor import Officer
from chaingraph.web.view import MOST_TEXT, Data, Today

router = APIRouter(tags=["leads"])

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}


class Export(BaseModel):
    """Which list: this week's where none is named, of all chains; in the language of the packs, not of the page."""

    model_config = ConfigDict(extra="forbid")

    week: Name | None = None
    chain: Name | None = None
    region: Name | None = None
    revise: bool = False
    lang: Lang | None = None


@router.post("/week/export", response_model=ExportReport)
def export(settings: Data, view: Today, visitor: Officer, body: Export) -> Response:
    """Writes the list of a week into the workspace; ``files`` are the names that ``/api/week/files`` answers to."""
    report = export_leads(
        settings,
        week=body.week or None,
        chain=body.chain or None,
        region=body.region or view.region,
        revise=body.revise,
        user=visitor.name,
        lang=body.lang,
    )
    return as_json(replace(report, files=tuple(PurePath(file).name for file in report.files)))


@router.get("/week/files/{name}", response_class=Response)
def file(settings: Data, name: Annotated[str, Path(max_length=2 * MOST_TEXT)]) -> Response:
    """One file of an exported list."""
    content = exported_file(settings, name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=_TYPES[PurePath(name).suffix], headers=headers)


@router.post("/week/import", response_model=ImportReport)
def import_(
    settings: Data,
    view: Today,
    visitor: Officer,
    file: UploadFile,
    dry_run: Annotated[bool, Form(description="Only check, write nothing")] = False,
    partial: Annotated[bool, Form(description="Write the rows that have no problem")] = False,
) -> Response:
    """Takes the edits of a filled-in workbook into the ledger, all or none, under the visitor's name."""
    name = PurePath((file.filename or "").replace("\\", "/")).name[:MOST_TEXT]
    kept = "".join(char for char in name if char.isprintable()) or "?.xlsx"
    report = import_workbook(
        settings, file.file.read(), kept, user=visitor.name, partial=partial, dry_run=dry_run, lang=view.lang
    )
    return as_json(report)
