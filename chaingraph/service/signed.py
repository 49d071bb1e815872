"""Signed leads as projects of the graph: planned, with the ledger as their source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chaingraph.model.entities import Firm, Project, ProjectMakes, StageDate
from chaingraph.model.evidence import Evidence, Figure, Source
from chaingraph.model.ledger_report import LEDGER_SOURCE
from chaingraph.model.statement import NATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chaingraph.imports.room import Imports
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.graph import Graph


def with_signed(graph: Graph, signed: Sequence[LeadState], imports: Imports) -> Graph:
    """The graph with a project for each signed lead. A project or a source of the packs with the same id wins.

    A lead in a region that the packs do not know is left out; a link or park they do not know is unknown, and so is a
    firm that neither they nor the imports know. One that imports alone know becomes a firm of the graph.
    """
    merged = imports.merged()
    signed = [replace(state, firm=merged.get(state.firm, state.firm)) for state in signed]
    strangers = {state.firm for state in signed} - set(graph.firms)
    firms = {firm.id: firm for key in sorted(strangers) for firm in _imported(graph, key, signed, imports)}
    graph = replace(graph, firms={**graph.firms, **firms})
    projects = {
        project.id: project
        for state in signed
        if state.region in graph.regions
        for project in (_project(graph, state),)
    }
    if not projects:
        return graph
    source = Source(
        id=LEDGER_SOURCE,
        title="招商台账",
        publisher="招商部门",
        date=max(date.fromisoformat(state.since) for state in signed),
        kind="register",
        grade="A",
    )
    return replace(
        graph,
        sources={LEDGER_SOURCE: source, **graph.sources},
        projects={**projects, **graph.projects},
    )


def _imported(graph: Graph, key: str, signed: Sequence[LeadState], imports: Imports) -> Iterator[Firm]:
    """A firm as imports state it, if they do: its seat is told no better than by a directory."""
    stated = [stored.statement for stored in imports.firm_records(key)]
    if not stated:
        return
    told = next(state for state in signed if state.firm == key)
    at = next((one.seat for one in stated if one.seat != NATION and one.seat in graph.regions), NATION)
    cited = {"source": LEDGER_SOURCE, "locator": told.id, "as_of": date.fromisoformat(told.since)}
    yield Firm(
        id=key,
        name=stated[0].name,
        short_name=next((one.short_name for one in stated if one.short_name), None),
        seat=at,
        evidence=(Evidence(**cited, grade="A"),),
        seat_evidence=(Evidence(**cited, grade="C" if at != NATION else "D"),),
    )


def _project(graph: Graph, state: LeadState) -> Project:
    told = state.project or {}
    evidence = (Evidence(source=LEDGER_SOURCE, locator=state.id, grade="A", as_of=date.fromisoformat(state.since)),)

    def figure(field: str) -> Figure | None:
        value = told.get(field)
        return None if value is None else Figure(value=value, evidence=evidence)

    park = told.get("park") if told.get("park") in graph.parks else None
    return Project(
        id=state.id.lower(),
        name=f"{state.firm_name} {state.link_name} 项目",
        name_en=f"{state.firm_name_en} {state.link_name_en} project",
        firm=state.firm if state.firm in graph.firms else None,
        region=_region(graph, state, park),
        park=park,
        investment_cny=figure("investment_cny"),
        area_mu=figure("area_mu"),
        makes=(ProjectMakes(link=state.link, evidence=evidence),) if state.link in graph.links else (),
        stages=(StageDate(stage="signed", date=date.fromisoformat(told["date"]), evidence=evidence),),
        evidence=evidence,
    )


def _region(graph: Graph, state: LeadState, park: str | None) -> str:
    """Where the project is: in the region of its park, in the county where the park spans several; else the county."""
    county = state.county if state.county in graph.regions else None
    if park is None:
        return county or state.region
    at = graph.parks[park].region
    return county if county is not None and at in _line(graph, county) else at


def _line(graph: Graph, region: str) -> Iterator[str]:
    """The region and those around it."""
    around: str | None = region
    while around is not None:
        yield around
        around = graph.regions[around].parent
