"""chaingraph targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, data_options, emit, output_options
from chaingraph.config import settings

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.errors import Lang
    from chaingraph.model.target_report import TargetProgress, TargetsReport


@click.command("targets")
@click.option("--region", metavar="REGION", help="地区代码或名称（默认取数据包）。Adcode or name of the region.")
@click.option("--chain", metavar="CHAIN", help="只看这条链的目标。Only targets of this chain.")
@click.option("--year", type=int, metavar="YEAR", help="只看这一年。Only this year.")
@click.option("--as-of", metavar="DATE", help="按该日所知回答（默认今天）。Answer as of that day.")
@output_options
@data_options
def command(
    region: str | None,
    chain: str | None,
    year: int | None,
    as_of: str | None,
    format_: str,
    lang: Lang | None,
    out: Path | None,
    packs: tuple[str, ...],
    workspace: str | None,
) -> None:
    """目标与完成情况，按年。Targets, year by year, beside what was reached."""
    from chaingraph.service.targets import targets

    with CompileBar(lang) as progress:
        report = targets(
            settings(workspace, packs),
            region=region,
            chain=chain,
            year=year,
            as_of=as_of,
            lang=lang,
            progress=progress,
        )
    emit(report, format_, out, _table)


_HEADS = {
    "zh": ("年份", "目标", "地区", "至少", "实绩", "完成", "状态"),
    "en": ("year", "target", "region", "at least", "reached", "share", "state"),
}
_CAPS = (5, 34, 9, 15, 15, 6, 10)
_OTHER_HEADS = {"zh": ("年份", "实绩", "地区", "数值"), "en": ("year", "reached", "region", "value")}


def _table(report: TargetsReport) -> str:
    from chaingraph.cli.terminal import columns, wrap
    from chaingraph.model.numbers import marked, number
    from chaingraph.model.words import word

    zh = report.lang == "zh"
    states = "；" if zh else "; "
    counts = states.join(f"{word(state, report.lang)} {count}" for state, count in report.counts.items())
    lines = [
        f"{report.region_name} 目标 {len(report.targets)} 项 截至 {report.as_of}：{counts}"
        if zh
        else f"{report.region_name}: {len(report.targets)} targets as of {report.as_of}: {counts}"
    ]
    if report.targets:
        rows = [_row(target, report.lang) for target in report.targets]
        lines += ["", *columns(_HEADS[report.lang], rows, _CAPS, (False, False, False, True, True, True, False))]
    if report.others:
        title = "另有实绩，没有对应的年度目标" if zh else "also reported as reached, with no target of that year"
        rows = [
            (
                f"{other.since}–{other.year}" if other.since else str(other.year),
                other.name,
                other.region_name,
                marked(f"{number(other.value)} {other.unit}", other.grade),
            )
            for other in report.others
        ]
        lines += ["", title, *columns(_OTHER_HEADS[report.lang], rows, (9, 56, 9, 20), (False, False, False, True))]
    lines += [
        "",
        *wrap(
            "注：† = 本系统测算，非公布数；D = 含编者判断；— = 待核实；目标不是实绩。"
            "出处：chaingraph show 名称（编号见 --format csv）"
            if zh
            else "† = worked out here, not published; D = rests on a curator's judgement; — = unverified; a target is "
            "no achievement. Sources: chaingraph show NAME (ids: --format csv)",
            "   ",
        ),
    ]
    return "\n".join(lines) + "\n"


def _row(target: TargetProgress, lang: Lang) -> tuple[str, ...]:
    from chaingraph.model.numbers import marked, number, percent
    from chaingraph.model.words import word

    reached = "—"
    if target.low is not None and target.high is not None:
        span = number(target.low) if target.low == target.high else f"{number(target.low)}–{number(target.high)}"
        reached = marked(f"{span} {target.unit}{'†' if target.measured else ''}", target.actual_grade)
    colon = "：" if lang == "zh" else ": "
    name = f"{target.chain_name}{colon}{target.name}" if target.chain_name else target.name
    return (
        str(target.year or "—"),
        name,
        target.region_name,
        marked(f"{number(target.at_least)} {target.unit}", target.grade),
        reached,
        "—" if target.share is None else percent(target.share),
        word(target.state, lang),
    )
