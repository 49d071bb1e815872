"""Deciding whether two firms are one, and taking it back. Every decision is added to a log with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.imports.merging import merges, pair, refuse_two_of_packs
from chaingraph.imports.review_rows import decisions, firms_of_review, insert_decision, is_there

if TYPE_CHECKING:
    import sqlite3

    from chaingraph.imports.merging import Pair
    from chaingraph.imports.records import Verdict

_WORDS = {"same": Text("同一企业", "the same firm"), "different": Text("两家企业", "two firms")}


def pair_of(connection: sqlite3.Connection, number: int) -> Pair:
    """The firms of a review.

    Raises
    ------
    NotFound
        If there is none of this number.
    """
    firms = firms_of_review(connection, number)
    if firms is None:
        raise NotFound.named(Text("待核对项", "review"), str(number), ())
    return firms


def decide(connection: sqlite3.Connection, firms: Pair, verdict: Verdict, user: str, now: str, why: str | None) -> None:
    """Decides whether two firms are one.

    Raises
    ------
    NotFound
        If one of them is neither stated by an import nor named by an id of a pack.
    UsageError
        If that is decided already, the two are one id, or a merge would join two firms of packs.
    """
    firm, other = firms
    stand = decisions(connection)
    before = stand.get(pair(firm, other))
    if before is not None:
        word = _WORDS[before.verdict]
        raise UsageError(
            Text(
                f"{firm} 与 {other} 已由{before.by}于 {before.at} 判为{word.zh}：要改，请先撤回该判断",
                f"{firm} and {other} were held to be {word.en} by {before.by} at {before.at}: "
                "take that back first to change it",
            )
        )
    if verdict == "same":
        for one in firms:
            if not is_there(connection, one):
                raise NotFound.named(Text("导入的企业", "imported firm"), one, ())
        kept = merges(stand)
        if kept.get(firm, firm) == kept.get(other, other):
            raise UsageError(
                Text(f"{firm} 与 {other} 已是同一企业：不必再合并", f"{firm} and {other} are one firm already")
            )
        refuse_two_of_packs(stand, firm, other)
    insert_decision(connection, verdict, now, user, shows=verdict == "same", firms=firms, why=why)


def reopen(connection: sqlite3.Connection, firms: Pair, user: str, now: str, why: str | None) -> None:
    """Takes a decision on two firms back.

    Raises
    ------
    UsageError
        If there is none.
    """
    firm, other = firms
    before = decisions(connection).get(pair(firm, other))
    if before is None:
        raise UsageError(
            Text(
                f"{firm} 与 {other} 之间没有可撤回的判断",
                f"there is no decision on {firm} and {other} to take back",
            )
        )
    insert_decision(connection, "reopened", now, user, shows=before.verdict == "same", firms=firms, why=why)
