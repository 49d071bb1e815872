"""chaingraph leads stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import due_option, next_option, user_option
from chaingraph.cli.options import asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask


@click.command("stage")
@click.argument("lead")
@click.argument("stage")
@click.option("--reason", metavar="TEXT", help="原因：退回、搁置、流失、剔除、重启时必填。Why; needed but to advance.")
@next_option
@due_option
@click.option("--park", metavar="PARK", help="签约：落在哪个园区。On signing: the park.")
@click.option(
    "--investment-cny", metavar="CNY", help="签约：投资额（元），如 12亿、3000万、1.2e9。On signing: the investment."
)
@click.option("--area-mu", metavar="MU", help="签约：用地（亩）。On signing: the land.")
@click.option("--date", metavar="DATE", help="签约日期（默认今天）。The day of signing.")
@user_option
@asking
def command(
    ask: Ask,
    lead: str,
    stage: str,
    reason: str | None,
    next_step: str | None,
    due: str | None,
    park: str | None,
    investment_cny: str | None,
    area_mu: str | None,
    date: str | None,
    user: str | None,
) -> None:
    """改阶段：new 线索→assessing 研判→talking 在谈→signing 拟签约→signed 签约；parked 搁置、lost 流失、dropped 剔除。

    已签约的再写一次 signed，补充或更正项目；毁约改为 lost 并写原因。

    Bring a lead to a stage, a step at a time: no next step, no advance. Again to signed: completes or corrects the
    project of one that is signed.
    """
    from chaingraph.cli.ledger_table import change_table
    from chaingraph.service.ledger.actions import stage_lead

    ask.tell(
        stage_lead,
        change_table,
        lead,
        stage,
        reason=reason,
        next_step=next_step,
        due=due,
        park=park,
        investment_cny=investment_cny,
        area_mu=area_mu,
        date=date,
        user=user,
    )
