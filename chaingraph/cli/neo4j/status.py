"""chaingraph neo4j status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("status")
@asking
def command(ask: Ask) -> None:
    """服务器的版本、数目，与本地是否一致。Versions, counts, and whether the server holds what is here."""
    from chaingraph.cli.server_table import status_table
    from chaingraph.service.server.status import server_status

    ask.tell(server_status, status_table)
