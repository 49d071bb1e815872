"""/leads: the list, the board and the suggestions; one lead, what may be done with it, and its brief."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import RedirectResponse

from chaingraph.config import Settings
from chaingraph.ledger.rules import PLANNED, REASONED, ROAD
from chaingraph.model.words import CLOSED, LEAD_STAGES, RINGS
from chaingraph.service.brief import brief
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.leads.whole import WholeLead, whole_lead
from chaingraph.service.ledger.board import list_leads
from chaingraph.service.ledger.choices import choices
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader, Visitor
from chaingraph.web.view import MOST_TEXT, Data, Seen, View

router = APIRouter()

Tab = Literal["list", "board", "suggestions"]
Named = Annotated[str, Path(max_length=MOST_TEXT)]
Word = Annotated[str, Query(max_length=MOST_TEXT)]
# The brief brings its look along and nothing else; the browser is held to that.
_BRIEF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@router.get("/leads")
def leads(
    settings: Data,
    view: Seen,
    visitor: Reader,
    tab: Annotated[Tab, Query(alias="view")] = "list",
    stage: Word = "",
    owner: Word = "",
    county: Word = "",
    chain: Word = "",
    link: Word = "",
    ring: Word = "nation",
    overdue: bool = False,
    all: bool = False,  # noqa: A002
    top: Annotated[int, Query(ge=1, le=20)] = 3,
) -> Response:
    """The leads of the ledger as a list or by their stages, or the candidates for the gaps of a chain."""
    asked = {"stage": stage, "owner": owner, "county": county, "chain": chain}
    told: dict[str, Any] = {"tab": tab, "asked": {**asked, "overdue": overdue, "all": all}, "report": None}
    if tab == "suggestions":
        told["suggested"] = suggest_leads(
            settings,
            chain or None,
            link=link or None,
            ring=ring,
            top=top,
            region=view.region,
            as_of=view.as_of,
            lang=view.lang,
        )
        told |= {"rings": RINGS, "top": top, "of_link": link}
    else:
        board = tab == "board"
        told["report"] = list_leads(
            settings,
            region=view.region,
            stage=None if board else stage or None,
            owner=owner or None,
            county=county or None,
            chain=chain or None,
            overdue_only=overdue,
            all=board or all,
            as_of=view.as_of,
            lang=view.lang,
        )
    return page("leads.html", view, visitor, **told, **_acting(settings, view, view.region))


@router.get("/leads/{lead}/brief")
def lead_brief(
    settings: Data, view: Seen, lead: Named, chain: Annotated[str | None, Query(max_length=MOST_TEXT)] = None
) -> Response:
    """The brief about the firm of a lead, to print."""
    content = brief(settings, lead, chain=chain or None, region=view.region, as_of=view.as_of, lang=view.lang)
    return Response(content, media_type="text/html", headers={"Content-Security-Policy": _BRIEF_POLICY})


@router.get("/leads/{lead}")
def one_lead(settings: Data, view: Seen, visitor: Reader, lead: Named, chain: Word = "") -> Response:
    """A lead by its id: of the ledger, or a candidate."""
    return _lead_page(settings, view, visitor, _whole(settings, view, lead, chain), chain)


@router.get("/leads/{firm}/{link}")
def candidate(settings: Data, view: Seen, visitor: Reader, firm: Named, link: Named, chain: Word = "") -> Response:
    """A candidate by its firm and its link; once it is a lead, its page is that of its id."""
    whole = _whole(settings, view, f"{firm}/{link}", chain)
    if whole.history is not None and whole.history.lead is not None:
        return RedirectResponse(view.url(f"/leads/{quote(whole.history.lead.id)}", chain=chain or None), 303)
    return _lead_page(settings, view, visitor, whole, chain)


def _whole(settings: Settings, view: View, lead: str, chain: str) -> WholeLead:
    return whole_lead(settings, lead, chain=chain or None, region=view.region, as_of=view.as_of, lang=view.lang)


def _lead_page(settings: Settings, view: View, visitor: Visitor, whole: WholeLead, chain: str) -> Response:
    held = whole.history.lead if whole.history else None
    report = whole.basis
    region = held.region if held else report.region if report else view.region
    return page(
        "lead.html",
        view,
        visitor,
        basis=report,
        lead=report.lead if report else None,
        held=held,
        events=whole.history.events if whole.history else (),
        gone=whole.gone.in_(view.lang) if whole.gone else None,
        of_chain=chain or None,
        **_acting(settings, view, region),
    )


def _acting(settings: Settings, view: View, region: str | None) -> dict[str, Any]:
    """What the forms offer, where the page has any."""
    today = date.today().isoformat()
    stages = {"road": ROAD, "planned": PLANNED, "reasoned": REASONED, "closed": CLOSED}
    return {
        "choices": choices(settings, region=region, lang=view.lang),
        "stages": LEAD_STAGES,
        "road": ROAD,
        "today": today,
        "page_data": {"stages": stages, "today": today},
    }
