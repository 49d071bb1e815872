"""chaingraph leads drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("drop")
@click.argument("lead")
@click.option("--reason", required=True, metavar="TEXT", help="为什么剔除。Why.")
@user_option
@asking
def command(ask: Ask, lead: str, reason: str, user: str | None) -> None:
    """剔除，须写原因。Take a lead off the list, for a reason."""
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import drop_lead

    ask.tell(drop_lead, change_table, lead, reason, user=user)
