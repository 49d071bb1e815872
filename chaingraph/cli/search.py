"""chaingraph search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.model.search_report import SearchReport


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="只找这类，可多次：firm、link、park……Only of this kind."
)
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="最多列出几个。Most hits to list."
)
@as_of_option
@asking
def command(
    ask: Ask,
    text: tuple[str, ...],
    kinds: tuple[str, ...],
    top: int,
    as_of: str | None,
) -> None:
    """按名称、别名、产品、拼音或首字母查找，容错。Find TEXT: Chinese, pinyin, initials or English; typos forgiven."""
    from chaingraph.service.search import search

    ask.tell(search, _table, " ".join(text), kinds=kinds, top=top, as_of=as_of)


def _table(report: SearchReport) -> str:
    from chaingraph.cli.terminal import columns
    from chaingraph.export.sheet import sheet

    if not report.hits:
        none = "没有找到" if report.lang == "zh" else "nothing found"
        return f"{none}：{report.text}\n" if report.lang == "zh" else f"{none}: {report.text}\n"
    heads, rows = sheet(report)
    lines = columns(heads, [[str(cell) for cell in row] for row in rows], (8, 24, 30, 24, 9), (False,) * 5)
    if report.found > len(report.hits):
        rest = report.found - len(report.hits)
        lines.append(f"另有 {rest} 个，用 --top 多列" if report.lang == "zh" else f"{rest} more: --top")
    return "\n".join(lines) + "\n"
