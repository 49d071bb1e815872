"""What lies in regions of the server's graph and what documents say of them, as rows like those of a snapshot's tables.

What holds on a day is made of them by the functions that the embedded store uses too.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.facts import PARK_FIGURES
from chaingraph.stores.keys import days
from chaingraph.stores.neo4j.statements import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from chaingraph.stores.neo4j.server import Server


class _Work(NamedTuple):
    id: str
    name: str
    name_en: str
    firm: list[str] | None
    region: str
    stages: list[list[Any]]
    makes: list[list[Any]]


class _Project(NamedTuple):
    id: str
    name: str
    name_en: str
    firm: list[str] | None
    region: str
    stages: list[list[Any]]
    makes: list[list[Any]]
    since: str
    park: str | None
    wholes: list[list[Any]]
    figures: list[list[Any]]


class _Park(NamedTuple):
    id: str
    name: str
    name_en: str
    region: str
    lat: float | None
    lon: float | None
    wholes: list[list[Any]]
    figures: list[list[Any]]
    chains: list[list[Any]]
    links: list[list[Any]]
    discharges: list[list[Any]]
    evidence: list[list[Any]]


class _Claim(NamedTuple):
    region: str
    link: str
    said: str
    evidence: list[list[Any]]


class _Survey(NamedTuple):
    region: str
    link: str
    date: str
    found: bool
    grade: str


class _Target(NamedTuple):
    id: str
    name: str
    name_en: str
    region: str
    chain: str | None
    park: str | None
    metric: str | None
    link: str | None
    at_least: float
    unit: str
    year: int | None
    evidence: list[list[Any]]


class _Actual(NamedTuple):
    id: str
    name: str
    name_en: str
    region: str
    chain: str | None
    park: str | None
    metric: str | None
    value: float
    unit: str
    year: int
    since: int | None
    evidence: list[list[Any]]


_WORKS = read("works", _Work, "links")
_PROJECTS = read("projects", _Project, "regions")
_PARKS = read("parks", _Park, "regions")
_CLAIMS = read("claims", _Claim, "links", "regions")
_SURVEYS = read("surveys", _Survey, "links", "regions")
_TARGETS = read("targets", _Target, "regions")
_ACTUALS = read("actuals", _Actual, "regions")


def making(server: Server, links: Sequence[str]) -> list[dict[str, Any]]:
    """The projects that make one of ``links``, wherever they are, with what they make of these; by id."""
    return [_project(row) for row in server.rows(_WORKS, links=list(links))]


def projects(server: Server, inside: Collection[str]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The projects in regions, and what lists tell of them beyond what they make."""
    rows = server.rows(_PROJECTS, regions=list(inside))
    sites = {
        row.id: {
            "park": row.park,
            "part_of": _whole(row.wholes),
            **_figures(row.figures, ("investment_cny", "area_mu")),
        }
        for row in rows
    }
    return [{**_project(row), "since": _day(row.since)} for row in rows], sites


def parks(server: Server, inside: Collection[str]) -> list[dict[str, Any]]:
    """The parks in regions."""
    return [
        {
            "id": row.id,
            "name": row.name,
            "name_en": row.name_en,
            "region": row.region,
            "part_of": _whole(row.wholes),
            "figures": _figures(row.figures, PARK_FIGURES),
            "chains": [(chain, _dates(dates)) for chain, dates in row.chains],
            "links": [(link, _dates(dates)) for link, dates in row.links],
            "discharges": [(code, allowed, _dates(dates)) for code, allowed, dates in row.discharges],
            "lat": row.lat,
            "lon": row.lon,
            "evidence": _dates(row.evidence),
        }
        for row in server.rows(_PARKS, regions=list(inside))
    ]


def claims(server: Server, links: Sequence[str], inside: Collection[str]) -> list[tuple[Any, ...]]:
    """Claims of links in regions."""
    return [
        (region, link, said, [[_day(since), *cited] for since, *cited in evidence])
        for region, link, said, evidence in server.rows(_CLAIMS, links=list(links), regions=list(inside))
    ]


def surveys(server: Server, links: Sequence[str], around: Collection[str]) -> list[tuple[Any, ...]]:
    """Surveys of links in regions."""
    return [
        (region, link, _day(day), found, grade)
        for region, link, day, found, grade in server.rows(_SURVEYS, links=list(links), regions=list(around))
    ]


def targets(server: Server, inside: Collection[str]) -> list[tuple[Any, ...]]:
    """Targets of regions."""
    return [(*fields, _dates(evidence)) for *fields, evidence in server.rows(_TARGETS, regions=list(inside))]


def actuals(server: Server, inside: Collection[str]) -> list[dict[str, Any]]:
    """Actuals of regions."""
    rows = server.rows(_ACTUALS, regions=list(inside))
    return [{**row._asdict(), "evidence": _dates(row.evidence)} for row in rows]


def _project(row: _Work | _Project) -> dict[str, Any]:
    """What a project makes, and the stages that it has reached."""
    firm, firm_name, firm_name_en = row.firm or (None, None, None)
    return {
        "id": row.id,
        "name": row.name,
        "name_en": row.name_en,
        "firm": firm,
        "firm_name": firm_name,
        "firm_name_en": firm_name_en,
        "region": row.region,
        "stages": [(stage, _day(day), bool(by), grade) for stage, day, by, grade in row.stages],
        "makes": [
            (link, capacity, basis, [(_day(since), grade, note)])
            for _, link, capacity, basis, since, grade, note in row.makes
        ],
    }


def _whole(wholes: Sequence[list[Any]]) -> tuple[str, list[tuple[int, str]]] | None:
    """What an entity is a part of, with the citations that say so."""
    return (wholes[0][0], [(_day(since), grade) for _, since, grade in wholes]) if wholes else None


def _figures(told: Iterable[list[Any]], names: Sequence[str]) -> dict[str, Any]:
    """Figures by name, each with its citations; None where there is none."""
    found: dict[str, Any] = dict.fromkeys(names)
    for name, value, since, grade in told:
        if found.get(name) is None:
            found[name] = (value, [])
        found[name][1].append((_day(since), grade))
    return {name: found[name] for name in names}


def _dates(evidence: Iterable[list[Any]]) -> list[tuple[int, str]]:
    """Day and grade of each citation."""
    return [(_day(since), grade) for since, grade in evidence]


def _day(iso: str) -> int:
    return days(date.fromisoformat(iso))
