"""From signing to production: the four conversion rates of projects, and which projects are stuck."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from chaingraph.analysis.supply import ENDED, IN_PRODUCTION
from chaingraph.model.words import weakest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chaingraph.model.words import Grade
    from chaingraph.stores.listing_rows import ProjectRow

Rated = Literal["landed", "started", "completed", "in_production"]
RATED: tuple[Rated, ...] = get_args(Rated)
_COURSE = ("signed", *RATED)


class Conversion(NamedTuple):
    """How many of ``signed`` projects reached a stage or one after it; ``share`` is None where none was signed."""

    stage: Rated
    reached: int
    signed: int
    share: float | None
    grade: Grade | None


def conversions(projects: Sequence[ProjectRow]) -> list[Conversion]:
    """履约率, 动工率, 竣工率 and 投产率 of the projects.

    Formula: projects that have reached the stage or a later one / projects with a known stage. Every project was
    signed before it was anything else, so a known stage stands for a signing; a project that ended keeps what it had
    reached before. A project without a known stage counts nowhere: no news is neither a success nor a failure.
    """
    known = [project for project in projects if project.reached]
    grade = weakest(*(reached.grade for project in known for reached in project.reached))
    rates = []
    for place, stage in enumerate(RATED, 1):
        wanted = _COURSE[place:]
        there = [project for project in known if any(reached.stage in wanted for reached in project.reached)]
        share = len(there) / len(known) if known else None
        rates.append(Conversion(stage, len(there), len(known), share, grade))
    return rates


class Rest(NamedTuple):
    """How long a project has rested in its stage: at least ``days`` where ``at_least``; ``limit`` None where none."""

    days: int
    at_least: bool
    limit: int | None

    @property
    def stuck(self) -> bool:
        """Whether it has rested longer than it may."""
        return self.limit is not None and self.days > self.limit


def rest(project: ProjectRow, limits: Mapping[str, int], on: date) -> Rest | None:
    """How long a project has been in its stage on a day; None without a stage, in production, or ended.

    A stage dated "no later than" was reached then or before, so the days are a lower bound.
    """
    stage = project.stage
    if stage is None or stage.stage in (IN_PRODUCTION, ENDED):
        return None
    days = (on - date.fromisoformat(stage.date)).days
    return Rest(days, stage.by, limits.get(stage.stage))
