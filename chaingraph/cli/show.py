"""chaingraph show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("show")
@click.argument("name")
@as_of_option
@asking
def command(
    ask: Ask,
    name: str,
    as_of: str | None,
) -> None:
    """NAME（编号、名称、简称或证券代码）的全部事实与来源。All facts of NAME with their sources."""
    from chaingraph.cli.fact_list import entity
    from chaingraph.service.show import show

    ask.tell(show, entity, name, as_of=as_of)
