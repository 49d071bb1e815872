"""/api/search: what answers a text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from chaingraph.model.search_report import SearchReport
from chaingraph.service.search import search
from chaingraph.web.answers import as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["search"])

Asked = Annotated[str, Query(max_length=MOST_TEXT, description="Chinese, pinyin, initials or English")]
Kinds = Annotated[list[str], Query(max_length=20, description="Only these kinds, such as firm")]
Top = Annotated[int, Query(ge=1, le=200, description="At most so many hits")]


@router.get("/search", response_model=SearchReport)
def search_json(settings: Data, view: Seen, q: Asked = "", kind: Kinds = [], top: Top = 20) -> Response:  # noqa: B006
    """Entities that answer a text, the best first; typos are forgiven where nothing answers as it is written."""
    return as_json(search(settings, q, kinds=kind, top=top, as_of=view.as_of, lang=view.lang))
