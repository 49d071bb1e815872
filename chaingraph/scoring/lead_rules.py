"""The components of a lead's points: one pure function a rule. The docstring is the explanation that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chaingraph.model.words import Grade


class LeadEvidence(NamedTuple):
    """What the rules look at, for one candidate. None is unknown.

    ``tie`` is "leader" for a tie to a local leader, "local" for one to another firm here; ``signal_days`` the age of
    the newest sign of expansion; ``intensity`` and ``bar`` CNY a mu; ``publishers`` the best grade of each independent
    source. ``rules`` are the pack's scales.
    """

    revenue_share: float | None
    confidence: float | None
    making_grade: Grade
    tie: str | None
    tie_grade: Grade | None
    distance_km: float | None
    place_grade: Grade
    signal_days: int | None
    signal_grade: Grade | None
    intensity: float | None
    intensity_grade: Grade | None
    bar: float | None
    bar_grade: Grade | None
    publishers: Sequence[Grade]
    rules: Mapping[str, float]


def capability(row: LeadEvidence) -> float | None:
    """How far the link is the firm's business: its share of the firm's revenue, else the confidence of a text match.

    Range 0 to 1.  None if neither is known: a source that names the product does not say how much of it is made.
    """
    return row.confidence if row.revenue_share is None else row.revenue_share


def relation(row: LeadEvidence) -> float | None:
    """Who here knows the firm: a supply or a share to a local leader, else to another firm here.

    Formula: 1 for a local leader, ``second_tie`` for another firm here.  Range 0 to 1.
    None if no tie is known: supplies are seldom published, so that none is known does not prove that there is none.
    """
    if row.tie is None:
        return None
    return 1.0 if row.tie == "leader" else row.rules["second_tie"]


def reach(row: LeadEvidence) -> float | None:
    """How near the firm's nearest plant in production, or its seat, is to the region.

    Formula: 2^(−distance / reach_half_km), straight km.  Range 0 to 1.
    None if it is known no more closely than by its province.
    """
    if row.distance_km is None:
        return None
    return float(2 ** (-row.distance_km / row.rules["reach_half_km"]))


def momentum(row: LeadEvidence) -> float | None:
    """How lately the firm showed that it expands: announced, signed, landed or started a plant.

    Formula: 2^(−age of the newest sign / momentum_half_days).  Range 0 to 1.
    None if no sign is known.
    """
    if row.signal_days is None:
        return None
    return float(2 ** (-row.signal_days / row.rules["momentum_half_days"]))


def scale(row: LeadEvidence) -> float | None:
    """Whether the firm can carry a park's admission bar: what it has invested in a mu before against the lowest bar.

    Formula: min(1, most invested a mu / lowest bar of the parks that target the link).  Range 0 to 1.
    None if no such park has set a bar, or the firm's investment or land is unknown.
    """
    if row.intensity is None or not row.bar:
        return None
    return min(1.0, row.intensity / row.bar)


def proof(row: LeadEvidence) -> float | None:
    """How sure it is that the firm makes the link: the chance that not all independent sources err.

    Formula: 1 − Π (1 − belief in the grade), over publishers, each with its best grade.  Range 0 to 1.
    Never None: without a source there is no candidate.
    """
    doubt = 1.0
    for grade in row.publishers:
        doubt *= 1 - row.rules[f"grade_{grade.lower()}"]
    return 1 - doubt
