"""/api/projects, /api/parks, /api/targets: the lists, as JSON and as files."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Response

from chaingraph.config import Settings
from chaingraph.errors import Text
from chaingraph.model.park_report import ParksReport
from chaingraph.model.project_report import ProjectsReport
from chaingraph.model.target_report import TargetsReport
from chaingraph.service.parks import parks
from chaingraph.service.projects import projects
from chaingraph.service.targets import targets
from chaingraph.web.answers import SHEET, Form, as_json, as_sheet
from chaingraph.web.view import MOST_TEXT, Data, Seen, View

router = APIRouter(tags=["lists"])

_Chain = Annotated[str | None, Query(max_length=MOST_TEXT, description="Id or name of a chain")]
_Top = Annotated[int | None, Query(ge=1, description="At most so many; all by default")]


class Wanted(NamedTuple):
    """Which projects are asked for; an empty field of a form is none."""

    park: str | None
    chain: str | None
    stage: str | None
    stuck: bool
    stuck_after: int | None
    top: int | None

    def report(self, settings: Settings, view: View) -> ProjectsReport:
        """The projects."""
        return projects(
            settings,
            region=view.region,
            park=self.park,
            chain=self.chain,
            stage=self.stage,
            stuck_only=self.stuck,
            stuck_after=self.stuck_after,
            top=self.top,
            as_of=view.as_of,
            lang=view.lang,
        )


def _wanted(
    park: Annotated[str | None, Query(max_length=MOST_TEXT, description="Id or name of a park")] = None,
    chain: _Chain = None,
    stage: Annotated[str | None, Query(max_length=MOST_TEXT, description="signed, landed, …, or unknown")] = None,
    stuck: Annotated[bool, Query(description="Only those stuck in their stage")] = False,
    stuck_after: Annotated[int | None, Query(description="Days until stuck; the packs' own by default")] = None,
    top: _Top = None,
) -> Wanted:
    return Wanted(park or None, chain or None, stage or None, stuck, stuck_after, top)


Asked = Annotated[Wanted, Depends(_wanted)]
"""The projects that a request asks for."""


@router.get("/projects", response_model=ProjectsReport)
def projects_json(settings: Data, view: Seen, wanted: Asked) -> Response:
    """The projects of a region: where each stands, the four conversion rates, which are stuck."""
    return as_json(wanted.report(settings, view))


@router.get("/projects.{form}", response_class=Response, responses=SHEET)
def projects_file(settings: Data, view: Seen, wanted: Asked, form: Form) -> Response:
    """The same as a file."""
    return as_sheet(wanted.report(settings, view), "projects", Text("项目", "Projects").in_(view.lang), form)


@router.get("/parks", response_model=ParksReport)
def parks_json(settings: Data, view: Seen, chain: _Chain = None, top: _Top = None) -> Response:
    """The parks of a region: what they target, their land, their bars, their yield per mu."""
    return as_json(parks(settings, chain=chain or None, top=top, **view.asking()))


@router.get("/parks.{form}", response_class=Response, responses=SHEET)
def parks_file(settings: Data, view: Seen, form: Form, chain: _Chain = None, top: _Top = None) -> Response:
    """The same as a file."""
    report = parks(settings, chain=chain or None, top=top, **view.asking())
    return as_sheet(report, "parks", Text("园区", "Parks").in_(view.lang), form)


Year = Annotated[int | None, Query(ge=1900, le=2200, description="Only the targets of this year")]


@router.get("/targets", response_model=TargetsReport)
def targets_json(settings: Data, view: Seen, chain: _Chain = None, year: Year = None, top: _Top = None) -> Response:
    """The targets published for a region, the latest year first, each with its progress."""
    return as_json(targets(settings, chain=chain or None, year=year, top=top, **view.asking()))


@router.get("/targets.{form}", response_class=Response, responses=SHEET)
def targets_file(
    settings: Data, view: Seen, form: Form, chain: _Chain = None, year: Year = None, top: _Top = None
) -> Response:
    """The same as a file."""
    report = targets(settings, chain=chain or None, year=year, top=top, **view.asking())
    return as_sheet(report, "targets", Text("目标", "Targets").in_(view.lang), form)
