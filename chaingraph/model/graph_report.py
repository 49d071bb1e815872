"""A part of the graph as a picture: nodes with their places, the edges between them, what is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.path_report import Step
from chaingraph.model.words import Grade


@dataclass(frozen=True)
class GraphNode:
    """An entity in the picture, its centre at ``x`` and ``y`` in pixels, y downward.

    ``stage``, ``status`` and ``move`` are those of a link in the chain asked for; ``leader`` is True of a chain's
    leader and of the link it makes. ``more`` counts neighbours that are known and not shown, None where nobody counts.
    """

    id: str
    kind: str
    kind_name: str
    name: str
    stage: str | None
    status: str | None
    move: str | None
    leader: bool
    x: float
    y: float
    more: int | None


@dataclass(frozen=True)
class GraphEdge:
    """A tie between two nodes, as the entity has it that tells it; ``grade`` is that of its best citation.

    ``planned`` is True of what a firm will make here: none of its projects for the link is in production yet.
    """

    id: str
    from_: str
    to: str
    predicate: str
    label: str
    grade: Grade | None
    planned: bool = False


@dataclass(frozen=True)
class GraphReport:
    """A part of the graph with positions: a chain's, the neighbours of ``centre``, or the ``paths`` between two.

    Places of neighbours are told from ``centre``, which stands at 0, 0. ``more`` counts what is known and not shown;
    ``next`` is what to ask after for the next page, None on the last one.
    """

    lang: Lang
    as_of: str
    chain: str | None
    centre: str | None
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    more: int = 0
    next: str | None = None
    paths: tuple[tuple[Step, ...], ...] = ()
