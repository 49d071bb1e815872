"""The components of a gap's priority: one pure function a rule. The docstring is the explanation that is printed."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from chaingraph.model.words import Grade


class LinkEvidence(NamedTuple):
    """What the rules look at, for one link. None is unknown.

    ``unmet_cny`` and ``largest_unmet_cny`` are CNY a year, ``near_capacity`` and ``need`` units a year. Each grade is
    the weakest of the rule's inputs.
    """

    unmet_cny: float | None
    unmet_grade: Grade | None
    largest_unmet_cny: float | None
    criticality: float | None
    criticality_grade: Grade | None
    locality: float | None
    locality_grade: Grade | None
    neighbours: int
    produced_neighbours: int
    adjacency_grade: Grade | None
    need: float | None
    need_grade: Grade | None
    near_firms: int
    near_firms_of_unknown_capacity: int
    near_capacity: float | None
    near_grade: Grade | None
    covered_firms: int


def pull(row: LinkEvidence) -> float | None:
    """Unmet value of the link, log-scaled against the largest of the chain.

    Formula: ln(1 + unmet) / ln(1 + largest unmet).  unmet = need × unit price × (1 − coverage), CNY a year; where the
    coverage is unknown the whole need counts, as the most that could be unmet.  Range 0 to 1.
    None if the need or the price is unknown.
    """
    if row.unmet_cny is None or row.largest_unmet_cny is None:
        return None
    return log1p(row.unmet_cny) / log1p(row.largest_unmet_cny) if row.largest_unmet_cny else 0.0


def criticality(row: LinkEvidence) -> float | None:
    """How far the product stops when the link fails: the pack's judgement.

    Range 0 to 1.  None if nobody has judged it.
    """
    return row.criticality


def locality(row: LinkEvidence) -> float | None:
    """How near the link wants to be to its customer (heavy, just-in-time, hazardous): the pack's judgement.

    Range 0 to 1.  None if nobody has judged it.
    """
    return row.locality


def adjacency(row: LinkEvidence) -> float | None:
    """Share of the link's neighbours in the chain that are produced in the region.

    Formula: |produced neighbours| / |neighbours|.  Range 0 to 1.
    None if the link has no neighbours: an unknown is never scored as zero.
    """
    if not row.neighbours:
        return None
    return row.produced_neighbours / row.neighbours


def scarcity(row: LinkEvidence) -> float | None:
    """How little of the need the near ring can cover.

    Formula: 0 if at least ``covered_firms`` firms of unknown capacity make it there, else 1 − min(1, known near
    capacity / need).  Range 0 to 1.
    None where neither is known: few known firms do not prove that there are few.
    """
    if row.near_firms_of_unknown_capacity >= row.covered_firms:
        return 0.0
    if row.near_capacity is not None and row.need:
        return 1 - min(1.0, row.near_capacity / row.need)
    return None
