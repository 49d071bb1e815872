"""All chains on one page, laid out for a terminal of 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import marked, number, percent
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.errors import Lang
    from chaingraph.model.overview_report import ChainOverview, OverviewReport, TopGap

_HEADS = {
    "zh": ("产业链", "编号", "链主", "环节", "缺口", "无数据", "配套率", "完整度"),
    "en": ("chain", "id", "leaders", "links", "gaps", "no data", "sourcing", "complete"),
}
_CAPS = (20, 18, 18, 5, 5, 7, 10, 8)


def table(report: OverviewReport) -> str:
    """One line a chain, then its first gaps."""
    zh = report.lang == "zh"
    head = (
        f"{report.title} {report.region_name} 截至 {report.as_of}"
        if zh
        else f"{report.title}, {report.region_name}, as of {report.as_of}"
    )
    rows = [_row(chain, report.lang) for chain in report.chains]
    laid = columns(_HEADS[report.lang], rows, _CAPS, (False,) * 3 + (True,) * 5)
    lines = [head, "", *laid[:2]]
    for line, chain in zip(laid[2:], report.chains, strict=True):
        lines.append(line)
        gaps = (
            "；".join(_gap(gap, report.lang) for gap in chain.top)
            if zh
            else "; ".join(_gap(gap, report.lang) for gap in chain.top)
        )
        lines += wrap(f"    └ {gaps or ('没有已知缺口' if zh else 'no known gap')}", "      ")
    lines += [
        "",
        *wrap(
            "注：配套率 = 链主直接投入的本地配套率，— = 没有可计价的投入，此时看完整度（在地环节 ÷ 全部环节）；"
            "区间下限把无数据当作没有，上限当作有。缺口后为动作与优先级，D = 含编者判断。"
            "一条链的全部：chaingraph gaps --chain 编号"
            if zh
            else "sourcing = share of the leaders' direct inputs covered here, — = no input has a known value, then "
            "see complete = links produced here / links; the lower end takes no data for missing, the upper for there. "
            "A gap bears its move and priority; D = rests on a curator's judgement. One chain: gaps --chain ID",
            "   ",
        ),
    ]
    return "\n".join(lines) + "\n"


def _row(chain: ChainOverview, lang: Lang) -> tuple[str, ...]:
    names = dict.fromkeys(leader.name for leader in chain.leaders)
    return (
        chain.name,
        chain.chain,
        ("、" if lang == "zh" else ", ").join(names) or "—",
        str(chain.links),
        str(chain.gaps),
        str(chain.no_data),
        marked(_span(chain.sourcing_low, chain.sourcing_high), chain.sourcing_grade),
        _span(chain.complete_low, chain.complete_high),
    )


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "—"
    return percent(low) if percent(low) == percent(high) else f"{percent(low)[:-1]}–{percent(high)}"


def _gap(gap: TopGap, lang: Lang) -> str:
    move = f" {word(gap.move, lang)}" if gap.move else ""
    score = "" if gap.priority is None else f" {marked(number(round(gap.priority)), gap.priority_grade)}"
    return f"{gap.name}{move}{score}"
