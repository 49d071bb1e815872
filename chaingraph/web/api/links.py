"""/api/links: a link around its leaders."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from chaingraph.model.link_report import LinkReport
from chaingraph.service.link_page import link_page
from chaingraph.web.answers import as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["links"])


@router.get("/links/{link}", response_model=LinkReport)
def link_json(
    settings: Data,
    view: Seen,
    link: Annotated[str, Path(max_length=MOST_TEXT, description="Id or name of a link")],
    chain: Annotated[str | None, Query(max_length=MOST_TEXT, description="A chain that has it")] = None,
) -> Response:
    """A link: need, supply, claims, what is near, why this priority, leads, the ledger, sources."""
    report = link_page(settings, link, chain or None, region=view.region, as_of=view.as_of, lang=view.lang)
    return as_json(report)
