"""chaingraph leads suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("suggest")
@click.option("--chain", metavar="CHAIN", help="产业链编号或名称（默认取数据包）。Chain id or name.")
@click.option("--link", metavar="LINK", help="只看一个环节，是否缺口均可。Only this link, a gap or not.")
@click.option(
    "--ring",
    metavar="RING",
    default="nation",
    help="看到哪个圈层为止：near 近圈|bay_area 大湾区|province 全省|nation 全国（默认）。Up to this ring.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="每个缺口至多 N 条。Most leads a gap.",
)
@region_option
@as_of_option
@asking
def command(
    ask: Ask, chain: str | None, link: str | None, ring: str, top: int, region: str | None, as_of: str | None
) -> None:
    """每个缺口谁能补：候选、得分、引荐、园区。Which firms could fill each gap, and why."""
    from chaingraph.cli.lead_table import table
    from chaingraph.service.leads.suggest import suggest_leads

    ask.tell(suggest_leads, table, chain, link=link, ring=ring, top=top, region=region, as_of=as_of)
