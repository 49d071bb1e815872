"""chaingraph leads list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, top_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("list")
@click.option("--region", metavar="REGION", help="只看此地区及其下的（默认全部）。Only this region's and below.")
@click.option("--stage", metavar="STAGE", help="只看 new 线索|assessing 研判|talking 在谈……Only in this stage.")
@click.option("--owner", metavar="NAME", help="只看此人负责的。Only this officer's.")
@click.option("--county", metavar="COUNTY", help="只看此县区的。Only this county's.")
@click.option("--chain", metavar="CHAIN", help="只看环节属此产业链的。Only those whose link is of this chain.")
@click.option("--overdue", "overdue_only", is_flag=True, help="只看逾期的。Only those overdue.")
@click.option("--all", "all_", is_flag=True, help="连同已销号的。Closed leads too.")
@top_option
@as_of_option
@asking
def command(
    ask: Ask,
    region: str | None,
    stage: str | None,
    owner: str | None,
    county: str | None,
    chain: str | None,
    overdue_only: bool,
    all_: bool,
    top: int | None,
    as_of: str | None,
) -> None:
    """台账：各线索到哪一步、谁负责、逾期没有。The ledger: where each lead stands, whose it is, what is overdue."""
    from chaingraph.cli.ledger_table import board_table
    from chaingraph.service.ledger.board import list_leads

    ask.tell(
        list_leads,
        board_table,
        region=region,
        stage=stage,
        owner=owner,
        county=county,
        chain=chain,
        overdue_only=overdue_only,
        all=all_,
        top=top,
        as_of=as_of,
    )
