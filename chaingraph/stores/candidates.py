"""Firms that make a link, with what speaks for and against them as leads, seen from one region on one day.

Here is what makes a row of what a store has read; which firms are worth a row is for ``shortlist`` and the store.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.model.ledger_report import LEDGER_SOURCE
from chaingraph.model.words import PROJECT_STAGES
from chaingraph.stores.imported import share_told
from chaingraph.stores.keys import iso
from chaingraph.stores.lead_rows import BarredRow, CandidateRow, CitedRow, PlantRow, SignalRow, newest_first
from chaingraph.stores.listings import judged_on
from chaingraph.stores.rows import Judged
from chaingraph.stores.works import makes_on, reached_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions

_EXPANDING = ("signed", "landed", "started")
"""Stages of a project that tell that its firm is building."""
_HERE = ("started", "completed", "in_production")
"""Stages of a project that put its firm on the ground; a contract alone does not."""

Dates = list[Any]
"""Day and grade of each citation of a fact."""


class Cited(NamedTuple):
    """A citation that a firm makes a link; a share of -1 is unknown, ``said`` empty where the source gives no word."""

    grade: Grade
    as_of: int
    source: str
    share: int = -1
    confidence: int = -1
    said: str = ""


class Ended(NamedTuple):
    """That a firm was struck off: the day (None where unknown), and the citations that tell it."""

    on: int | None
    dates: Dates


class Firm(NamedTuple):
    """A firm as a store holds it; ``seat`` is the row of its region.

    ``ended`` are the packs' word and the imports', in this order, each where there is one. ``signals`` are signs of
    expansion: day, what is said, the same in English, ``Dates``.
    """

    id: str
    name: str
    name_en: str
    full_name: str
    seat: int
    seat_grade: Grade
    ended: Sequence[Ended]
    signals: Sequence[Any]


class Bar(NamedTuple):
    """An entry of a negative list: a firm or a link, kept out of a region until a day."""

    region: str
    firm: str | None
    link: str | None
    reason: str
    until: int | None
    dates: Dates


class Known(NamedTuple):
    """What rows are made of beside citations: firms by id, the negative lists, the records of the sources cited."""

    firms: Mapping[str, Firm]
    bars: Sequence[Bar]
    sources: Mapping[str, dict[str, Any]]


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


class Outlook:
    """A region and a day, from which candidates are seen.

    Parameters
    ----------
    day
        A day number.
    projects, sites
        As the tables of a snapshot have them; ``sites`` by project.
    cited
        By project and link the day, grade and source of each citation that the project makes it.
    """

    def __init__(
        self,
        regions: Regions,
        region: str,
        day: int,
        projects: Iterable[dict[str, Any]],
        sites: Mapping[str, dict[str, Any]],
        cited: Mapping[str, Mapping[str, list[Any]]],
    ) -> None:
        self.day = day
        self.below = regions.below(region)
        self.distance = regions.distances(region)
        self._line = set(regions.line(region))
        self._regions = regions
        self._sites: dict[str, list[_Site]] = defaultdict(list)
        for project in projects:
            if project["firm"] and project["since"] <= day:
                key = project["id"]
                self._sites[project["firm"]].append(self._site(project, sites[key], cited.get(key, {})))

    def _site(self, project: dict[str, Any], site: dict[str, Any], cited: Mapping[str, list[Any]]) -> _Site:
        reached = reached_on(project["stages"], self.day)
        made = makes_on(project["makes"], self.day)
        order = [stage for stage in PROJECT_STAGES if stage in reached]
        return _Site(
            project["id"],
            project["name"],
            project["name_en"],
            self._regions.row[project["region"]],
            order[-1] if order else None,
            tuple((stage, reached[stage].day, reached[stage].grade) for stage in order),
            {link: known.grade for link, known in made.items()},
            {link: cited[link] for link in made},
            judged_on(site["area_mu"], self.day),
            judged_on(site["investment_cny"], self.day),
        )

    # --- firms with projects -------------------------------------------------------------------------------

    @cached_property
    def on_the_ground(self) -> set[str]:
        """The firms that have a project on the ground in the region."""
        return {firm for firm in self._sites if self._ground(firm)}

    def builders(self, link: str) -> Mapping[str, list[Cited]]:
        """The firms whose projects make a link, if these have not ended, with what is cited for that by the day."""
        return self._builders.get(link, {})

    @cached_property
    def _builders(self) -> dict[str, dict[str, list[Cited]]]:
        found: dict[str, dict[str, list[Cited]]] = defaultdict(dict)
        for firm, sites in self._sites.items():
            for site in sites:
                for link, told in site.cited.items() if site.stage != "ended" else ():
                    known = (Cited(grade, when, source) for when, grade, source in told if when <= self.day)
                    # What the ledger signed proves no more than it was told.
                    if independent := [item for item in known if item.source != LEDGER_SOURCE]:
                        found[link].setdefault(firm, []).extend(independent)
        return found

    def _ground(self, firm: str) -> str | None:
        """Where in the region the firm is on the ground with a project; None where it is not."""
        sites = [site for site in self._sites.get(firm, ()) if site.stage in _HERE and self._inside(site.region)]
        best = max(sites, key=lambda site: (_HERE.index(site.stage or ""), site.id), default=None)
        return self._code[best.region] if best else None

    def _inside(self, row: int) -> bool:
        return self._code[row] in self.below

    @cached_property
    def _code(self) -> list[str]:
        codes: list[str] = self._regions.table["adcode"]
        return codes

    # --- rows ----------------------------------------------------------------------------------------------

    def rows(
        self, link: str, own: Mapping[str, Sequence[Cited]], known: Known, rings: Mapping[str, Mask]
    ) -> list[CandidateRow]:
        """The candidates for a link, by id: firms that make it by their own records, and those who build for it.

        Parameters
        ----------
        own
            By firm what its own records cite for the link by the day.
        rings
            From the smallest to the largest.
        """
        built = self.builders(link)
        return [
            self._row(link, known.firms[key], [*own.get(key, ()), *built.get(key, ())], known, rings)
            for key in sorted(own.keys() | built.keys())
        ]

    def _row(
        self, link: str, firm: Firm, told: Sequence[Cited], known: Known, rings: Mapping[str, Mask]
    ) -> CandidateRow:
        cited = sorted(told, key=_better_first)
        sites = self._sites.get(firm.id, ())
        places = [(float(self.distance[firm.seat]), firm.seat_grade, firm.seat)]
        places += [
            (float(self.distance[site.region]), max(site.made.values(), default="D"), site.region)
            for site in sites
            if site.stage == "in_production"
        ]
        distance, place_grade, nearest = min(places)
        gone, gone_on = self._gone(firm)
        with_share = next((item for item in cited if item.share >= 0), None)
        matched = next((item for item in cited if item.confidence >= 0), None)
        saying = with_share or matched
        return CandidateRow(
            link=link,
            firm=firm.id,
            name=firm.name,
            name_en=firm.name_en,
            full_name=firm.full_name,
            seat=self._code[firm.seat],
            nearest=self._code[nearest],
            distance_km=round(distance, 1) if isfinite(distance) else None,
            ring=next(ring for ring, mask in rings.items() if mask[nearest]),
            place_grade=place_grade,
            here=self._ground(firm.id) or (self._code[firm.seat] if self._inside(firm.seat) else None),
            revenue_share=share_told(with_share.share) if with_share else None,
            confidence=share_told(matched.confidence) if matched else None,
            said=saying.said or None if saying else None,
            said_as_of=iso(saying.as_of) if saying else None,
            citations=tuple(
                CitedRow(item.source, known.sources[item.source]["publisher"], item.grade, iso(item.as_of))
                for item in cited
            ),
            plants=tuple(
                PlantRow(site.id, site.name, site.name_en, site.stage)
                for site in sites
                if link in site.cited and self._inside(site.region)
            ),
            dissolved=gone,
            dissolved_on=gone_on,
            barred=tuple(sorted(self._barred(firm.id, link, known.bars))),
            signals=newest_first(self._signals(firm, sites)),
            intensity=_most_intense(sites),
            area_mu=_usual_area(sites),
        )

    def _gone(self, firm: Firm) -> tuple[Grade | None, str | None]:
        """How well it is known that a firm was struck off, and on which day; the packs' word before the imports'."""
        for ended in firm.ended:
            if grades := self._known(ended.dates):
                return min(grades), None if ended.on is None else iso(ended.on)
        return None, None

    def _known(self, dates: Dates) -> list[Grade]:
        """The grades of the citations of the day."""
        return [grade for when, grade in dates if when <= self.day]

    def _barred(self, firm: str, link: str, bars: Sequence[Bar]) -> Iterator[BarredRow]:
        for bar in bars:
            known = self._known(bar.dates)
            over = bar.until is not None and bar.until < self.day
            if known and not over and bar.region in self._line and (bar.firm == firm or bar.link == link):
                yield BarredRow(bar.region, bar.reason, min(known))

    def _signals(self, firm: Firm, sites: Sequence[_Site]) -> Iterator[SignalRow]:
        for day, said, said_en, dates in firm.signals:
            known = self._known(dates)
            if known and day <= self.day:
                yield SignalRow(iso(day), said, said_en, None, min(known))
        for site in sites:
            if self._inside(site.region) or site.stage == "ended":
                continue
            for stage, day, grade in site.reached:
                if stage in _EXPANDING:
                    yield SignalRow(iso(day), site.name, site.name_en, stage, grade)


def _better_first(cited: Cited) -> tuple[Grade, int, str]:
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
