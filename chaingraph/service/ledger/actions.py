"""What an officer does to a lead of the ledger: each action is one transaction, under the officer's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from chaingraph import config
from chaingraph.errors import Conflict, Text, UsageError
from chaingraph.ledger.acceptance import BY_OPTION
from chaingraph.ledger.rules import Edit, approval, edits, hearing
from chaingraph.model.ledger_report import ChangeReport
from chaingraph.model.words import LEAD_STAGES, word
from chaingraph.service.arguments import choice, day
from chaingraph.service.ledger.acceptance import candidate_of, take
from chaingraph.service.ledger.amounts import read_cny, read_mu
from chaingraph.service.ledger.desk import Desk, lead_of
from chaingraph.service.ledger.lead_seen import Telling
from chaingraph.service.ledger.remarks import remarks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.duplicates import Alike
    from chaingraph.ledger.events import Draft, Event
    from chaingraph.ledger.log import Writing
    from chaingraph.ledger.state import LeadState


class Acting(TypedDict, total=False):
    """Who acts, when, and how the answer is told: what every action takes beside its own.

    ``user`` is CHAINGRAPH_USER where None, else the login name; ``now`` the clock's time; ``lang`` the packs' own.
    ``version`` is that of the lead as the officer saw it: where the ledger has gone on since, nothing is written and
    Conflict is raised.
    """

    user: str | None
    now: dt.datetime | None
    version: int | None
    lang: Lang | None
    progress: Callable[[str, float], None] | None


_APPROVALS = {word(f"{by}_approval", "zh"): by for by in ("county", "city")}
"""Each of the two approvals by its Chinese name."""
_UNSEEN_TOLD = 3
"""Of what an officer has not seen, the latest so many events are told."""


def accept_lead(
    settings: Settings,
    lead: str,
    *,
    county: str | None = None,
    owner: str | None = None,
    despite: str | None = None,
    region: str | None = None,
    chain: str | None = None,
    reason_goes: Text = BY_OPTION,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Takes a candidate into the ledger.

    Parameters
    ----------
    lead
        Its id as ``leads suggest`` shows it, or FIRM/LINK.
    county
        The county that takes it on, by adcode or name.
    despite
        Why it is accepted in spite of a veto, or of leads of the same firm.
    chain
        The chain that it is accepted in, where its link is of several; the default chain if that is one of them.
    reason_goes
        Where ``despite`` is written, as a refusal tells.

    Raises
    ------
    NotFound
        For a lead, county, region or chain that is not known.
    UsageError
        If it is in the ledger already, or its link is not of ``chain``; without ``despite``, if a veto or leads alike
        speak against it.
    """
    user, now = config.user(acting.get("user")), acting.get("now")
    desk = Desk.opened(settings, acting.get("lang"), acting.get("progress"))
    candidate = candidate_of(desk, lead, day(now), region, chain)
    adcode = desk.county(county, candidate.region)
    with desk.ledger.writing(user, now) as writing:
        done, alike = take(
            desk, writing, candidate, county=adcode, owner=owner, despite=despite, reason_goes=reason_goes
        )
        return _report(desk, writing, candidate.id, done, alike=alike)


def assign_lead(
    settings: Settings,
    lead: str,
    *,
    owner: str | None = None,
    county: str | None = None,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Gives a lead to an owner, a county, or both; an empty text takes it away. Raises NotFound, UsageError."""
    if owner is None and county is None:
        raise UsageError(Text("分派给谁？请写责任人或县区", "assigned to whom? give an owner or a county"))
    return _changed(
        settings,
        lead,
        lambda desk, state, on: edits(state, Edit(owner=owner, county=desk.county(county, state.region)), on),
        acting,
    )


def stage_lead(
    settings: Settings,
    lead: str,
    stage: str,
    *,
    reason: str | None = None,
    next_step: str | None = None,
    due: str | dt.date | None = None,
    park: str | None = None,
    investment_cny: str | float | None = None,
    area_mu: str | float | None = None,
    date: str | dt.date | None = None,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Brings a lead to a stage; completes or corrects the project of one that is signed already.

    Parameters
    ----------
    stage
        By id or word: new, assessing, talking, signing, signed, parked, lost, dropped.
    reason
        Why; needed to go back, to park, to lose, to drop and to reopen. A signed lead can be lost, and nothing else.
    next_step, due
        The next step and its day: none, no advance.
    park, investment_cny, area_mu, date
        Of the project that a signed lead becomes, where they are known; ``date`` is today where None. An amount may be
        written 12亿 or 3000万; an empty text takes away what was told.

    Raises
    ------
    NotFound
        For an unknown lead or park.
    UsageError
        If a rule of the ledger forbids it.
    """
    wanted: Any = choice("stage", stage, LEAD_STAGES)
    told: dict[str, Any] = {}
    if investment_cny is not None:
        told["investment_cny"] = read_cny(investment_cny)
    if area_mu is not None:
        told["area_mu"] = read_mu(area_mu)
    if date is not None:
        told["date"] = day(date).isoformat()

    def drafted(desk: Desk, state: LeadState, on: dt.date) -> list[Draft]:
        project = told if park is None else {**told, "park": desk.park(park, state.region)}
        edit = Edit(stage=wanted, reason=reason, next_step=next_step, next_due=_due(due), project=project or None)
        return edits(state, edit, on)

    return _changed(settings, lead, drafted, acting)


def note_lead(
    settings: Settings,
    lead: str,
    text: str | None = None,
    *,
    next_step: str | None = None,
    due: str | dt.date | None = None,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Writes down how a lead progresses, its next step, or both. Raises NotFound, UsageError."""
    if text is None and next_step is None and due is None:
        raise UsageError(Text("记什么？请写进展或下一步", "note what? give a text or a next step"))
    edit = Edit(progress=text, next_step=next_step, next_due=_due(due))
    return _changed(settings, lead, lambda _, state, on: edits(state, edit, on), acting)


def signal_lead(
    settings: Settings,
    lead: str,
    said: str,
    *,
    date: str | dt.date | None = None,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Writes down what was heard about a lead's firm, of a day; today where None. Raises NotFound, UsageError."""
    of = None if date is None else day(date)
    return _changed(settings, lead, lambda _, state, on: hearing(state, said, of or on, on), acting)


def drop_lead(
    settings: Settings,
    lead: str,
    reason: str,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Takes a lead off the list for a reason. Raises NotFound, UsageError."""
    return stage_lead(settings, lead, "dropped", reason=reason, **acting)


def approve_lead(
    settings: Settings,
    lead: str,
    by: str,
    **acting: Unpack[Acting],
) -> ChangeReport:
    """Gives one of two approvals: the county selects, then the city files (县选市备). Raises NotFound, UsageError."""
    wanted = choice("by", _APPROVALS.get(by, by), ("county", "city")) or "county"
    return _changed(settings, lead, lambda _, state, __: approval(state, wanted), acting)


def _due(due: str | dt.date | None) -> str | None:
    """The day of a next step; an empty text empties it."""
    return "" if due == "" else None if due is None else day(due).isoformat()


def _changed(
    settings: Settings,
    lead: str,
    drafted: Callable[[Desk, LeadState, dt.date], Sequence[Draft]],
    acting: Acting,
) -> ChangeReport:
    """Writes what ``drafted`` makes of a lead as it stands, read and written in one transaction."""
    user, now = config.user(acting.get("user")), acting.get("now")
    desk = Desk.opened(settings, acting.get("lang"), acting.get("progress"))
    key = desk.key(lead)
    lead_of(lead, desk.ledger.state(key), desk.ledger)
    with desk.ledger.writing(user, now) as writing:
        state = lead_of(lead, writing.state(key), desk.ledger)
        _refuse_unseen(desk, writing, state, acting.get("version"))
        done = [writing.append(draft) for draft in drafted(desk, state, writing.now.date())]
        return _report(desk, writing, key, done, before=state)


def _refuse_unseen(desk: Desk, writing: Writing, state: LeadState, version: int | None) -> None:
    """Refuses a change by who has not seen the latest of the lead; the message tells what, by whom and when."""
    if version is None or state.version <= version:
        return
    unseen = [event for event in writing.events(state.id) if event.number > version][-_UNSEEN_TOLD:]

    def told(lang: Lang) -> str:
        seen = map(Telling(desk.store, lang, writing.now.date()).event, unseen)
        form = "{at} {user} {kind}（{said}）" if lang == "zh" else "{at} {user}, {kind} ({said})"
        return ("；" if lang == "zh" else "; ").join(
            form.format(at=each.at[:16].replace("T", " "), user=each.user, kind=each.kind_name, said=each.said)
            for each in seen
        )

    raise Conflict(
        Text(
            f"您打开之后，这条线索已有改动：{told('zh')}。什么都没有写入：请刷新，看过再办",
            f"the lead was changed after you opened it: {told('en')}. Nothing was written: reload it and look again",
        )
    )


def _report(
    desk: Desk,
    writing: Writing,
    lead: str,
    done: Sequence[Event],
    *,
    before: LeadState | None = None,
    alike: Sequence[Alike] = (),
) -> ChangeReport:
    state = writing.state(lead)
    assert state is not None
    telling = Telling(desk.store, desk.lang, writing.now.date())
    return ChangeReport(
        lang=desk.lang,
        lead=telling.lead(state),
        events=tuple(telling.event(event) for event in done),
        similar=tuple(telling.similar(other) for other in alike),
        notes=tuple(remarks(desk, before, state, done)),
    )
