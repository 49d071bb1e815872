"""chaingraph import: a group of commands, each in its module."""

from __future__ import annotations

import click

from chaingraph.cli import Lazy

_COMMANDS = {
    "registry": "企业名录：企查查、天眼查等导出的工作簿和 CSV。Firm directories: workbooks and CSV.",
    "chainkg": "ChainKnowledgeGraph：上市公司与产品。Listed companies and their products.",
}


@click.group("import", cls=Lazy, package="chaingraph.cli.import_", lazy=_COMMANDS)
def command() -> None:
    """导入企业：一次导入要么全部写入，要么什么都不写；可撤销（imports undo）。

    Bring firms in: an import is written whole or not at all, and can be undone.
    """
