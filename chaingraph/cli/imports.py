"""chaingraph imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("imports")
@click.argument("undo", type=click.Choice(["undo"]), required=False)
@click.argument("number", type=click.IntRange(min=1), required=False)
@user_option
@asking
def command(ask: Ask, undo: str | None, number: int | None, user: str | None) -> None:
    """列出各次导入；imports undo 编号 撤销一次。List the imports; `imports undo N` takes one back."""
    from chaingraph.cli.import_table import imports_table
    from chaingraph.service.imports.keeping import list_imports, undo_import

    if undo is None:
        ask.tell(list_imports, imports_table)
    elif number is None:
        raise click.UsageError("撤销哪一次？写 imports undo 编号 / which one? write: imports undo N")
    else:
        ask.tell(undo_import, imports_table, number, user=user)
