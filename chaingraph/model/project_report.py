"""Projects from signing to production: each with its stage, the four conversion rates, what is stuck."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.words import Grade


@dataclass(frozen=True)
class Amount:
    """A number and the grade of its best evidence."""

    value: float
    grade: Grade


@dataclass(frozen=True)
class StageSeen:
    """A stage that was reached on a day, or by it where ``by``."""

    stage: str
    name: str
    date: str
    by: bool
    grade: Grade


@dataclass(frozen=True)
class ProjectSeen:
    """A project. ``stage`` is None where unknown; ``days`` in the stage are a lower bound where the stage is ``by``.

    ``limit_days`` is how long it may rest there, None in production and after an end.
    """

    id: str
    name: str
    firm: str | None
    firm_name: str | None
    region: str
    region_name: str
    park: str | None
    park_name: str | None
    links: tuple[str, ...]
    link_names: tuple[str, ...]
    investment_cny: Amount | None
    area_mu: Amount | None
    stage: StageSeen | None
    reached: tuple[StageSeen, ...]
    days: int | None
    limit_days: int | None
    stuck: bool


@dataclass(frozen=True)
class Rate:
    """A conversion rate: ``reached`` of ``signed`` projects came as far; ``share`` is None where none was signed."""

    stage: str
    name: str
    reached: int
    signed: int
    share: float | None
    grade: Grade | None


@dataclass(frozen=True)
class ProjectsReport:
    """The projects of a region, the longest resting first.

    Rates and counts are of all projects in the region, park and chain asked for, before the filters by stage and by
    being stuck; ``kept`` counts those behind them. ``stage_unknown`` counts those that are in no rate.
    ``investment_cny`` sums what is known of ``investment_known`` projects that have not ended; what is a part of
    another project counts in that.
    """

    lang: Lang
    region: str
    region_name: str
    as_of: str
    chain: str | None
    park: str | None
    park_name: str | None
    stage: str | None
    stuck_only: bool
    stuck_after: int | None
    total: int
    kept: int
    stage_unknown: int
    stuck: int
    investment_cny: Amount | None
    investment_known: int
    rates: tuple[Rate, ...]
    projects: tuple[ProjectSeen, ...]
