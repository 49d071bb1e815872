"""/api/chains/{chain}/gaps: the gaps of a chain, and what its table shows as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from chaingraph.export.sheet import sheet
from chaingraph.export.sheet_workbook import XLSX, sheet_as_xlsx
from chaingraph.export.text import render_csv
from chaingraph.model.gap_report import GapReport
from chaingraph.service.gaps import gaps
from chaingraph.service.shown_gaps import shown_gaps
from chaingraph.web.answers import as_file, as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["chains"])

CSV = "text/csv; charset=utf-8"
Chain = Annotated[str, Path(max_length=MOST_TEXT, description="Id or name of a chain")]
_MOST_CHOICES = 20
Choices = Annotated[
    list[str] | None, Query(max_length=_MOST_CHOICES, description="One or more, or one text with commas; all if none")
]


@router.get("/chains/{chain}/gaps", response_model=GapReport)
def gaps_json(
    settings: Data,
    view: Seen,
    chain: Chain,
    direction: Annotated[str | None, Query(max_length=MOST_TEXT, description="upstream or downstream")] = None,
    move: Annotated[str | None, Query(max_length=MOST_TEXT, description="strengthen, fill, extend or build")] = None,
    top: Annotated[int | None, Query(description="Keep so many gaps, and so many links without data")] = None,
) -> Response:
    """The gaps of a chain, the most urgent first; links without data, covered ones and the leaders' own apart."""
    report = gaps(
        settings,
        chain,
        region=view.region,
        as_of=view.as_of,
        direction=direction or None,
        move=move or None,
        top=top,
        lang=view.lang,
    )
    return as_json(report)


def _shown(
    settings: Data,
    view: Seen,
    chain: Chain,
    status: Choices = None,
    stage: Choices = None,
    move: Choices = None,
    q: Annotated[str, Query(max_length=MOST_TEXT, description="Text in the name, the id or the nearest maker")] = "",
    sort: Annotated[
        str | None, Query(max_length=MOST_TEXT, description="A column, as priority; -priority is descending")
    ] = None,
) -> GapReport:
    """The report with the rows that the table shows."""
    return shown_gaps(
        settings,
        chain,
        region=view.region,
        as_of=view.as_of,
        statuses=_each(status),
        stages=_each(stage),
        moves=_each(move),
        text=q,
        sort=sort,
        lang=view.lang,
    )


Shown = Annotated[GapReport, Depends(_shown)]


@router.get("/chains/{chain}/gaps.csv", response_class=Response, responses={200: {"content": {CSV: {}}}})
def gaps_csv(report: Shown) -> Response:
    """What the table shows, as CSV."""
    return as_file(render_csv(report), f"{_name(report)}.csv", CSV)


@router.get("/chains/{chain}/gaps.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def gaps_xlsx(report: Shown) -> Response:
    """What the table shows, as a workbook."""
    return as_file(
        sheet_as_xlsx(sheet(report), _title(report), report.as_of, report.lang), f"{_name(report)}.xlsx", XLSX
    )


def _each(values: list[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _name(report: GapReport) -> str:
    return f"gaps-{report.chain}-{report.region}-{report.as_of}"


def _title(report: GapReport) -> str:
    return f"{report.region_name} {report.chain_name}"
