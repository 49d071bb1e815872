"""chaingraph import registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaingraph.cli.import_.refused import refused_option
from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("registry")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE..."
)
@click.option("--region", metavar="REGION", help="与 --complete 一起：这份名录查的是哪个地区。Of which region.")
@click.option("--complete", is_flag=True, help="名录含该地区全部企业，视为普查。A census: every firm of the region.")
@click.option(
    "--industry",
    "industries",
    multiple=True,
    metavar="CODE",
    help="普查只含这个行业（GB/T 4754，如 C36），可多次。A census of this industry only.",
)
@click.option("--publisher", metavar="NAME", help="名录由谁编制（默认从文件认）。Who compiled it.")
@click.option("--as-of", metavar="DATE", help="名录说的是哪一天（默认从文件认，否则今天）。The day it speaks of.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="YAML",
    help="对照表：认不出的表头各是什么。Names the columns that are not recognised.",
)
@refused_option
@user_option
@asking
def command(
    ask: Ask,
    files: tuple[Path, ...],
    region: str | None,
    complete: bool,
    industries: tuple[str, ...],
    publisher: str | None,
    as_of: str | None,
    mapping: Path | None,
    refused: Path | None,
    user: str | None,
) -> None:
    """导入企业名录（.xlsx、.csv；UTF-8 或 GBK）。Take firm directories in."""
    from chaingraph.cli.import_table import taken_table
    from chaingraph.service.imports.taking import import_registry

    ask.tell(
        import_registry,
        taken_table,
        files,
        region=region,
        complete=complete,
        industries=industries,
        publisher=publisher,
        as_of=as_of,
        mapping=mapping,
        refused=refused,
        user=user,
    )
