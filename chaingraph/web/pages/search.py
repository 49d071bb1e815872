"""/search: what answers a text."""

from __future__ import annotations

from fastapi import APIRouter, Response

from chaingraph.errors import UsageError
from chaingraph.service.search import KINDS, search
from chaingraph.web.answers import page
from chaingraph.web.api.search import Asked, Kinds, Top
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Data, Seen

router = APIRouter()


@router.get("/search")
def search_page(
    settings: Data,
    view: Seen,
    visitor: Reader,
    q: Asked = "",
    kind: Kinds = [],  # noqa: B006
    top: Top = 50,
) -> Response:
    """The hits of a search. What cannot be searched for is answered with a hint, not with an error."""
    report, problem = None, None
    try:
        report = search(settings, q, kinds=kind, top=top, as_of=view.as_of, lang=view.lang)
    except UsageError as error:
        problem = error.text.in_(view.lang)
    return page("search.html", view, visitor, q=q, kind=kind, kinds=KINDS, report=report, problem=problem)
