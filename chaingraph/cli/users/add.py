"""chaingraph users add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking
from chaingraph.cli.users.typed import password_from, password_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("add")
@click.argument("name")
@click.option(
    "--role",
    metavar="ROLE",
    help="viewer、officer 或 admin（默认：第一个 admin，其后 officer）。The first is an admin, others officers.",
)
@password_option
@user_option
@asking
def command(ask: Ask, name: str, role: str | None, file: str | None, user: str | None) -> None:
    """加入用户：查看 viewer 只看，专员 officer 办线索，管理员 admin 管用户、作市级备案。

    Add a user: a viewer reads, an officer works the leads, an admin manages users and approves for the city.
    """
    from chaingraph.cli.account_table import users_table
    from chaingraph.service.accounts import add_user

    ask.tell(add_user, users_table, name, password_from(file), role, user=user)
