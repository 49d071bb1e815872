"""chaingraph projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option, top_option
from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import counted, marked, money, percent
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.errors import Lang
    from chaingraph.model.project_report import ProjectSeen, ProjectsReport, Rate


@click.command("projects")
@region_option
@click.option("--park", metavar="PARK", help="只看这个园区（含其分园）。Only in this park or its parts.")
@click.option("--chain", metavar="CHAIN", help="只看这条链的环节。Only projects that make a link of this chain.")
@click.option("--stage", metavar="STAGE", help="只看 signed 签约|landed 履约|started 动工……Only in this stage.")
@click.option("--stuck", "stuck_only", is_flag=True, help="只看滞留的项目。Only projects stuck in their stage.")
@click.option(
    "--stuck-after", type=int, metavar="DAYS", help="滞留天数（默认按阶段取 scoring.yaml）。Days until stuck."
)
@top_option
@as_of_option
@asking
def command(
    ask: Ask,
    region: str | None,
    park: str | None,
    chain: str | None,
    stage: str | None,
    stuck_only: bool,
    stuck_after: int | None,
    top: int | None,
    as_of: str | None,
) -> None:
    """项目进度：四率与滞留项目。Projects: where each stands, the conversion rates, which are stuck."""
    from chaingraph.service.projects import projects

    ask.tell(
        projects,
        _table,
        region=region,
        park=park,
        chain=chain,
        stage=stage,
        stuck_only=stuck_only,
        stuck_after=stuck_after,
        top=top,
        as_of=as_of,
    )


_HEADS = {
    "zh": ("项目", "企业", "地点", "环节", "阶段", "自", "天数", "投资"),
    "en": ("project", "firm", "place", "link", "stage", "since", "days", "investment"),
}
_CAPS = {"zh": (24, 10, 12, 12, 6, 11, 7, 11), "en": (20, 10, 10, 10, 15, 11, 7, 10)}


def _table(report: ProjectsReport) -> str:
    zh = report.lang == "zh"
    lines = [
        f"{report.park_name or report.region_name} 项目 {report.total} 个 截至 {report.as_of}"
        if zh
        else f"{report.park_name or report.region_name}: {counted(report.total, 'project')} as of {report.as_of}",
        *wrap("  ".join(_rate(rate, report.lang) for rate in report.rates), "    "),
    ]
    invested = report.investment_cny
    told = "—" if invested is None else marked(money(invested.value, report.lang), invested.grade)
    lines += wrap(
        f"已知投资合计 {told}（{report.investment_known} 个项目）；滞留 {report.stuck} 个；"
        f"阶段待核实 {report.stage_unknown} 个，不计入四率"
        if zh
        else f"known investment {told} ({counted(report.investment_known, 'project')}); {report.stuck} stuck; "
        f"stage unverified: {report.stage_unknown}, in no rate",
        "    ",
    )
    if len(report.projects) < report.total:
        lines.append(_listed(report))
    if report.projects:
        rows = [_row(project, report.lang) for project in report.projects]
        lines += ["", *columns(_HEADS[report.lang], rows, _CAPS[report.lang], (False,) * 6 + (True, True))]
    lines += [
        "",
        *wrap(
            "注：! = 滞留超过限期；≤、≥ = 不晚于、至少；D = 含编者判断；率 = 已到该阶段或其后的项目 ÷ 阶段已知的项目；"
            "阶段据公开资料，没有消息不等于停工；详情：chaingraph show 项目"
            if zh
            else "! = stuck beyond its limit; ≤, ≥ = no later than, at least; D = rests on a curator's judgement; "
            "rate = projects in the stage or beyond / projects of known stage. Stages are those that documents tell: "
            "no news does not mean that work rests. Details: chaingraph show PROJECT",
            "   ",
        ),
    ]
    return "\n".join(lines) + "\n"


def _listed(report: ProjectsReport) -> str:
    """How many of the projects are listed, and by which filters."""
    zh = report.lang == "zh"
    filters = [word(report.stage, report.lang)] if report.stage else []
    filters += [("滞留" if zh else "stuck")] if report.stuck_only else []
    by = "、".join(filters) if zh else ", ".join(filters)
    shown, kept = len(report.projects), report.kept
    cut = "" if shown == kept else (f"，列出前 {shown} 个" if zh else f", the first {shown} listed")
    if zh:
        return f"其中{by} {kept} 个{cut}" if by else f"列出前 {shown} 个"
    return f"of these {kept} {by}{cut}" if by else f"the first {shown} listed"


def _rate(rate: Rate, lang: Lang) -> str:
    """A rate with its two counts: 动工率 82%（23/28）."""
    if rate.share is None:
        return f"{rate.name} —"
    counts = f"（{rate.reached}/{rate.signed}）" if lang == "zh" else f" ({rate.reached}/{rate.signed})"
    return f"{rate.name} {marked(percent(rate.share) + counts, rate.grade)}"


def _row(project: ProjectSeen, lang: Lang) -> tuple[str, ...]:
    unknown = word("unknown", lang)
    stage = project.stage
    days = ""
    if project.days is not None and stage is not None:
        days = f"{'!' if project.stuck else ''}{'≥' if stage.by else ''}{project.days}"
    invested = project.investment_cny
    return (
        project.name,
        project.firm_name or unknown,
        project.park_name or project.region_name,
        ("、" if lang == "zh" else ", ").join(project.link_names) or unknown,
        marked(stage.name, stage.grade) if stage else unknown,
        f"{'≤' if stage.by else ''}{stage.date}" if stage else "",
        days,
        marked(money(invested.value, lang), invested.grade) if invested else unknown,
    )
