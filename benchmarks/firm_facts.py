"""The firms of a graph and of a registry, joined as plain columns: what the other engines are loaded with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.imported import NEVER
from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.evidence import Evidence
    from chaingraph.model.graph import Graph
    from chaingraph.stores.imported import Imported
    from chaingraph.stores.rows import WorkRow

_EARTH_KM = 6371.0


class FirmFacts(NamedTuple):
    """Firms sorted by id with their seats and the day from which they are known to be struck off, and one row for each
    citation that a firm makes a link."""

    firms: list[str]
    links: list[str]
    seat: list[str]
    seat_grade: NDArray[np.int8]
    gone: NDArray[np.int32]
    makes_firm: NDArray[np.int64]
    makes_link: NDArray[np.int64]
    makes_as_of: NDArray[np.int32]
    makes_grade: NDArray[np.int8]


class Plant(NamedTuple):
    """A project making a link on the day asked for."""

    link: str
    maker: str
    region: str
    runs: bool
    ended: bool
    grade: int


class Reach(NamedTuple):
    """How the land lies around a region: the regions of each ring, and how far every region is, in km.

    Infinitely far is what is no place: the nation, and a province that has cities.
    """

    rings: dict[str, set[str]]
    distance: dict[str, float]


def firm_facts(graph: Graph, imported: Imported) -> FirmFacts:
    """Both in one: a firm that the packs know keeps their seat, and what imports say it makes is added."""
    packs = sorted(graph.firms.values(), key=lambda firm: firm.id)
    new = np.flatnonzero(~imported.in_packs)
    ids = [firm.id for firm in packs] + [imported.ids[place] for place in new.tolist()]
    seat = [firm.seat for firm in packs] + [imported.seat[place] for place in new.tolist()]
    grades = [_best(firm.seat_evidence or firm.evidence) for firm in packs]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    firms = [ids[place] for place in order]
    row = {firm: place for place, firm in enumerate(firms)}
    links = sorted(graph.links)
    place_of = {link: place for place, link in enumerate(links)}
    cited = [
        (row[firm.id], place_of[makes.link], days(item.as_of), GRADES.index(item.grade))
        for firm in packs
        for makes in firm.makes
        for item in makes.evidence
    ]
    gone = np.full(len(firms), NEVER, dtype=np.int32)
    gone[[row[firm] for firm in imported.ids]] = imported.gone
    for firm in packs:
        if firm.dissolved:
            gone[row[firm.id]] = min(gone[row[firm.id]], *(days(item.as_of) for item in firm.dissolved.evidence))
    own = np.array(cited, dtype=np.int64).reshape(-1, 4)
    into = np.array([row[firm] for firm in imported.ids], dtype=np.int64)
    return FirmFacts(
        firms,
        links,
        [seat[place] for place in order],
        np.concatenate([np.array(grades, dtype=np.int8), imported.seat_grade[new]])[order],
        gone,
        np.concatenate([own[:, 0], into[imported.makes_firm]]),
        np.concatenate([own[:, 1], np.array([place_of[link] for link in imported.makes_link], dtype=np.int64)]),
        np.concatenate([own[:, 2].astype(np.int32), imported.makes_as_of]),
        np.concatenate([own[:, 3].astype(np.int8), imported.makes_grade]),
    )


def plants(works: Iterable[WorkRow]) -> dict[str, list[Plant]]:
    """The projects of the day by link; one that names no firm stands for itself."""
    found: dict[str, list[Plant]] = {}
    for work in works:
        maker, stage = work.firm or work.project, work.stage
        plant = Plant(
            work.link, maker, work.region, stage == "in_production", stage == "ended", GRADES.index(work.grade)
        )
        found.setdefault(work.link, []).append(plant)
    return found


def reach(graph: Graph, region: str) -> Reach:
    """The rings and distances around a region, from the records of the packs alone."""
    here = graph.regions[region]
    wide = {place.parent for place in graph.regions.values() if place.level in ("province", "city")}
    distance = {
        code: math.inf if code in wide else _EARTH_KM * _angle(here.lat, here.lon, place.lat, place.lon)
        for code, place in graph.regions.items()
    }
    line = _line(graph, region)
    rings = {"home": {code for code in graph.regions if region in _line(graph, code)}}
    for level in ("county", "city", "province"):
        for code in line:
            if graph.regions[code].level == level:
                rings[level] = {other for other in graph.regions if code in _line(graph, other)}
    near, bay = graph.manifest.rings.near_km.value, set(graph.manifest.rings.bay_area)
    rings["near"] = rings["home"] | {code for code, km in distance.items() if km <= near}
    rings["bay_area"] = {code for code in graph.regions if bay & set(_line(graph, code))}
    rings["nation"] = set(graph.regions)
    return Reach(rings, distance)


def _line(graph: Graph, region: str) -> list[str]:
    line: list[str] = []
    code: str | None = region
    while code is not None:
        line.append(code)
        code = graph.regions[code].parent
    return line


def _angle(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    lat, lon, to_lat, to_lon = map(math.radians, (lat, lon, to_lat, to_lon))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(to_lat) * math.cos(lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * math.asin(math.sqrt(half))


def _best(evidence: Sequence[Evidence]) -> int:
    return min(GRADES.index(item.grade) for item in evidence)
