"""``chaingraph audit``: who did what in the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import asking, top_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("audit")
@click.option("--user", metavar="NAME", help="只看一个用户。Of that user alone.")
@click.option("--since", metavar="DATE", help="从该日起，如 2026-11-01。From that day on.")
@top_option
@asking
def command(ask: Ask, user: str | None, since: str | None, top: int | None) -> None:
    """操作记录：登录、写入、被拒绝的请求，最近的在前。

    Who signed in, wrote or was refused, and from which address; the latest first, a thousand at most.
    """
    from chaingraph.cli.account_table import audit_table
    from chaingraph.service.signing_in import audit

    ask.tell(audit, audit_table, user=user, since=since, top=top)
