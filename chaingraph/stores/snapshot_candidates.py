"""Who makes links, as a snapshot tells it: everybody, those here, and those who are worth a close look as leads."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.candidates import Bar, Cited, Ended, Firm, Known, Outlook
from chaingraph.stores.imported import NEVER, UNDATED
from chaingraph.stores.paths import Paths
from chaingraph.stores.shortlist import match, shortlist

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.lead_rows import CandidateRow
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.snapshot import Snapshot, Strings

    Rows = NDArray[np.int64]

_MAKES = ("firm", "as_of", "grade", "source", "share", "confidence")


class SnapshotCandidates:
    """The makers of links on a day (a day number), seen from a region."""

    def __init__(
        self,
        snapshot: Snapshot,
        regions: Regions,
        projects: Iterable[dict[str, Any]],
        sources: Mapping[str, dict[str, Any]],
        region: str,
        day: int,
    ) -> None:
        self._snapshot = snapshot
        self._regions = regions
        self._sources = sources
        self._day = day
        sites = snapshot.table("sites")
        cited = {project: site["makes"] for project, site in sites.items()}
        self._outlook = Outlook(regions, region, day, projects, sites, cited)

    def rows(
        self, links: Sequence[str], rings: Mapping[str, Mask], most: int, also: Collection[str]
    ) -> list[CandidateRow]:
        """The firms of the shortlist of each link, by link and id; ``rings`` from the smallest to the largest."""
        named = self._rows_of(also)
        found = []
        for link in links:
            own = self._cited(link, self._shortlist(link, most) | named)
            firms = {key: self._firm(key) for key in own.keys() | self._outlook.builders(link).keys()}
            found += self._outlook.rows(link, own, Known(firms, self._bars, self._sources), rings)
        return found

    def pairs(self, links: Sequence[str]) -> list[tuple[str, str]]:
        """Each link with each firm that makes it, by id."""
        found = []
        for link in links:
            own = {self._firm_ids[row] for row in np.unique(self._known(link)[1]).tolist()}
            found += [(link, firm) for firm in sorted(own | self._outlook.builders(link).keys())]
        return found

    def firms_here(self) -> set[str]:
        """The firms that have their seat or a project on the ground in the region."""
        return {self._firm_ids[row] for row in self._here.tolist()}

    @cached_property
    def _here(self) -> Rows:
        """The rows of the firms that have their seat or a project on the ground in the region, in order."""
        here = [self._regions.row[code] for code in self._outlook.below]
        seated = np.flatnonzero(np.isin(self._snapshot.column("firm_seat"), here))
        builders = self._rows_of(self._outlook.on_the_ground)
        return np.array(sorted({*seated.tolist(), *builders}), dtype=np.int64)

    # --- who makes it --------------------------------------------------------------------------------------

    def _known(self, link: str) -> tuple[Rows, Rows]:
        """The citations of the day that firms make a link: their rows, and the rows of the firms."""
        number = self._link_rows[link]
        start, stop = self._snapshot.column("makes_start")[number : number + 2].tolist()
        rows = np.flatnonzero(self._snapshot.column("makes_as_of")[start:stop] <= self._day) + start
        return rows, self._snapshot.column("makes_firm")[rows]

    def _shortlist(self, link: str, most: int) -> set[int]:
        """The firms worth a look: those of the packs, those with a tie here, of the others the best in a respect."""
        rows, firm = self._known(link)
        # A firm has one seat, so its citations for a link stand side by side.
        first = np.flatnonzero(np.diff(firm, prepend=-1))
        firms = firm[first]
        if len(firms) <= most:
            return set(firms.tolist())
        close = self._snapshot.column("firm_packed")[firms] | np.isin(firms, self._tied)
        told = (self._snapshot.column(f"makes_{name}")[rows].astype(np.int64) for name in ("share", "confidence"))
        matched = np.maximum.reduceat(match(*told), first)[~close]
        others = firms[~close]
        distance = self._outlook.distance[self._snapshot.column("firm_seat")[others]]
        cited = np.diff(np.append(first, len(rows)))[~close]
        return {*firms[close].tolist(), *others[shortlist(others, distance, matched, cited, most)].tolist()}

    @cached_property
    def _tied(self) -> Rows:
        """The firms with a supply or a share between them and a firm here."""
        record = self._snapshot.column("firm_record")
        near = Paths(self._snapshot, self._day).tied(record[self._here])
        return np.flatnonzero(np.isin(record, near))

    def _cited(self, link: str, only: set[int]) -> dict[str, list[Cited]]:
        """By firm what is cited by the day for its making a link, of some firms only."""
        rows, firm = self._known(link)
        rows = rows[np.isin(firm, sorted(only))]
        said = self._snapshot.strings("makes_said")
        columns = (self._snapshot.column(f"makes_{name}")[rows].tolist() for name in _MAKES)
        found: dict[str, list[Cited]] = defaultdict(list)
        for row, maker, when, grade, source, share, confidence in zip(rows.tolist(), *columns, strict=True):
            cited = Cited(GRADES[grade], when, self._source_ids[source], share, confidence, said[row])
            found[self._firm_ids[maker]].append(cited)
        return found

    # --- what the snapshot holds ---------------------------------------------------------------------------

    @cached_property
    def _link_rows(self) -> dict[str, int]:
        return {link: row for row, link in enumerate(self._snapshot.table("link_ids"))}

    @cached_property
    def _source_ids(self) -> list[str]:
        ids: list[str] = self._snapshot.table("source_ids")
        return ids

    @cached_property
    def _firm_ids(self) -> Strings:
        return self._snapshot.strings("firm_id")

    def _row_of(self, firm: str) -> int:
        """The row of a firm that the graph holds: their ids are sorted."""
        return bisect_left(self._firm_ids, firm)

    def _rows_of(self, firms: Iterable[str]) -> set[int]:
        """The rows of those firms that the graph holds."""
        rows = ((firm, self._row_of(firm)) for firm in firms)
        return {row for firm, row in rows if row < len(self._firm_ids) and self._firm_ids[row] == firm}

    @cached_property
    def _bars(self) -> list[Bar]:
        return [Bar(*entry) for entry in self._snapshot.table("negative_list")]

    @cached_property
    def _signals(self) -> dict[str, list[Any]]:
        table: dict[str, list[Any]] = self._snapshot.table("signals")
        return table

    @cached_property
    def _dissolved(self) -> dict[str, Any]:
        table: dict[str, Any] = self._snapshot.table("dissolved")
        return table

    def _firm(self, key: str) -> Firm:
        at = self._row_of(key)
        since, on, grade, seat, seat_grade = (
            int(self._snapshot.column(f"firm_{name}")[at])
            for name in ("gone", "gone_on", "gone_grade", "seat", "seat_grade")
        )
        ended = [Ended(*self._dissolved[key])] if key in self._dissolved else []
        if since != NEVER:
            ended.append(Ended(None if on == UNDATED else on, [(since, GRADES[grade])]))
        name, name_en, full_name = (
            self._snapshot.strings(f"firm_{name}")[at] for name in ("name", "name_en", "full_name")
        )
        return Firm(key, name, name_en, full_name, seat, GRADES[seat_grade], ended, self._signals.get(key, ()))
