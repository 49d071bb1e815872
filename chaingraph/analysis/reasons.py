"""Says in one line why a link stands where it does, and what each component of its priority rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.supply import IN_PRODUCTION, planned_projects, producing
from chaingraph.model.numbers import counted, dated_basis, marked, money, number
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import ClaimSeen, LocalProject, SeatedFirm, Supply
    from chaingraph.model.words import EvidenceLevel, Status
    from chaingraph.scoring.rules import LinkEvidence


def reason(
    status: Status,
    level: EvidenceLevel,
    supply: Supply,
    coverage: str | None,
    claims: Sequence[ClaimSeen],
    surveyed: str,
    seated: Sequence[SeatedFirm],
    seated_total: int,
    unit: str,
    lang: Lang,
) -> str:
    """The one-line reason of a row; ``coverage`` as it is written."""
    if status in ("covered", "thin"):
        said = _produced(supply, coverage, lang)
    elif status == "claimed" and claims:
        claim = claims[0]
        what = marked(f"“{claim.said}”" if lang == "zh" else f'"{claim.said}"', claim.grade)
        said = (
            f"{claim.as_of[:4]} 年来源称本地有{what}，未具名"
            if lang == "zh"
            else f"a {claim.as_of[:4]} source says {what} is made here, naming no firm"
        )
    elif status == "claimed":
        said = (
            f"{surveyed} 摸底称本地有，未登记项目"
            if lang == "zh"
            else f"survey of {surveyed} found it, no project on record"
        )
    elif status == "planned":
        said = _on_its_way(supply, unit, lang)
    elif level == "census":
        said = f"{surveyed} 摸底：本地没有" if lang == "zh" else f"survey of {surveyed}: none here"
    elif level == "press":
        ended = "原有项目已终止，未见其他" if lang == "zh" else "the known project has ended; no other is known"
        said = ended if supply.projects else ("没有项目记录" if lang == "zh" else "no project on record")
    else:
        said = "尚无资料，也未摸底：先查有没有" if lang == "zh" else "nobody has looked: survey it first"
    if status == "claimed" and planned_projects(supply):
        said += ("；" if lang == "zh" else "; ") + _on_its_way(supply, unit, lang)
    if seated and not producing(supply):
        names = ("、" if lang == "zh" else ", ").join(marked(firm.name, firm.grade) for firm in seated[:2])
        more = seated_total > len(seated[:2])
        if lang == "zh":
            said += f"；本地注册企业 {names}{f' 等 {seated_total} 家' if more else ''} 做此环节，无项目记录"
        else:
            names += f" and {seated_total - len(seated[:2])} more" if more else ""
            said += f"; {names} {'are' if seated_total > 1 else 'is'} based here, no project on record"
    return said


def _produced(supply: Supply, coverage: str | None, lang: Lang) -> str:
    zh = lang == "zh"
    projects = [project for project in supply.projects if project.stage == IN_PRODUCTION]
    names = list(dict.fromkeys(marked(project.firm_name or project.name, project.grade) for project in projects))
    more = ("等" if zh else " …") if len(names) > 5 else ""
    shown = ("、" if zh else ", ").join(names[:5]) + more
    parts = [f"在产 {supply.firms} 家（{shown}）" if zh else f"{supply.firms} in production ({shown})"]
    if supply.value is None:
        parts.append("产能待核实" if zh else "capacity unverified")
    elif coverage is not None:
        parts.append(f"覆盖 {coverage}" if zh else f"covering {coverage}")
    if supply.basis != "stated":
        said = dated_basis(supply.basis, supply.basis_year, lang)
        parts.append(f"产能系 {said}" if zh else f"the capacity is {said}")
    if supply.firms == 1:
        parts.append("单一来源" if zh else "single source")
    return ("，" if zh else ", ").join(parts)


def _on_its_way(supply: Supply, unit: str, lang: Lang) -> str:
    """The first project on its way, how many more, and the capacity planned.

    That one produces is not known, which is not a no.
    """
    zh = lang == "zh"
    planned_here = planned_projects(supply)
    project: LocalProject = planned_here[0]
    more = len(planned_here) - 1
    stage = word(project.stage or "unknown", lang)
    by = ("不晚于 " if zh else "no later than ") if project.by else ""
    when = f" {by}{project.stage_date}" if project.stage_date else ""
    name = marked(project.name, project.grade)
    if more:
        name += f"（另有 {more} 个）" if zh else f" (and {more} more)"
    planned = "" if supply.planned is None else marked(f"{number(supply.planned)} {unit}", supply.planned_grade)
    if zh:
        return f"{name}：{stage}{when}，" + (f"规划 {planned}，" if planned else "") + "未见投产资料"
    return f"{name}: {stage}{when}, " + (f"{planned} planned, " if planned else "") + "no word of production"


def component_reason(name: str, row: LinkEvidence, lang: Lang) -> str:
    """What a component's value rests on, with its inputs."""
    unknown = word("unknown", lang)
    zh = lang == "zh"
    match name:
        case "pull":
            if row.unmet_cny is None:
                return "需求或单价待核实" if zh else "need or unit price to be verified"
            unmet, largest = money(row.unmet_cny, lang), money(row.largest_unmet_cny or 0, lang)
            return (
                f"未满足 {unmet}/年，链内最大 {largest}"
                if zh
                else f"unmet {unmet} a year, the chain's largest {largest}"
            )
        case "criticality" | "locality":
            value = getattr(row, name)
            judged = unknown if value is None else number(value)
            return f"编者判断 {judged}" if zh else f"the curators' judgement: {judged}"
        case "adjacency":
            part = f"{row.produced_neighbours}/{row.neighbours}"
            return f"相邻环节在产 {part}" if zh else f"neighbouring links produced here: {part}"
        case "scarcity" if row.near_firms_of_unknown_capacity < row.covered_firms and row.near_capacity and row.need:
            near, need = number(row.near_capacity), number(row.need)
            return f"近圈产能 {near}，需求 {need}" if zh else f"capacity near {near}, need {need}"
        case _:
            firms, silent = row.near_firms, row.near_firms_of_unknown_capacity
            if not firms:
                return "近圈无已知企业" if zh else "no maker known near"
            return (
                f"近圈已知 {firms} 家，{silent} 家产能{unknown}"
                if zh
                else f"{counted(firms, 'maker')} known near, {silent} of {unknown} capacity"
            )
