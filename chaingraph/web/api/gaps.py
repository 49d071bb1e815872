"""/api/chains/{chain}/gaps: the gaps of a chain, and what its table shows as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from chaingraph.model.gap_report import GapReport
from chaingraph.service.gaps import gaps
from chaingraph.service.shown_gaps import shown_gaps
from chaingraph.web.answers import SHEET, Form, as_json, as_sheet
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["chains"])

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


@router.get("/chains/{chain}/gaps.{form}", response_class=Response, responses=SHEET)
def gaps_file(report: Shown, form: Form) -> Response:
    """What the table shows, as a file."""
    return as_sheet(report, f"gaps-{report.chain}", report.chain_name, form)


def _each(values: list[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]
