"""The ways in which two entities are related, as a picture from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.graph_layout import path_places
from chaingraph.model.graph_report import GraphReport
from chaingraph.service.graph.drawing import Tie, edge, node
from chaingraph.service.path import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.graph_report import GraphEdge
    from chaingraph.model.path_report import PathReport, Step, Stop


def between(
    settings: Settings,
    start: str,
    end: str,
    *,
    top: int = 3,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> GraphReport:
    """The shortest ways between two entities; ``paths`` tells each step with its facts. No path: both ends alone.

    Parameters
    ----------
    start, end
        Entities by id, name, alias or listing code.
    top
        So many paths.

    Raises
    ------
    NotFound
        For an unknown name.
    UsageError
        If both are one entity, the day is none, or ``top`` below 1.
    """
    found = path(settings, start, end, top=top, as_of=as_of, lang=lang, progress=progress)
    lines = [[steps[0].start, *(step.end for step in steps)] for steps in found.paths] or [[found.start, found.end]]
    stops = {stop.id: stop for line in lines for stop in line}
    places = path_places([[stop.id for stop in line] for line in lines])
    edges = {made.id: made for steps in found.paths for step in steps for made in _edges(step, found)}
    return GraphReport(
        lang=found.lang,
        as_of=found.as_of,
        chain=None,
        centre=None,
        nodes=tuple(node(stop.id, stop.kind, stop.name, places[stop.id], found.lang) for stop in stops.values()),
        edges=tuple(edges.values()),
        paths=found.paths,
    )


def _edges(step: Step, found: PathReport) -> Iterator[GraphEdge]:
    """One edge a tie; a step's facts are told by its start."""
    teller: Stop = step.start
    for fact in step.facts:
        tie = Tie.told(teller.id, teller.kind, fact.predicate, step.end.id)
        yield edge(tie, min(citation.grade for citation in fact.citations), found.lang)
