"""Options that every command shares, and how a report leaves it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chaingraph.config import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.report import Report

F = TypeVar("F", bound="Callable[..., Any]")

FORMATS = ("table", "json", "csv", "md")


def output_options(function: F) -> F:
    """--format, --lang and --out."""
    for option in (
        click.option(
            "--out",
            type=click.Path(path_type=Path, dir_okay=False),
            help="写入文件（整写或不写）。Write to a file, whole or not at all.",
        ),
        click.option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default=language,
            help="语言（默认 CHAINGRAPH_LANG，否则取数据包）。Language.",
        ),
        click.option(
            "--format",
            "format_",
            type=click.Choice(FORMATS),
            default="table",
            show_default=True,
            help="输出格式；csv 供 Excel 打开。Output format; csv opens in Excel.",
        ),
    ):
        function = option(function)
    return function


def data_options(function: F) -> F:
    """--pack and --workspace."""
    for option in (
        click.option(
            "--workspace",
            metavar="DIR",
            help="工作区目录（默认 CHAINGRAPH_WORKSPACE，否则用户数据目录）。Workspace folder.",
        ),
        click.option(
            "--pack",
            "packs",
            multiple=True,
            metavar="DIR",
            help="叠加在默认数据包之上的数据包，可多次（默认 CHAINGRAPH_PACKS）。A pack laid over the default one.",
        ),
    ):
        function = option(function)
    return function


def asked_language(arguments: Sequence[str]) -> Lang:
    """The language of an error message: what --lang asks for, else the default."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in ("zh", "en"):
            return "en" if value == "en" else "zh"
    return language() or "zh"


def emit(report: Report, format_: str, out: Path | None, table: Callable[[Any], str]) -> None:
    """Prints a report, or writes it to ``out``.

    Parameters
    ----------
    table
        Lays the report out for a terminal.
    """
    content = _rendered(report, format_, table)
    if out is not None:
        from chaingraph.export.files import write_atomic

        write_atomic(out, content)
        return
    try:
        if format_ in ("csv", "json"):
            # Files in themselves: always UTF-8, whatever the console speaks.
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content.decode())
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, AttributeError, ValueError) as error:
        from chaingraph.errors import Text, UsageError

        raise UsageError(Text(f"无法输出：{error}", f"cannot print: {error}")) from error


def _rendered(report: Report, format_: str, table: Callable[[Any], str]) -> bytes:
    if format_ == "table":
        return table(report).encode()
    from chaingraph.export import text

    if format_ == "json":
        return text.render_json(report)
    return text.render_csv(report) if format_ == "csv" else text.render_markdown(report)


class CompileBar:
    """A progress bar on stderr that appears only if something has to be compiled."""

    def __init__(self, lang: Lang | None) -> None:
        self._lang = lang or language()
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> CompileBar:
        return self

    def __call__(self, label: str, share: float) -> None:
        if self._bar is None:
            title = "Reading the packs" if self._lang == "en" else "读取数据包"
            self._bar = click.progressbar(length=100, label=title, file=sys.stderr, item_show_func=str, show_eta=False)
            self._bar.__enter__()
        self._bar.update(int(100 * share) - self._done, label)
        self._done = int(100 * share)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()
