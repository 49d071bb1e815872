"""The embedded store: answers every read from a memory-mapped snapshot with numpy alone."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.stores.by_name import NAMESAKES, Bearer, ByName
from chaingraph.stores.documented import claims_on, surveys_on, targets_on
from chaingraph.stores.keys import days, name_key
from chaingraph.stores.presence import Presence
from chaingraph.stores.regions import Regions
from chaingraph.stores.rows import ChainFrame, FeedRow, Judged, LeaderRow, LinkRow
from chaingraph.stores.seats import SnapshotSeats
from chaingraph.stores.snapshot import Snapshot
from chaingraph.stores.works import works_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from chaingraph.model.words import Grade
    from chaingraph.stores.lead_rows import CandidateRow, MatchedRow, TieRow
    from chaingraph.stores.listing_rows import ActualRow, HitRow, ParkRow, ProjectRow, StepRow
    from chaingraph.stores.records import Records
    from chaingraph.stores.regions import Mask
    from chaingraph.stores.rows import ClaimRow, PresenceRow, SurveyRow, TargetRow, WorkRow
    from chaingraph.stores.snapshot_candidates import SnapshotCandidates


class MemoryStore(ByName):
    """A ``Store`` over a snapshot folder."""

    def __init__(self, folder: Path) -> None:
        self._snapshot = Snapshot(folder)
        lat, lon = (self._snapshot.column(f"region_{axis}") for axis in ("lat", "lon"))
        self._regions = Regions(self._snapshot.table("regions"), lat, lon)
        self._works_by_day: dict[int, list[WorkRow]] = {}
        self._candidates_by_place: dict[tuple[str, int], SnapshotCandidates] = {}

    # --- settings, chains, regions -------------------------------------------------------------------------

    @cached_property
    def _settings(self) -> dict[str, Any]:
        table: dict[str, Any] = self._snapshot.table("settings")
        return table

    def settings(self) -> dict[str, Any]:
        """Manifest and scoring of the packs."""
        return self._settings

    def chain_ids(self) -> list[str]:
        """The ids of all chains."""
        ids: list[str] = self._snapshot.table("chain_ids")
        return ids

    def chain(self, chain: str) -> ChainFrame:
        """A chain by id, or by its name or alias."""
        chain = self._chain_named(chain)
        raw = self._snapshot.table(f"chains/{chain}")
        links = tuple(
            LinkRow(*link[:6], *(Judged(*figure) if figure else None for figure in link[6:])) for link in raw["links"]
        )
        return ChainFrame(
            raw["id"],
            raw["name"],
            raw["name_en"],
            links,
            tuple(FeedRow(*feed) for feed in raw["feeds"]),
            tuple(LeaderRow(*leader) for leader in raw["leaders"]),
        )

    # --- what is here --------------------------------------------------------------------------------------

    @cached_property
    def _projects(self) -> list[dict[str, Any]]:
        table: list[dict[str, Any]] = self._snapshot.table("projects")
        return table

    def _works(self, day: int) -> list[WorkRow]:
        """Every project's making of every link, wherever it is, as known on a day."""
        if day not in self._works_by_day:
            self._works_by_day = {day: list(works_on(self._projects, day))}
        return self._works_by_day[day]

    def works(self, links: Sequence[str], region: str, as_of: date) -> list[WorkRow]:
        """Every project's making of one of ``links`` in ``region``, known or dated by ``as_of``."""
        inside = self._regions.below(region)
        wanted = set(links)
        return [row for row in self._works(days(as_of)) if row.link in wanted and row.region in inside]

    def claims(self, links: Sequence[str], region: str, as_of: date) -> list[ClaimRow]:
        """Claims of one of ``links`` in ``region``, each with the best citation of the day."""
        told = self._snapshot.table("claims")
        return claims_on(told, set(links), self._regions.below(region), days(as_of))

    def surveys(self, links: Sequence[str], region: str, as_of: date) -> list[SurveyRow]:
        """Surveys that tell of ``region`` by ``as_of``, the latest last."""
        told = self._snapshot.table("surveys")
        line, inside = set(self._regions.line(region)), self._regions.below(region)
        return surveys_on(told, set(links), line, inside, days(as_of))

    def targets(self, region: str, as_of: date) -> list[TargetRow]:
        """Targets of ``region`` or below it, published by ``as_of``."""
        return targets_on(self._snapshot.table("targets"), self._regions.below(region), days(as_of))

    def actuals(self, region: str, as_of: date) -> list[ActualRow]:
        """Actuals of ``region`` or below it, reported by ``as_of``."""
        from chaingraph.stores.listings import actuals_on

        return actuals_on(self._snapshot.table("actuals"), self._regions.below(region), days(as_of))

    def projects(self, region: str, as_of: date) -> list[ProjectRow]:
        """Every project in ``region`` or below it that is known by ``as_of``."""
        from chaingraph.stores.listings import projects_on

        sites = self._snapshot.table("sites")
        return projects_on(self._projects, sites, self._regions.below(region), days(as_of))

    def parks(self, region: str, as_of: date) -> list[ParkRow]:
        """Every park in ``region`` or below it that is known by ``as_of``."""
        from chaingraph.stores.listings import parks_on

        return parks_on(self._snapshot.table("parks"), self._regions.below(region), days(as_of))

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """Chinese and English names by id."""
        table = self._snapshot.table(f"{kind}_names")
        return {key: (name, english) for key, (name, english) in table.items()}

    # --- who makes it, ring by ring ------------------------------------------------------------------------

    def presence(self, links: Sequence[str], region: str, as_of: date) -> list[PresenceRow]:
        """Who makes each of ``links`` around ``region``: firms by seat, and projects in production."""
        day = days(as_of)
        distances = self._regions.distances(region)
        seats = SnapshotSeats(self._snapshot, day)
        presence = Presence(seats, self._regions, self._rings(region), distances)
        return presence.rows(links, self._works(day))

    def _rings(self, region: str) -> dict[str, Mask]:
        """The regions of each ring around one, from the smallest to the largest."""
        rings = self._settings["manifest"]["rings"]
        return self._regions.rings(region, rings["near_km"]["value"], rings["bay_area"])

    # --- who could come ------------------------------------------------------------------------------------

    def candidates(
        self, links: Sequence[str], region: str, as_of: date, most: int, also: Collection[str] = ()
    ) -> list[CandidateRow]:
        """Firms that make one of ``links``, with what speaks for and against each, seen from ``region``."""
        return self._candidates(region, as_of).rows(links, self._rings(region), most, also)

    def makers(self, links: Sequence[str], as_of: date) -> list[tuple[str, str]]:
        """Each of ``links`` with each firm that makes it."""
        return self._candidates(self._settings["manifest"]["home_region"], as_of).pairs(links)

    def merged(self) -> dict[str, str]:
        """Ids that were merged into another firm, each with the id that stands for it."""
        return dict(sorted(self._snapshot.table("merged").items()))

    def firms_here(self, region: str, as_of: date) -> set[str]:
        """The firms that have their seat or a project on the ground in ``region`` or below it."""
        return self._candidates(region, as_of).firms_here()

    def _candidates(self, region: str, as_of: date) -> SnapshotCandidates:
        from chaingraph.stores.snapshot_candidates import SnapshotCandidates

        key = region, days(as_of)
        if key not in self._candidates_by_place:
            made = SnapshotCandidates(self._snapshot, self._regions, self._projects, self._sources, *key)
            self._candidates_by_place = {key: made}
        return self._candidates_by_place[key]

    def ties(self, firms: Sequence[str], as_of: date, to: Collection[str] | None = None) -> list[TieRow]:
        """Whom each of ``firms`` supplies, is supplied by, owns and is owned by."""
        from chaingraph.stores.lead_rows import TieRow
        from chaingraph.stores.paths import Paths

        paths = Paths(self._snapshot, days(as_of))
        ends = None if to is None else {self._row_of(firm) for firm in to}
        return [
            TieRow(firm, self._records.head(other).id, predicate, grade)
            for firm in firms
            for other, predicate, grade in paths.ties(self._row_of(firm))
            if ends is None or other in ends
        ]

    def matched(self, source: str) -> MatchedRow:
        """How many firms an import says to make a link, in all and by link."""
        from chaingraph.stores.lead_rows import MatchedRow

        number = self._snapshot.table("source_ids").index(source)
        at = np.flatnonzero(self._snapshot.column("makes_source") == number)
        firm = self._snapshot.column("makes_firm")[at]
        link = np.searchsorted(self._snapshot.column("makes_start"), at, side="right") - 1
        # A firm's makings of a link stand side by side.
        once = (np.diff(firm, prepend=-1) != 0) | (np.diff(link, prepend=-1) != 0)
        ids = self._snapshot.table("link_ids")
        counts = np.bincount(link[once], minlength=len(ids)).tolist()
        by_link = {key: count for key, count in zip(ids, counts, strict=True) if count}
        return MatchedRow(len(np.unique(firm)), by_link)

    def discharges(self, links: Sequence[str]) -> dict[str, list[tuple[str, Grade]]]:
        """What making each of ``links`` lets out, as far as that is known."""
        table = self._snapshot.table("discharges")
        return {link: [(kind, grade) for kind, grade in table.get(link, ())] for link in links}

    # --- entities ------------------------------------------------------------------------------------------

    def _rows_named(self, name: str) -> list[int]:
        """The rows of the records that bear a name."""
        keys = self._snapshot.column("name_key")
        start, stop = (int(np.searchsorted(keys, name_key(name), side)) for side in ("left", "right"))
        rows: list[int] = self._snapshot.column("name_record")[start:stop].tolist()
        return rows

    def _row_of(self, key: str) -> int:
        """The row of the record with an id."""
        return next(row for row in self._rows_named(key) if self._records.head(row).id == key)

    @cached_property
    def _records(self) -> Records:
        from chaingraph.stores.records import Records

        return Records(self._snapshot, self._regions)

    def _region_table(self) -> Regions:
        return self._regions

    def _bearers(self, name: str) -> list[Bearer]:
        return [
            Bearer(head.id, head.kind, self._records.of_a_pack(row))
            for row in self._rows_named(name)
            for head in [self._records.head(row)]
        ]

    def _record(self, key: str) -> dict[str, Any]:
        return self._records.get(self._row_of(key))

    def _similar(self, name: str, kind: str | None) -> list[str]:
        from chaingraph.stores.name_index import NameIndex

        found = NameIndex(self._snapshot, days(date.max)).find(name, [kind] if kind else (), NAMESAKES)
        return list(dict.fromkeys(self._records.head(match.record).name for match in found))[:5]

    def knows(self, key: str) -> bool:
        """Whether an entity has this id."""
        return any(self._records.head(row).id == key for row in self._rows_named(key))

    def search(self, text: str, kinds: Sequence[str], as_of: date, top: int | None) -> tuple[int, list[HitRow]]:
        """Entities that answer ``text`` by a name, its pinyin, its initials or a product, or that are spelt alike."""
        from chaingraph.stores.listing_rows import HitRow
        from chaingraph.stores.name_index import NameIndex

        shown = self._snapshot.strings("search_shown")
        answers = NameIndex(self._snapshot, days(as_of)).answers(text, kinds)
        rows = []
        for match in answers.best(top):
            kind, key, _ = self._records.head(match.record)
            rows.append(HitRow(kind, key, shown[match.name], match.how))
        return len(answers.records), rows

    def paths(self, start: str, end: str, as_of: date, most: int) -> list[tuple[StepRow, ...]]:
        """Up to ``most`` ways in which two entities are related, the shortest first."""
        from itertools import pairwise

        from chaingraph.stores.listing_rows import StepRow
        from chaingraph.stores.paths import Paths

        paths = Paths(self._snapshot, days(as_of))

        def key(row: int) -> str:
            return self._records.head(row).id

        return [
            tuple(StepRow(key(here), key(there), tuple(paths.between(here, there))) for here, there in pairwise(path))
            for path in paths.find(self._row_of(start), self._row_of(end), most)
        ]

    def sources(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Source records by id."""
        return {key: self._sources[key] for key in ids}

    def citing(self, source: str) -> list[str]:
        """The ids of the entities of packs that tell a fact by a source."""
        return self._records.citing(source)

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        table: dict[str, dict[str, Any]] = self._snapshot.table("sources")
        return table
