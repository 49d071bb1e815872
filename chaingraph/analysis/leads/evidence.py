"""What the rules look at for a candidate: its features, its closest tie here, the bar it would have to carry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chaingraph.analysis.leads.vetoes import publishers
from chaingraph.model.words import RINGS
from chaingraph.scoring.lead_rules import LeadEvidence
from chaingraph.stores.lead_rows import SignalRow, newest_first

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from chaingraph.analysis.leads.vetoes import Book
    from chaingraph.model.words import LeadKind
    from chaingraph.stores.lead_rows import CandidateRow, TieRow
    from chaingraph.stores.rows import Judged

_PREDICATES = ("supplies", "owned_by", "owns", "supplied_by")
"""Ties of a firm, the one that opens most doors first."""

_NEAR = RINGS[: RINGS.index("bay_area") + 1]


def closest_tie(firm: str, ties: Iterable[TieRow], leaders: Sequence[str], here: Collection[str]) -> TieRow | None:
    """The best tie of a firm to a local leader, else to another firm here; None where none is known.

    A leader needs no introduction: its ties to its own suppliers tell nothing of it as a lead.
    """
    if firm in leaders:
        return None
    order = {leader: number for number, leader in enumerate(leaders)}
    return min(
        (tie for tie in ties if tie.to in order or tie.to in here),
        key=lambda tie: (
            tie.to not in order,
            tie.grade,
            order.get(tie.to, 0),
            _PREDICATES.index(tie.predicate),
            tie.to,
        ),
        default=None,
    )


def lead_evidence(
    row: CandidateRow,
    tie: TieRow | None,
    leaders: Collection[str],
    bar: Judged | None,
    rules: Mapping[str, float],
    on: date,
) -> LeadEvidence:
    """The evidence of a candidate on a day."""
    signal = row.signals[0] if row.signals else None
    return LeadEvidence(
        revenue_share=row.revenue_share,
        confidence=row.confidence,
        making_grade=row.citations[0].grade,
        tie=None if tie is None else "leader" if tie.to in leaders else "local",
        tie_grade=tie.grade if tie else None,
        distance_km=row.distance_km,
        place_grade=row.place_grade,
        signal_days=(on - date.fromisoformat(signal.date)).days if signal else None,
        signal_grade=signal.grade if signal else None,
        intensity=row.intensity.value if row.intensity else None,
        intensity_grade=row.intensity.grade if row.intensity else None,
        bar=bar.value if bar else None,
        bar_grade=bar.grade if bar else None,
        publishers=publishers(row.citations),
        rules=rules,
    )


def with_heard(signals: Sequence[SignalRow], book: Book) -> tuple[SignalRow, ...]:
    """The signs that a firm expands with those that officers heard of it, the newest first.

    What an officer heard is graded C: nobody else has written it down.
    """
    held = (*((book.own,) if book.own else ()), *book.others)
    heard = {SignalRow(item.date, item.said, item.said, None, "C") for state in held for item in state.signals}
    return newest_first((*signals, *heard))


def kind_of(row: CandidateRow) -> LeadKind:
    """Whether a firm would expand here, come over from the near rings, or be attracted from afar."""
    if row.here:
        return "expand"
    return "overflow" if row.ring in _NEAR else "attract"
