"""chaingraph check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.model.check_report import CheckReport


@click.command("check")
@click.argument("pack", required=False, metavar="[PACK]")
@asking
def command(
    ask: Ask,
    pack: str | None,
) -> None:
    """检查数据包，一次列出全部问题。Check PACK, laid over the default one; every problem in one run."""
    from chaingraph.service.check import check

    report = (ask.over(pack) if pack else ask).tell(check, _table)
    if report.problems:
        click.get_current_context().exit(2)


def _table(report: CheckReport) -> str:
    from chaingraph.model.numbers import counted
    from chaingraph.model.words import word

    zh = report.lang == "zh"
    if report.problems:
        mend = "改法：" if zh else "mend: "
        lines = [f"{p.file}:{p.line} {p.field}\n    {p.what}\n    {mend}{p.mend}" for p in report.problems]
        count = len(report.problems)
        lines.append(f"共 {count} 处问题" if zh else counted(count, "problem"))
        return "\n".join(lines) + "\n"
    from chaingraph.cli.terminal import wrap

    counts = " · ".join(f"{word(kind, report.lang)} {count}" for kind, count in report.counts.items())
    grades = " · ".join(f"{grade} {count}" for grade, count in report.grades.items())
    packs = " + ".join(report.packs)
    head = f"数据包 {packs}：没有问题" if zh else f"packs {packs}: no problems"
    tail = f"引证等级：{grades}" if zh else f"citations by grade: {grades}"
    return "\n".join([head, *wrap(counts, "    "), tail]) + "\n"
