"""Which of all paths of a length come first: those of the closest ties, then those through what comes first by order.

Both stores lay out the ties step by step and share this. However many paths there are, only those asked for are walked.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from chaingraph.model.words import PREDICATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    class _Ordered(Protocol):
        def __lt__(self, other: Any, /) -> bool: ...

    Stop = TypeVar("Stop", bound=_Ordered)

LONGEST = 6
"""No path has more steps."""
SPARE = 2
"""How many steps longer than the shortest a path may be."""

CLOSE = ("supplies", "supplied_by", "owned_by", "owns")
_BUSINESS = ("by_firm", "has_project", "hosted_by", "hosts", "at_park", "makes", "made_by", "made_by_project")
_PLACES = {predicate: place for place, predicate in enumerate(PREDICATES)}


def distance_of(predicate: str) -> int:
    """How loose a tie is: 0 for supplies and shares, 1 for projects and products, 2 for what else ties two entities.

    >>> distance_of("supplies"), distance_of("makes"), distance_of("feeds")
    (0, 1, 2)
    """
    return 0 if predicate in CLOSE else 1 if predicate in _BUSINESS else 2


def closest_first(predicates: Iterable[str]) -> list[str]:
    """Predicates, each once, the closest tie first.

    >>> closest_first(["feeds", "makes", "feeds", "owns"])
    ['owns', 'makes', 'feeds']
    """
    return sorted(set(predicates), key=lambda predicate: (distance_of(predicate), _PLACES[predicate]))


def first_paths(
    start: Stop, end: Stop, steps: Sequence[Mapping[Stop, Mapping[Stop, int]]], most: int
) -> list[tuple[Stop, ...]]:
    """The first ``most`` paths that lead from ``start`` to ``end`` by just these steps and through nothing twice.

    Parameters
    ----------
    steps
        For each step, from each stop that it may start from, the stops it may lead to, with how loose the tie is. It
        may hold more than any path needs.

    Returns
    -------
    Those whose ties are the closest, summed, come first; of these the one through the stops that come first.
    """
    sums = _sums(end, steps)
    whole = sums[0].get(start, 0)
    by_sum = (
        path
        for total in range(whole.bit_length())
        if whole >> total & 1
        for path in _walk((start,), total, steps, sums)
    )
    return list(islice(by_sum, most))


def _sums(end: Stop, steps: Sequence[Mapping[Stop, Mapping[Stop, int]]]) -> list[dict[Stop, int]]:
    """Before each step, from each stop how loose what is left may be: a number with a bit for each sum."""
    sums: list[dict[Stop, int]] = [{end: 1}]
    for step in reversed(steps):
        behind, here = sums[-1], {}
        for stop, onward in step.items():
            bits = 0
            for other, loose in onward.items():
                bits |= behind.get(other, 0) << loose
            if bits:
                here[stop] = bits
        sums.append(here)
    return sums[::-1]


def _walk(
    path: tuple[Stop, ...],
    left: int,
    steps: Sequence[Mapping[Stop, Mapping[Stop, int]]],
    sums: Sequence[Mapping[Stop, int]],
) -> Iterator[tuple[Stop, ...]]:
    """The paths that go on from a beginning and use up just what is ``left`` of looseness, in order."""
    done = len(path) - 1
    if done == len(steps):
        yield path
        return
    behind = sums[done + 1]
    onward = steps[done][path[-1]]
    for other in sorted(
        stop for stop, loose in onward.items() if left >= loose and behind.get(stop, 0) >> (left - loose) & 1
    ):
        if other not in path:
            yield from _walk((*path, other), left - onward[other], steps, sums)
