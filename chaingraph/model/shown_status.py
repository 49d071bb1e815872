"""How the standing of a link is shown, in a row of a gap report and over its leads alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.lead_report import GapLeads


def status_of(row: GapRow | GapLeads) -> str:
    """How a link is shown to stand: "leader" of a leader's own, "no_data" where nobody has looked, else its status."""
    if row.direction == "leader":
        return "leader"
    return "no_data" if row.without_data else row.status
