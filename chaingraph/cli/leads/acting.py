"""What the commands that write to the ledger share."""

from __future__ import annotations

import click

user_option = click.option(
    "--user", metavar="NAME", help="以谁的名义记录（默认 CHAINGRAPH_USER，否则登录名）。Under whose name."
)
next_option = click.option("--next", "next_step", metavar="TEXT", help="下一步做什么。The next step.")
due_option = click.option("--due", metavar="DATE", help="下一步的日期，如 2026-11-30。The day of the next step.")
