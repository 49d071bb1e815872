"""chaingraph leads show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("show")
@click.argument("lead")
@as_of_option
@asking
def command(ask: Ask, lead: str, as_of: str | None) -> None:
    """一条线索的现状与经过。A lead of the ledger, and what happened to it."""
    from chaingraph.cli.ledger_table import lead_table
    from chaingraph.service.ledger.board import show_lead

    ask.tell(show_lead, lead_table, lead, as_of=as_of)
