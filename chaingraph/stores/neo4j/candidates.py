"""Who makes links, as the server tells it: everybody, those here, those worth a close look as leads, and their ties."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.model.words import PREDICATES
from chaingraph.stores.candidates import Bar, Cited, Ended, Firm, Known, Outlook
from chaingraph.stores.imported import share_stored
from chaingraph.stores.keys import days, iso
from chaingraph.stores.lead_rows import MatchedRow, TieRow
from chaingraph.stores.neo4j.shortlist import shortlists
from chaingraph.stores.neo4j.statements import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from chaingraph.model.words import Grade
    from chaingraph.stores.lead_rows import CandidateRow
    from chaingraph.stores.neo4j.presence import ServerSeats
    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.regions import Mask, Regions

    Sources = Callable[[Sequence[str]], Mapping[str, dict[str, Any]]]


class _FirmRow(NamedTuple):
    """A firm; ``cited`` what tells that it makes links, ``told`` its signs of expansion and its end by the packs."""

    id: str
    name: str
    name_en: str
    full_name: str
    seat: str
    seat_grade: Grade
    gone: str | None
    gone_on: str | None
    gone_grade: Grade
    cited: list[list[Any]]
    told: list[list[Any]]


class _MakersRow(NamedTuple):
    link: str
    firms: list[str]


class _BarRow(NamedTuple):
    region: str
    firm: str | None
    link: str | None
    place: int
    reason: str
    until: str | None
    dates: list[list[str]]


class _BuiltRow(NamedTuple):
    project: str
    link: str
    cited: list[list[str]]


class _HereRow(NamedTuple):
    firms: list[str]


class _TieRow(NamedTuple):
    number: int
    other: str
    order: str
    predicate: str
    grade: Grade


class _MatchedRow(NamedTuple):
    firms: int
    links: list[str]
    counts: list[int]


_FIRMS = read("candidates", _FirmRow, "firms", "links", "day")
_OF_PACKS = read("candidates.packs", _MakersRow, "links", "day")
_TIED = read("candidates.tied", _MakersRow, "regions", "builders", "links", "day")
_BARS = read("candidates.bars", _BarRow)
_BUILT = read("candidates.built", _BuiltRow)
_HERE = read("firms_here", _HereRow, "regions")
_MAKERS = read("makers", _MakersRow, "links", "day")
_TIES = read("ties", _TieRow, "firms", "to", "day")
_MATCHED = read("matched", _MatchedRow, "source")


class ServerCandidates:
    """The makers of links on a day (a day number), seen from a region.

    Parameters
    ----------
    seats
        Of the same day.
    projects, sites
        As the tables of a snapshot have them; ``sites`` by project.
    sources
        Gives the records of sources by id.
    """

    def __init__(
        self,
        server: Server,
        regions: Regions,
        seats: ServerSeats,
        projects: Iterable[dict[str, Any]],
        sites: Mapping[str, dict[str, Any]],
        sources: Sources,
        region: str,
        day: int,
    ) -> None:
        self._server = server
        self._regions = regions
        self._seats = seats
        self._sources = sources
        self._day = iso(day)
        built: dict[str, dict[str, list[Any]]] = defaultdict(dict)
        for project, link, cited in server.rows(_BUILT):
            built[project][link] = [(_day(when), grade, source) for when, grade, source in cited]
        self._outlook = Outlook(regions, region, day, projects, sites, built)

    def rows(
        self, links: Sequence[str], rings: Mapping[str, Mask], most: int, also: Collection[str]
    ) -> list[CandidateRow]:
        """The firms of the shortlist of each link, by link and id; ``rings`` from the smallest to the largest."""
        chosen = self._shortlists(links, most)
        builders = {link: self._outlook.builders(link).keys() for link in links}
        wanted = sorted(set(also).union(*chosen.values(), *builders.values()))
        told = self._server.rows(_FIRMS, firms=wanted, links=list(links), day=self._day)
        own: dict[str, dict[str, list[Cited]]] = {link: {} for link in links}
        for row in told:
            for link, cited in _by_link(row.cited).items():
                if row.id in also or row.id in chosen[link] or row.id in builders[link]:
                    own[link][row.id] = cited
        cited_by = {
            item.source
            for link in links
            for table in (own[link], self._outlook.builders(link))
            for cited in table.values()
            for item in cited
        }
        known = Known({row.id: self._firm(row) for row in told}, self._bars, self._sources(sorted(cited_by)))
        return [row for link in links for row in self._outlook.rows(link, own[link], known, rings)]

    def pairs(self, links: Sequence[str]) -> list[tuple[str, str]]:
        """Each link with each firm that makes it, by id."""
        own = {row.link: row.firms for row in self._server.rows(_MAKERS, links=list(links), day=self._day)}
        return [
            (link, firm) for link in links for firm in sorted(self._outlook.builders(link).keys() | own.get(link, ()))
        ]

    def firms_here(self) -> set[str]:
        """The firms that have their seat or a project on the ground in the region."""
        return self._outlook.on_the_ground.union(*self._server.rows(_HERE, regions=sorted(self._outlook.below))[0])

    # --- who is worth a close look -------------------------------------------------------------------------

    def _shortlists(self, links: Sequence[str], most: int) -> dict[str, set[str]]:
        """Of each link the firms of the packs, those with a tie here, and of the others the best in a respect."""
        close: dict[str, set[str]] = {link: set() for link in links}
        where = {"regions": sorted(self._outlook.below), "builders": sorted(self._outlook.on_the_ground)}
        asked = {"links": list(links), "day": self._day}
        for link, firms in (*self._server.rows(_OF_PACKS, **asked), *self._server.rows(_TIED, **where, **asked)):
            close[link].update(firms)
        cells = dict(zip(links, self._seats.cells(links), strict=True))
        codes = self._regions.table["adcode"]
        others = shortlists(self._server, cells, close, self._outlook.distance, codes, self._day, most)
        return {link: close[link] | others[link] for link in links}

    @cached_property
    def _bars(self) -> list[Bar]:
        return [
            Bar(row.region, row.firm, row.link, row.reason, _day(row.until) if row.until else None, _dates(row.dates))
            for row in self._server.rows(_BARS)
        ]

    def _firm(self, row: _FirmRow) -> Firm:
        facts: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for predicate, place, *said in row.told:
            facts[predicate, place].append(said)
        ended, signals = [], []
        for (predicate, _), citations in sorted(facts.items()):
            on, text, text_en = citations[0][:3]
            dates = _dates(item[3:] for item in citations)
            if predicate == "dissolved":
                ended.append(Ended(_day(on) if on else None, dates))
            else:
                signals.append((_day(on), text, text_en or text, dates))
        if row.gone:
            ended.append(Ended(_day(row.gone_on) if row.gone_on else None, [(_day(row.gone), row.gone_grade)]))
        seat = self._regions.row[row.seat]
        return Firm(row.id, row.name, row.name_en, row.full_name, seat, row.seat_grade, ended, signals)


def ties(server: Server, firms: Sequence[str], day: str, to: Collection[str] | None) -> list[TieRow]:
    """The supplies and shares of each firm as known on a day (ISO); only those ``to`` some firms where given."""
    rows = server.rows(_TIES, firms=list(firms), to=None if to is None else list(to), day=day)
    ordered = sorted(rows, key=lambda row: (row.number, row.order, _PLACES[row.predicate]))
    return [TieRow(firms[row.number], row.other, row.predicate, row.grade) for row in ordered]


def matched(server: Server, source: str) -> MatchedRow:
    """How many firms an import says to make a link, in all and by link."""
    firms, links, counts = server.rows(_MATCHED, source=source)[0]
    return MatchedRow(firms, dict(sorted(zip(links, counts, strict=True))))


_PLACES = {predicate: place for place, predicate in enumerate(PREDICATES)}


@lru_cache(maxsize=4096)
def _day(text: str) -> int:
    return days(date.fromisoformat(text))


def _dates(told: Iterable[Sequence[str]]) -> list[Any]:
    return [(_day(when), grade) for when, grade in told]


def _by_link(told: Iterable[list[Any]]) -> dict[str, list[Cited]]:
    """What is cited for each link that a firm makes, in the order of the records: packs before imports."""
    found: dict[str, list[Cited]] = defaultdict(list)
    for link, _, _, _, grade, as_of, source, share, confidence, said in sorted(told, key=_place):
        cited = Cited(grade, _day(as_of), source, share_stored(share), share_stored(confidence), said or "")
        found[link].append(cited)
    return found


def _place(told: list[Any]) -> tuple[bool, int, int]:
    """Where a citation stands among those of its firm: whether an import tells it, the fact, the citation of it."""
    imported, fact, citation = told[1:4]
    return imported, fact, citation
