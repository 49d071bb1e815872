"""/links/{link}: a link in the round; /chains/{chain}/links/{link}/panel: the same as a piece of the chain's page.

The chain's page includes the panel itself where its URL names a link: ``{% include "_link_panel.html" %}`` with the
LinkReport as ``link_report`` in the context. Its tables of gaps are ``{% include "_gap_list.html" %}`` (beside the map)
and ``{% include "_gap_table.html" %}`` (the tab), both with the GapReport as ``gap_report``; js/gap_table.js sorts and
filters either, js/panel.js keeps the panel in step with the selection.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from chaingraph.service.link_page import link_page
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter()

Named = Annotated[str, Path(max_length=MOST_TEXT)]


@router.get("/links/{link}")
def link_full(
    settings: Data,
    view: Seen,
    visitor: Reader,
    link: Named,
    chain: Annotated[str | None, Query(max_length=MOST_TEXT)] = None,
) -> Response:
    """A link at full width."""
    report = link_page(settings, link, chain or None, region=view.region, as_of=view.as_of, lang=view.lang)
    return page("link.html", view, visitor, link_report=report)


@router.get("/chains/{chain}/links/{link}/panel")
def link_panel(settings: Data, view: Seen, visitor: Reader, chain: Named, link: Named) -> Response:
    """A link as the panel beside the map shows it: a piece of HTML."""
    report = link_page(settings, link, chain, region=view.region, as_of=view.as_of, lang=view.lang)
    return page("_link_panel.html", view, visitor, link_report=report)


@router.get("/chains/{chain}/gaps")
def gaps_tab(request: Request, chain: Named) -> Response:
    """The gaps of a chain are a tab of its page."""
    asked = [(key, value) for key, value in request.query_params.multi_items() if key != "view"]
    return RedirectResponse(f"/chains/{quote(chain, safe='')}?{urlencode([*asked, ('view', 'gaps')])}", 303)
