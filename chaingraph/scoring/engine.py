"""Weighs the components to a priority from 0 to 100. A component that is None takes no part in the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.words import weakest
from chaingraph.scoring import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chaingraph.model.words import Grade
    from chaingraph.scoring.rules import LinkEvidence

RULES: dict[str, Callable[[LinkEvidence], float | None]] = {
    "pull": rules.pull,
    "scarcity": rules.scarcity,
    "criticality": rules.criticality,
    "locality": rules.locality,
    "adjacency": rules.adjacency,
}


class Part(NamedTuple):
    """A component: its value from 0 to 1, its weight, and the points it adds to the priority."""

    name: str
    value: float | None
    weight: float
    contribution: float | None
    grade: Grade | None


class Priority(NamedTuple):
    """The priority from 0 to 100, None if no component is known; ``completeness`` is the share of weight known."""

    score: float | None
    completeness: float
    grade: Grade | None
    parts: tuple[Part, ...]


def priority(row: LinkEvidence, weights: Mapping[str, float]) -> Priority:
    """The weighted mean of the known components, with each one's contribution.

    Formula: 100 × Σ weight·value / Σ weight over the components that are known; None where these weigh nothing.
    """
    values = {name: rule(row) for name, rule in RULES.items()}
    known = sum(weights[name] for name, value in values.items() if value is not None)
    parts = weighed(values, _grades(row), weights, known)
    contributions = [part.contribution for part in parts if part.contribution is not None]
    return Priority(
        min(100.0, sum(contributions)) if contributions else None,
        known / sum(weights[name] for name in values),
        weakest(*(part.grade for part in parts)),
        parts,
    )


def weighed(
    values: Mapping[str, float | None], grades: Mapping[str, Grade | None], weights: Mapping[str, float], whole: float
) -> tuple[Part, ...]:
    """Each component with the points of 100 that it adds, of a ``whole`` of weights."""
    return tuple(
        Part(
            name,
            value,
            weights[name],
            None if value is None or not whole else 100 * weights[name] * value / whole,
            None if value is None else grades[name],
        )
        for name, value in values.items()
    )


def _grades(row: LinkEvidence) -> dict[str, Grade | None]:
    return {
        "pull": row.unmet_grade,
        "scarcity": weakest(row.need_grade, row.near_grade),
        "criticality": row.criticality_grade,
        "locality": row.locality_grade,
        "adjacency": row.adjacency_grade,
    }
