"""Weighs a candidate's components to points of 100: what is proven, and what it could be at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.words import weakest
from chaingraph.scoring import lead_rules
from chaingraph.scoring.engine import Part, weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chaingraph.model.words import Grade
    from chaingraph.scoring.lead_rules import LeadEvidence

LEAD_RULES: dict[str, Callable[[LeadEvidence], float | None]] = {
    "capability": lead_rules.capability,
    "relation": lead_rules.relation,
    "reach": lead_rules.reach,
    "momentum": lead_rules.momentum,
    "scale": lead_rules.scale,
    "proof": lead_rules.proof,
}


class Points(NamedTuple):
    """Points of 100: those proven, and those if all that is unknown spoke for the firm."""

    proven: float
    most: float
    parts: tuple[Part, ...]


def points(row: LeadEvidence, weights: Mapping[str, float]) -> Points:
    """The points of a candidate.

    Formula: 100 × Σ weight·value / Σ weight over all components; an unknown one adds nothing to the points proven and
    its whole weight to the most. So to learn something good of a firm never lowers it, as a mean of the known would.
    """
    values = {name: rule(row) for name, rule in LEAD_RULES.items()}
    whole = sum(weights[name] for name in values)
    parts = weighed(values, _grades(row), weights, whole)
    proven = sum(part.contribution for part in parts if part.contribution is not None)
    open_ = sum(part.weight for part in parts if part.value is None)
    return Points(min(100.0, proven), min(100.0, proven + 100 * open_ / whole), parts)


def _grades(row: LeadEvidence) -> dict[str, Grade | None]:
    return {
        "capability": row.making_grade,
        "relation": row.tie_grade,
        "reach": row.place_grade,
        "momentum": row.signal_grade,
        "scale": weakest(row.intensity_grade, row.bar_grade),
        "proof": min(row.publishers),
    }
