"""What a browser sends to work a lead: every field named, every text bounded, nothing else taken."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chaingraph.ledger.events import LONGEST
from chaingraph.model.words import LeadStage
from chaingraph.web.view import MOST_TEXT

Name = Annotated[str, Field(max_length=MOST_TEXT)]
Day = Annotated[str, Field(max_length=20, description="An ISO day, 2026-11-30; empty for none")]
Said = Annotated[str, Field(max_length=LONGEST)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Seen(_Body):
    """``version`` is that of the lead as the page showed it: 409 where the ledger has gone on since."""

    version: int | None = Field(None, ge=0, lt=2**53)


class Accept(_Body):
    """A candidate by its id or FIRM/LINK; ``despite`` is why, in spite of a veto or of leads alike."""

    lead: Annotated[str, Field(min_length=1, max_length=2 * MOST_TEXT)]
    county: Name | None = None
    owner: Name | None = None
    despite: Said | None = None
    region: Name | None = None
    chain: Name | None = None


class Assign(_Seen):
    """An empty text takes the owner or the county away."""

    owner: Name | None = None
    county: Name | None = None


class Stage(_Seen):
    """A stage with what it needs: a reason, a next step with its day, the project that was signed."""

    stage: LeadStage
    reason: Said | None = None
    next_step: Said | None = None
    due: Day | None = None
    park: Name | None = None
    investment_cny: Annotated[str, Field(max_length=40, description="12亿, 3000万 or 1.2e9")] | None = None
    area_mu: Annotated[str, Field(max_length=40)] | None = None
    date: Day | None = None


class Note(_Seen):
    """How the lead progresses, its next step, or both."""

    text: Said | None = None
    next_step: Said | None = None
    due: Day | None = None


class Signal(_Seen):
    """What was heard about the firm; of today where ``date`` is none."""

    said: Said
    date: Day | None = None


class Approve(_Seen):
    """The county selects, then the city files (县选市备)."""

    by: Literal["county", "city"]


class Drop(_Seen):
    """Off the list, for a reason."""

    reason: Said
