"""/chains/{chain}: the map, the graph and the gaps of a chain, beside them the list of gaps or the link selected."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chaingraph.export.map_svg import map_svg
from chaingraph.export.shown_gaps import MOVES, STAGES, text_of
from chaingraph.service.chain_map import default_chain, mapped_gaps
from chaingraph.service.choices import choices
from chaingraph.service.link_page import link_page
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter()

Tab = Literal["map", "graph", "gaps"]


@router.get("/chains")
def chains_page(
    settings: Data, request: Request, chain: Annotated[str | None, Query(max_length=MOST_TEXT)] = None
) -> Response:
    """The chain asked for, else the default one, with all that is asked beside it."""
    more = [(key, value) for key, value in request.query_params.multi_items() if key != "chain" and value]
    query = f"?{urlencode(more)}" if more else ""
    return RedirectResponse(f"/chains/{quote(chain or default_chain(settings), safe='')}{query}", 303)


@router.get("/chains/{chain}")
def chain_page(
    settings: Data,
    view: Seen,
    visitor: Reader,
    chain: Annotated[str, Path(max_length=MOST_TEXT)],
    tab: Annotated[Tab, Query(alias="view")] = "map",
    link: Annotated[str | None, Query(max_length=MOST_TEXT)] = None,
) -> Response:
    """A chain on its map, in its graph or in a table."""
    seen = mapped_gaps(settings, chain, region=view.region, as_of=view.as_of, lang=view.lang)
    told = None
    if link:
        told = link_page(settings, link, seen.gap_report.chain, region=view.region, as_of=view.as_of, lang=view.lang)
    offered = choices(settings, lang=view.lang)
    searched = {row.link: text_of(row) for row in seen.gap_report.rows.values()}
    return page(
        "chain.html",
        view,
        visitor,
        gap_report=seen.gap_report,
        chain_map=seen.chain_map,
        # Written by us out of a tree of elements, every name escaped.
        map_drawing=Markup(map_svg(seen.chain_map, searched)),
        link_report=told,
        tab=tab,
        chains=offered.chains,
        regions=offered.regions,
        stages=STAGES,
        moves=MOVES,
    )
