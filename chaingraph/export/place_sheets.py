"""The sheets of projects, parks and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, amount, heads, joined, short, yes
from chaingraph.model.target_report import years
from chaingraph.model.words import PROJECT_STAGES, word

if TYPE_CHECKING:
    from chaingraph.model.park_report import ParksReport
    from chaingraph.model.project_report import ProjectsReport
    from chaingraph.model.target_report import TargetsReport


_PARK_STAGES = (*PROJECT_STAGES, "unknown")


def projects(report: ProjectsReport) -> Sheet:
    """One row a project."""
    titles = heads(
        report.lang,
        ("项目", "project"),
        ("编号", "id"),
        ("企业", "firm"),
        ("地区", "region"),
        ("园区", "park"),
        ("环节", "links"),
        ("投资（元）", "investment (CNY)"),
        ("投资等级", "investment grade"),
        ("用地（亩）", "area (mu)"),
        ("用地等级", "area grade"),
        ("阶段", "stage"),
        ("阶段日期", "since"),
        ("日期为最晚", "date is the latest possible"),
        ("阶段等级", "stage grade"),
        ("已停留天数", "days in the stage"),
        ("限期天数", "limit in days"),
        ("滞留", "stuck"),
    )
    rows = tuple(
        (
            project.name,
            project.id,
            project.firm_name,
            project.region_name,
            project.park_name or "",
            joined(project.link_names, report.lang) or None,
            *amount(project.investment_cny),
            *amount(project.area_mu),
            project.stage.name if project.stage else None,
            project.stage.date if project.stage else None,
            yes(project.stage is not None and project.stage.by, report.lang),
            project.stage.grade if project.stage else None,
            "" if project.days is None else project.days,
            "" if project.limit_days is None else project.limit_days,
            yes(project.stuck, report.lang),
        )
        for project in report.projects
    )
    return Sheet(titles, rows)


def parks(report: ParksReport) -> Sheet:
    """One row a park."""
    titles = heads(
        report.lang,
        ("亩均排名", "rank by yield"),
        ("园区", "park"),
        ("编号", "id"),
        ("地区", "region"),
        ("属园区", "part of"),
        *(
            head
            for pair in (
                ("面积（亩）", "area (mu)"),
                ("熟地（亩）", "ready land (mu)"),
                ("亩均产出（元/亩）", "yield (CNY a mu)"),
                ("已达投资强度（元/亩）", "investment reached (CNY a mu)"),
                ("投资强度门槛（元/亩）", "investment bar (CNY a mu)"),
                ("亩均税收门槛（元/亩）", "tax bar (CNY a mu)"),
            )
            for head in (pair, ("等级", "grade"))
        ),
        ("主攻产业链", "targeted chains"),
        ("主攻环节", "targeted links"),
        *((f"{word(stage, 'zh')}项目", f"projects {word(stage, 'en')}") for stage in _PARK_STAGES),
    )
    rows = tuple(
        (
            park.rank or "",
            park.name,
            park.id,
            park.region_name,
            park.part_of_name or "",
            *(
                cell
                for figure in (
                    *(park.area_mu, park.ready_land_mu, park.yield_cny_per_mu, park.investment_cny_per_mu),
                    *(park.bar_investment_cny_per_mu, park.bar_tax_cny_per_mu),
                )
                for cell in amount(figure)
            ),
            joined(park.chain_names, report.lang),
            joined(park.link_names, report.lang),
            *(park.projects.get(stage, 0) for stage in _PARK_STAGES),
        )
        for park in report.parks
    )
    return Sheet(titles, rows)


def targets(report: TargetsReport) -> Sheet:
    """One row a target, then one an actual without a target."""
    titles = heads(
        report.lang,
        ("年份", "year"),
        ("名称", "name"),
        ("编号", "id"),
        ("地区", "region"),
        ("产业链", "chain"),
        ("园区", "park"),
        ("至少", "at least"),
        ("单位", "unit"),
        ("目标等级", "target grade"),
        ("实绩下限", "reached, at least"),
        ("实绩上限", "reached, at most"),
        ("实绩等级", "grade of what was reached"),
        ("本系统测算", "worked out here"),
        ("完成", "share"),
        ("状态", "state"),
    )
    rows = tuple(
        (
            target.year or "",
            target.name,
            target.id,
            target.region_name,
            target.chain_name or "",
            target.park_name or "",
            target.at_least,
            target.unit,
            target.grade,
            target.low,
            target.high,
            target.actual_grade,
            yes(target.measured, report.lang),
            short(target.share),
            word(target.state, report.lang),
        )
        for target in report.targets
    )
    others = tuple(
        (
            years(other),
            other.name,
            other.id,
            other.region_name,
            other.chain_name or "",
            other.park_name or "",
            "",
            other.unit,
            "",
            other.value,
            other.value,
            other.grade,
            "",
            "",
            word("actual", report.lang),
        )
        for other in report.others
    )
    return Sheet(titles, rows + others)
