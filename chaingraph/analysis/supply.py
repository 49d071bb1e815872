"""Local supply: what the projects of a region make of a link, on the day asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chaingraph.model.gap_report import LocalProject, Supply
from chaingraph.model.words import weakest as weakest_grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.words import Basis, Grade
    from chaingraph.stores.rows import WorkRow

IN_PRODUCTION = "in_production"
ENDED = "ended"
_BASES: tuple[Basis, ...] = ("stated", "planned", "target")


def supply(works: Sequence[WorkRow], searched: Grade | None, lang: Lang) -> Supply:
    """The supply of one link.

    ``value`` = Σ capacity of the projects in production, units a year; None where none of their capacities is known,
    and where nothing is known to produce, unless the region was ``searched``: then it is 0. ``planned`` is the same
    sum over the projects on their way: signed, started, completed, or of a stage that is not known.

    Parameters
    ----------
    works
        The projects that make the link in the region.
    searched
        The grade of a survey that searched the region for the link in vain, so that nothing known means nothing
        here; None if there is none.
    lang
        Language of the projects' names.
    """
    producing = [work for work in works if work.stage == IN_PRODUCTION]
    planned = [work for work in works if work.stage not in (IN_PRODUCTION, ENDED)]
    value, partial = _sum(producing)
    basis, year = _basis(producing)
    if not producing and searched:
        value = 0.0
    return Supply(
        value=value,
        basis=basis,
        basis_year=year,
        at_least=partial,
        planned=_sum(planned)[0],
        planned_grade=weakest_grade(*(work.grade for work in planned if work.capacity is not None)),
        grade=weakest_grade(*(work.grade for work in producing)) if producing else searched,
        firms=len(_makers(producing)),
        firms_of_unknown_capacity=len(_makers(producing) - _makers(w for w in producing if w.capacity is not None)),
        largest_share=_largest_share(producing),
        projects=tuple(_seen(work, lang) for work in sorted(works, key=_shown_first)),
    )


def producing(supply: Supply) -> bool:
    """Whether the link is produced here: local presence is a project in production."""
    return supply.firms > 0


def planned_projects(supply: Supply) -> list[LocalProject]:
    """The projects that are on their way: neither producing nor ended."""
    return [project for project in supply.projects if project.stage not in (IN_PRODUCTION, ENDED)]


def _sum(works: Sequence[WorkRow]) -> tuple[float | None, bool]:
    """The sum of the known capacities, and whether one is missing from it."""
    known = [work.capacity for work in works if work.capacity is not None]
    return (sum(known) if known else None), 0 < len(known) < len(works)


def _basis(works: Sequence[WorkRow]) -> tuple[Basis, int | None]:
    """The weakest kind of figure among the capacities, and the year of the oldest such figure."""
    known = [work for work in works if work.capacity is not None]
    weakest: Basis = max((work.basis for work in known), key=_BASES.index, default="stated")
    years = [int(work.capacity_as_of[:4]) for work in known if work.basis == weakest and work.capacity_as_of]
    return weakest, min(years, default=None)


def _largest_share(works: Sequence[WorkRow]) -> float | None:
    """The share of the largest maker; 1 for a lone maker, None where a capacity is unknown."""
    if len(_makers(works)) == 1:
        return 1.0
    by_maker: dict[str, float] = defaultdict(float)
    for work in works:
        if work.capacity is None:
            return None
        by_maker[_maker(work)] += work.capacity
    return max(by_maker.values()) / sum(by_maker.values()) if by_maker else None


def _makers(works: Iterable[WorkRow]) -> set[str]:
    return {_maker(work) for work in works}


def _maker(work: WorkRow) -> str:
    return work.firm or work.project


def _shown_first(work: WorkRow) -> tuple[bool, float, str]:
    return (work.stage != IN_PRODUCTION, -(work.capacity or 0), work.project)


def _seen(work: WorkRow, lang: Lang) -> LocalProject:
    return LocalProject(
        id=work.project,
        name=work.project_name if lang == "zh" else work.project_name_en,
        firm=work.firm,
        firm_name=work.firm_name if lang == "zh" else work.firm_name_en,
        stage=work.stage,
        stage_date=work.stage_date,
        by=work.by,
        capacity=work.capacity,
        capacity_as_of=work.capacity_as_of,
        basis=work.basis,
        note=work.capacity_note,
        grade=work.grade,
    )


def by_link(works: Iterable[WorkRow]) -> dict[str, list[WorkRow]]:
    """The works of each link."""
    grouped: dict[str, list[WorkRow]] = defaultdict(list)
    for work in works:
        grouped[work.link].append(work)
    return grouped
