"""chaingraph gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, data_options, emit, output_options
from chaingraph.config import settings

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.errors import Lang


@click.command("gaps")
@click.option("--chain", metavar="CHAIN", help="产业链编号或名称（默认取数据包）。Chain id or name.")
@click.option("--all", "every", is_flag=True, help="全部产业链一页总览。All chains on one page.")
@click.option("--region", metavar="REGION", help="地区代码或名称（默认取数据包）。Adcode or name of the region.")
@click.option("--as-of", metavar="DATE", help="按该日所知回答，如 2022-01-31（默认今天）。Answer as of that day.")
@click.option("--direction", metavar="SIDE", help="只看 upstream 上游或 downstream 下游。Only this side of the leader.")
@click.option("--move", metavar="MOVE", help="只看 strengthen 强链|fill 补链|extend 延链|build 建链。Only this move.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="各取前 N 行。Only the first N rows of each part.")
@click.option("--explain", metavar="LINK", help="逐项说明一个环节的数字从何而来。Explain one link's numbers.")
@output_options
@data_options
def command(
    chain: str | None,
    every: bool,
    region: str | None,
    as_of: str | None,
    direction: str | None,
    move: str | None,
    top: int | None,
    explain: str | None,
    format_: str,
    lang: Lang | None,
    out: Path | None,
    packs: tuple[str, ...],
    workspace: str | None,
) -> None:
    """缺口分析：链主缺什么、谁在附近。What is missing around the chain leaders."""
    where = settings(workspace, packs)
    if every:
        _refuse(chain=chain, explain=explain, direction=direction, move=move)
        from chaingraph.cli import overview_table
        from chaingraph.service.overview import overview

        with CompileBar(lang) as progress:
            all_chains = overview(where, region=region, as_of=as_of, top=top, lang=lang, progress=progress)
        emit(all_chains, format_, out, overview_table.table)
        return
    from chaingraph.cli import gap_table

    with CompileBar(lang) as progress:
        if explain is not None:
            from chaingraph.service import explain as service

            found = service.explain(where, explain, chain, region=region, as_of=as_of, lang=lang, progress=progress)
            emit(found, format_, out, gap_table.explanation)
            return
        from chaingraph.service.gaps import gaps

        report = gaps(
            where,
            chain,
            region=region,
            as_of=as_of,
            direction=direction,
            move=move,
            top=top,
            lang=lang,
            progress=progress,
        )
        emit(report, format_, out, gap_table.table)


def _refuse(**options: str | None) -> None:
    """Refuses options that speak of one chain."""
    for name, value in options.items():
        if value is not None:
            from chaingraph.errors import Text, UsageError

            raise UsageError(Text(f"--all 不能与 --{name} 同用", f"--all and --{name} exclude each other"))
