"""Where nodes stand in a picture of the graph: pure, the same for the same input, no two nodes on one place."""

from __future__ import annotations

from math import asin, ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 108.0, 48.0
"""The room of a node in pixels; the browser draws none larger."""
_ACROSS, _DOWN = 128.0, 58.0
"""From one column to the next, and from one row to the next."""
_ROOM = (WIDTH + 10, HEIGHT + 8)
"""A node with the least air around it."""
_BROAD = 1.0
"""How much wider than high a picture of a chain is, were its tiers equally long; they are not, so it gets wider."""
_SWEEPS = 4
"""How often links are put into the order of those they are tied to."""

Places = dict[str, tuple[float, float]]
"""The centre of each node."""


class Plan(NamedTuple):
    """What a picture of a chain holds.

    Parameters
    ----------
    tiers
        The links by their tier, each tier in the order of the chain.
    feeds
        Which link feeds which.
    middle
        Links that stand in the middle of their columns: those of the leaders.
    under
        By link who stands beneath it, as one block.
    above, below
        Who stands above or below all links, each with those that it is tied to.
    """

    tiers: Mapping[int, Sequence[str]]
    feeds: Sequence[tuple[str, str]]
    middle: frozenset[str]
    under: Mapping[str, Sequence[str]]
    above: Mapping[str, Sequence[str]]
    below: Mapping[str, Sequence[str]]


def chain_places(plan: Plan) -> Places:
    """A chain from left to right: the highest tier, which is furthest upstream, at the left.

    A link and who stands beneath it are one block. Of a tier that is too long there are several columns. In a column
    links stand in the order of those that they feed or are fed by, so that few feeds cross.
    """
    high = {link: 1 + len(plan.under.get(link, ())) for links in plan.tiers.values() for link in links}
    most = max(ceil(sqrt(sum(high.values()) * _ACROSS / (_DOWN * _BROAD))), max(high.values(), default=1))
    order = {tier: list(links) for tier, links in sorted(plan.tiers.items(), reverse=True)}
    near = _tied(plan.feeds)
    places = _columns(order, high, most)
    for _ in range(_SWEEPS):
        for links in order.values():
            mean = {
                link: _mean([places[other][1] for other in near.get(link, ()) if other in places]) for link in links
            }
            links.sort(key=lambda link: mean[link])
            places |= {link: (places[link][0], place) for link, place in _stacked(links, high)}
    for links in order.values():
        _to_the_middle(links, plan.middle)
    places = _columns(order, high, most)
    for link, block in plan.under.items():
        x, y = places[link]
        places |= {key: (x, y + _DOWN * row) for row, key in enumerate(block, start=1)}
    top, bottom = _reach(places)
    outside = _row(plan.above, places, top - 1.5 * _DOWN) | _row(plan.below, places, bottom + 1.5 * _DOWN)
    return places | outside


def ring_places(count: int, before: int = 0) -> list[tuple[float, float]]:
    """Places around a node at 0, 0, ring by ring, those of a ring evenly; on rings that ``before`` others do not use.

    Measured in rooms of a node, rings are circles that lie √2 apart, and so do neighbours on one: of two places as far
    apart as that, one is a whole room beside or below the other.

    >>> ring_places(2)
    [(0.0, -79.2), (0.0, 79.2)]
    """
    ring = 1
    while before > 0:
        before -= _holds(ring)
        ring += 1
    found: list[tuple[float, float]] = []
    while len(found) < count:
        here = min(count - len(found), _holds(ring))
        far = sqrt(2) * ring
        for step in range(here):
            # From the top on, clockwise.
            angle = 2 * pi * step / here - pi / 2
            found.append((_near(far * _ROOM[0] * cos(angle)), _near(far * _ROOM[1] * sin(angle))))
        ring += 1
    return found


def _holds(ring: int) -> int:
    """How many nodes find room on a ring, counted from 1."""
    return int(pi / asin(1 / (2 * ring)) + 1e-9)


def _near(pixels: float) -> float:
    """Pixels to a tenth, never minus nothing."""
    return round(pixels, 1) + 0.0


def path_places(paths: Sequence[Sequence[str]]) -> Places:
    """Paths from left to right: a node stands as far to the right as it stands on the first path that leads to it.

    Of what stands equally far, the first found is the highest; the ends are in the middle.
    """
    if not paths:
        return {}
    last = max(map(len, paths)) - 1
    columns: dict[int, list[str]] = {}
    seen: set[str] = set()
    for path in paths:
        for step, key in enumerate(path):
            if key not in seen:
                seen.add(key)
                columns.setdefault(last if key == path[-1] else step, []).append(key)
    wide = 1.6 * _ACROSS
    return {
        key: (round(wide * (step - last / 2), 1), round(1.3 * _DOWN * (row - (len(keys) - 1) / 2), 1))
        for step, keys in columns.items()
        for row, key in enumerate(keys)
    }


def _tied(feeds: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for one, other in feeds:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    return near


def _columns(order: Mapping[int, Sequence[str]], high: Mapping[str, int], most: int) -> Places:
    """Links in columns of about ``most`` rows, each around the height 0."""
    places: Places = {}
    column = 0
    for links in order.values():
        count = max(1, ceil(sum(high[link] for link in links) / most))
        stacks: list[list[str]] = [[] for _ in range(count)]
        rows = [0] * count
        for link in links:
            lowest = rows.index(min(rows))
            stacks[lowest].append(link)
            rows[lowest] += high[link]
        for stack in filter(None, stacks):
            places |= {link: (column * _ACROSS, y) for link, y in _stacked(stack, high)}
            column += 1
    middle = (column - 1) * _ACROSS / 2
    return {link: (x - middle, y) for link, (x, y) in places.items()}


def _stacked(links: Sequence[str], high: Mapping[str, int]) -> Iterable[tuple[str, float]]:
    """Links one beneath the other, around the height 0: where the first row of each is."""
    row = -(sum(high[link] for link in links) - 1) / 2
    for link in links:
        yield link, row * _DOWN
        row += high[link]


def _to_the_middle(links: list[str], middle: frozenset[str]) -> None:
    chosen = [link for link in links if link in middle]
    others = [link for link in links if link not in middle]
    links[:] = [*others[: len(others) // 2], *chosen, *others[len(others) // 2 :]]


def _row(outside: Mapping[str, Sequence[str]], places: Places, y: float) -> Places:
    """Nodes side by side at a height, each as near as may be to the middle of those that it is tied to."""
    wished = {key: _mean([places[other][0] for other in near if other in places]) for key, near in outside.items()}
    found: list[tuple[str, float]] = []
    for key, x in sorted(wished.items(), key=lambda item: item[1]):
        found.append((key, max(x, found[-1][1] + _ACROSS) if found else x))
    # Pushed to the right only; half of it back.
    shift = _mean([wished[key] - x for key, x in found])
    return {key: (round(x + shift, 1), y) for key, x in found}


def _reach(places: Places) -> tuple[float, float]:
    heights = [y for _, y in places.values()]
    return min(heights, default=0.0), max(heights, default=0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
