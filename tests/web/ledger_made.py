"""Leads in the ledger of an office, made by the service: what the tests of their pages begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chaingraph.service.ledger.actions import accept_lead, stage_lead

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.ledger_report import LedgerLead

SEPARATOR = "senior-material/separator"
PACK = "sunwoda/battery-pack"
SOON = (date.today() + timedelta(days=9)).isoformat()


def taken(office: Settings, lead: str = SEPARATOR, owner: str | None = "王强") -> LedgerLead:
    """A candidate taken into the ledger."""
    return accept_lead(office, lead, county="高要区", owner=owner, user="李敏").lead


def assessed(office: Settings, lead: str = SEPARATOR) -> LedgerLead:
    """A lead under assessment."""
    key = taken(office, lead).id
    return stage_lead(office, key, "assessing", next_step="约见投资部", due=SOON, user="王强").lead
