"""/api/graph: the graph view of a chain, the neighbours of an entity, the paths between two."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from chaingraph.model.graph_report import GraphReport
from chaingraph.service.graph.around import around
from chaingraph.service.graph.between import between
from chaingraph.service.graph.chain_graph import MOST, chain_graph
from chaingraph.web.answers import as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter(tags=["graph"])

_Most = Annotated[int, Query(ge=1, le=100, description="So many neighbours at once")]
_After = Annotated[str | None, Query(max_length=MOST_TEXT, description="Go on after this neighbour: `next` of before")]
_Entity = Annotated[str, Query(min_length=1, max_length=MOST_TEXT, description="An entity by id, name or alias")]


@router.get("/chains/{chain}/graph", response_model=GraphReport)
def chain_graph_json(
    settings: Data,
    view: Seen,
    chain: Annotated[str, Path(max_length=MOST_TEXT, description="A chain by id or name")],
    most: Annotated[int, Query(ge=1, le=MOST, description="So many nodes at most")] = MOST,
) -> Response:
    """A chain's links, who makes them here, the leaders and the parks, with the place of each in the picture."""
    return as_json(chain_graph(settings, chain, region=view.region, as_of=view.as_of, lang=view.lang, most=most))


@router.get("/graph/around", response_model=GraphReport)
def around_json(settings: Data, view: Seen, node: _Entity, most: _Most = 30, after: _After = None) -> Response:
    """The neighbours of an entity, those of most use first, on rings around it."""
    found = around(settings, node, most=most, after=after or None, region=view.region, as_of=view.as_of, lang=view.lang)
    return as_json(found)


@router.get("/graph/path", response_model=GraphReport)
def path_json(
    settings: Data,
    view: Seen,
    start: _Entity,
    end: _Entity,
    top: Annotated[int, Query(ge=1, le=20, description="So many paths at most")] = 3,
) -> Response:
    """The shortest ways in which two entities are related, from left to right, each step with its facts."""
    return as_json(between(settings, start, end, top=top, as_of=view.as_of, lang=view.lang))
