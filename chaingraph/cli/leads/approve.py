"""chaingraph leads approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("approve")
@click.argument("lead")
@click.option("--by", required=True, metavar="county|city", help="county 县选，city 市备。County, then city.")
@user_option
@asking
def command(ask: Ask, lead: str, by: str, user: str | None) -> None:
    """县选市备。The county selects, then the city files."""
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import approve_lead

    ask.tell(approve_lead, change_table, lead, by, user=user)
