"""chaingraph leads accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("accept")
@click.argument("lead")
@click.option("--county", metavar="COUNTY", help="由哪个县区承接。The county that takes it on.")
@click.option("--owner", metavar="NAME", help="责任人。The officer in charge.")
@click.option("--despite", metavar="REASON", help="有否决或重复仍要收的理由。Why, in spite of a veto or a duplicate.")
@region_option
@click.option("--chain", metavar="CHAIN", help="环节属多条链时按哪条链收。The chain, where its link is of several.")
@user_option
@asking
def command(
    ask: Ask,
    lead: str,
    county: str | None,
    owner: str | None,
    despite: str | None,
    region: str | None,
    chain: str | None,
    user: str | None,
) -> None:
    """入台账：候选进入台账；先查重复与首谈。LEAD 为编号或“企业/环节”。

    A candidate enters the ledger, by id or FIRM/LINK; duplicates and first contact are told before.
    """
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import accept_lead

    ask.tell(
        accept_lead,
        change_table,
        lead,
        county=county,
        owner=owner,
        despite=despite,
        region=region,
        chain=chain,
        user=user,
    )
