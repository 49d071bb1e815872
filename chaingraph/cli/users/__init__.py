"""chaingraph users: a group of commands, each in its module."""

from __future__ import annotations

import click

from chaingraph.cli import Lazy

_COMMANDS = {
    "add": "加入用户；第一个是管理员。Add a user; the first is an admin.",
    "list": "列出用户。List the users.",
    "password": "重设一个用户的密码。Give a user another password.",
    "role": "改变一个用户的权限。Give a user another role.",
    "remove": "移除用户。Remove a user.",
}


@click.group("users", cls=Lazy, package="chaingraph.cli.users", lazy=_COMMANDS)
def command() -> None:
    """图谱的用户：有了用户，人人都要登录，别的电脑也可以用。

    The users of the explorer: once there are any, everybody signs in, and other computers may be served.
    """
