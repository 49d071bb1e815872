"""chaingraph neo4j: a group of commands, each in its module."""

from __future__ import annotations

import click

from chaingraph.cli import Lazy

_COMMANDS = {
    "push": "把数据包、导入和台账项目推送到服务器。Bring packs, imports and signed projects to the server.",
    "status": "服务器上有什么、与本地是否一致。What the server holds, and whether it is what is here.",
    "schema": "建立约束和索引。Make the constraints and indexes.",
    "bulk": "写出初次装载的 CSV。Write the CSV files of a first load.",
}


@click.group("neo4j", cls=Lazy, package="chaingraph.cli.neo4j", lazy=_COMMANDS)
def command() -> None:
    """Neo4j 服务器：--store 或 CHAINGRAPH_STORE 指明，用户和密码放在环境变量里。

    A Neo4j server, named by --store or CHAINGRAPH_STORE; user and password stand in the environment.
    """
