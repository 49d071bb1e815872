"""The neighbours of an entity, those of most use first, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.analysis.graph_layout import ring_places
from chaingraph.errors import Text, UsageError
from chaingraph.model.graph_report import GraphReport
from chaingraph.model.words import STRUCTURE
from chaingraph.service.arguments import count, day
from chaingraph.service.graph.drawing import Tie, edge, node
from chaingraph.service.object_kinds import ObjectKinds
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.words import Grade
    from chaingraph.stores.base import Store

_SHORTLIST = 60
"""Of the firms that imports alone know to make a link, so many of the nearest, the best matched and the most cited."""
_DATED = ("stage", "surveyed", "surveyed_in")
"""Facts that count from their own date, whenever their source appeared."""


def around(
    settings: Settings,
    name: str,
    *,
    most: int = 30,
    after: str | None = None,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> GraphReport:
    """The neighbours of an entity on rings around it: leaders, then those here, then the better known, then by name.

    Of a link that imports say tens of thousands of firms to make, these are those that a lead could be found among:
    the nearest, the best matched, the most cited. The others are counted.

    Parameters
    ----------
    name
        An entity by id, name, alias or listing code.
    most
        So many neighbours at once.
    after
        Go on after this neighbour: ``next`` of the page before.
    region
        What is local; the pack's home region where None.

    Raises
    ------
    NotFound
        For an unknown name or region.
    UsageError
        For a day that is none, ``most`` below 1, or an ``after`` that is no neighbour.
    """
    on = day(as_of)
    count("most", most)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    record = store.entity(name)
    near = _Near(store, record, place_of(store, region).adcode, on)
    others = near.in_order()
    start = _start(others, after)
    page = others[start : start + most]
    places = ring_places(len(page), start)
    left = len(others) - start - len(page)
    named = {"zh": (record["name"], 0), "en": (record["name_en"], 1)}[lang]
    unseen = left + near.uncounted(others)
    centre = node(record["id"], record["kind"], named[0], (0.0, 0.0), lang, leader=near.leads, more=unseen)
    return GraphReport(
        lang=lang,
        as_of=on.isoformat(),
        chain=None,
        centre=record["id"],
        nodes=(
            centre,
            *(
                node(
                    other.id,
                    other.kind,
                    other.names[named[1]],
                    place,
                    lang,
                    leader=other.leader and other.kind == "firm",
                )
                for other, place in zip(page, places, strict=True)
            ),
        ),
        edges=tuple(edge(tie, grade, lang) for other in page for tie, grade in other.ties.items()),
        more=unseen,
        next=page[-1].id if left and page else None,
    )


class _Other(NamedTuple):
    """A neighbour with the ties to it, each with its best grade."""

    id: str
    kind: str
    names: tuple[str, str]
    leader: bool
    ties: dict[Tie, Grade]


def _start(others: list[_Other], after: str | None) -> int:
    if after is None:
        return 0
    places = {other.id: place for place, other in enumerate(others, start=1)}
    if after not in places:
        raise UsageError(
            Text(
                f"“{after}”不是它的邻居：请从第一页开始",
                f"{after!r} is none of its neighbours: begin with the first page",
            )
        )
    return places[after]


class _Near:
    """What is known of the neighbours of a record on a day, seen from a region."""

    def __init__(self, store: Store, record: dict[str, Any], region: str, on: date) -> None:
        self._store = store
        self._record = record
        self._region = region
        self._on = on
        self._others: dict[str, _Other] = {}
        self._here: set[str] = set()
        kinds = ObjectKinds(store)
        for fact in record["facts"]:
            grades = _grades(fact, on.isoformat())
            # A firm may supply itself, and a park be part of no other: an entity is no neighbour of its own.
            if fact["object"] and fact["object"] != record["id"] and grades:
                kind = kinds.of(record["kind"], fact["predicate"], fact["object"])
                tie = Tie.told(record["id"], record["kind"], fact["predicate"], fact["object"])
                self._meet(kind, fact["object"], (fact["object_name"], fact["object_name_en"]), tie, min(grades))
        if record["kind"] == "link":
            self._makers()

    def _meet(self, kind: str, key: str, names: tuple[str, str], tie: Tie, grade: Grade) -> None:
        leader = tie.predicate == "leads"
        other = self._others.setdefault(key, _Other(key, kind, names, leader, {}))
        other.ties[tie] = min(grade, other.ties.get(tie, grade))

    def _makers(self) -> None:
        """The makers of a link, also those that its record only counts."""
        for row in self._store.candidates([self._record["id"]], self._region, self._on, _SHORTLIST):
            if row.here:
                self._here.add(row.firm)
            if row.citations and not row.dissolved:
                best = min(cited.grade for cited in row.citations)
                tie = Tie(row.firm, "makes", self._record["id"])
                self._meet("firm", row.firm, (row.name, row.name_en), tie, best)

    @property
    def leads(self) -> bool:
        """Whether the entity itself leads a chain."""
        return any(tie.predicate == "leads" and tie.from_ == self._record["id"] for tie in self._ties())

    def _ties(self) -> Iterable[Tie]:
        return (tie for other in self._others.values() for tie in other.ties)

    def in_order(self) -> list[_Other]:
        """The neighbours, those of most use first."""
        kinds = {other.kind for other in self._others.values()}
        here = set(self._here)
        if "firm" in kinds:
            here |= self._store.firms_here(self._region, self._on)
        if "project" in kinds:
            here |= {row.id for row in self._store.projects(self._region, self._on)}
        if "park" in kinds:
            here |= {row.id for row in self._store.parks(self._region, self._on)}
        return sorted(
            self._others.values(),
            key=lambda other: (
                not other.leader,
                other.id not in here,
                min(other.ties.values()),
                other.names[0],
                other.id,
            ),
        )

    def uncounted(self, others: list[_Other]) -> int:
        """How many neighbours are only counted: firms that imports alone know, of a link or of a region."""
        if self._record["kind"] == "link":
            rows = self._store.presence([self._record["id"]], self._region, self._on)
            known = rows[0].rings[-1].firms if rows and rows[0].rings else 0
            return max(0, known - sum(other.kind == "firm" for other in others))
        told = (fact["value"] for fact in self._record["facts"] if fact["predicate"] == "imported_seats")
        return sum(int(value or 0) for value in told)


def _grades(fact: dict[str, Any], on: str) -> list[Grade]:
    """The grades of the citations that tell a fact on a day; the structure of chains holds on every day."""
    if fact["predicate"] in STRUCTURE:
        return [item["grade"] for item in fact["evidence"]]
    if fact["predicate"] in _DATED:
        return [item["grade"] for item in fact["evidence"]] if fact["date"] <= on else []
    return [item["grade"] for item in fact["evidence"] if item["as_of"] <= on]
