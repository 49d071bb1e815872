"""chaingraph leads import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--partial", is_flag=True, help="有问题的行不写，其余照写。Write the rows that have no problem.")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。Only check, write nothing.")
@user_option
@asking
def command(ask: Ask, file: Path, partial: bool, dry_run: bool, user: str | None) -> None:
    """导入填好的清单：改动记入台账，全写或全不写。Take the edits of a workbook into the ledger, all or none."""
    from chaingraph.cli.week_table import imported
    from chaingraph.service.leads.importing import import_leads

    report = ask.tell(import_leads, imported, file, user=user, partial=partial, dry_run=dry_run)
    if report.problems and not report.events:
        sys.exit(2)
