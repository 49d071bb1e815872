"""Where a chain's links stand on its map: lanes from upstream to downstream, columns within a lane, few crossings.

Pure and deterministic. Within a lane the deeper tiers stand to the left; a tier too long for one column takes several,
short ones share one; within its column a link moves towards what it feeds and what feeds it.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf, log10
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH = 1040.0
MARGIN = 4.0
HEADING = 38.0
"""The canvas's width, its margin, and the height of a lane's heading."""
LANE_GAP = 8.0
GUTTER = 24.0
"""Between two lanes; between two columns, for the feeds."""
ROW_GAP = 9.0
MOST_ROW_GAP = 30.0
MOST_CELL_WIDTH = 190.0
MOST_COLUMNS = 8
SCREEN = 620.0
_TALLER = 1.1
"""At most so many columns stand side by side; fewer, with wider cells, where these are no higher than a screen.

Where neither is to be had the canvas grows, a tenth at a time.
"""
STEPS = (0.0, 16.0, 27.0, 40.0)
"""A cell grows by one of these, as its unmet value is below 100m, 300m or 1,000m CNY a year, or above."""
_SWEEPS = 10


class Placed(NamedTuple):
    """A link to be placed: its stage and tier, its height."""

    id: str
    stage: str
    tier: int
    height: float


class Box(NamedTuple):
    """A rectangle of the canvas."""

    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """The canvas: lanes by stage from left to right, cells by link, a curve of four points for each feed."""

    width: float
    height: float
    lanes: dict[str, Box]
    cells: dict[str, Box]
    curves: dict[tuple[str, str], tuple[tuple[float, float], ...]]


def growth(unmet_cny: float | None) -> float:
    """How much higher than the lowest a cell is.

    Equal steps of the logarithm. An unknown value is neither small nor large: the second step.
    """
    if unmet_cny is None:
        return STEPS[1]
    return STEPS[min(3, max(0, int((log10(max(unmet_cny, 1.0)) - 7.5) * 2)))]


def layout(links: Sequence[Placed], feeds: Sequence[tuple[str, str]], stages: Sequence[str]) -> Layout:
    """Places the links of a chain.

    Parameters
    ----------
    links
        The links, in the order that ties are kept in.
    feeds
        Pairs of links, the first feeds the second.
    stages
        The stages from left to right; those without a link have no lane.
    """
    edges = [(start, end) for start, end in feeds if start != end]
    lanes = _lanes(links, edges, [stage for stage in stages if any(link.stage == stage for link in links)])
    height = max((_filled(column) for lane in lanes.values() for column in lane), default=0.0)
    columns = [column for lane in lanes.values() for column in lane]
    _ease(columns, edges, height)
    width, pitch = _widths(len(columns), len(lanes))
    boxes: dict[str, Box] = {}
    grounds: dict[str, Box] = {}
    x = MARGIN
    for stage, lane in lanes.items():
        extent = len(lane) * pitch + LANE_GAP
        grounds[stage] = Box(x, MARGIN, extent, height + HEADING + 2 * ROW_GAP)
        for number, column in enumerate(lane):
            left = x + LANE_GAP / 2 + number * pitch + (pitch - width) / 2
            for link, top in _stacked(column, height):
                boxes[link.id] = Box(left, MARGIN + HEADING + ROW_GAP + top, width, link.height)
        x += extent + LANE_GAP
    at = {link.id: n for n, column in enumerate(columns) for link in column}
    whole = height + HEADING + 2 * ROW_GAP + 2 * MARGIN
    return Layout(WIDTH, whole, grounds, boxes, _curves(edges, boxes, at))


# --- columns ------------------------------------------------------------------------------------------------


def _lanes(
    links: Sequence[Placed], edges: Sequence[tuple[str, str]], stages: Sequence[str]
) -> dict[str, list[list[Placed]]]:
    """Each stage's columns: as few as a screen is high enough for; where none is, as low as they get."""
    tiers = {stage: _tiers([link for link in links if link.stage == stage], edges) for stage in stages}
    if not tiers:
        return {}
    heights = sorted({_filled(part) for lane in tiers.values() for tier in lane for part in _prefixes(tier)})
    while heights[-1] < _filled(links):
        heights.append(heights[-1] * _TALLER)
    found: dict[str, list[list[Placed]]] = {}
    for height in heights:
        columns = {stage: _columns(lane, height) for stage, lane in tiers.items()}
        count = sum(map(len, columns.values()))
        if count <= MOST_COLUMNS and (not found or (height <= SCREEN and count < sum(map(len, found.values())))):
            found = columns
    return found


def _prefixes(tier: Sequence[Placed]) -> Iterable[Sequence[Placed]]:
    return (tier[:count] for count in range(1, len(tier) + 1))


def _tiers(links: Sequence[Placed], edges: Sequence[tuple[str, str]]) -> list[list[Placed]]:
    """The tiers of a lane, the deepest first; within one what is fed stands before what is not, by its own depth."""
    fed = {end for _, end in edges}
    tiers = []
    for tier in sorted({link.tier for link in links}, reverse=True):
        members = [link for link in links if link.tier == tier]
        depth = _depths({link.id for link in members}, edges)
        tiers.append(sorted(members, key=lambda link: (depth[link.id], link.id not in fed)))
    return tiers


def _depths(members: set[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How many feeds within a tier lie before each of its members; a ring of feeds counts no more than once round."""
    depth = dict.fromkeys(members, 0)
    inner = [(start, end) for start, end in edges if start in members and end in members]
    for _ in range(min(len(members), 8)):
        for start, end in inner:
            depth[end] = max(depth[end], min(depth[start] + 1, 8))
    return depth


def _columns(tiers: Sequence[Sequence[Placed]], height: float) -> list[list[Placed]]:
    """Columns no higher than ``height``: long tiers cut evenly, short neighbours put together."""
    columns: list[list[Placed]] = []
    for tier in tiers:
        if columns and _filled([*columns[-1], *tier]) <= height:
            columns[-1].extend(tier)
        else:
            columns += _cut(tier, height)
    return columns


def _cut(tier: Sequence[Placed], height: float) -> list[list[Placed]]:
    """A tier in the fewest columns, as even as they get."""
    for count in range(1, len(tier) + 1):
        bounds = [round(n * len(tier) / count) for n in range(count + 1)]
        parts = [list(tier[start:end]) for start, end in pairwise(bounds)]
        if all(_filled(part) <= height for part in parts):
            return parts
    return [[link] for link in tier]


def _filled(column: Sequence[Placed]) -> float:
    return sum(link.height + ROW_GAP for link in column) - ROW_GAP


def _widths(columns: int, lanes: int) -> tuple[float, float]:
    """The width of a cell, and from one column to the next."""
    pitch = (WIDTH - 2 * MARGIN - LANE_GAP * (2 * lanes - 1)) / max(1, columns)
    return min(MOST_CELL_WIDTH, pitch - GUTTER), pitch


# --- rows ---------------------------------------------------------------------------------------------------


def _stacked(column: Sequence[Placed], height: float) -> Iterable[tuple[Placed, float]]:
    """Each link of a column with its top: spread a little, centred."""
    spare = height - _filled(column)
    gap = ROW_GAP + min(MOST_ROW_GAP - ROW_GAP, spare / (len(column) + 1))
    top = (height - sum(link.height for link in column) - gap * (len(column) - 1)) / 2
    for link in column:
        yield link, top
        top += link.height + gap


def _ease(columns: Sequence[list[Placed]], edges: Sequence[tuple[str, str]], height: float) -> None:
    """Orders every column by the middle of its neighbours, to and fro; keeps the order with the shortest feeds."""
    near: dict[str, list[str]] = {link.id: [] for column in columns for link in column}
    for start, end in edges:
        near[start].append(end)
        near[end].append(start)
    middle: dict[str, float] = {}

    def settle(column: Sequence[Placed]) -> None:
        middle.update((link.id, top + link.height / 2) for link, top in _stacked(column, height))

    def length() -> float:
        return sum(abs(middle[start] - middle[end]) for start, end in edges)

    for column in columns:
        settle(column)
    best, kept = inf, [list(column) for column in columns]
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            pull = {
                link.id: fmean(middle[other] for other in near[link.id]) if near[link.id] else middle[link.id]
                for link in column
            }
            column.sort(key=lambda link, pull=pull: pull[link.id])  # type: ignore[misc]
            settle(column)
        if (now := length()) < best - 1e-6:
            best, kept = now, [list(column) for column in columns]
    for column, order in zip(columns, kept, strict=True):
        column[:] = order


# --- feeds --------------------------------------------------------------------------------------------------


def _curves(
    edges: Sequence[tuple[str, str]], boxes: Mapping[str, Box], at: Mapping[str, int]
) -> dict[tuple[str, str], tuple[tuple[float, float], ...]]:
    """The curve of each feed: out of the right side and into the left one, the other way round where it runs back."""
    leaving, entering = _ports(edges, boxes, at)
    curves: dict[tuple[str, str], tuple[tuple[float, float], ...]] = {}
    for edge in edges:
        start, end = boxes[edge[0]], boxes[edge[1]]
        forward, beside = at[edge[0]] < at[edge[1]], at[edge[0]] == at[edge[1]]
        x1 = start.x + start.width if forward or beside else start.x
        x2 = end.x if forward else end.x + end.width
        y1, y2 = leaving[edge], entering[edge]
        if beside:
            reach = min(GUTTER, 10 + abs(y2 - y1) / 12)
            bends = (x1 + reach, x2 + reach)
        else:
            reach = max(GUTTER * 0.6, abs(x2 - x1) * 0.45)
            bends = (x1 + reach, x2 - reach) if forward else (x1 - reach, x2 + reach)
        curves[edge] = ((x1, y1), (bends[0], y1), (bends[1], y2), (x2, y2))
    return curves


def _ports(
    edges: Sequence[tuple[str, str]], boxes: Mapping[str, Box], at: Mapping[str, int]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Where on its side each feed leaves and enters: apart from the others there, in the order of their other ends."""
    sides: dict[tuple[str, bool], list[tuple[float, int, tuple[str, str]]]] = {}
    for edge in edges:
        start, end = edge
        right_out = at[start] <= at[end]
        right_in = at[start] >= at[end]
        sides.setdefault((start, right_out), []).append((boxes[end].y + boxes[end].height / 2, 0, edge))
        sides.setdefault((end, right_in), []).append((boxes[start].y + boxes[start].height / 2, 1, edge))
    leaving: dict[tuple[str, str], float] = {}
    entering: dict[tuple[str, str], float] = {}
    for (link, _), ports in sides.items():
        box = boxes[link]
        for number, (_, arrives, edge) in enumerate(sorted(ports), 1):
            y = box.y + box.height * number / (len(ports) + 1)
            (entering if arrives else leaving)[edge] = y
    return leaving, entering
