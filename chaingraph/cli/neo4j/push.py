"""chaingraph neo4j push."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking
from chaingraph.errors import Text

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("push")
@click.option("--anew", is_flag=True, help="全部重写（服务器被手工改动过时）。Write all of it, changed or not.")
@click.option(
    "--take-over",
    is_flag=True,
    help="改由本工作区推送（原由另一个工作区推送时）。Push although another workspace did before.",
)
@user_option
@asking
def command(ask: Ask, anew: bool, take_over: bool, user: str | None) -> None:
    """推送：只写有变化的部分，断了可接着推。Push what differs; a broken push goes on where it stopped."""
    from chaingraph.cli.server_table import pushed_table
    from chaingraph.service.server.pushing import push_graph

    ask._replace(title=Text("推送", "Pushing")).tell(
        push_graph, pushed_table, anew=anew, take_over=take_over, user=user
    )
