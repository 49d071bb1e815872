"""chaingraph leads history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("history")
@click.argument("lead", required=False)
@as_of_option
@asking
def command(ask: Ask, lead: str | None, as_of: str | None) -> None:
    """台账流水：一条线索的或全部的。The events of a lead, or of the whole ledger."""
    from chaingraph.cli.ledger_table import history_table
    from chaingraph.service.ledger.board import lead_history

    ask.tell(lead_history, history_table, lead, as_of=as_of)
