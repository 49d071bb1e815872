"""Writes the generated pages: docs/cli.md from the commands, docs/schema/ from the report models (`make docs`)."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import TypeAdapter

from chaingraph.cli import cli
from chaingraph.model.report import REPORTS

DOCS = Path(__file__).parent


def cli_page() -> str:
    """The command line reference: the help of every command, as the terminal prints it at 100 columns."""
    parent = click.Context(cli, info_name="chaingraph", terminal_width=100, **cli.context_settings)
    parts = [
        "# Command line reference\n",
        "Generated from the commands by `make docs`. 由 `make docs` 从命令生成。\n",
        f"```text\n{cli.get_help(parent)}\n```\n",
    ]
    for name in cli.list_commands(parent):
        command = cli.get_command(parent, name)
        assert command is not None
        with click.Context(command, info_name=name, parent=parent, **cli.context_settings) as context:
            parts.append(f"## chaingraph {name}\n\n```text\n{command.get_help(context)}\n```\n")
    parts.append(
        "Exit codes: 0 done · 1 an error inside chaingraph · 2 a wrong argument or data that cannot be read as it is "
        "(`check`: problems found) · 3 the workspace cannot be used.\n"
    )
    return "\n".join(parts)


def schemas() -> dict[str, str]:
    """The JSON Schema of each report, by file name."""
    return {
        f"{report.__name__}.json": json.dumps(TypeAdapter(report).json_schema(mode="serialization"), indent=2) + "\n"
        for report in REPORTS
    }


def pages() -> dict[Path, str]:
    """Every generated file and its text."""
    return {DOCS / "cli.md": cli_page(), **{DOCS / "schema" / name: text for name, text in schemas().items()}}


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
