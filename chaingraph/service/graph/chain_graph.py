"""A chain in a region as a graph: its links from left to right, who makes them here, the leaders, the parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.graph_layout import Plan, chain_places
from chaingraph.model.graph_report import GraphReport
from chaingraph.model.numbers import number
from chaingraph.model.shown_status import status_of
from chaingraph.model.words import word
from chaingraph.service.arguments import count, day
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.gaps import report_on
from chaingraph.service.graph.drawing import Tie, edge, node
from chaingraph.service.places import place_of
from chaingraph.service.told import names_in
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapReport, GapRow
    from chaingraph.model.graph_report import GraphEdge
    from chaingraph.model.words import Grade
    from chaingraph.stores.rows import ChainFrame, WorkRow

MOST = 300
"""So many nodes a browser shows at once; beyond it a picture tells nothing."""


def chain_graph(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    most: int = MOST,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> GraphReport:
    """A chain's links with their status, the firms that make them here, the leaders and the parks, as a picture.

    A firm stands for its projects here; a project whose firm nobody knows stands for itself. Firms that only have
    their seat here come last, so that of very many the picture leaves these out and counts them.

    Parameters
    ----------
    chain, region
        By id or name; the pack's own where None.
    most
        So many nodes at most.

    Raises
    ------
    NotFound
        For an unknown chain or region.
    UsageError
        For a day that is none, or ``most`` below 1.
    """
    on = day(as_of)
    count("most", most)
    store, pack = open_store(settings, progress)
    asked = Asked(store, pack, place_of(store, region), on, spoken(lang, store))
    return chain_graph_on(asked, chain_of(store, chain), most)


def chain_graph_on(asked: Asked, frame: ChainFrame, most: int = MOST) -> GraphReport:
    """The picture of one chain over an open store."""
    report = report_on(asked, frame)
    drawn = _Picture(asked, frame, report)
    drawn.links()
    drawn.leaders()
    drawn.works()
    drawn.parks()
    drawn.seated()
    return drawn.report(most)


class _Picture:
    """Collects nodes in the order of their weight, edges, and where each belongs."""

    def __init__(self, asked: Asked, frame: ChainFrame, gaps: GapReport) -> None:
        self._asked = asked
        self._frame = frame
        self._gaps = gaps
        self._kinds: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._edges: dict[str, GraphEdge] = {}
        self._home: dict[str, str] = {}
        self._makers: dict[str, set[str]] = {link.id: set() for link in frame.links}
        self._builders: dict[str, str] = {}
        self._at_park: dict[str, list[str]] = {}

    def _named(self, name: str, english: str) -> str:
        return name if self._asked.lang == "zh" else english

    def _put(self, key: str, kind: str, name: str) -> None:
        self._kinds.setdefault(key, kind)
        self._names.setdefault(key, name)

    def _tie(self, tie: Tie, grade: Grade | None, more: str = "", *, planned: bool = False) -> None:
        made = edge(tie, grade, self._asked.lang, more=more, planned=planned)
        self._edges.setdefault(made.id, made)

    def _makes(self, maker: str, link: str) -> None:
        """Notes who makes a link, and that it stands beneath the first that it makes."""
        self._makers[link].add(maker)
        self._home.setdefault(maker, link)

    def links(self) -> None:
        """The chain, its links, and what feeds what."""
        frame = self._frame
        self._put(frame.id, "chain", self._gaps.chain_name)
        units = self._asked.store.settings()["manifest"]["units"]
        of = {
            link.id: link.unit if self._asked.lang == "zh" else units.get(link.unit, link.unit) for link in frame.links
        }
        for link in frame.links:
            self._put(link.id, "link", self._named(link.name, link.name_en))
        for feed in frame.feeds:
            said = f" {number(feed.amount)} {of[feed.from_]}/{of[feed.to]}" if feed.amount is not None else ""
            self._tie(Tie(feed.from_, "feeds_recycled" if feed.recycled else "feeds", feed.to), feed.grade, said)

    def leaders(self) -> None:
        """The leaders of the chain here, each beneath the link that it leads with."""
        for leader in self._gaps.leaders:
            self._put(leader.firm, "firm", leader.name)
            self._makes(leader.firm, leader.link)
            self._tie(Tie(leader.firm, "leads", self._frame.id), leader.grade)

    def works(self) -> None:
        """Who makes a link here: firms by their projects, those in production first."""
        asked = self._asked
        works = asked.store.works(list(self._makers), asked.place.adcode, asked.on)
        by_maker: dict[tuple[str, str], list[WorkRow]] = {}
        for work in sorted(works, key=lambda work: (work.stage != "in_production", work.grade)):
            if work.stage != "ended":
                by_maker.setdefault((work.firm or work.project, work.link), []).append(work)
        for (maker, link), found in by_maker.items():
            work = found[0]
            if work.firm:
                self._put(maker, "firm", self._named(work.firm_name or "", work.firm_name_en or ""))
            else:
                self._put(maker, "project", self._named(work.project_name, work.project_name_en))
            self._makes(maker, link)
            at = word(work.stage or "unknown", asked.lang)
            planned = work.stage != "in_production"
            said = "" if not planned else f"（{at}）" if asked.lang == "zh" else f" ({at})"
            self._tie(Tie(maker, "makes", link), min(row.grade for row in found), said, planned=planned)
        self._builders = {work.project: work.firm or work.project for work in works if work.stage != "ended"}
        for leader in self._gaps.leaders:
            self._tie(Tie(leader.firm, "makes", leader.link), leader.grade)

    def parks(self) -> None:
        """The parks where the projects stand."""
        asked = self._asked
        names = names_in(asked.store, "park", asked.lang)
        for row in asked.store.projects(asked.place.adcode, asked.on):
            if row.park and row.id in self._builders:
                self._at_park.setdefault(row.park, []).append(row.id)
        for park, projects in sorted(self._at_park.items()):
            self._put(park, "park", names[park])
            told = {
                fact["object"]: [item["grade"] for item in fact["evidence"] if item["as_of"] <= asked.on.isoformat()]
                for fact in asked.store.entity(park)["facts"]
                if fact["predicate"] == "has_project"
            }
            for project in projects:
                self._tie(Tie(self._builders[project], "at_park", park), min(told.get(project, ()), default=None))

    def seated(self) -> None:
        """Firms with their seat here that make a link, and what firms in the picture supply or own of each other."""
        asked = self._asked
        for row in asked.store.presence(list(self._makers), asked.place.adcode, asked.on):
            for firm in row.seated:
                self._put(firm.firm, "firm", self._named(firm.name, firm.name_en))
                self._makes(firm.firm, row.link)
                self._tie(Tie(firm.firm, "makes", row.link), firm.grade)

    def _between_firms(self, shown: Iterable[str]) -> None:
        firms = [key for key in shown if self._kinds[key] == "firm"]
        for tie in self._asked.store.ties(firms, self._asked.on, firms):
            self._tie(Tie.told(tie.from_, "firm", tie.predicate, tie.to), tie.grade)

    def report(self, most: int) -> GraphReport:
        """The picture of the ``most`` nodes that weigh most."""
        shown = dict.fromkeys(list(self._kinds)[:most])
        self._between_firms(shown)
        edges = tuple(edge for edge in self._edges.values() if edge.from_ in shown and edge.to in shown)
        places = chain_places(self._plan(shown))
        rows, lang = self._gaps.rows, self._asked.lang
        stages = {link.id: link.stage for link in self._frame.links}
        leading = {key for leader in self._gaps.leaders for key in (leader.firm, leader.link)}
        return GraphReport(
            lang=lang,
            as_of=self._asked.on.isoformat(),
            chain=self._frame.id,
            centre=None,
            nodes=tuple(
                node(
                    key,
                    self._kinds[key],
                    self._names[key],
                    places[key],
                    lang,
                    stage=stages.get(key),
                    status=status_of(rows[key]) if key in rows else None,
                    move=rows[key].move if key in rows else None,
                    leader=key in leading,
                    more=self._unseen(rows[key], shown) if key in rows else None,
                )
                for key in shown
            ),
            edges=edges,
            more=len(self._kinds) - len(shown),
        )

    def _unseen(self, row: GapRow, shown: dict[str, None]) -> int:
        """How many makers of a link are known in the nation and not shown."""
        return max(0, (row.rings[-1].firms if row.rings else 0) - len(self._makers[row.link] & shown.keys()))

    def _plan(self, shown: dict[str, None]) -> Plan:
        tiers: dict[int, list[str]] = {}
        for link in self._frame.links:
            if link.id in shown:
                tiers.setdefault(link.tier, []).append(link.id)
        under: dict[str, list[str]] = {}
        for maker, home in self._home.items():
            if maker in shown:
                under.setdefault(home, []).append(maker)
        return Plan(
            tiers=tiers,
            feeds=[(feed.from_, feed.to) for feed in self._frame.feeds],
            middle=frozenset(leader.link for leader in self._gaps.leaders),
            under=under,
            above={self._frame.id: [leader.link for leader in self._gaps.leaders]},
            below={
                park: [self._builders[project] for project in projects]
                for park, projects in self._at_park.items()
                if park in shown
            },
        )
