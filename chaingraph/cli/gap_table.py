"""The gap report and its explanation, laid out for a terminal of 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import basis_mark, counted, marked, money, number, percent
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import GapExplanation
    from chaingraph.model.gap_report import (
        GapReport,
        GapRow,
        LeaderSeen,
        LocalProject,
        NeedTerm,
        SourcingRate,
        Supply,
        TargetSeen,
    )

_NO_DATA_SHOWN = 10
_HALF = 0.5
_HEADS = {
    "zh": ("#", "环节", "方向", "动作", "状态", "年需求", "本地供给", "覆盖率", "最近供给", "优先级"),
    "en": ("#", "link", "side", "move", "status", "need a year", "local", "cover", "nearest", "prio"),
}
_CAPS = {"zh": (3, 16, 4, 4, 6, 20, 15, 6, 14, 7), "en": (2, 15, 4, 10, 9, 16, 11, 5, 14, 5)}
_RIGHT = (True, False, False, False, False, True, True, True, False, True)


def table(report: GapReport) -> str:
    """The whole report."""
    zh = report.lang == "zh"
    lines = [*_head(report), ""]
    title = f"缺口 {report.totals.gaps} 个" if zh else counted(report.totals.gaps, "gap")
    shown = len(report.gaps)
    lines.append(title + (_cut(shown, report.totals.gaps, zh) if shown < report.totals.gaps else ""))
    lines += _rows(report.gaps, report.lang, reasons=True)
    lines += ["", *_no_data(report), *_covered(report)]
    lines += ["", *(line for rate in report.sourcing for line in _rate(rate, report)), *_completeness(report)]
    if report.unknown:
        lines += wrap(("待核实：" if zh else "Unverified: ") + ("；" if zh else "; ").join(report.unknown), "    ")
    lines += wrap(
        "注：D = 含编者判断（证据等级 D），用前请核实；≥ = 至少；~ = 依据至多一半；* = 目标或规划，非实绩；"
        "— = 无法计算；距离为直线公里。逐项说明：--explain 环节"
        if zh
        else "D = rests on a curator's judgement (grade D), verify before use; ≥ = at least; ~ = at most half is "
        "known; * = a target or a plan; — = cannot be worked out; km in a straight line. Details: --explain LINK",
        "   ",
    )
    return "\n".join(lines) + "\n"


def _completeness(report: GapReport) -> list[str]:
    """The structural completeness; where no input can be priced, it stands for the sourcing rate."""
    zh = report.lang == "zh"
    if report.complete_low is None or report.complete_high is None:
        return []
    ends = list(dict.fromkeys((percent(report.complete_low), percent(report.complete_high))))
    span = "–".join(ends)
    blind = all(rate.low is None for rate in report.sourcing)
    if zh:
        rest = "；链主的投入无法计价，缺口按结构排序" if blind else ""
        return wrap(f"结构完整度 {span}：在地环节 ÷ 全部环节，无数据的下限算没有、上限算有{rest}", "    ")
    rest = "; no input of a leader can be priced, so gaps are ranked by structure" if blind else ""
    told = "links produced here / links; those without data count as missing, then as there"
    return wrap(f"Structural completeness {span}: {told}{rest}", "    ")


def _cut(shown: int, total: int, zh: bool) -> str:
    return f"（列出 {shown} 个）" if zh else f" ({shown} shown)" if total else ""


def _head(report: GapReport) -> list[str]:
    zh = report.lang == "zh"
    first = (
        f"{report.chain_name}（{report.chain}） {report.region_name} 截至 {report.as_of}"
        if zh
        else f"{report.chain_name} ({report.chain}), {report.region_name}, as of {report.as_of}"
    )
    own = {row.link: row for row in report.leader_links}
    leaders = [_leader(leader, own[leader.link], report.lang) for leader in report.leaders]
    none = (
        "该地区没有链主，方向按成品环节计"
        if zh
        else "no leader in this region; sides are taken from the assembled product"
    )
    second = ("链主：" if zh else "Leaders: ") + (("；" if zh else "; ").join(leaders) or none)
    return [first, *wrap(second, "      ")]


def _leader(leader: LeaderSeen, row: GapRow, lang: Lang) -> str:
    """A leader, what it makes, and its own capacity here; beside it what all firms here make of the link."""
    zh = lang == "zh"
    own = leader.own
    told = (
        _amount(own, row.unit, "", lang) + basis_mark(own.basis, own.basis_year, lang) if own else word("unknown", lang)
    )
    if row.supply.firms > (own.firms if own else 0):
        count, all_told = row.supply.firms, _supply(row, lang)
        told += f"（本地共 {count} 家，{all_told}）" if zh else f" (by {counted(count, 'firm')} here: {all_told})"
    return f"{marked(leader.name, leader.grade)} {leader.link_name} {told}"


def _rows(rows: Sequence[GapRow], lang: Lang, reasons: bool) -> list[str]:
    if not rows:
        return ["  （无）" if lang == "zh" else "  (none)"]
    lines = columns(_HEADS[lang], [_cells(row, lang) for row in rows], _CAPS[lang], _RIGHT)
    if not reasons:
        return lines
    woven = lines[:2]
    for line, row in zip(lines[2:], rows, strict=True):
        woven += [line, *wrap(f"    └ {row.reason}", "      ")]
    return woven


def _cells(row: GapRow, lang: Lang) -> tuple[str, ...]:
    near = row.nearest
    state = "no_data" if row.without_data else row.status
    return (
        str(row.rank or "·"),
        row.name,
        word(row.direction, lang).removesuffix("stream"),
        word(row.move, lang) if row.move else "",
        marked(word(state, lang), row.supply.grade if row.supply.firms else None),
        _need(row, lang),
        _supply(row, lang),
        _coverage(row),
        marked(f"{near.region_name.removesuffix('市')} {number(round(near.distance_km))}", near.grade)
        if near
        else word("unknown", lang),
        _priority(row, lang),
    )


def _need(row: GapRow, lang: Lang) -> str:
    if row.need.value is None:
        return word("unknown", lang)
    least = "≥" if row.need.at_least else ""
    return marked(f"{least}{number(row.need.value)} {row.unit}", row.need.grade)


def _supply(row: GapRow, lang: Lang) -> str:
    loose = "*" if row.supply.basis != "stated" else ""
    return _amount(row.supply, row.unit, loose, lang)


def _amount(supply: Supply, unit: str, loose: str, lang: Lang) -> str:
    """What is made of a link a year; ``loose`` marks what is no achievement."""
    if supply.value is None:
        return word("unknown", lang)
    least = "≥" if supply.at_least else ""
    return marked(f"{least}{number(supply.value)} {unit}{loose}", supply.grade)


def _coverage(row: GapRow) -> str:
    if row.coverage is None:
        return "—"
    least = "≥" if row.coverage_at_least else ""
    return marked(f"{least}{percent(row.coverage)}", row.coverage_grade)


def _priority(row: GapRow, lang: Lang) -> str:
    if row.priority is None:
        return word("unknown", lang)
    loosely = "~" if row.completeness <= _HALF else ""
    return marked(f"{loosely}{number(round(row.priority))}", row.priority_grade)


def _no_data(report: GapReport) -> list[str]:
    zh, total = report.lang == "zh", report.totals.no_data
    if not report.no_data:
        return []
    rows = report.no_data[:_NO_DATA_SHOWN] if len(report.no_data) == total else report.no_data
    title = (
        f"无数据 {total} 个：没有资料、也没有摸底，不算缺口，按应先摸底的次序"
        if zh
        else (f"{counted(total, 'link')} without data: nobody has looked; not gaps; in the order to survey them")
    )
    lines = [
        title + (_cut(len(rows), total, zh) if len(rows) < total else ""),
        *_rows(rows, report.lang, reasons=False),
    ]
    if len(rows) < total:
        lines.append(
            f"  其余 {total - len(rows)} 个：--top {total}" if zh else f"  the other {total - len(rows)}: --top {total}"
        )
    return lines


def _covered(report: GapReport) -> list[str]:
    if not report.covered:
        return []
    zh = report.lang == "zh"
    title = f"已覆盖 {report.totals.covered} 个" if zh else f"{report.totals.covered} covered"
    return ["", title, *(line for row in report.covered for line in wrap(_covered_line(row, zh), "    "))]


def _covered_line(row: GapRow, zh: bool) -> str:
    return f"  {marked(row.name, row.supply.grade)}{'：' if zh else ': '}{row.reason}"


def _rate(rate: SourcingRate, report: GapReport) -> list[str]:
    zh = report.lang == "zh"
    known = sum(item.coverage is not None for item in rate.inputs)
    valued = sum(item.value_cny is not None for item in rate.inputs)
    if rate.low is None or rate.high is None:
        value = word("unknown", report.lang)
    else:
        value = marked(f"{percent(rate.low)}–{percent(rate.high)}", rate.grade)
        if (rate.low, rate.high) == (0, 1):
            value = f"资料不足，尚不能判断（{value}）" if zh else f"cannot be told yet ({value})"
    goals = "".join(_goal(goal, zh) for goal in report.targets if goal.link in (None, rate.leader.link))
    text = (
        f"本地配套率 {rate.leader.name}（{rate.leader.link_name}）：{value}；"
        f"直接投入 {len(rate.inputs)} 项，计价 {valued} 项，供给已知 {known} 项{goals}"
        if zh
        else f"Local sourcing rate, {rate.leader.name} ({rate.leader.link_name}): {value}; "
        f"{counted(len(rate.inputs), 'direct input')}, {valued} valued, supply known of {known}{goals}"
    )
    return wrap(text, "    ")


def _goal(goal: TargetSeen, zh: bool) -> str:
    figure = marked(f"≥{number(goal.at_least)}{goal.unit}", goal.grade)
    if zh:
        return f"；{goal.year} 年目标 {figure}" + ("（已到期）" if goal.expired else "")
    return f"; target for {goal.year}: {figure}" + (" (expired)" if goal.expired else "")


def explanation(report: GapExplanation) -> str:
    """One link: its need term by term, its supply, the rings, the priority, and the facts beneath."""
    from chaingraph.cli.fact_list import fact_lines

    row, lang = report.row, report.lang
    zh = lang == "zh"
    state = "no_data" if row.without_data else row.status
    known = (row.direction, row.move, state) if row.direction != "leader" else (row.direction,)
    basis = ("依据：" if zh else "known from ") + word(row.evidence_level, lang)
    moves = [*(word(key, lang) for key in known if key), basis]
    name = f"{row.name}（{row.link}）" if zh else f"{row.name} ({row.link})"
    place = (
        f"{report.chain_name} {report.region_name} 截至 {report.as_of}"
        if zh
        else (f"{report.chain_name}, {report.region_name}, as of {report.as_of}")
    )
    lines = [
        f"{name} {' · '.join(moves)}",
        place,
        *wrap(("理由：" if zh else "Why: ") + row.reason, "      "),
        "",
    ]
    lines += [*_need_lines(row, lang), *_supply_lines(row, lang), *_ring_lines(row, lang), ""]
    lines += [*_priority_lines(row, lang), "", "依据" if zh else "Evidence"]
    lines += fact_lines(report.facts, lang)
    return "\n".join(lines) + "\n"


def _need_lines(row: GapRow, lang: Lang) -> Iterable[str]:
    zh = lang == "zh"
    yield ("年需求 " if zh else "Need a year ") + _need(row, lang)
    for term in row.need.terms:
        yield "    " + _term(term, row, lang)
    if row.unit_price_cny is not None:
        price = marked(f"{number(row.unit_price_cny)} {'元' if zh else 'CNY'}/{row.unit}", row.price_grade)
        year = "/年" if zh else " a year"
        total = "" if row.value_cny is None else f" → {marked(money(row.value_cny, lang) + year, row.value_grade)}"
        yield f"{'单价' if zh else 'Unit price'} {price}{total}"


def _term(term: NeedTerm, row: GapRow, lang: Lang) -> str:
    basis = {"supply": ("本地供给", "its local supply"), "need": ("其需求，推算", "its need, derived")}[term.run_is]
    run = word("unknown", lang) if term.run is None else number(term.run)
    product = word("unknown", lang) if term.product is None else f"{number(term.product)} {row.unit}"
    said = basis[0 if lang == "zh" else 1]
    left, right = ("（", "）") if lang == "zh" else (" (", ") ")
    run += basis_mark(term.run_basis, term.run_basis_year, lang)
    return marked(f"{term.name}{left}{said}{right}{run} × {number(term.amount)} {row.unit} = {product}", term.grade)


def _supply_lines(row: GapRow, lang: Lang) -> Iterable[str]:
    zh = lang == "zh"
    cover = _coverage(row)
    ahead = row.supply.planned
    planned = (
        ""
        if ahead is None
        else f"{'，待投产 ' if zh else ', planned '}{marked(f'{number(ahead)} {row.unit}', row.supply.planned_grade)}"
    )
    label, rate = ("本地供给", "，覆盖率") if zh else ("Local supply", ", coverage")
    yield f"{label} {_supply(row, lang)}{planned}{rate} {cover}"
    for project in row.supply.projects:
        yield from wrap("    " + _project(project, row, lang), "        ")


def _project(project: LocalProject, row: GapRow, lang: Lang) -> str:
    zh = lang == "zh"
    by = ("不晚于 " if zh else "no later than ") if project.by else ""
    stage = word(project.stage or "unknown", lang)
    when = f" {by}{project.stage_date}" if project.stage_date else ""
    capacity = word("unknown", lang) if project.capacity is None else f"{number(project.capacity)} {row.unit}"
    year = int(project.capacity_as_of[:4]) if project.capacity_as_of else None
    size = f"{capacity}{basis_mark(project.basis, year, lang)}"
    if zh:
        note = f"（{project.note}）" if project.note else ""
        return f"{project.name}：{stage}{when}，{size}{note} [{project.grade}]"
    note = f" ({project.note})" if project.note else ""
    return f"{project.name}: {stage}{when}, {size}{note} [{project.grade}]"


def _ring_lines(row: GapRow, lang: Lang) -> Iterable[str]:
    zh = lang == "zh"
    unit = " 家" if zh else ""
    rings = [
        marked(f"{word(ring.ring, lang)} {ring.firms}{unit}", ring.grade) for ring in row.rings if ring.ring != "home"
    ]
    yield ("已知企业 " if zh else "Known firms: ") + " · ".join(rings)
    near = row.nearest
    if near is not None:
        label = "最近供给 " if zh else "Nearest: "
        yield marked(
            f"{label}{near.name} {near.region_name} {number(near.distance_km)} {'公里' if zh else 'km'}",
            near.grade,
        )


def _priority_lines(row: GapRow, lang: Lang) -> Iterable[str]:
    zh = lang == "zh"
    unknown = word("unknown", lang)
    score = unknown if row.priority is None else marked(number(round(row.priority, 1)), row.priority_grade)
    known = f"完整度 {percent(row.completeness)}" if zh else f"completeness {percent(row.completeness)}"
    yield f"{'优先级' if zh else 'Priority'} {score}（{known}）" if zh else f"Priority {score} ({known})"
    body = [
        (
            word(part.name, lang),
            unknown if part.value is None else f"{part.value:.2f}",
            f"× {part.weight:.2f}",
            "" if part.contribution is None else f"{part.contribution:.1f}",
            part.grade or "",
            part.why,
        )
        for part in row.components
    ]
    heads = (
        ("成分", "值", "权重", "得分", "等级", "依据")
        if zh
        else ("component", "value", "weight", "points", "grade", "why")
    )
    for line in columns(heads, body, (14, 14, 8, 8, 6, 54), (False, True, True, True, False, False)):
        yield "    " + line
