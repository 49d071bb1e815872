"""What an officer should know of what was just done to a lead: what is still missing, what is unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chaingraph.ledger.events import Event
    from chaingraph.ledger.state import LeadState
    from chaingraph.service.ledger.desk import Desk

_OF_A_PROJECT = {
    "park": (Text("园区", "park"), Text("--park 园区", "--park PARK")),
    "investment_cny": (Text("投资额", "investment"), Text("--investment-cny 12亿", "--investment-cny 1.2e9")),
    "area_mu": (Text("用地", "area"), Text("--area-mu 30", "--area-mu 30")),
}
"""What a signed project should have, and the option that adds it."""


def remarks(desk: Desk, before: LeadState | None, state: LeadState, done: Sequence[Event]) -> Iterator[str]:
    """The remarks on the events that brought a lead from ``before``, None where it is new, to ``state``."""
    if before is not None and before.approvals and not state.approvals:
        yield Text(
            "原来的县选、市备已作废，要重新审批", "the approvals given before are void: the lead needs them anew"
        ).in_(desk.lang)
    if any(event.kind == "approved" for event in done):
        yield from _one_approver(desk, state)
    if state.project is not None and any(event.kind == "closed" for event in done):
        yield from _incomplete(desk, state)
        yield from _elsewhere(desk, state)


def _one_approver(desk: Desk, state: LeadState) -> Iterator[str]:
    users = {given.user for given in state.approvals}
    if len(state.approvals) == 2 and len(users) == 1:
        (user,) = users
        yield Text(
            f"县选、市备为同一人（{user}）", f"{user} gave both approvals, that of the county and that of the city"
        ).in_(desk.lang)


def _incomplete(desk: Desk, state: LeadState) -> Iterator[str]:
    assert state.project is not None
    missing = [told for field, told in _OF_A_PROJECT.items() if state.project[field] is None]
    if missing:
        command = f"chaingraph leads stage {state.id} signed"
        yield Text(
            f"签约项目还缺{'、'.join(name.zh for name, _ in missing)}，"
            f"补充：{command} {' '.join(option.zh for _, option in missing)}",
            f"the project still lacks its {', '.join(name.en for name, _ in missing)}; "
            f"to add: {command} {' '.join(option.en for _, option in missing)}",
        ).in_(desk.lang)


def _elsewhere(desk: Desk, state: LeadState) -> Iterator[str]:
    """The park of the project lies outside the county that took the lead on."""
    assert state.project is not None
    park, names = state.project["park"], desk.store.names("region")
    if park is None or state.county not in names:
        return
    at = desk.region_of(park)
    if at not in desk.store.region(state.county).line:
        yield Text(
            f"承接县区是{names[state.county][0]}，园区在{names[at][0]}：项目记在{names[at][0]}",
            f"the county is {names[state.county][1]}, the park lies in {names[at][1]}: the project counts there",
        ).in_(desk.lang)
