"""chaingraph leads: a group of commands, each in its module."""

from __future__ import annotations

import click

from chaingraph.cli import Lazy

_COMMANDS = {
    "suggest": "建议：每个缺口谁能补。Which firms could fill each gap.",
    "explain": "一条线索的全部依据。All that a lead rests on.",
    "accept": "收入台账。Take a lead into the ledger.",
    "assign": "分派责任人或县区。Give a lead an owner or a county.",
    "stage": "变更阶段。Move a lead to another stage.",
    "note": "记进展与下一步。Note progress and the next step.",
    "signal": "记动向。Record a sign of expansion.",
    "approve": "县选或市备。The county selects, the city files.",
    "drop": "剔除。Drop a lead, with the reason.",
    "list": "台账：阶段、下一步、逾期。The ledger: stages, next steps, what is overdue.",
    "show": "一条线索在台账中的情况。A lead as the ledger holds it.",
    "history": "事件记录。The events of a lead, or of all.",
    "export": "导出每周清单。Write the weekly workbook.",
    "import": "导入填好的清单。Read a workbook that came back.",
}


@click.group("leads", cls=Lazy, package="chaingraph.cli.leads", lazy=_COMMANDS)
def command() -> None:
    """线索：从缺口到企业、园区、引荐人；台账；每周清单。

    Leads: from a gap to a firm, a park, an introducer; the ledger; the weekly list.
    """
