"""Lists of projects, parks and actuals as known on a day: nothing that a gap report reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.model.words import PROJECT_STAGES
from chaingraph.stores.keys import iso
from chaingraph.stores.listing_rows import ActualRow, ParkRow, ProjectRow, ReachedRow
from chaingraph.stores.rows import Judged
from chaingraph.stores.works import makes_on, reached_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.stores.snapshot import Snapshot


class Listings:
    """What lies in a set of regions on a day (a day number)."""

    def __init__(self, snapshot: Snapshot, inside: set[str], day: int) -> None:
        self._snapshot = snapshot
        self._inside = inside
        self._day = day

    def actuals(self) -> list[ActualRow]:
        """The figures reported as reached, each with its best citation."""
        rows = []
        for raw in self._snapshot.table("actuals"):
            known = [(grade, -when) for when, grade in raw["evidence"] if when <= self._day]
            if raw["region"] in self._inside and known:
                grade, when = min(known)
                fields = {field: raw[field] for field in ActualRow._fields if field in raw}
                rows.append(ActualRow(**fields, grade=grade, as_of=iso(-when)))
        return rows

    def projects(self, projects: Iterable[dict[str, Any]]) -> list[ProjectRow]:
        """The projects of the snapshot's table."""
        sites = self._snapshot.table("sites")
        return [
            self._project(raw, sites[raw["id"]])
            for raw in projects
            if raw["region"] in self._inside and raw["since"] <= self._day
        ]

    def _project(self, project: dict[str, Any], site: dict[str, Any]) -> ProjectRow:
        best = reached_on(project["stages"], self._day)
        reached = tuple(
            ReachedRow(stage, iso(best[stage].day), best[stage].by, best[stage].grade)
            for stage in PROJECT_STAGES
            if stage in best
        )
        told = ("id", "name", "name_en", "firm", "firm_name", "firm_name_en", "region")
        return ProjectRow(
            **{field: project[field] for field in told},
            park=site["park"],
            part_of=self._whole(site["part_of"]),
            links=tuple(makes_on(project["makes"], self._day)),
            investment_cny=judged_on(site["investment_cny"], self._day),
            area_mu=judged_on(site["area_mu"], self._day),
            reached=reached,
            stage=reached[-1] if reached else None,
        )

    def parks(self) -> list[ParkRow]:
        """The parks of the snapshot."""
        return [
            ParkRow(
                **{field: raw[field] for field in ("id", "name", "name_en", "region")},
                part_of=self._whole(raw["part_of"]),
                figures={field: judged_on(figure, self._day) for field, figure in raw["figures"].items()},
                chains=tuple(key for key, dates in raw["chains"] if self._known(dates)),
                links=tuple(key for key, dates in raw["links"] if self._known(dates)),
                discharges={
                    kind: (allowed, min(grade for when, grade in dates if when <= self._day))
                    for kind, allowed, dates in raw["discharges"]
                    if self._known(dates)
                },
                lat=raw["lat"],
                lon=raw["lon"],
            )
            for raw in self._snapshot.table("parks")
            if raw["region"] in self._inside and self._known(raw["evidence"])
        ]

    def _whole(self, part: Any) -> str | None:
        return part[0] if part and self._known(part[1]) else None

    def _known(self, dates: list[Any]) -> bool:
        return any(when <= self._day for when, _ in dates)


def judged_on(figure: Any, day: int) -> Judged | None:
    """A figure with the best grade that it has by the day; None where it is not known by then."""
    if figure is None:
        return None
    value, dates = figure
    grades = [grade for when, grade in dates if when <= day]
    return Judged(value, min(grades)) if grades else None
