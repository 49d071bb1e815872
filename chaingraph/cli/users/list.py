"""chaingraph users list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("list")
@asking
def command(ask: Ask) -> None:
    """列出用户和权限。List the users and their roles."""
    from chaingraph.cli.account_table import users_table
    from chaingraph.service.accounts import list_users

    ask.tell(list_users, users_table)
