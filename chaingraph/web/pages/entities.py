"""/firms, /parks, /projects, /sources …: one entity with all its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Response

from chaingraph.export.fact_text import by_predicate, told
from chaingraph.service.ledger.in_work import leads_of
from chaingraph.service.parks import parks
from chaingraph.service.projects import projects
from chaingraph.service.show import show
from chaingraph.service.source_page import source_page
from chaingraph.web.answers import page
from chaingraph.web.api.entities import ROOMS, Key, Top
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Data, Seen

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter()

_MOST_PLACES = 12
"""So many projects and parks of a region are listed on its page; the lists have all."""


def _entity_page(kind: str) -> Callable[..., Response]:
    def answer(key: Key, settings: Data, view: Seen, visitor: Reader) -> Response:
        report = show(settings, key, kind=kind, as_of=view.as_of, lang=view.lang)
        beside: dict[str, Any] = {"leads": (), "projects": None, "parks": None}
        if kind == "firm":
            beside["leads"] = leads_of(settings, report.id, as_of=view.as_of, lang=view.lang)
        if kind == "region":
            beside["projects"] = projects(settings, top=_MOST_PLACES, **view._replace(region=report.id).asking())
            beside["parks"] = parks(settings, top=_MOST_PLACES, **view._replace(region=report.id).asking())
        groups = by_predicate(report.facts)
        return page("entity.html", view, visitor, report=report, groups=groups, told=told, **beside)

    return answer


for _room, _kind in ROOMS.items():
    router.add_api_route(f"/{_room}/{{key}}", _entity_page(_kind), name=f"{_kind}_page")


@router.get("/sources/{key}")
def source(key: Key, settings: Data, view: Seen, visitor: Reader, top: Top = 50) -> Response:
    """A source, and what cites it."""
    report = source_page(settings, key, top=top, as_of=view.as_of, lang=view.lang)
    return page("source.html", view, visitor, report=report, told=told, by_predicate=by_predicate)
