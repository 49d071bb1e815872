"""/api/overview: every chain in short."""

from __future__ import annotations

from fastapi import APIRouter, Response

from chaingraph.model.overview_report import OverviewReport
from chaingraph.service.overview import overview
from chaingraph.web.answers import as_json
from chaingraph.web.view import Data, Seen

router = APIRouter(tags=["overview"])


@router.get("/overview", response_model=OverviewReport)
def overview_json(settings: Data, view: Seen) -> Response:
    """Every chain in a region: local sourcing rate or completeness, the first gaps, what is unknown."""
    return as_json(overview(settings, region=view.region, as_of=view.as_of, lang=view.lang))
