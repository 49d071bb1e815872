"""Signed leads as projects of the graph: planned, with the ledger as their source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chaingraph.model.entities import Project, ProjectMakes, StageDate
from chaingraph.model.evidence import Evidence, Figure, Source
from chaingraph.model.ledger_report import LEDGER_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.graph import Graph


def with_signed(graph: Graph, signed: Sequence[LeadState]) -> Graph:
    """The graph with a project for each signed lead. A project or a source of the packs with the same id wins.

    A lead in a region that the packs do not know is left out; a firm, link or park they do not know is unknown.
    """
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
