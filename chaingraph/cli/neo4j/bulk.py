"""chaingraph neo4j bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking_for_a_folder
from chaingraph.errors import Text

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("bulk")
@user_option
@asking_for_a_folder
def command(ask: Ask, user: str | None) -> None:
    """写出 CSV 和 neo4j-admin 装载命令，大批量初次装载用。CSV files and the command that loads them."""
    from chaingraph.cli.server_table import bulk_table
    from chaingraph.service.server.pushing import write_bulk

    ask._replace(out=None, title=Text("写出", "Writing")).tell(write_bulk, bulk_table, ask.out, user=user)
