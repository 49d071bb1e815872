"""Leads in the ledger of an office, made by the service: what the tests of their pages begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chaingraph.service.ledger.actions import accept_lead, approve_lead, stage_lead

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


def signed(office: Settings, lead: str = SEPARATOR) -> LedgerLead:
    """A lead that is signed, by the straight road: from now on a project of the graph."""
    key = assessed(office, lead).id
    stage_lead(office, key, "talking", next_step="商务谈判", due=SOON, user="王强")
    for by in ("county", "city"):
        approve_lead(office, key, by=by, user="李敏")
    stage_lead(office, key, "signing", next_step="签约", due=SOON, user="王强")
    return stage_lead(office, key, "signed", investment_cny="12亿", user="王强").lead
