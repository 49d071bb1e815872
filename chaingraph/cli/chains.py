"""chaingraph chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.model.chain_report import ChainsReport


@click.command("chains")
@as_of_option
@asking
def command(ask: Ask, as_of: str | None) -> None:
    """列出产业链。List the chains."""
    from chaingraph.service.chains import chains

    ask.tell(chains, _table, as_of=as_of)


_HEADS = {
    "zh": ("编号", "产业链", "环节", "上游", "中游", "下游", "上下游关系", "已量化", "链主"),
    "en": ("id", "chain", "links", "up", "mid", "down", "feeds", "quant.", "leaders"),
}


def _table(report: ChainsReport) -> str:
    from chaingraph.cli.terminal import columns
    from chaingraph.export.sheet import sheet

    _, rows = sheet(report)
    shown = [[str(cell) for cell in row] for row in rows]
    caps = (18, 20, 5, 4, 4, 4, 10, 6, 21)
    lines = columns(_HEADS[report.lang], shown, caps, (False, False, *(True,) * 6, False))
    return "\n".join([report.title, "", *lines]) + "\n"
