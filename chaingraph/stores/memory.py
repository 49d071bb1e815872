"""The embedded store: answers every read from a memory-mapped snapshot with numpy alone."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.errors import NotFound, Text
from chaingraph.model.words import word
from chaingraph.stores.keys import days, iso, name_key
from chaingraph.stores.presence import Presence
from chaingraph.stores.regions import Regions
from chaingraph.stores.rows import (
    ChainFrame,
    ClaimRow,
    FeedRow,
    Judged,
    LeaderRow,
    LinkRow,
    SurveyRow,
    TargetRow,
)
from chaingraph.stores.snapshot import Snapshot
from chaingraph.stores.works import works_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from chaingraph.model.words import Grade
    from chaingraph.stores.candidates import Candidates
    from chaingraph.stores.lead_rows import CandidateRow, MatchedRow, TieRow
    from chaingraph.stores.listing_rows import ActualRow, HitRow, ParkRow, ProjectRow, StepRow
    from chaingraph.stores.listings import Listings
    from chaingraph.stores.records import Records
    from chaingraph.stores.regions import Mask
    from chaingraph.stores.rows import PresenceRow, RegionRow, WorkRow


_NAMESAKES = 10
"""So many entities of one name are listed."""


class MemoryStore:
    """A ``Store`` over a snapshot folder."""

    def __init__(self, folder: Path) -> None:
        self._snapshot = Snapshot(folder)
        self._regions = Regions(self._snapshot)
        self._works_by_day: dict[int, list[WorkRow]] = {}
        self._candidates_by_place: dict[tuple[str, int], Candidates] = {}

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
        ids = self.chain_ids()
        if chain not in ids:
            record = self._find(chain, "chain")
            if record is None:
                raise NotFound.named(Text("产业链", "chain"), chain, self._similar(chain, "chain"), ids)
            chain = record["id"]
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

    def region(self, name: str) -> RegionRow:
        """A region by adcode or name; a park's name is answered with the region to ask for."""
        try:
            return self._regions.find(name)
        except NotFound:
            park = self._find(name, "park")
            if park is None:
                raise
            at = next(fact for fact in park["facts"] if fact["predicate"] == "in_region")
            see = f"chaingraph show {park['id']}"
            raise NotFound(
                Text(
                    f"“{name}”是园区，不是地区。看园区：{see}；按其所在地区查：--region {at['object_name']}",
                    f"{name!r} is a park, no region. See it: {see}; by its region: --region {at['object_name_en']}",
                )
            ) from None

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
        inside, wanted, day = self._regions.below(region), set(links), days(as_of)
        rows = []
        for place, link, said, evidence in self._snapshot.table("claims"):
            known = [item for item in evidence if item[0] <= day]
            if link in wanted and place in inside and known:
                when, grade, source, title = min(known, key=lambda item: (item[1], -item[0]))
                rows.append(ClaimRow(link, place, said, source, title, iso(when), grade))
        return rows

    def surveys(self, links: Sequence[str], region: str, as_of: date) -> list[SurveyRow]:
        """Surveys that tell of ``region`` by ``as_of``, the latest last.

        What was not found in a place is not in any part of it; what was found in a part is in the whole.
        """
        line, inside = set(self._regions.line(region)), self._regions.below(region)
        wanted, day = set(links), days(as_of)
        rows = [
            SurveyRow(link, place, iso(when), found, grade)
            for place, link, when, found, grade in self._snapshot.table("surveys")
            if place in (inside if found else line) and link in wanted and when <= day
        ]
        return sorted(rows, key=lambda row: (row.date, row.found))

    def targets(self, region: str, as_of: date) -> list[TargetRow]:
        """Targets of ``region`` or below it, published by ``as_of``."""
        inside, day = self._regions.below(region), days(as_of)
        rows = []
        for *fields, evidence in self._snapshot.table("targets"):
            grades = [grade for when, grade in evidence if when <= day]
            if grades:
                row = TargetRow._make((*fields, min(grades)))
                rows += [row] if row.region in inside else []
        return rows

    def actuals(self, region: str, as_of: date) -> list[ActualRow]:
        """Actuals of ``region`` or below it, reported by ``as_of``."""
        return self._listings(region, as_of).actuals()

    def projects(self, region: str, as_of: date) -> list[ProjectRow]:
        """Every project in ``region`` or below it that is known by ``as_of``."""
        return self._listings(region, as_of).projects(self._projects)

    def parks(self, region: str, as_of: date) -> list[ParkRow]:
        """Every park in ``region`` or below it that is known by ``as_of``."""
        return self._listings(region, as_of).parks()

    def _listings(self, region: str, as_of: date) -> Listings:
        from chaingraph.stores.listings import Listings

        return Listings(self._snapshot, self._regions.below(region), days(as_of))

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """Chinese and English names by id."""
        names: dict[str, tuple[str, str]] = self._snapshot.table(f"{kind}_names")
        return names

    # --- who makes it, ring by ring ------------------------------------------------------------------------

    def presence(self, links: Sequence[str], region: str, as_of: date) -> list[PresenceRow]:
        """Who makes each of ``links`` around ``region``: firms by seat, and projects in production."""
        day = days(as_of)
        distances = self._regions.distances(region)
        presence = Presence(self._snapshot, self._regions, self._rings(region), distances, day)
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
        merged: dict[str, str] = self._snapshot.table("merged")
        return merged

    def firms_here(self, region: str, as_of: date) -> set[str]:
        """The firms that have their seat or a project on the ground in ``region`` or below it."""
        return self._candidates(region, as_of).firms_here()

    def _candidates(self, region: str, as_of: date) -> Candidates:
        from chaingraph.stores.candidates import Candidates

        key = region, days(as_of)
        if key not in self._candidates_by_place:
            made = Candidates(self._snapshot, self._regions, self._projects, self._sources, *key)
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

    def entity(self, name: str, kind: str | None = None) -> dict[str, Any]:
        """An entity by id, name, alias or listing code, with its facts."""
        record = self._find(name, kind)
        if record is None:
            asked = Text(word(kind, "zh"), word(kind, "en")) if kind else Text("对象", "entity")
            raise NotFound.named(asked, name, self._similar(name, kind))
        return record

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

        return Records(self._snapshot)

    def _find(self, name: str, kind: str | None = None) -> dict[str, Any] | None:
        """The record of ``name``: by id first; a name that several bear is refused with their ids."""
        heads = {row: self._records.head(row) for row in self._rows_named(name)}
        found = {head.id: row for row, head in heads.items() if kind in (None, head.kind)}
        of_packs = {key: row for key, row in found.items() if self._records.of_a_pack(row)}
        # A firm that an import brought under a name that a pack's firm bears must not take that name from it.
        found = of_packs if len(of_packs) == 1 and name not in found else found
        if name not in found and len(found) > 1:
            records = [self._records.get(row) for row in list(found.values())[:_NAMESAKES]]
            more = len(found) - len(records)
            raise NotFound(
                Text(
                    f"“{name}”不止一个，请用编号："
                    + "、".join(f"{record['id']}（{record['name']}）" for record in records)
                    + (f"，另有 {more} 个" if more else ""),
                    f"several are named {name!r}; use an id: "
                    + ", ".join(f"{record['id']} ({record['name_en']})" for record in records)
                    + (f", and {more} more" if more else ""),
                )
            )
        row = found.get(name, next(iter(found.values()), None))
        return None if row is None else self._records.get(row)

    def _similar(self, name: str, kind: str | None = None) -> list[str]:
        """Names of entities that a search for ``name`` finds, typos forgiven."""
        from chaingraph.stores.name_index import NameIndex

        found = NameIndex(self._snapshot, days(date.max)).find(name, [kind] if kind else (), _NAMESAKES)
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

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        table: dict[str, dict[str, Any]] = self._snapshot.table("sources")
        return table
