"""chaingraph viz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, as_of_option, asking_for_a_page, deliver, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("viz")
@click.option("--chain", metavar="CHAIN", help="产业链代码或名称（默认取数据包）。Id or name of the chain.")
@region_option
@as_of_option
@asking_for_a_page
def command(ask: Ask, chain: str | None, region: str | None, as_of: str | None) -> None:
    """一条链的图谱与关系图，存为一个不联网的网页（HTML）。A chain's map and graph as one page."""
    from chaingraph.service.viz import viz

    with CompileBar(ask.lang) as progress:
        page = viz(ask.settings, chain, region=region, as_of=as_of, lang=ask.lang, progress=progress)
    deliver(page, ask.out)
