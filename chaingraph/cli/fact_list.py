"""Facts with their citations, laid out for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import wrap
from chaingraph.export.fact_text import said

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
