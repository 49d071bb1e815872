"""chaingraph show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, data_options, emit, output_options
from chaingraph.config import settings

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.errors import Lang


@click.command("show")
@click.argument("name")
@click.option("--as-of", metavar="DATE", help="按该日所知回答（默认今天）。Answer as of that day.")
@output_options
@data_options
def command(
    name: str,
    as_of: str | None,
    format_: str,
    lang: Lang | None,
    out: Path | None,
    packs: tuple[str, ...],
    workspace: str | None,
) -> None:
    """NAME（编号、名称、简称或证券代码）的全部事实与来源。All facts of NAME with their sources."""
    from chaingraph.cli.fact_list import entity
    from chaingraph.service.show import show

    with CompileBar(lang) as progress:
        report = show(settings(workspace, packs), name, as_of=as_of, lang=lang, progress=progress)
    emit(report, format_, out, entity)
