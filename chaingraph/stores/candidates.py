"""Firms that make a link, with what speaks for and against them as leads, seen from one region on one day."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.model.ledger_report import LEDGER_SOURCE
from chaingraph.model.words import GRADES, PROJECT_STAGES
from chaingraph.stores.imported import UNDATED, share_told
from chaingraph.stores.keys import iso
from chaingraph.stores.lead_rows import BarredRow, CandidateRow, CitedRow, PlantRow, SignalRow, newest_first
from chaingraph.stores.listings import judged_on
from chaingraph.stores.rows import Judged
from chaingraph.stores.works import makes_on, reached_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.snapshot import Snapshot, Strings

    Rows = NDArray[np.int64]

_MAKES = ("firm", "as_of", "grade", "source", "share", "confidence")
_EXPANDING = ("signed", "landed", "started")
"""Stages of a project that tell that its firm is building."""
_HERE = ("started", "completed", "in_production")
"""Stages of a project that put its firm on the ground; a contract alone does not."""


class _Site(NamedTuple):
    """A project of a firm on the day."""

    id: str
    name: str
    name_en: str
    region: int
    stage: str | None
    reached: tuple[tuple[str, int, Grade], ...]
    made: dict[str, Grade]
    cited: dict[str, list[Any]]
    area_mu: Judged | None
    investment_cny: Judged | None


class _Cited(NamedTuple):
    """A citation that a firm makes a link; a share of -1 is unknown, ``said`` empty where the source gives no word."""

    grade: Grade
    as_of: int
    source: str
    share: int = -1
    confidence: int = -1
    said: str = ""


class Candidates:
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
        self._below = regions.below(region)
        self._line = set(regions.line(region))
        self._distance = regions.distances(region)
        self._sites = self._by_firm(projects)

    def rows(
        self, links: Sequence[str], rings: Mapping[str, Mask], most: int, also: Collection[str]
    ) -> list[CandidateRow]:
        """The firms of the shortlist of each link, by link and id; ``rings`` from the smallest to the largest."""
        named = self._rows_of(also)
        found = []
        for link in links:
            makers = self._makers(link, self._shortlist(link, most) | named)
            found += [self._row(link, firm, makers[firm], rings) for firm in sorted(makers)]
        return found

    def pairs(self, links: Sequence[str]) -> list[tuple[str, str]]:
        """Each link with each firm that makes it."""
        return [(link, self._firm_ids[firm]) for link in links for firm in sorted(self._makers(link, None))]

    def firms_here(self) -> set[str]:
        """The firms that have their seat or a project on the ground in the region."""
        return {self._firm_ids[row] for row in self._here.tolist()}

    @cached_property
    def _here(self) -> Rows:
        """The rows of the firms that have their seat or a project on the ground in the region, in order."""
        here = [self._regions.row[code] for code in self._below]
        seated = np.flatnonzero(np.isin(self._snapshot.column("firm_seat"), here))
        builders = self._rows_of(firm for firm in self._sites if self._ground(firm))
        return np.array(sorted({*seated.tolist(), *builders}), dtype=np.int64)

    # --- who makes it --------------------------------------------------------------------------------------

    def _shortlist(self, link: str, most: int) -> set[int]:
        """The firms worth a close look: those of the packs, those with a tie here, of the others the best in a respect.

        A national registry knows tens of thousands of makers of a link, and nobody reads so many leads. The nearest,
        the best matched and the most cited are looked at; none of the others is better in any of these.
        """
        part = self._part(link)
        rows = np.flatnonzero(self._snapshot.column("makes_as_of")[part] <= self._day) + part.start
        firm = self._snapshot.column("makes_firm")[rows]
        first = np.flatnonzero(np.diff(firm, prepend=-1))
        firms = firm[first]
        if len(firms) <= most:
            return set(firms.tolist())
        close = self._snapshot.column("firm_packed")[firms] | np.isin(firms, self._tied)
        share, confidence = (
            np.maximum.reduceat(self._snapshot.column(f"makes_{name}")[rows], first)[~close]
            for name in ("share", "confidence")
        )
        others = firms[~close]
        distance = self._distance[self._snapshot.column("firm_seat")[others]]
        cited = np.diff(np.append(first, len(rows)))[~close]
        respects = ((others, distance), (distance, -confidence, -share), (distance, -cited))
        best = [others[np.lexsort(keys)[:most]] for keys in respects]
        return set(np.concatenate([firms[close], *best]).tolist())

    @cached_property
    def _tied(self) -> Rows:
        """The firms with a supply or a share between them and a firm here."""
        from chaingraph.stores.paths import Paths

        record = self._snapshot.column("firm_record")
        near = Paths(self._snapshot, self._day).tied(record[self._here])
        return np.flatnonzero(np.isin(record, near))

    def _part(self, link: str) -> slice:
        """The rows of the makings of a link."""
        number = self._link_rows[link]
        bounds = self._snapshot.column("makes_start")
        return slice(int(bounds[number]), int(bounds[number + 1]))

    def _makers(self, link: str, only: set[int] | None) -> dict[int, list[_Cited]]:
        """Who makes a link, by the firm's row: what its own records and those of its projects cite.

        Of the firms without a project ``only`` those, all where None.
        """
        part = self._part(link)
        firms = self._snapshot.column("makes_firm")[part]
        at = np.arange(len(firms)) if only is None else np.flatnonzero(np.isin(firms, sorted(only)))
        makers: dict[int, list[_Cited]] = defaultdict(list)
        columns = (self._snapshot.column(f"makes_{name}")[part][at].tolist() for name in _MAKES)
        said = self._snapshot.strings("makes_said")
        for row, firm, when, grade, source, share, confidence in zip((at + part.start).tolist(), *columns, strict=True):
            cited = _Cited(GRADES[grade], when, self._source_ids[source], share, confidence, said[row])
            makers[firm].append(cited)
        for key, site in self._builders.get(link, ()):
            told = (_Cited(grade, when, source) for when, grade, source in site.cited[link])
            # What the ledger signed proves no more than it was told.
            makers[self._row_of(key)] += [item for item in told if item.source != LEDGER_SOURCE]
        known = {firm: [item for item in cited if item.as_of <= self._day] for firm, cited in makers.items()}
        return {firm: sorted(cited, key=_better_first) for firm, cited in known.items() if cited}

    @cached_property
    def _builders(self) -> dict[str, list[tuple[str, _Site]]]:
        """For each link the firms whose projects make it, if these have not ended."""
        builders: dict[str, list[tuple[str, _Site]]] = defaultdict(list)
        for firm, sites in self._sites.items():
            for site in sites:
                for link in site.cited if site.stage != "ended" else ():
                    builders[link].append((firm, site))
        return builders

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
    def _tables(self) -> dict[str, Any]:
        return {name: self._snapshot.table(name) for name in ("signals", "dissolved", "negative_list")}

    # --- one candidate -------------------------------------------------------------------------------------

    def _row(self, link: str, at: int, cited: Sequence[_Cited], rings: Mapping[str, Mask]) -> CandidateRow:
        firm = self._firm_ids[at]
        seat = int(self._snapshot.column("firm_seat")[at])
        sites = self._sites.get(firm, ())
        places = [(float(self._distance[seat]), GRADES[int(self._snapshot.column("firm_seat_grade")[at])], seat)]
        places += [
            (float(self._distance[site.region]), max(site.made.values(), default="D"), site.region)
            for site in sites
            if site.stage == "in_production"
        ]
        distance, place_grade, nearest = min(places)
        code = self._regions.table["adcode"]
        gone, gone_on = self._gone(firm, at)
        with_share = next((item for item in cited if item.share >= 0), None)
        matched = next((item for item in cited if item.confidence >= 0), None)
        told = with_share or matched
        return CandidateRow(
            link=link,
            firm=firm,
            name=self._snapshot.strings("firm_name")[at],
            name_en=self._snapshot.strings("firm_name_en")[at],
            full_name=self._snapshot.strings("firm_full_name")[at],
            seat=code[seat],
            nearest=code[nearest],
            distance_km=round(distance, 1) if isfinite(distance) else None,
            ring=next(ring for ring, mask in rings.items() if mask[nearest]),
            place_grade=place_grade,
            here=self._ground(firm) or (code[seat] if code[seat] in self._below else None),
            revenue_share=share_told(with_share.share) if with_share else None,
            confidence=share_told(matched.confidence) if matched else None,
            said=told.said or None if told else None,
            said_as_of=iso(told.as_of) if told else None,
            citations=tuple(
                CitedRow(item.source, self._sources[item.source]["publisher"], item.grade, iso(item.as_of))
                for item in cited
            ),
            plants=tuple(
                PlantRow(site.id, site.name, site.name_en, site.stage)
                for site in sites
                if link in site.cited and code[site.region] in self._below
            ),
            dissolved=gone,
            dissolved_on=gone_on,
            barred=tuple(self._barred(firm, link)),
            signals=newest_first(self._signals(firm, sites)),
            intensity=_most_intense(sites),
            area_mu=_usual_area(sites),
        )

    def _gone(self, firm: str, at: int) -> tuple[Grade | None, str | None]:
        """How well it is known that a firm was struck off, and on which day; the packs' word before the imports'."""
        on, dates = self._tables["dissolved"].get(firm, (None, ()))
        grades = [grade for when, grade in dates if when <= self._day]
        if grades:
            return min(grades), None if on is None else iso(on)
        since, day, grade = (
            int(self._snapshot.column(f"firm_{name}")[at]) for name in ("gone", "gone_on", "gone_grade")
        )
        if since > self._day:
            return None, None
        return GRADES[grade], None if day == UNDATED else iso(day)

    def _barred(self, firm: str, link: str) -> Iterator[BarredRow]:
        for region, kept_firm, kept_link, reason, until, dates in self._tables["negative_list"]:
            known = [grade for when, grade in dates if when <= self._day]
            over = until is not None and until < self._day
            if known and not over and region in self._line and (kept_firm == firm or kept_link == link):
                yield BarredRow(region, reason, min(known))

    def _signals(self, firm: str, sites: Sequence[_Site]) -> Iterator[SignalRow]:
        for day, said, said_en, dates in self._tables["signals"].get(firm, ()):
            known = [grade for when, grade in dates if when <= self._day]
            if known and day <= self._day:
                yield SignalRow(iso(day), said, said_en, None, min(known))
        for site in sites:
            if self._regions.table["adcode"][site.region] in self._below or site.stage == "ended":
                continue
            for stage, day, grade in site.reached:
                if stage in _EXPANDING:
                    yield SignalRow(iso(day), site.name, site.name_en, stage, grade)

    # --- their projects ------------------------------------------------------------------------------------

    def _by_firm(self, projects: Iterable[dict[str, Any]]) -> dict[str, tuple[_Site, ...]]:
        more = self._snapshot.table("sites")
        found: dict[str, list[_Site]] = defaultdict(list)
        for project in projects:
            if project["firm"] and project["since"] <= self._day:
                found[project["firm"]].append(self._site(project, more[project["id"]]))
        return {firm: tuple(sites) for firm, sites in found.items()}

    def _site(self, project: dict[str, Any], more: dict[str, Any]) -> _Site:
        reached = reached_on(project["stages"], self._day)
        made = makes_on(project["makes"], self._day)
        order = [stage for stage in PROJECT_STAGES if stage in reached]
        return _Site(
            project["id"],
            project["name"],
            project["name_en"],
            self._regions.row[project["region"]],
            order[-1] if order else None,
            tuple((stage, reached[stage].day, reached[stage].grade) for stage in order),
            {link: known.grade for link, known in made.items()},
            {link: more["makes"][link] for link in made},
            judged_on(more["area_mu"], self._day),
            judged_on(more["investment_cny"], self._day),
        )

    def _ground(self, firm: str) -> str | None:
        """Where in the region the firm is on the ground with a project; None where it is not."""
        code = self._regions.table["adcode"]
        sites = [site for site in self._sites.get(firm, ()) if site.stage in _HERE and code[site.region] in self._below]
        best = max(sites, key=lambda site: (_HERE.index(site.stage or ""), site.id), default=None)
        return code[best.region] if best else None


def _better_first(cited: _Cited) -> tuple[Grade, int, str]:
    return cited.grade, -cited.as_of, cited.source


def _most_intense(sites: Sequence[_Site]) -> Judged | None:
    """The most that a firm has invested in a mu of a project of known land and investment."""
    known = [
        Judged(site.investment_cny.value / site.area_mu.value, max(site.investment_cny.grade, site.area_mu.grade))
        for site in sites
        if site.investment_cny and site.area_mu and site.area_mu.value
    ]
    return max(known, default=None)


def _usual_area(sites: Sequence[_Site]) -> Judged | None:
    """The median land of a firm's projects."""
    known = [site.area_mu for site in sites if site.area_mu]
    return Judged(median(area.value for area in known), max(area.grade for area in known)) if known else None
