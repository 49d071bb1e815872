"""chaingraph users password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking
from chaingraph.cli.users.typed import password_from, password_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("password")
@click.argument("name")
@password_option
@user_option
@asking
def command(ask: Ask, name: str, file: str | None, user: str | None) -> None:
    """重设密码，该用户要重新登录。Give a user another password; who has to sign in anew."""
    from chaingraph.cli.account_table import users_table
    from chaingraph.service.accounts import set_password

    ask.tell(set_password, users_table, name, password_from(file), user=user)
