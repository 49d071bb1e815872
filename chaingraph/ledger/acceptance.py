"""A candidate enters the ledger: vetoes, duplicates and first contact (首谈) are told before, not after. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import Text, UsageError
from chaingraph.ledger.duplicates import similar
from chaingraph.ledger.events import Draft, written
from chaingraph.ledger.rules import OWNER
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chaingraph.ledger.duplicates import Alike
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.words import LeadKind


BY_OPTION = Text("--despite 理由", "--despite REASON")
BY_CELL = Text("本行“原因”列", "in the column “reason” of this row")
"""Where the reason of an acceptance is written: on the command line, in a workbook."""


class Candidate(NamedTuple):
    """What the ledger keeps of a candidate. ``names`` are all names and codes of the firm, ``vetoes`` in words.

    ``judged``: only a curator's judgement (D) says that the firm makes the link.
    """

    id: str
    region: str
    firm: str
    firm_name: str
    firm_name_en: str
    names: tuple[str, ...]
    link: str
    link_name: str
    link_name_en: str
    chain: str
    kind: LeadKind
    vetoes: tuple[str, ...] = ()
    judged: bool = False


class Acceptance(NamedTuple):
    """The drafts of an acceptance, and the leads alike that it was made in spite of."""

    drafts: tuple[Draft, ...]
    alike: tuple[Alike, ...]


def acceptance(
    candidate: Candidate,
    states: Mapping[str, LeadState],
    on: date,
    *,
    first_contact_days: float,
    regions: Mapping[str, tuple[str, str]],
    county: str | None = None,
    owner: str | None = None,
    despite: str | None = None,
    reason_goes: Text = BY_OPTION,
) -> Acceptance:
    """What the acceptance of a candidate writes.

    Parameters
    ----------
    states
        All leads of the ledger.
    regions
        Chinese and English names of regions by adcode.
    county
        Adcode of the county that takes it on.
    despite
        Why it is accepted in spite of a veto or of leads alike; kept with the event.
    reason_goes
        Where the officer writes that reason, as the refusal tells.

    Raises
    ------
    UsageError
        If the ledger holds the lead already, or a judgement alone speaks for it; and, without ``despite``, if a veto
        or leads alike speak against it.
    """
    if candidate.id in states:
        state = states[candidate.id]
        raise UsageError(
            Text(
                f"{candidate.id} 已在台账中"
                f"（{word(state.stage, 'zh')}，{state.created[:10]} 由 {state.created_by} 入台账）",
                f"{candidate.id} is already in the ledger "
                f"({word(state.stage, 'en')}, created on {state.created[:10]} by {state.created_by})",
            )
        )
    if candidate.judged:
        raise UsageError(
            Text(
                f"“{candidate.firm_name}”做“{candidate.link_name}”只有编者判断（D），不能入台账：请先在数据包里补一条来源",
                f"only a curator's judgement (D) says that {candidate.firm_name_en} makes {candidate.link_name_en}: "
                "that is no lead, first add a source to the pack",
            )
        )
    alike = similar(candidate.id, candidate.firm, candidate.names, states.values(), on, first_contact_days)
    against = [Text(veto, veto) for veto in candidate.vetoes] + [told(other, regions) for other in alike]
    if against and despite is None:
        raise UsageError(
            Text(
                f"“{candidate.firm_name}”（{candidate.link_name}）暂不能入台账：\n"
                + "\n".join(f"  {item.zh}" for item in against)
                + f"\n核实后仍要入台账，请写明理由：{reason_goes.zh}",
                f"{candidate.firm_name_en} ({candidate.link_name_en}) is not accepted:\n"
                + "\n".join(f"  {item.en}" for item in against)
                + f"\nto accept it nevertheless, say why: {reason_goes.en}",
            )
        )
    data = {field: value for field, value in candidate._asdict().items() if field not in ("id", "vetoes", "judged")}
    if county is not None:
        data["county"] = county
    if against and despite is not None:
        data["despite"] = written(despite, Text("理由", "reason"))
    drafts = [Draft("created", candidate.id, data)]
    if owner is not None:
        drafts.append(Draft("assigned", candidate.id, {"owner": written(owner, OWNER)}))
    return Acceptance(tuple(drafts), tuple(alike))


def told(other: Alike, regions: Mapping[str, tuple[str, str]]) -> Text:
    """Another lead of the firm in a line: which, where, how far, whose, since when, and how it is known."""
    state = other.state
    names = (state.county, state.county) if state.county is None else regions.get(state.county, (state.county,) * 2)
    county = Text(names[0] or "县区待定", names[1] or "no county yet")
    owner = Text(state.owner or "责任人待定", state.owner or "no owner yet")
    return Text(
        f"{state.id} {state.firm_name} {state.link_name}：{county.zh}，{word(state.stage, 'zh')}，{owner.zh}，"
        f"{state.since} 起（{other.why.zh}）",
        f"{state.id} {state.firm_name_en}, {state.link_name_en}: {county.en}, {word(state.stage, 'en')}, {owner.en}, "
        f"since {state.since} ({other.why.en})",
    )
