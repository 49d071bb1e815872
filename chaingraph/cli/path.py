"""chaingraph path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking
from chaingraph.cli.terminal import fit, wrap
from chaingraph.export.fact_text import said

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.errors import Lang
    from chaingraph.model.path_report import PathReport, Step

_TITLE = 40
"""Cells of a source's title; show prints it in full."""


@click.command("path")
@click.argument("start")
@click.argument("end")
@click.option(
    "--top", type=click.IntRange(min=1), default=5, show_default=True, help="最多列出几条。Most paths to list."
)
@as_of_option
@asking
def command(
    ask: Ask,
    start: str,
    end: str,
    top: int,
    as_of: str | None,
) -> None:
    """START 与 END 有什么关系，最短的在前。How two entities are related, the shortest first."""
    from chaingraph.service.path import path

    ask.tell(path, _text, start, end, top=top, as_of=as_of)


def _text(report: PathReport) -> str:
    zh = report.lang == "zh"
    ends = f"{report.start.name} → {report.end.name}"
    lines = wrap(f"{ends}（截至 {report.as_of}）" if zh else f"{ends} (as of {report.as_of})", "  ")
    if not report.paths:
        lines += ["", "六步之内没有已知的关系" if zh else "nothing known ties them within six steps"]
    for number, steps in enumerate(report.paths, 1):
        steps_told = f"{len(steps)} 步" if zh else f"{len(steps)} step{'s' if len(steps) > 1 else ''}"
        lines += ["", *wrap(f"{number}. {report.start.name}{'，' if zh else ', '}{steps_told}", "   ")]
        for step in steps:
            lines += _step(step, report.lang)
    return "\n".join(lines) + "\n"


def _step(step: Step, lang: Lang) -> list[str]:
    """One line a step: the closest tie, the entity it leads to, its best grade and source."""
    fact = step.facts[0]
    best = min(fact.citations, key=lambda item: item.grade)
    zh = lang == "zh"
    title = fit(best.title, _TITLE)
    source = f"{title}，{best.as_of}" if zh else f"{title}, {best.as_of}"
    labels = dict.fromkeys(other.label for other in step.facts if other.label != fact.label)
    others = "".join(f"{'；' if zh else '; '}{label}" for label in labels)
    return wrap(f"   — {fact.label} → {said(fact, lang)}{others}  [{best.grade}] {source}", "       ")
