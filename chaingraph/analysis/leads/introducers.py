"""Who here can introduce a firm (以商引商): the shortest way from a local leader over supplies and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from chaingraph.stores.lead_rows import TieRow

Way = tuple["TieRow", ...]

LONGEST = 3
"""Ties in a way: beyond a friend of a friend nobody is introduced."""


def ways(
    leaders: Sequence[str], wanted: Collection[str], ties_of: Callable[[Sequence[str]], Iterable[TieRow]]
) -> dict[str, Way]:
    """For each of the ``wanted`` firms that can be reached, the ties from a leader to it.

    Parameters
    ----------
    leaders
        Ids of the local leaders, those to be asked first in front.
    wanted
        Ids of the firms to be introduced.
    ties_of
        Answers the supplies and shares of firms.

    Of ways of one length the better graded comes first (the weakest tie counts), then the earlier leader, then ids.
    """
    order = {leader: number for number, leader in enumerate(leaders)}
    # For each firm the best way from each leader: which leader is best shows only when the way is whole.
    best: dict[str, dict[str, Way]] = {leader: {leader: ()} for leader in leaders}
    frontier = list(best)
    for _ in range(LONGEST):
        reached: dict[str, dict[str, Way]] = {}
        for tie in ties_of(frontier):
            if tie.to in best:
                continue
            ways_here = reached.setdefault(tie.to, {})
            for leader, way in best[tie.from_].items():
                longer = (*way, tie)
                if leader not in ways_here or _rank(longer, order) < _rank(ways_here[leader], order):
                    ways_here[leader] = longer
        best |= reached
        frontier = sorted(reached)
        if not frontier or best.keys() >= set(wanted):
            break
    found = {firm: min(best[firm].values(), key=lambda way: _rank(way, order)) for firm in wanted if firm in best}
    return {firm: way for firm, way in found.items() if way}


def _rank(way: Way, order: dict[str, int]) -> tuple[str, int, tuple[tuple[str, str], ...]]:
    if not way:
        return "", 0, ()
    return max(tie.grade for tie in way), order[way[0].from_], tuple((tie.to, tie.predicate) for tie in way)
