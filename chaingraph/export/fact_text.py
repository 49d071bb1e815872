"""How a fact is told in words: its object, its value, its date. Where it is said stands beside it, not here."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from chaingraph.model.numbers import basis_mark, money, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import Fact


def by_predicate(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """The facts in groups of one predicate each, in their order; each group in its order."""
    return [tuple(group) for _, group in groupby(facts, key=lambda fact: fact.predicate)]


def said(fact: Fact, lang: Lang) -> str:
    """What a fact says: its object, its value, its date."""
    return " · ".join(part for part in (fact.object_name, told(fact, lang)) if part)


def told(fact: Fact, lang: Lang) -> str:
    """What a fact says beside its object: its value, its date; an empty text where there is nothing."""
    parts = []
    if isinstance(fact.value, float | int):
        parts.append(_figure(fact, fact.value, lang) + basis_mark(fact.basis, None, lang))
    elif fact.value:
        parts.append(fact.value)
    if fact.date:
        by = ("不晚于 " if lang == "zh" else "no later than ") if fact.by else ""
        parts.append(f"{by}{fact.date}")
    return " · ".join(parts)


def _figure(fact: Fact, value: float, lang: Lang) -> str:
    """A number as people write it: money in 亿元, shares in per cent and of what, a target as at least."""
    if fact.unit in ("元", "CNY"):
        return money(value, lang)
    if fact.unit is None and fact.predicate in ("makes", "made_by"):
        share = f"{number(100 * value)}%"
        return f"占营收 {share}" if lang == "zh" else f"{share} of its revenue"
    if fact.unit is None and fact.predicate in ("owns", "owned_by"):
        return f"{number(100 * value)}%"
    least = "≥" if fact.predicate in ("target_of", "has_target") else ""
    return f"{least}{number(value)}" + (f" {fact.unit}" if fact.unit else "")
