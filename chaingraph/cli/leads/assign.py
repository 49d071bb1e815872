"""chaingraph leads assign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("assign")
@click.argument("lead")
@click.option(
    "--owner", metavar="NAME", help="责任人；空文本为取消。The officer in charge; an empty text takes it away."
)
@click.option("--county", metavar="COUNTY", help="县区；空文本为取消。The county; an empty text takes it away.")
@user_option
@asking
def command(ask: Ask, lead: str, owner: str | None, county: str | None, user: str | None) -> None:
    """分派给责任人或县区。Give a lead to an officer, a county, or both."""
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import assign_lead

    ask.tell(assign_lead, change_table, lead, owner=owner, county=county, user=user)
