"""chaingraph leads note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import due_option, next_option, user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("note")
@click.argument("lead")
@click.argument("text", required=False)
@next_option
@due_option
@user_option
@asking
def command(ask: Ask, lead: str, text: str | None, next_step: str | None, due: str | None, user: str | None) -> None:
    """记进展与下一步。Write down the progress and the next step."""
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import note_lead

    ask.tell(note_lead, change_table, lead, text, next_step=next_step, due=due, user=user)
