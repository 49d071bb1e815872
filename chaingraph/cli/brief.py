"""chaingraph brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, as_of_option, asking_for_a_page, deliver, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("brief")
@click.argument("lead")
@click.option("--chain", metavar="CHAIN", help="产业链代码或名称。Id or name of the chain.")
@region_option
@as_of_option
@asking_for_a_page
def command(ask: Ask, lead: str, chain: str | None, region: str | None, as_of: str | None) -> None:
    """LEAD（编号或 企业/环节）的一企一策，一页，可打印（HTML）。A page to print about LEAD (an id, or FIRM/LINK)."""
    from chaingraph.service.brief import brief

    with CompileBar(ask.lang) as progress:
        page = brief(ask.settings, lead, chain=chain, region=region, as_of=as_of, lang=ask.lang, progress=progress)
    deliver(page, ask.out)
