"""/api/path: how two entities are related."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from chaingraph.model.path_report import PathReport
from chaingraph.service.path import path
from chaingraph.web.answers import as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["search"])

End = Annotated[str, Query(max_length=MOST_TEXT, description="Id, name, alias or listing code")]
Top = Annotated[int, Query(ge=1, le=20, description="At most so many paths")]


@router.get("/path", response_model=PathReport)
def path_json(settings: Data, view: Seen, start: End, end: End, top: Top = 5) -> Response:
    """The ways in which two entities are related, over at most six steps, the shortest first."""
    return as_json(path(settings, start, end, top=top, as_of=view.as_of, lang=view.lang))
