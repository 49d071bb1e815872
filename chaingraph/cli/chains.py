"""chaingraph chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.model.chain_report import ChainsReport


@click.command("chains")
@asking
def command(ask: Ask) -> None:
    """列出产业链。List the chains."""
    from chaingraph.service.chains import chains

    ask.tell(chains, _table)


def _table(report: ChainsReport) -> str:
    from chaingraph.cli.terminal import columns
    from chaingraph.export.sheet import sheet

    heads, rows = sheet(report)
    shown = [[str(cell) for cell in row] for row in rows]
    caps = (14, 24, 6, 8, 9, 10, 10, 10, 24)
    lines = columns(heads, shown, caps, (False, False, *(True,) * 6, False))
    return "\n".join([report.title, "", *lines]) + "\n"
