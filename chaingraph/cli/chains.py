"""chaingraph chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, data_options, emit, output_options
from chaingraph.config import settings

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.errors import Lang
    from chaingraph.model.chain_report import ChainsReport


@click.command("chains")
@output_options
@data_options
def command(format_: str, lang: Lang | None, out: Path | None, packs: tuple[str, ...], workspace: str | None) -> None:
    """列出产业链。List the chains."""
    from chaingraph.service.chains import chains

    with CompileBar(lang) as progress:
        report = chains(settings(workspace, packs), lang=lang, progress=progress)
    emit(report, format_, out, _table)


def _table(report: ChainsReport) -> str:
    from chaingraph.cli.terminal import columns
    from chaingraph.export.sheet import sheet

    heads, rows = sheet(report)
    shown = [[str(cell) for cell in row] for row in rows]
    caps = (14, 24, 6, 8, 9, 10, 10, 10, 24)
    lines = columns(heads, shown, caps, (False, False, *(True,) * 6, False))
    return "\n".join([report.title, "", *lines]) + "\n"
