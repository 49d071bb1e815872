"""Leads made by hand: what the tests of the ledger begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chaingraph.ledger.events import Draft, Event
from chaingraph.ledger.rules import Edit, approval, edits
from chaingraph.ledger.state import LeadState, replay

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAD = "LAAAAAAAAAA"
START = date(2026, 11, 2)
PLAN = {"next_step": "拜访", "next_due": "2026-12-31"}


def created(lead: str = LEAD, **more: Any) -> Draft:
    """The draft of a lead's creation."""
    data = {
        "region": "441200",
        "firm": "celler",
        "firm_name": "电芯厂",
        "names": ["电芯厂", "电芯股份有限公司", "300000.SZ"],
        "link": "cell",
        "link_name": "电芯",
        "chain": "demo",
        "kind": "attract",
    }
    return Draft("created", lead, data | more)


class Story:
    """A lead's life: each step on a day, by the rules."""

    def __init__(self, lead: str = LEAD, on: date = START, **more: Any) -> None:
        self.lead, self.on = lead, on
        self.events: list[Event] = []
        self.write([created(lead, **more)])

    @property
    def state(self) -> LeadState:
        return replay(self.events)[self.lead]

    def write(self, drafts: Sequence[Draft]) -> list[str]:
        """Adds events of the day; tells their kinds."""
        at = datetime(self.on.year, self.on.month, self.on.day, 9).isoformat() + "+08:00"
        for draft in drafts:
            self.events.append(Event(len(self.events) + 1, at, "王某", draft.kind, draft.lead, draft.data))
        return [draft.kind for draft in drafts]

    def edit(self, **edit: Any) -> list[str]:
        """Edits the lead."""
        return self.write(edits(self.state, Edit(**edit), self.on))

    def approve(self, *by: str) -> Story:
        """Gives approvals."""
        for one in by:
            self.write(approval(self.state, one))
        return self

    def to(self, stage: str) -> Story:
        """Brings a new lead to a stage by the straight road."""
        for step in ("assessing", "talking", "signing", "signed"):
            if step == "signing":
                self.edit(county="441283")
                self.approve("county", "city")
            self.edit(stage=step, **({} if step == "signed" else PLAN))
            if step == stage:
                break
        return self

    def later(self, days: int) -> Story:
        """Lets days pass."""
        self.on += timedelta(days=days)
        return self
