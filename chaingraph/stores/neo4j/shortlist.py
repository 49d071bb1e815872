"""Finds the firms of a shortlist on the server, region by region: none is read that could not be on it.

The cells of a link say how well a firm in each region may do at most. The regions that promise most are read first, and
more of them until no firm of those unread could be better than the last that is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.stores.imported import share_stored, share_told
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.shortlist import match, match_parts, shortlist

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.neo4j.presence import LinkCells
    from chaingraph.stores.neo4j.server import Server

    Ints = NDArray[np.int64]

_SPARE = 4
"""So many more firms than are needed are looked for at first, since some are chosen for another reason already."""
_WIDER = 4
"""Where the first regions did not do, so many times as many are read."""
_UNREAD = np.iinfo(np.int64).max
"""More than any match: nobody reaches it."""


class _MakingsRow(NamedTuple):
    """Citations that firms make a link, side by side."""

    link: str
    firms: list[str]
    seats: list[str]
    matches: list[list[float | None]]


_MAKINGS = read("candidates.makings", _MakingsRow, "cells", "day")
_SHARES = read("candidates.shares", _MakingsRow, "cells", "day")


class _Maker(NamedTuple):
    """A firm that makes a link: the row of its seat, its best match and how many citations, of those read."""

    seat: int
    matched: int
    cited: int


def shortlists(
    server: Server,
    cells: Mapping[str, LinkCells],
    passed: Mapping[str, Collection[str]],
    distance: NDArray[np.float64],
    codes: Sequence[str],
    day: str,
    most: int,
) -> dict[str, set[str]]:
    """For each link the firms of its shortlist among those that only imports know.

    Parameters
    ----------
    passed
        By link the firms that are chosen already.
    distance, codes
        The distance to each region, and its adcode.
    """
    row = {code: number for number, code in enumerate(codes)}
    searches = {link: _Search(found, distance, passed.get(link, ()), most) for link, found in cells.items()}
    going = {link: search for link, search in searches.items() if not search.settled()}
    while going:
        asked = [
            {"link": link, "seat": codes[region], **least}
            for link, search in going.items()
            for region, least in search.next()
        ]
        for statement, bound in ((_MAKINGS, "confidence"), (_SHARES, "share")):
            if cells_asked := [question for question in asked if bound in question]:
                for answer in server.rows(statement, cells=cells_asked, day=day):
                    searches[answer.link].learn(answer, row)
        going = {link: search for link, search in going.items() if not search.settled()}
    return {link: search.chosen() for link, search in searches.items()}


class _Search:
    """The search of one link, over the regions that seat somebody whom only imports know."""

    def __init__(self, cells: LinkCells, distance: NDArray[np.float64], passed: Collection[str], most: int) -> None:
        kept = np.flatnonzero(cells.top_cited)
        self._region, self._makers, _, self._top_match, self._top_cited = (column[kept] for column in cells)
        self._distance = distance
        self._far = distance[self._region]
        self._passed = passed
        self._most = most
        self._sought = most + _SPARE
        # Down to which match each region has been read: to 0 where all its makers have been.
        self._read = np.full(len(kept), _UNREAD)
        self._found: dict[str, _Maker] = {}

    def next(self) -> Iterator[tuple[int, dict[str, float]]]:
        """What to read next: rows of regions, with the share or the confidence that a citation reaches."""
        wanted = self._read.copy()
        for keys in ((self._far,), (self._far, -self._top_cited)):
            wanted[self._enough(np.lexsort(keys))] = 0
        order = np.lexsort((self._far, -self._top_match))[: self._sought]
        least = 0 if len(self._read) * _WIDER <= self._sought else int(self._top_match[order[-1]])
        wanted[order] = np.minimum(wanted[order], least)
        for at in np.flatnonzero(wanted < self._read).tolist():
            share, confidence = (share_told(part) for part in match_parts(int(wanted[at])))
            yield int(self._region[at]), {"confidence": confidence or 0.0} if share is None else {"share": share}
        self._read = wanted
        self._sought *= _WIDER

    def _enough(self, order: Ints) -> Ints:
        """The first regions in an order that seat as many makers as are sought."""
        many: Ints = order[: int(np.searchsorted(np.cumsum(self._makers[order]), self._sought)) + 1]
        return many

    def learn(self, told_so: _MakingsRow, row: Mapping[str, int]) -> None:
        """Takes in citations. A firm whose region is read again is told anew, with at least as many."""
        fresh: dict[str, _Maker] = {}
        for firm, seat, (share, confidence) in zip(told_so.firms, told_so.seats, told_so.matches, strict=True):
            told = match(share_stored(share), share_stored(confidence))
            known = fresh.get(firm, _Maker(row[seat], 0, 0))
            fresh[firm] = _Maker(known.seat, max(known.matched, told), known.cited + 1)
        self._found |= {firm: maker for firm, maker in fresh.items() if firm not in self._passed}

    def settled(self) -> bool:
        """Whether none of the makers unread could be better than the last of those chosen."""
        unread = np.flatnonzero(self._read > 0)
        if not len(unread):
            return True
        if len(self._found) < self._most:
            return False
        # A region that was read in part has only worse matches left.
        left = np.minimum(self._top_match, self._read - 1)[unread]
        far, cited_most = self._far[unread], self._top_cited[unread]
        apart, matched, cited = self._columns(self._found)
        return all(
            _key(mine, self._most) < _key(theirs, 1)
            for mine, theirs in (
                ((apart,), (far,)),
                ((-matched, apart), (-left, far)),
                ((-cited, apart), (-cited_most, far)),
            )
        )

    def chosen(self) -> set[str]:
        """The firms of the shortlist, once the search is settled."""
        ids = sorted(self._found)
        best = shortlist(np.arange(len(ids)), *self._columns(ids), self._most)
        return {ids[at] for at in best.tolist()}

    def _columns(self, firms: Iterable[str]) -> tuple[NDArray[np.float64], Ints, Ints]:
        """The distance, the match and the number of citations of firms found."""
        table = np.array([self._found[firm] for firm in firms], dtype=np.int64).reshape(-1, len(_Maker._fields))
        return self._distance[table[:, 0]], table[:, 1], table[:, 2]


def _key(columns: Sequence[NDArray[Any]], place: int) -> tuple[float, ...]:
    """The entry that stands at a place (from 1) when the columns are sorted, the first of them before the others."""
    at = np.lexsort(columns[::-1])[place - 1]
    return tuple(column[at].item() for column in columns)
