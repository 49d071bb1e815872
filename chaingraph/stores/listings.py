"""Lists of projects, parks and actuals as known on a day (a day number): nothing that a gap report reads.

Each function takes rows as a snapshot's tables hold them, in any order, and gives its own by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.model.words import PROJECT_STAGES
from chaingraph.stores.keys import iso
from chaingraph.stores.listing_rows import ActualRow, ParkRow, ProjectRow, ReachedRow
from chaingraph.stores.rows import Judged
from chaingraph.stores.works import makes_on, reached_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from chaingraph.model.words import Grade


def actuals_on(told: Iterable[dict[str, Any]], inside: Collection[str], day: int) -> list[ActualRow]:
    """The figures reported as reached in one of the regions ``inside``, each with its best citation."""
    rows = []
    for raw in told:
        known = [(grade, -when) for when, grade in raw["evidence"] if when <= day]
        if raw["region"] in inside and known:
            grade, when = min(known)
            fields = {field: raw[field] for field in ActualRow._fields if field in raw}
            rows.append(ActualRow(**fields, grade=grade, as_of=iso(-when)))
    return sorted(rows, key=lambda row: row.id)


def projects_on(
    told: Iterable[dict[str, Any]], sites: dict[str, Any], inside: Collection[str], day: int
) -> list[ProjectRow]:
    """The projects in one of the regions ``inside``; ``sites`` are what lists tell of them beyond what they make."""
    rows = [_project(raw, sites[raw["id"]], day) for raw in told if raw["region"] in inside and raw["since"] <= day]
    return sorted(rows, key=lambda row: row.id)


def _project(project: dict[str, Any], site: dict[str, Any], day: int) -> ProjectRow:
    best = reached_on(project["stages"], day)
    reached = tuple(
        ReachedRow(stage, iso(best[stage].day), best[stage].by, best[stage].grade)
        for stage in PROJECT_STAGES
        if stage in best
    )
    told = ("id", "name", "name_en", "firm", "firm_name", "firm_name_en", "region")
    return ProjectRow(
        **{field: project[field] for field in told},
        park=site["park"],
        part_of=_whole(site["part_of"], day),
        links=tuple(makes_on(project["makes"], day)),
        investment_cny=judged_on(site["investment_cny"], day),
        area_mu=judged_on(site["area_mu"], day),
        reached=reached,
        stage=reached[-1] if reached else None,
    )


def parks_on(told: Iterable[dict[str, Any]], inside: Collection[str], day: int) -> list[ParkRow]:
    """The parks in one of the regions ``inside``."""
    rows = [
        ParkRow(
            **{field: raw[field] for field in ("id", "name", "name_en", "region")},
            part_of=_whole(raw["part_of"], day),
            figures={field: judged_on(figure, day) for field, figure in raw["figures"].items()},
            chains=tuple(key for key, dates in raw["chains"] if _known(dates, day)),
            links=tuple(key for key, dates in raw["links"] if _known(dates, day)),
            discharges=_discharges(raw["discharges"], day),
            lat=raw["lat"],
            lon=raw["lon"],
        )
        for raw in told
        if raw["region"] in inside and _known(raw["evidence"], day)
    ]
    return sorted(rows, key=lambda row: row.id)


def _discharges(told: Iterable[Any], day: int) -> dict[str, tuple[bool, Grade]]:
    """What a park is known to take or refuse: of two words on one discharge the better graded, else the refusal."""
    best: dict[str, tuple[Grade, bool]] = {}
    for kind, allowed, dates in told:
        grades = [grade for when, grade in dates if when <= day]
        if grades and (kind not in best or (min(grades), allowed) < best[kind]):
            best[kind] = min(grades), allowed
    return {kind: (allowed, grade) for kind, (grade, allowed) in sorted(best.items())}


def _whole(part: Any, day: int) -> str | None:
    return part[0] if part and _known(part[1], day) else None


def _known(dates: list[Any], day: int) -> bool:
    return any(when <= day for when, _ in dates)


def judged_on(figure: Any, day: int) -> Judged | None:
    """A figure with the best grade that it has by the day; None where it is not known by then."""
    if figure is None:
        return None
    value, dates = figure
    grades = [grade for when, grade in dates if when <= day]
    return Judged(value, min(grades)) if grades else None
