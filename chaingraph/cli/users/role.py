"""chaingraph users role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("role")
@click.argument("name")
@click.argument("role")
@user_option
@asking
def command(ask: Ask, name: str, role: str, user: str | None) -> None:
    """改变权限：viewer、officer 或 admin；最后一个管理员不能改。

    Give a user another role: viewer, officer or admin. The last admin stays one.
    """
    from chaingraph.cli.account_table import users_table
    from chaingraph.service.accounts import set_role

    ask.tell(set_role, users_table, name, role, user=user)
