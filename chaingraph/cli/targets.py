"""chaingraph targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option, top_option
from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import counted, marked, money, number, percent
from chaingraph.model.target_report import years
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.errors import Lang
    from chaingraph.model.target_report import TargetProgress, TargetsReport


@click.command("targets")
@region_option
@click.option("--chain", metavar="CHAIN", help="只看这条链的目标。Only targets of this chain.")
@click.option("--year", type=int, metavar="YEAR", help="只看这一年。Only this year.")
@top_option
@as_of_option
@asking
def command(
    ask: Ask,
    region: str | None,
    chain: str | None,
    year: int | None,
    top: int | None,
    as_of: str | None,
) -> None:
    """目标与完成情况，按年。Targets, year by year, beside what was reached."""
    from chaingraph.service.targets import targets

    ask.tell(targets, _table, region=region, chain=chain, year=year, top=top, as_of=as_of)


_HEADS = {
    "zh": ("年份", "目标", "地区", "至少", "实绩", "完成", "状态"),
    "en": ("year", "target", "region", "at least", "reached", "share", "state"),
}
_CAPS = (5, 34, 9, 15, 15, 6, 10)
_OTHER_HEADS = {"zh": ("年份", "实绩", "地区", "数值"), "en": ("year", "reached", "region", "value")}


def _table(report: TargetsReport) -> str:
    zh = report.lang == "zh"
    states = "；" if zh else "; "
    counts = states.join(f"{word(state, report.lang)} {count}" for state, count in report.counts.items())
    total = sum(report.counts.values())
    lines = [
        f"{report.region_name} 目标 {total} 项 截至 {report.as_of}{'：' if counts else ''}{counts}"
        if zh
        else f"{report.region_name}: {counted(total, 'target')} as of {report.as_of}{': ' if counts else ''}{counts}"
    ]
    if report.targets:
        rows = [_row(target, report.lang) for target in report.targets]
        lines += ["", *columns(_HEADS[report.lang], rows, _CAPS, (False, False, False, True, True, True, False))]
    if report.others:
        title = "另有实绩，没有对应的年度目标" if zh else "also reported as reached, with no target of that year"
        rows = [
            (
                years(other),
                other.name,
                other.region_name,
                marked(_measured(other.value, other.unit, report.lang), other.grade),
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
    reached = "—"
    if target.low is not None and target.high is not None:
        reached = _measured(target.high, target.unit, lang)
        if target.low != target.high:
            reached = f"{number(target.low)}–{reached}"
        reached = marked(reached + ("†" if target.measured else ""), target.actual_grade)
    colon = "：" if lang == "zh" else ": "
    name = f"{target.chain_name}{colon}{target.name}" if target.chain_name else target.name
    return (
        str(target.year or "—"),
        name,
        target.region_name,
        marked(_measured(target.at_least, target.unit, lang), target.grade),
        reached,
        "—" if target.share is None else percent(target.share),
        word(target.state, lang),
    )


_MONEY = {"亿元": 1e8, "CNY 100m": 1e8, "万元": 1e4, "CNY 10k": 1e4}


def _measured(value: float, unit: str, lang: Lang) -> str:
    """A number in its unit; money in the unit that people use."""
    return money(value * _MONEY[unit], lang) if unit in _MONEY else f"{number(value)} {unit}"
