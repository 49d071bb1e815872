"""/api/chains: the chains, and each one's map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from chaingraph.export.map_svg import map_svg_file
from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.map_report import ChainMapReport
from chaingraph.service.chain_map import chain_map
from chaingraph.service.chains import chains
from chaingraph.web.answers import as_file, as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["chains"])

SVG = "image/svg+xml"
Chain = Annotated[str, Path(max_length=MOST_TEXT, description="Id or name of a chain")]


@router.get("/chains", response_model=ChainsReport)
def chains_json(settings: Data, view: Seen) -> Response:
    """Every chain with the number of its links and feeds, and its leaders."""
    return as_json(chains(settings, as_of=view.as_of, lang=view.lang))


@router.get("/chains/{chain}", response_model=ChainMapReport)
def chain_map_json(settings: Data, view: Seen, chain: Chain) -> Response:
    """The map of a chain: lanes, every link as a cell, every feed as a curve."""
    return as_json(chain_map(settings, chain, region=view.region, as_of=view.as_of, lang=view.lang))


@router.get("/chains/{chain}/map.svg", response_class=Response, responses={200: {"content": {SVG: {}}}})
def chain_map_svg(settings: Data, view: Seen, chain: Chain) -> Response:
    """The map of a chain as a picture of its own, with title and legend."""
    report = chain_map(settings, chain, region=view.region, as_of=view.as_of, lang=view.lang)
    return as_file(map_svg_file(report), f"map-{report.chain}-{report.region}-{report.as_of}.svg", SVG)
