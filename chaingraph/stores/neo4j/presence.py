"""The makers of links on the server, counted and named by the region of their seat, and the bounds of a shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.stores.cells import NAMED
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.seats import Counted, Seated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.regions import Regions
    from chaingraph.stores.seats import Wanted

    Ints = NDArray[np.int64]


class _CellsRow(NamedTuple):
    """The cells of a link side by side: parallel lists, with an entry a region that seats or once seated a maker."""

    link: str
    regions: list[str]
    makers: list[int]
    weakest: list[int]
    top_match: list[int]
    top_cited: list[int]


class _PlantRow(NamedTuple):
    link: str
    firm: str
    seat: str


class _BestRow(NamedTuple):
    best: list[list[str]]


_CELLS = read("presence", _CellsRow, "links", "day")
_PLANTS = read("presence.plants", _PlantRow, "links", "day")
_BEST = read("presence.best", _BestRow, "wanted", "day", "most")


class LinkCells(NamedTuple):
    """The regions (by row) where makers of a link are seated: how many on the day, the weakest grade among them.

    No firm there that only imports know has by the day a better match than ``top_match`` or more citations than
    ``top_cited``, which is 0 where there is no such firm.
    """

    regions: Ints
    makers: Ints
    weakest: Ints
    top_match: Ints
    top_cited: Ints


class ServerSeats:
    """``Seats`` on a server, on a day (ISO). What was read once is not read again."""

    def __init__(self, server: Server, regions: Regions, day: str) -> None:
        self._server = server
        self._regions = regions
        self._day = day
        self._cells: dict[str, LinkCells] = {}

    def cells(self, links: Sequence[str]) -> list[LinkCells]:
        """The cells of each link."""
        missing = [link for link in links if link not in self._cells]
        if missing:
            none = np.zeros(0, dtype=np.int64)
            self._cells |= dict.fromkeys(missing, LinkCells(none, none, none, none, none))
            row = self._regions.row
            for link, regions, *columns in self._server.rows(_CELLS, links=missing, day=self._day):
                at = np.array([row[code] for code in regions], dtype=np.int64)
                self._cells[link] = LinkCells(at, *(np.array(column, dtype=np.int64) for column in columns))
        return [self._cells[link] for link in links]

    def counted(self, links: Sequence[str]) -> Counted:
        """How many makers each region seats."""
        makers = np.zeros((len(links), len(self._regions.row)), dtype=np.int64)
        weakest = np.full(makers.shape, -1, dtype=np.int64)
        for place, cells in enumerate(self.cells(links)):
            makers[place, cells.regions] = cells.makers
            weakest[place, cells.regions] = cells.weakest
        return Counted(makers, weakest)

    def plants(self, links: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each link the row of the seat of every maker of it that has a project."""
        found: dict[str, dict[str, int]] = {link: {} for link in links}
        for link, firm, seat in self._server.rows(_PLANTS, links=list(links), day=self._day):
            found[link][firm] = self._regions.row[seat]
        return found

    def best(self, wanted: Sequence[Wanted]) -> list[list[Seated]]:
        """The best known makers."""
        if not wanted:
            return []
        code, row = self._regions.table["adcode"], self._regions.row
        questions = [
            {"link": link, "seats": [code[at] for at in regions], "passed": sorted(passed)}
            for link, regions, passed, _ in wanted
        ]
        told = self._server.rows(_BEST, wanted=questions, day=self._day, most=NAMED)
        return [
            [Seated._make((row[seat], *firm)) for seat, *firm in answer.best[: question.most]]
            for question, answer in zip(wanted, told, strict=True)
        ]
