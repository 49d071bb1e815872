"""chaingraph leads explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("explain")
@click.argument("lead")
@click.option("--chain", metavar="CHAIN", help="环节属多条链时按哪条评。The chain to rate it in.")
@region_option
@as_of_option
@asking
def command(ask: Ask, lead: str, chain: str | None, region: str | None, as_of: str | None) -> None:
    """LEAD（线索编号，或 企业/环节）的全部依据。All that a lead rests on, with sources."""
    from chaingraph.cli.lead_table import explanation
    from chaingraph.service.leads.explain import explain_lead

    ask.tell(explain_lead, explanation, lead, chain=chain, region=region, as_of=as_of)
