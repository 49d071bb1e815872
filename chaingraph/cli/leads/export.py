"""chaingraph leads export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaingraph.cli.leads.acting import user_option
from chaingraph.cli.options import FORMATS, Ask, region_option, store_option
from chaingraph.config import language, settings

if TYPE_CHECKING:
    from chaingraph.errors import Lang


@click.command("export")
@click.option("--week", metavar="WEEK", help="ISO 周次，如 2026-W47（默认本周）。An ISO week, by default this one.")
@click.option("--chain", metavar="CHAIN", help="只导出这条链（默认有链主的各链）。Only leads of this chain.")
@region_option
@click.option("--gaps", type=click.IntRange(min=1), help="每链前几个缺口（默认 5）。Gaps a chain, by default 5.")
@click.option("--top", type=click.IntRange(min=1), help="每缺口几家建议（默认 3）。Suggestions a gap, by default 3.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="写入目录（默认 工作区/exports/周次）。The folder to write to.",
)
@click.option("--revise", is_flag=True, help="已导出的周出新版。Make the next revision of a week exported before.")
@click.option("--revision", type=click.IntRange(min=1), help="重新写出已导出的旧版。Write an earlier revision again.")
@user_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="回执的格式。Output format.",
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=language,
    help="语言（默认 CHAINGRAPH_LANG，否则取数据包）。Language.",
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="DIR",
    help="叠加在默认数据包之上的数据包，可多次（默认 CHAINGRAPH_PACKS）。A pack laid over the default one.",
)
@click.option(
    "--workspace", metavar="DIR", help="工作区目录（默认 CHAINGRAPH_WORKSPACE，否则用户数据目录）。Workspace folder."
)
@store_option
def command(
    week: str | None,
    chain: str | None,
    region: str | None,
    gaps: int | None,
    top: int | None,
    out: Path | None,
    revise: bool,
    revision: int | None,
    user: str | None,
    format_: str,
    lang: Lang | None,
    packs: tuple[str, ...],
    workspace: str | None,
    store: str | None,
) -> None:
    """导出每周目标企业清单：工作簿、CSV、JSON。Write the list of a week: workbook, CSV, JSON."""
    from chaingraph.cli.week_table import exported
    from chaingraph.service.leads.export import export_leads

    # --out is a folder here, and the receipt goes to the screen.
    ask = Ask(settings(workspace, packs, store=store), lang, format_, None)
    asked = {"week": week, "chain": chain, "region": region, "gaps": gaps, "top": top}
    ask.tell(export_leads, exported, **asked, out=out, revise=revise, revision=revision, user=user)
