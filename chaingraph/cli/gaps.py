"""chaingraph gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("gaps")
@click.option("--chain", metavar="CHAIN", help="产业链编号或名称（默认取数据包）。Chain id or name.")
@click.option("--all", "every", is_flag=True, help="全部产业链一页总览。All chains on one page.")
@region_option
@as_of_option
@click.option("--direction", metavar="SIDE", help="只看 upstream 上游或 downstream 下游。Only this side of the leader.")
@click.option("--move", metavar="MOVE", help="只看 strengthen 强链|fill 补链|extend 延链|build 建链。Only this move.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="各取前 N 行。Only the first N rows of each part.")
@click.option("--explain", metavar="LINK", help="逐项说明一个环节的数字从何而来。Explain one link's numbers.")
@asking
def command(
    ask: Ask,
    chain: str | None,
    every: bool,
    region: str | None,
    as_of: str | None,
    direction: str | None,
    move: str | None,
    top: int | None,
    explain: str | None,
) -> None:
    """缺口分析：链主缺什么、谁在附近。What is missing around the chain leaders."""
    if every:
        _refuse(chain=chain, explain=explain, direction=direction, move=move)
        from chaingraph.cli import overview_table
        from chaingraph.service.overview import overview

        ask.tell(overview, overview_table.table, region=region, as_of=as_of, top=top)
        return
    from chaingraph.cli import gap_table

    if explain is not None:
        from chaingraph.service import explain as service

        ask.tell(service.explain, gap_table.explanation, explain, chain, region=region, as_of=as_of)
        return
    from chaingraph.service.gaps import gaps

    ask.tell(gaps, gap_table.table, chain, region=region, as_of=as_of, direction=direction, move=move, top=top)


def _refuse(**options: str | None) -> None:
    """Refuses options that speak of one chain."""
    for name, value in options.items():
        if value is not None:
            from chaingraph.errors import Text, UsageError

            raise UsageError(Text(f"--all 不能与 --{name} 同用", f"--all and --{name} exclude each other"))
