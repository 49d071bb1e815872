"""What projects make, on a day: the better graded and later fact wins, a stage counts from its own date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.model.words import PROJECT_STAGES
from chaingraph.stores.keys import iso
from chaingraph.stores.rows import WorkRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chaingraph.model.words import Basis, Grade


def works_on(projects: Iterable[dict[str, Any]], day: int) -> Iterator[WorkRow]:
    """Every project's making of every link, as known on ``day``."""
    for project in projects:
        reached = _stage_on(project["stages"], day)
        for link, known in makes_on(project["makes"], day).items():
            yield WorkRow(
                link,
                project["id"],
                project["name"],
                project["name_en"],
                project["firm"],
                project["firm_name"],
                project["firm_name_en"],
                project["region"],
                reached.stage if reached else None,
                iso(reached.day) if reached else None,
                reached.by if reached else False,
                known.capacity,
                iso(known.as_of) if known.capacity is not None else None,
                known.basis,
                known.note,
                max(known.grade, reached.grade) if reached else known.grade,
            )


class _Known(NamedTuple):
    """What is known of a project's making on a day."""

    capacity: float | None
    as_of: int
    basis: Basis
    note: str | None
    grade: Grade


def makes_on(makes: list[Any], day: int) -> dict[str, _Known]:
    """For each link the facts of ``day``: the better grade wins, then the later date; a capacity beats none."""
    best: dict[str, tuple[tuple[bool, str, int], _Known]] = {}
    for link, capacity, basis, evidence in makes:
        for when, grade, note in evidence:
            if when > day:
                continue
            rank = (capacity is None, grade, -when)
            if link not in best or rank < best[link][0]:
                best[link] = (rank, _Known(capacity, when, basis, note, grade))
    return {link: known for link, (_, known) in best.items()}


class _Reached(NamedTuple):
    """The stage of a project on a day: when it was reached, whether that is the latest possible day, how good it is."""

    stage: str
    day: int
    by: bool
    grade: Grade


def reached_on(stages: list[Any], day: int) -> dict[str, _Reached]:
    """Each stage that a project has reached by ``day``.

    Of several datings of one stage the better graded counts, of equals the earliest. An ending does not stand against a
    better graded production after it.
    """
    best: dict[str, _Reached] = {}
    for item in stages:
        reached = _Reached(*item)
        rank = (reached.grade, reached.day)
        if reached.day <= day and (
            reached.stage not in best or rank < (best[reached.stage].grade, best[reached.stage].day)
        ):
            best[reached.stage] = reached
    ended, running = best.get("ended"), best.get("in_production")
    if ended and running and running.grade < ended.grade and running.day > ended.day:
        del best["ended"]
    return best


def _stage_on(stages: list[Any], day: int) -> _Reached | None:
    """The furthest stage of a project on ``day``."""
    best = reached_on(stages, day)
    return best[max(best, key=PROJECT_STAGES.index)] if best else None
