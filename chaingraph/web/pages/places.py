"""/projects, /parks and /targets: the lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from chaingraph.model.target_report import years
from chaingraph.model.words import PROJECT_STAGES
from chaingraph.service.choices import choices
from chaingraph.service.parks import parks
from chaingraph.service.targets import targets
from chaingraph.web.answers import page
from chaingraph.web.api.places import Asked, Year
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter()

_Chain = Annotated[str | None, Query(max_length=MOST_TEXT)]


@router.get("/projects")
def projects_page(settings: Data, view: Seen, visitor: Reader, wanted: Asked) -> Response:
    """The projects of a region."""
    report = wanted.report(settings, view)
    offered = choices(settings, lang=view.lang)
    stages = (*PROJECT_STAGES, "unknown")
    return page("projects.html", view, visitor, report=report, wanted=wanted, offered=offered, stages=stages)


@router.get("/parks")
def parks_page(settings: Data, view: Seen, visitor: Reader, chain: _Chain = None) -> Response:
    """The parks of a region."""
    report = parks(settings, chain=chain or None, **view.asking())
    return page("parks.html", view, visitor, report=report, offered=choices(settings, lang=view.lang))


@router.get("/targets")
def targets_page(settings: Data, view: Seen, visitor: Reader, chain: _Chain = None, year: Year = None) -> Response:
    """The targets of a region."""
    report = targets(settings, chain=chain or None, year=year, **view.asking())
    offered = choices(settings, lang=view.lang)
    return page("targets.html", view, visitor, report=report, chain=chain or None, offered=offered, years=years)
