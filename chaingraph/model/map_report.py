"""The chain map (产业链图谱): lanes, cells and feeds with their places on a canvas, ready to be drawn.

Lengths are canvas units from the top left corner; a number that is None is unknown (待核实), never zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.gap_report import LeaderSeen, Totals
from chaingraph.model.words import Direction, Grade, Move


@dataclass(frozen=True)
class Lane:
    """A swimlane: a stage of the chain, from the top of the canvas to its bottom."""

    stage: str
    name: str
    x: float
    width: float


@dataclass(frozen=True)
class MapCell:
    """A link of the chain on the map.

    ``status`` is the row's, "no_data" where nobody has looked, "leader" for a leader's own link. ``unmet_cny`` is the
    need that is not met here, CNY a year, ``unmet_at_most`` where the coverage is unknown, so that it may be less; of a
    covered link of unknown coverage it is None. The cell's height grows with its logarithm. ``firms`` make the link
    here; None where nobody has looked.
    """

    link: str
    name: str
    stage: str
    tier: int
    status: str
    direction: Direction
    move: Move | None
    rank: int | None
    priority: float | None
    value_cny: float | None
    unmet_cny: float | None
    unmet_at_most: bool
    firms: int | None
    nearest_km: float | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class MapFeed:
    """A link feeds another: ``amount`` units of it a unit of the other.

    ``points`` are the four of a cubic Bézier curve, which begins and ends on the borders of the two cells.
    """

    from_: str
    to: str
    amount: float | None
    unit: str
    recycled: bool
    grade: Grade
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class ChainMapReport:
    """The map of a chain in a region on a day."""

    chain: str
    chain_name: str
    region: str
    region_name: str
    as_of: str
    lang: Lang
    pack: str
    leaders: tuple[LeaderSeen, ...]
    totals: Totals
    width: float
    height: float
    lanes: tuple[Lane, ...]
    cells: tuple[MapCell, ...]
    feeds: tuple[MapFeed, ...]
