"""/path: how two entities are related."""

from __future__ import annotations

from fastapi import APIRouter, Response

from chaingraph.errors import UsageError
from chaingraph.export.fact_text import told
from chaingraph.service.path import path
from chaingraph.web.answers import page
from chaingraph.web.api.paths import End, Top
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Data, Seen

router = APIRouter()


@router.get("/path")
def path_page(settings: Data, view: Seen, visitor: Reader, start: End = "", end: End = "", top: Top = 5) -> Response:
    """Two fields, and the paths between what they name. A name that is none is answered with a sentence beside them."""
    report, problem = None, None
    if start.strip() and end.strip():
        try:
            report = path(settings, start.strip(), end.strip(), top=top, as_of=view.as_of, lang=view.lang)
        except UsageError as error:
            problem = error.text.in_(view.lang)
    return page("path.html", view, visitor, start=start, end=end, report=report, problem=problem, told=told)
