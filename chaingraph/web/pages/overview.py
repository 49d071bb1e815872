"""/: every chain as a card."""

from __future__ import annotations

from fastapi import APIRouter, Response

from chaingraph.service.overview import foremost, overview
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Data, Seen

router = APIRouter()


@router.get("/")
def overview_page(settings: Data, view: Seen, visitor: Reader) -> Response:
    """Every chain in a region."""
    report = overview(settings, region=view.region, as_of=view.as_of, lang=view.lang)
    return page("overview.html", view, visitor, report=report, cards=foremost(settings, report))
