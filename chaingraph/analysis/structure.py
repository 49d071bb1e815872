"""The shape of a chain around its leaders: who feeds whom, and on which side of the leader a link lies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from chaingraph.model.words import Direction, Grade
    from chaingraph.stores.rows import ChainFrame


class Shape(NamedTuple):
    """For each link the links it feeds, those that feed it, and the weakest grade of these feeds."""

    feeds: Mapping[str, frozenset[str]]
    fed_by: Mapping[str, frozenset[str]]
    grade: Mapping[str, Grade]

    def neighbours(self, link: str) -> frozenset[str]:
        """The links next to ``link``, either way."""
        return self.feeds.get(link, frozenset()) | self.fed_by.get(link, frozenset())


def shape(frame: ChainFrame) -> Shape:
    """The shape of a chain; recycled feeds are left out."""
    down: dict[str, set[str]] = defaultdict(set)
    up: dict[str, set[str]] = defaultdict(set)
    grade: dict[str, Grade] = {}
    for feed in frame.feeds:
        if feed.recycled:
            continue
        down[feed.from_].add(feed.to)
        up[feed.to].add(feed.from_)
        for end in (feed.from_, feed.to):
            grade[end] = max(grade.get(end, feed.grade), feed.grade)
    return Shape(_frozen(down), _frozen(up), grade)


def nearest(form: Shape, link: str, ends: Collection[str]) -> frozenset[str]:
    """Which of ``ends`` are the fewest feeds away from a link, on either side; all where none can be reached."""
    seen, frontier = {link}, {link}
    while frontier:
        if found := frontier & set(ends):
            return frozenset(found)
        frontier = {other for step in frontier for other in form.neighbours(step)} - seen
        seen |= frontier
    return frozenset(ends)


def directions(frame: ChainFrame, shape: Shape, leader_links: frozenset[str]) -> dict[str, Direction]:
    """On which side of the leaders' links each link lies.

    Upstream of any leader's link goes before downstream of another's. Without a leader in the region the assembled
    products of the chain (tier 0) stand in for it.
    """
    centre = leader_links or frozenset(link.id for link in frame.links if link.tier == 0)
    above = _reached(centre, shape.fed_by)
    below = _reached(centre, shape.feeds)
    found: dict[str, Direction] = {}
    for link in frame.links:
        if link.id in leader_links:
            found[link.id] = "leader"
        elif link.id in above:
            found[link.id] = "upstream"
        else:
            found[link.id] = "downstream" if link.id in below else "side"
    return found


def _reached(start: Iterable[str], step: Mapping[str, frozenset[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        for other in step.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}
