"""chaingraph users remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("remove")
@click.argument("name")
@user_option
@asking
def command(ask: Ask, name: str, user: str | None) -> None:
    """移除用户；其名下的记录保留，最后一个管理员不能移除。

    Remove a user. What was done under the name stays; the last admin stays too.
    """
    from chaingraph.cli.account_table import users_table
    from chaingraph.service.accounts import remove_user

    ask.tell(remove_user, users_table, name, user=user)
