"""Options that every command shares, and how a report leaves it."""

from __future__ import annotations

import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from chaingraph.config import MEMORY, Settings, language, settings
from chaingraph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.report import Report

R = TypeVar("R", bound="Report")

READING = Text("读取数据包", "Reading the packs")
FORMATS = ("table", "json", "csv", "md")


class Ask(NamedTuple):
    """What every command is asked beside its own options: of which data, in which language, in which form, to where."""

    settings: Settings
    lang: Lang | None
    format_: str
    out: Path | None
    title: Text = READING

    def over(self, pack: str) -> Ask:
        """The same with one more pack on top."""
        _, *given = self.settings.packs
        over = settings(self.settings.workspace, (*given, pack), store=MEMORY)
        return self._replace(settings=over._replace(store=self.settings.store))

    def tell(self, service: Callable[..., R], table: Callable[[R], str], *names: Any, **options: Any) -> R:
        """Calls a service method and prints or writes its report; ``table`` lays it out for a terminal."""
        with CompileBar(self.lang, self.title) as progress:
            report = service(self.settings, *names, lang=self.lang, progress=progress, **options)
        emit(report, self.format_, self.out, table)
        return report


store_option = click.option(
    "--store",
    metavar="URI",
    help="图谱所在：memory，或 neo4j://主机:7687/库名（默认 CHAINGRAPH_STORE，否则 memory）。Where the graph is kept.",
)
"""Which store a command reads."""


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """Adds --format, --lang, --out, --pack, --workspace and --store to a command, which gets them as one ``Ask``."""
    return _format_option(asking_for_a_page(function))


def asking_for_a_page(function: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that answers in one form only: no --format."""
    return _asked(function, _out_option)


def asking_to_serve(function: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that runs on and answers elsewhere: neither --format nor --out."""
    return _asked(function, lambda command: command)


def asking_for_a_folder(function: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that fills a folder, which ``Ask.out`` is, and prints what it did."""
    return _format_option(_asked(function, _folder_option))


def _asked(function: Callable[..., None], out_option: Callable[..., Any]) -> Callable[..., None]:
    @wraps(function)
    def command(
        lang: Lang | None,
        packs: tuple[str, ...],
        workspace: str | None,
        store: str | None,
        out: Path | None = None,
        format_: str = "table",
        **own: Any,
    ) -> None:
        function(Ask(settings(workspace, packs, store=store), lang, format_, out), **own)

    for option in (
        store_option,
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
        out_option,
        click.option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default=language,
            help="语言（默认 CHAINGRAPH_LANG，否则取数据包）。Language.",
        ),
    ):
        option(command)
    return command


_out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件（整写或不写）。Write to a file, whole or not at all.",
)
_folder_option = click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="写入新的或空的目录（整写或不写）。A new or empty folder, written whole or not at all.",
)
_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="输出格式；csv 供 Excel 打开。Output format; csv opens in Excel.",
)
region_option = click.option(
    "--region", metavar="REGION", help="地区代码或名称（默认取数据包）。Adcode or name of the region."
)
top_option = click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="只列前 N 行（默认全部）。Only the first N rows."
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="按该日所知回答，如 2022-01-31（默认今天）。Answer as of that day."
)
"""Options that several commands share."""


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
    # CSV and JSON are files in themselves: always UTF-8, whatever the console speaks.
    deliver(content, out, as_text=format_ not in ("csv", "json"))


def deliver(content: bytes, out: Path | None, as_text: bool = False) -> None:
    """Writes UTF-8 bytes to a file, or prints them: ``as_text`` in the console's own encoding.

    Raises
    ------
    UsageError
        If they cannot be written or printed.
    """
    if out is not None:
        from chaingraph.export.files import write_atomic

        write_atomic(out, content)
        return
    try:
        if as_text:
            sys.stdout.write(content.decode())
        else:
            sys.stdout.buffer.write(content)
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
    """A progress bar on stderr that appears only if something takes its time: packs to compile, a graph to push."""

    def __init__(self, lang: Lang | None, title: Text = READING) -> None:
        self._lang: Lang = lang or language() or "zh"
        self._title = title.in_(self._lang)
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> CompileBar:
        return self

    def __call__(self, label: str, share: float) -> None:
        if self._bar is None:
            self._bar = click.progressbar(
                length=100, label=self._title, file=sys.stderr, item_show_func=self._shown, show_eta=False
            )
            self._bar.__enter__()
        self._bar.update(int(100 * share) - self._done, label)
        self._done = int(100 * share)

    def _shown(self, label: str | None) -> str:
        """What is being done, as a word of the product."""
        from chaingraph.model.words import word

        return word(label or "", self._lang)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()
