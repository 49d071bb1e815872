"""chaingraph review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask

_DECISIONS = ("same", "different", "reopen")
_MERGES = ("merge", "unmerge")


@click.command("review")
@click.argument("action", type=click.Choice([*_DECISIONS, *_MERGES]), required=False)
@click.argument("names", nargs=-1, metavar="[N | FIRM FIRM]")
@click.option("--all", "everything", is_flag=True, help="连同已决定的。Those decided too.")
@click.option("--why", metavar="TEXT", help="理由。Why.")
@user_option
@asking
def command(
    ask: Ask, action: str | None, names: tuple[str, ...], everything: bool, why: str | None, user: str | None
) -> None:
    """疑似同一企业，逐对确认：same 是同一家、different 不是、reopen 收回决定；merge、unmerge 直接合并、拆开两家。

    Firms that may be one. same, different, reopen: with the number of the pair; merge, unmerge: with two firms.
    """
    from chaingraph.cli.import_table import review_table
    from chaingraph.service.imports.keeping import decide_review, merge_firms, review

    if action is None:
        ask.tell(review, review_table, everything=everything)
    elif action in _DECISIONS:
        if len(names) != 1 or not names[0].isdigit():
            raise click.UsageError(f"写 review {action} 编号 / write: review {action} N")
        ask.tell(decide_review, review_table, int(names[0]), action, why=why, user=user)
    else:
        if len(names) != 2:
            raise click.UsageError(f"写 review {action} 企业 企业 / write: review {action} FIRM FIRM")
        ask.tell(merge_firms, review_table, *names, apart=action == "unmerge", why=why, user=user)
