"""/api/leads: suggestions, the ledger and what is done in it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from chaingraph.errors import AccessDenied, Text
from chaingraph.model.lead_report import LeadReport, LeadsReport
from chaingraph.model.ledger_report import ChangeReport, HistoryReport, LedgerReport
from chaingraph.model.words import LeadStage, Ring
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.leads.whole import whole_lead
from chaingraph.service.ledger import actions
from chaingraph.service.ledger.board import lead_history, list_leads
from chaingraph.web.answers import as_json
from chaingraph.web.api import lead_bodies as bodies
from chaingraph.web.safety.visitor import Officer, Visitor
from chaingraph.web.view import MOST_TEXT, Data, Seen, Today, View

router = APIRouter(tags=["leads"])

Id = Annotated[str, Path(max_length=MOST_TEXT, description="The lead's id, L and ten more")]
Word = Annotated[str | None, Query(max_length=MOST_TEXT)]
Top = Annotated[int, Query(ge=1, le=1000)]
BY_PAGE = Text("“理由”一栏", "under “reason”")
"""Where the reason of an acceptance is written on a page."""


@router.get("/leads", response_model=LedgerReport)
def leads(
    settings: Data,
    view: Seen,
    stage: LeadStage | None = None,
    owner: Word = None,
    county: Word = None,
    chain: Word = None,
    overdue: bool = False,
    all: bool = False,  # noqa: A002
    top: Top | None = None,
) -> Response:
    """The leads of the ledger, the longest overdue first."""
    report = list_leads(
        settings,
        region=view.region,
        stage=stage,
        owner=owner or None,
        county=county or None,
        chain=chain or None,
        overdue_only=overdue,
        all=all,
        top=top,
        as_of=view.as_of,
        lang=view.lang,
    )
    return as_json(report)


@router.post("/leads", response_model=ChangeReport)
def accept(settings: Data, view: Today, visitor: Officer, body: bodies.Accept) -> Response:
    """Takes a candidate into the ledger."""
    asked = body.model_dump(exclude={"lead"})
    asked["region"] = body.region or view.region
    acting = _acting(view, visitor)
    return as_json(actions.accept_lead(settings, body.lead, **_given(asked), **acting, reason_goes=BY_PAGE))


@router.get("/leads/{lead}", response_model=LeadReport | HistoryReport)
def lead(settings: Data, view: Seen, lead: Id, chain: Word = None) -> Response:
    """A lead with all that it rests on; its history alone where the graph holds its firm or its link no more."""
    whole = whole_lead(settings, lead, chain=chain or None, region=view.region, as_of=view.as_of, lang=view.lang)
    report = whole.basis or whole.history
    assert report is not None
    return as_json(report)


@router.get("/leads/{lead}/history", response_model=HistoryReport)
def history(settings: Data, view: Seen, lead: Id) -> Response:
    """What happened to a lead of the ledger."""
    return as_json(lead_history(settings, lead, as_of=view.as_of, lang=view.lang))


@router.post("/leads/{lead}/assign", response_model=ChangeReport)
def assign(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Assign) -> Response:
    """Gives a lead to an owner, a county, or both."""
    return as_json(actions.assign_lead(settings, lead, **body.model_dump(), **_acting(view, visitor)))


@router.post("/leads/{lead}/stage", response_model=ChangeReport)
def stage(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Stage) -> Response:
    """Brings a lead to a stage, with what the stage needs; completes the project of a signed one."""
    return as_json(actions.stage_lead(settings, lead, **body.model_dump(), **_acting(view, visitor)))


@router.post("/leads/{lead}/note", response_model=ChangeReport)
def note(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Note) -> Response:
    """Writes down the progress and the next step."""
    return as_json(actions.note_lead(settings, lead, **body.model_dump(), **_acting(view, visitor)))


@router.post("/leads/{lead}/signal", response_model=ChangeReport)
def signal(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Signal) -> Response:
    """Writes down what was heard about the firm."""
    asked = {**body.model_dump(), "date": body.date or None}
    return as_json(actions.signal_lead(settings, lead, **asked, **_acting(view, visitor)))


@router.post("/leads/{lead}/approve", response_model=ChangeReport)
def approve(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Approve) -> Response:
    """Gives one of the two approvals; that of the city is the administrator's to give."""
    if body.by == "city" and not visitor.may("admin"):
        raise AccessDenied(
            Text("市备须由管理员办理：请管理员登录后审批", "only an administrator files for the city: let one sign in")
        )
    return as_json(actions.approve_lead(settings, lead, **body.model_dump(), **_acting(view, visitor)))


@router.post("/leads/{lead}/drop", response_model=ChangeReport)
def drop(settings: Data, view: Today, visitor: Officer, lead: Id, body: bodies.Drop) -> Response:
    """Takes a lead off the list, for a reason."""
    return as_json(actions.drop_lead(settings, lead, **body.model_dump(), **_acting(view, visitor)))


@router.get("/suggestions", response_model=LeadsReport)
def suggestions(
    settings: Data, view: Seen, chain: Word = None, link: Word = None, ring: Ring = "nation", top: Top = 3
) -> Response:
    """The firms that could fill the gaps of a chain, gap by gap."""
    report = suggest_leads(
        settings,
        chain or None,
        link=link or None,
        ring=ring,
        top=top,
        region=view.region,
        as_of=view.as_of,
        lang=view.lang,
    )
    return as_json(report)


def _acting(view: View, visitor: Visitor) -> dict[str, Any]:
    return {"user": visitor.name, "lang": view.lang}


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    """What was filled in: an empty field of a form says nothing."""
    return {name: value or None for name, value in asked.items()}
