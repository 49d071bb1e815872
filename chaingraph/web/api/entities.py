"""/api/firms, /api/parks …: one entity with all its facts; /api/sources: a source with all that cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Response

from chaingraph.model.entity_report import EntityReport
from chaingraph.model.source_report import SourceReport
from chaingraph.service.show import show
from chaingraph.service.source_page import source_page
from chaingraph.web.answers import as_json
from chaingraph.web.view import MOST_TEXT, Data, Seen

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter(tags=["entities"])

ROOMS = {
    "firms": "firm",
    "parks": "park",
    "projects": "project",
    "regions": "region",
    "platforms": "platform",
    "policies": "policy",
    "targets": "target",
    "actuals": "actual",
}
"""Where the entities of a kind are found."""

Key = Annotated[str, Path(max_length=MOST_TEXT, description="The id; a name or an alias that only one bears will do")]
"""Which entity."""
Top = Annotated[int, Query(ge=1, le=2000, description="At most so many entities that cite the source")]


def _entity_json(kind: str) -> Callable[..., Response]:
    def answer(key: Key, settings: Data, view: Seen) -> Response:
        return as_json(show(settings, key, kind=kind, as_of=view.as_of, lang=view.lang))

    answer.__doc__ = f"A {kind} with all facts known of it, their grades and their sources."
    return answer


for _room, _kind in ROOMS.items():
    router.add_api_route(f"/{_room}/{{key}}", _entity_json(_kind), response_model=EntityReport, name=f"{_kind}_json")


@router.get("/sources/{key}", response_model=SourceReport)
def source_json(key: Key, settings: Data, view: Seen, top: Top = 50) -> Response:
    """A source, and the facts that cite it."""
    return as_json(source_page(settings, key, top=top, as_of=view.as_of, lang=view.lang))
