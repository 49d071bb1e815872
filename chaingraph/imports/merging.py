"""Decisions on pairs of firms, replayed; and which id stands for firms that were found to be one. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import Text, UsageError
from chaingraph.imports.firm_ids import of_a_pack, rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.imports.records import Verdict

Pair = tuple[str, str]


class Decision(NamedTuple):
    """What was decided last of two firms, by whom and when; ``why`` in words where somebody gave them."""

    verdict: Verdict
    by: str
    at: str
    why: str | None


def pair(firm: str, other: str) -> Pair:
    """Two firms in one order."""
    return (firm, other) if firm < other else (other, firm)


def standing(log: Iterable[tuple[str, str, str, str, str, str | None]]) -> dict[Pair, Decision]:
    """The decisions that stand. Rows of the log in their order: kind, firm, other, user, time, why."""
    stand: dict[Pair, Decision] = {}
    for kind, firm, other, user, at, why in log:
        if kind == "reopened":
            stand.pop(pair(firm, other), None)
        else:
            stand[pair(firm, other)] = Decision("same" if kind == "same" else "different", user, at, why)
    return stand


def merges(stand: dict[Pair, Decision]) -> dict[str, str]:
    """Each id that another stands for, with that one.

    Of firms that are one, linked by however many decisions, a pack's id stands for all; else one by credit code, by
    listing code, the first. It does not depend on the order of the decisions, so taking one back frees what it held.
    """
    groups: dict[str, set[str]] = {}
    for (firm, other), decision in stand.items():
        if decision.verdict == "same":
            group = groups.get(firm, {firm}) | groups.get(other, {other})
            groups.update(dict.fromkeys(group, group))
    return {firm: kept for firm, group in groups.items() if firm != (kept := min(group, key=rank))}


def refuse_two_of_packs(stand: dict[Pair, Decision], firm: str, other: str) -> None:
    """Two firms of packs are not merged here.

    Raises
    ------
    UsageError
        If a merge of the two would make one firm of two that packs keep apart.
    """
    kept = merges(stand)
    ends = {kept.get(firm, firm), kept.get(other, other)}
    if len(ends) > 1 and all(of_a_pack(end) for end in ends):
        one, two = sorted(ends)
        raise UsageError(
            Text(
                f"{one} 与 {two} 都是数据包中的企业：请在数据包里把两条并为一条，不在此合并",
                f"{one} and {two} are both firms of packs: make one record of them in the pack, not a merge here",
            )
        )
