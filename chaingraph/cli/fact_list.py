"""Facts with their citations, laid out for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.reasons import basis_mark
from chaingraph.cli.terminal import wrap
from chaingraph.model.numbers import money, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import EntityReport, Fact


def entity(report: EntityReport) -> str:
    """An entity: its head, then its facts."""
    zh = report.lang == "zh"
    head = (
        f"{report.name}（{report.kind_name}，{report.id}）"
        if zh
        else f"{report.name} ({report.kind_name}, {report.id})"
    )
    until = f"截至 {report.as_of}" if zh else f"as of {report.as_of}"
    lines = [f"{head} {until}", ""]
    if not report.facts:
        lines.append("该日尚无已知事实" if zh else "nothing was known on that day")
    lines += fact_lines(report.facts, report.lang)
    return "\n".join(lines) + "\n"


def fact_lines(facts: Sequence[Fact], lang: Lang) -> list[str]:
    """One line a fact, then one line a citation: grade first, then where it is said."""
    zh = lang == "zh"
    lines = []
    for fact in facts:
        told = "：" if zh else ": "
        stale = (
            "" if fact.used else ("（另有更可靠或更新的事实）" if zh else " (a better or later fact stands beside it)")
        )
        lines += wrap(f"{fact.label}{told}{said(fact, lang)}{stale}", "    ")
        for item in fact.citations:
            place = (
                f"{item.title}，{item.publisher} {item.published}：{item.locator}"
                if zh
                else (f"{item.title}, {item.publisher} {item.published}: {item.locator}")
            )
            as_of = (
                "" if item.as_of == item.published else (f"（截至 {item.as_of}）" if zh else f" (as of {item.as_of})")
            )
            note = f"。注：{item.note}" if item.note and zh else (f". Note: {item.note}" if item.note else "")
            lines += wrap(f"    [{item.grade}] {place}{as_of}{note}", "        ")
            if item.url:
                lines.append(f"        {item.url}")
    return lines


def _figure(fact: Fact, lang: Lang) -> str:
    """A number as people write it: money in 亿元, shares in per cent, a target as at least."""
    value = float(fact.value or 0)
    if fact.unit in ("元", "CNY"):
        return money(value, lang)
    if fact.predicate in ("owns", "owned_by", "makes", "made_by") and fact.unit is None:
        return f"{number(100 * value)}%"
    least = "≥" if fact.predicate in ("target_of", "has_target") else ""
    return f"{least}{number(value)}" + (f" {fact.unit}" if fact.unit else "")


def said(fact: Fact, lang: Lang) -> str:
    """What a fact says: its object, its value, its date."""
    zh = lang == "zh"
    parts = []
    if fact.object_name:
        parts.append(fact.object_name)
    if isinstance(fact.value, float | int):
        parts.append(_figure(fact, lang) + basis_mark(fact.basis, None, lang))
    elif fact.value:
        parts.append(fact.value)
    if fact.date:
        by = ("不晚于 " if zh else "no later than ") if fact.by else ""
        parts.append(f"{by}{fact.date}")
    return " · ".join(parts)
