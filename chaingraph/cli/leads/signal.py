"""chaingraph leads signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("signal")
@click.argument("lead")
@click.argument("said")
@click.option("--date", metavar="DATE", help="动向的日期（默认今天）。The day it speaks of.")
@user_option
@asking
def command(ask: Ask, lead: str, said: str, date: str | None, user: str | None) -> None:
    """记下企业动向。Write down what was heard about the firm."""
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import signal_lead

    ask.tell(signal_lead, change_table, lead, said, date=date, user=user)
