"""The command line: parses, calls the service, prints. Imports click alone; a command's module when it runs."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from chaingraph import __version__

_COMMANDS = {
    "gaps": "缺口分析：链主缺什么、谁在附近。What is missing around the chain leaders.",
    "chains": "列出产业链。List the chains.",
    "show": "一个对象的全部事实与来源。An entity with all its facts and sources.",
    "projects": "项目进度：四率与滞留。Projects: conversion rates, which are stuck.",
    "parks": "园区：主攻、用地、门槛、亩均。Parks: targets, land, bars, yield per mu.",
    "targets": "目标与完成情况。Targets beside what was reached.",
    "search": "查找：中文、拼音、首字母，容错。Find by name, pinyin, initials; typos forgiven.",
    "path": "两个对象有什么关系。How two entities are related.",
    "leads": "线索：建议、台账、每周清单。Leads: suggestions, the ledger, the weekly list.",
    "brief": "一企一策：一页可打印的企业简报。A one-page brief about a target firm.",
    "serve": "在浏览器里打开图谱。The explorer in the browser.",
    "users": "图谱的用户和权限。Who may use the explorer, in which role.",
    "audit": "操作记录：谁从哪里做了什么。Who did what in the explorer, from where.",
    "viz": "图谱与关系图，存为一个不联网的网页。A chain's map and graph as one file.",
    "import": "导入企业名录、上市公司。Bring firms in: registries, listed companies.",
    "imports": "各次导入，可撤销。The imports; any can be undone.",
    "review": "疑似同一企业，逐对确认。Firms that may be one, decided pair by pair.",
    "neo4j": "Neo4j 服务器：推送、状态、初次装载。A Neo4j server: push, status, first load.",
    "check": "检查数据包。Check a pack: every problem with file, line and mend.",
}


class Lazy(click.Group):
    """Knows its commands by name and help; imports a command's module out of ``package`` when it is called.

    A command lives in the module of its name, with an underscore behind it where Python keeps the word for itself.
    """

    def __init__(self, *args: Any, package: str, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = package
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._lazy:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"{self._package}.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lazy.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self._lazy:
            from difflib import get_close_matches

            close = get_close_matches(args[0], list(self._lazy), 1)
            hint = f" 是否想用 / did you mean “{close[0]}”？" if close else f" 可用 / known: {', '.join(self._lazy)}"
            ctx.fail(f"没有命令 / no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Lazy,
    package="chaingraph.cli",
    lazy=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="chaingraph")
def cli() -> None:
    """chaingraph 产业链图谱：链主缺什么、谁能补、落在哪。

    What a chain leader lacks, who could fill it, and where.
    """


def main() -> None:
    """Runs the command line; an error of ours becomes one message and its exit code."""
    from chaingraph.errors import ChaingraphError

    # numpy's BLAS starts a thread a core on import, which costs a quarter of a whole gaps; nothing here uses it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A command is short: the collector would run a dozen times over what is freed with the process.
    gc.set_threshold(500_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="chaingraph")
    except ChaingraphError as error:
        from chaingraph.cli.options import asked_language

        lang = asked_language(sys.argv)
        click.echo(("错误：" if lang == "zh" else "error: ") + error.text.in_(lang), err=True)
        sys.exit(error.exit_code)
