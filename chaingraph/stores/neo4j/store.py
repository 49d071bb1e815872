"""The store on a Neo4j server: each read is a statement of cypher/read/ and what makes rows of its answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.by_name import Bearer, ByName
from chaingraph.stores.documented import claims_on, surveys_on, targets_on
from chaingraph.stores.keys import days
from chaingraph.stores.neo4j import chains, local
from chaingraph.stores.neo4j.presence import ServerSeats
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.presence import Presence
from chaingraph.stores.works import works_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from chaingraph.model.words import Grade
    from chaingraph.stores.lead_rows import CandidateRow, MatchedRow, TieRow
    from chaingraph.stores.listing_rows import ActualRow, HitRow, ParkRow, ProjectRow, StepRow
    from chaingraph.stores.neo4j.candidates import ServerCandidates
    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.rows import ChainFrame, ClaimRow, PresenceRow, SurveyRow, TargetRow, WorkRow


class _Name(NamedTuple):
    id: str
    name: str
    name_en: str


class _LetOut(NamedTuple):
    link: str
    discharges: list[list[Any]]


class _Source(NamedTuple):
    id: str
    title: str
    publisher: str
    date: str
    kind: str
    grade: str
    url: str | None
    note: str | None


class _Merged(NamedTuple):
    gone: str
    kept: str


class _Known(NamedTuple):
    known: bool


class _Citing(NamedTuple):
    id: str


_NAMES = read("names", _Name, "kind")
_DISCHARGES = read("discharges", _LetOut, "links")
_SOURCES = read("sources", _Source)
_MERGED = read("merged", _Merged)
_KNOWS = read("knows", _Known, "key")
_CITING = read("citing", _Citing, "source")


class Neo4jStore(ByName):
    """A ``Store`` on a server.

    Raises
    ------
    StoreError
        If the graph was not pushed to the server; from every read, if the server cannot be used.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        pushed = chains.pushed(server)
        self.snapshot = pushed.snapshot
        """The hash that names what was pushed."""
        self._settings = pushed.settings
        self._works_by_day: dict[tuple[tuple[str, ...], date], list[WorkRow]] = {}
        self._seats_by_day: dict[date, ServerSeats] = {}
        self._candidates_by_place: dict[tuple[str, date], ServerCandidates] = {}
        self._records: dict[str, dict[str, Any] | None] = {}

    # --- settings, chains, regions -------------------------------------------------------------------------

    def settings(self) -> dict[str, Any]:
        """Manifest and scoring of the packs."""
        return self._settings

    @cached_property
    def _chain_ids(self) -> list[str]:
        return chains.chain_ids(self._server)

    def chain_ids(self) -> list[str]:
        """The ids of all chains."""
        return list(self._chain_ids)

    def chain(self, chain: str) -> ChainFrame:
        """A chain by id, or by its name or alias."""
        return chains.chain_frame(self._server, self._chain_named(chain))

    @cached_property
    def _regions(self) -> Regions:
        return chains.regions(self._server)

    # --- what is here --------------------------------------------------------------------------------------

    def _works(self, links: Sequence[str], as_of: date) -> list[WorkRow]:
        """Every project's making of one of ``links``, wherever it is, as known on a day."""
        key = tuple(sorted(set(links))), as_of
        if key not in self._works_by_day:
            self._works_by_day = {key: list(works_on(local.making(self._server, key[0]), days(as_of)))}
        return self._works_by_day[key]

    def works(self, links: Sequence[str], region: str, as_of: date) -> list[WorkRow]:
        """Every project's making of one of ``links`` in ``region``, known or dated by ``as_of``."""
        inside = self._regions.below(region)
        return [row for row in self._works(links, as_of) if row.region in inside]

    def claims(self, links: Sequence[str], region: str, as_of: date) -> list[ClaimRow]:
        """Claims of one of ``links`` in ``region``, each with the best citation of the day."""
        inside = self._regions.below(region)
        return claims_on(local.claims(self._server, links, inside), set(links), inside, days(as_of))

    def surveys(self, links: Sequence[str], region: str, as_of: date) -> list[SurveyRow]:
        """Surveys that tell of ``region`` by ``as_of``, the latest last."""
        line, inside = set(self._regions.line(region)), self._regions.below(region)
        told = local.surveys(self._server, links, line | inside)
        return surveys_on(told, set(links), line, inside, days(as_of))

    def targets(self, region: str, as_of: date) -> list[TargetRow]:
        """Targets of ``region`` or below it, published by ``as_of``."""
        inside = self._regions.below(region)
        return targets_on(local.targets(self._server, inside), inside, days(as_of))

    def actuals(self, region: str, as_of: date) -> list[ActualRow]:
        """Actuals of ``region`` or below it, reported by ``as_of``."""
        from chaingraph.stores.listings import actuals_on

        inside = self._regions.below(region)
        return actuals_on(local.actuals(self._server, inside), inside, days(as_of))

    def projects(self, region: str, as_of: date) -> list[ProjectRow]:
        """Every project in ``region`` or below it that is known by ``as_of``."""
        from chaingraph.stores.listings import projects_on

        inside = self._regions.below(region)
        return projects_on(*local.projects(self._server, inside), inside, days(as_of))

    def parks(self, region: str, as_of: date) -> list[ParkRow]:
        """Every park in ``region`` or below it that is known by ``as_of``."""
        from chaingraph.stores.listings import parks_on

        inside = self._regions.below(region)
        return parks_on(local.parks(self._server, inside), inside, days(as_of))

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """Chinese and English names by id."""
        return {row.id: (row.name, row.name_en) for row in self._server.rows(_NAMES, kind=kind)}

    # --- who makes it, ring by ring ------------------------------------------------------------------------

    def presence(self, links: Sequence[str], region: str, as_of: date) -> list[PresenceRow]:
        """Who makes each of ``links`` around ``region``: firms by seat, and projects in production."""
        presence = Presence(self._seats(as_of), self._regions, self._rings(region), self._regions.distances(region))
        return presence.rows(links, self._works(links, as_of))

    def _seats(self, as_of: date) -> ServerSeats:
        """The makers of links on a day."""
        if as_of not in self._seats_by_day:
            self._seats_by_day = {as_of: ServerSeats(self._server, self._regions, as_of.isoformat())}
        return self._seats_by_day[as_of]

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
        return {row.gone: row.kept for row in self._server.rows(_MERGED)}

    def firms_here(self, region: str, as_of: date) -> set[str]:
        """The firms that have their seat or a project on the ground in ``region`` or below it."""
        return self._candidates(region, as_of).firms_here()

    def _candidates(self, region: str, as_of: date) -> ServerCandidates:
        from chaingraph.stores.neo4j.candidates import ServerCandidates

        key = region, as_of
        if key not in self._candidates_by_place:
            seats, day = self._seats(as_of), days(as_of)
            places = self._server, self._regions
            made = ServerCandidates(*places, seats, *self._all_projects, self.sources, region, day)
            self._candidates_by_place = {key: made}
        return self._candidates_by_place[key]

    @cached_property
    def _all_projects(self) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Every project, wherever it is."""
        return local.projects(self._server, self._regions.row)

    def ties(self, firms: Sequence[str], as_of: date, to: Collection[str] | None = None) -> list[TieRow]:
        """Whom each of ``firms`` supplies, is supplied by, owns and is owned by."""
        from chaingraph.stores.neo4j.candidates import ties

        return ties(self._server, firms, as_of.isoformat(), to)

    def matched(self, source: str) -> MatchedRow:
        """How many firms an import says to make a link, in all and by link."""
        from chaingraph.stores.neo4j.candidates import matched

        return matched(self._server, source)

    def discharges(self, links: Sequence[str]) -> dict[str, list[tuple[str, Grade]]]:
        """What making each of ``links`` lets out, as far as that is known."""
        told = {row.link: row.discharges for row in self._server.rows(_DISCHARGES, links=list(links))}
        return {link: [(kind, grade) for kind, grade in told.get(link, ())] for link in links}

    # --- entities ------------------------------------------------------------------------------------------

    def _find(self, name: str, kind: str | None = None) -> dict[str, Any] | None:
        # Most ask by id, which wins over every name: one statement instead of two.
        record = self._kept(name)
        return record if record is not None and kind in (None, record["kind"]) else super()._find(name, kind)

    def _region_table(self) -> Regions:
        return self._regions

    def _bearers(self, name: str) -> list[Bearer]:
        from chaingraph.stores.neo4j.names import named

        return [Bearer(found.id, found.kind, found.of_packs) for found in named(self._server, name)]

    def _record(self, key: str) -> dict[str, Any]:
        record = self._kept(key)
        if record is None:
            raise chains.changed()
        return record

    def _kept(self, key: str) -> dict[str, Any] | None:
        """The record of the entity with an id; what was read once is not read again."""
        if key not in self._records:
            from chaingraph.stores.neo4j.entity import record_of

            self._records[key] = record_of(self._server, self._regions, key)
        return self._records[key]

    def _similar(self, name: str, kind: str | None) -> list[str]:
        from chaingraph.stores.neo4j.names import similar

        return similar(self._server, name, kind)

    def knows(self, key: str) -> bool:
        """Whether an entity has this id."""
        return self._server.rows(_KNOWS, key=key)[0].known

    def search(self, text: str, kinds: Sequence[str], as_of: date, top: int | None) -> tuple[int, list[HitRow]]:
        """Entities that answer ``text`` by a name, its pinyin, its initials or a product, or that are spelt alike."""
        from chaingraph.stores.neo4j.names import search

        return search(self._server, text, kinds, as_of.isoformat(), top)

    def paths(self, start: str, end: str, as_of: date, most: int) -> list[tuple[StepRow, ...]]:
        """Up to ``most`` ways in which two entities are related, the shortest first."""
        from chaingraph.stores.neo4j.paths import paths

        return paths(self._server, start, end, as_of.isoformat(), most)

    def sources(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Source records by id."""
        return {key: self._sources[key] for key in ids}

    def citing(self, source: str) -> list[str]:
        """The ids of the entities of packs that tell a fact by a source."""
        return sorted(row.id for row in self._server.rows(_CITING, source=source))

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        """Every source: a list of leads asks for one after the other."""
        return {row.id: row._asdict() for row in self._server.rows(_SOURCES)}
