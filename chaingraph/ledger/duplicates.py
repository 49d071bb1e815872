"""Other leads of the same firm, whatever its name or link, and who talked to it first (首谈). Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import Text
from chaingraph.model.firm_names import plain_firm_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.ledger.state import LeadState


class Alike(NamedTuple):
    """Another lead of the firm, and how that is known; of one it says that it is the first contact (首谈)."""

    state: LeadState
    why: Text


def similar(
    lead: str,
    firm: str,
    names: Iterable[str],
    states: Iterable[LeadState],
    on: date,
    first_contact_days: float,
) -> list[Alike]:
    """Other leads that speak of the firm, the oldest first: those open, and those closed a short while ago.

    Parameters
    ----------
    lead, firm, names
        The lead that is asked about, its firm, and all names and codes of the firm.
    states
        All leads of the ledger.
    first_contact_days
        How long a closed lead is still told of, and a county that does not move keeps its first contact.
    """
    plain = {plain_firm_name(name): name for name in names}
    found = []
    for state in states:
        still = (on - date.fromisoformat(state.changed[:10])).days <= first_contact_days
        if state.id == lead or (state.closed and not still):
            continue
        why = _why(state, firm, plain)
        if why is not None:
            found.append((state, why, still and not state.closed and state.county is not None))
    found.sort(key=lambda item: (item[0].created, item[0].id))
    first = next((state.id for state, _, counts in found if counts), None)
    return [Alike(state, _first(why) if state.id == first else why) for state, why, _ in found]


def _why(state: LeadState, firm: str, plain: dict[str, str]) -> Text | None:
    if state.firm == firm:
        return Text("同一企业", "the same firm")
    for name in state.names:
        if plain_firm_name(name) in plain:
            mine = plain[plain_firm_name(name)]
            said = f"“{mine}”即“{name}”" if mine != name else f"同名“{name}”"
            same = f"{mine!r} is {name!r}" if mine != name else f"both are named {name!r}"
            return Text(f"{said}（{state.firm}）", f"{same} ({state.firm})")
    return None


def _first(why: Text) -> Text:
    return Text(f"{why.zh}；首谈", f"{why.en}; first contact")
