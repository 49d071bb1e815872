"""chaingraph neo4j schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("schema")
@asking
def command(ask: Ask) -> None:
    """建立缺少的约束和索引（装载 CSV 之后用）。Make what is missing, as after a bulk load."""
    from chaingraph.cli.server_table import schema_table
    from chaingraph.service.server.pushing import make_schema

    ask.tell(make_schema, schema_table)
