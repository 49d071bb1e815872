"""chaingraph import chainkg."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaingraph.cli.import_.refused import refused_option
from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("chainkg")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@refused_option
@user_option
@asking
def command(ask: Ask, folder: Path, refused: Path | None, user: str | None) -> None:
    """导入 ChainKnowledgeGraph 的 data 目录。Take its folder of listed companies and their products in."""
    from chaingraph.cli.import_table import taken_table
    from chaingraph.service.imports.taking import import_chainkg

    ask.tell(import_chainkg, taken_table, folder, refused=refused, user=user)
