"""What frames the map when it stands alone: its title above, its legend below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.colours import FEED_RECYCLED, INK, PAPER, QUIET, STATUS
from chaingraph.export.map_text import plain, text_width, wrapped
from chaingraph.export.svg_parts import part, text
from chaingraph.model.words import word

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from chaingraph.model.map_report import ChainMapReport

HEAD, FOOT = 54.0, 44.0
"""So much room the title takes above the canvas, and the legend below it."""
_SIZE = 11.0
_SWATCH = 14.0


def add_frame(root: ET.Element, report: ChainMapReport) -> None:
    """Draws title and legend outside the canvas."""
    zh = report.lang == "zh"
    title = f"{report.region_name} {report.chain_name}{'产业链图谱' if zh else ' chain map'}"
    group = part(root, "g", class_="frame")
    line = wrapped(title, report.width - 8, 20, 1)
    text(group, line[0] if line else "", 4, -26, size=20, weight="bold")
    totals = report.totals
    said = (
        f"截至 {report.as_of} · 环节 {totals.links} · 缺口 {totals.gaps} · 无数据 {totals.no_data} · "
        f"已覆盖 {totals.covered}"
        if zh
        else f"as of {report.as_of} · {totals.links} links · {totals.gaps} gaps · {totals.no_data} without data · "
        f"{totals.covered} covered"
    )
    text(group, plain(said), 4, -8, size=12, fill=QUIET)
    _legend(group, report)


def _legend(group: ET.Element, report: ChainMapReport) -> None:
    lang, zh = report.lang, report.lang == "zh"
    counts: dict[str, int] = {}
    for cell in report.cells:
        counts[cell.status] = counts.get(cell.status, 0) + 1
    x, y = 4.0, report.height + 6
    for status, colour in STATUS.items():
        if status not in counts:
            continue
        part(group, "rect", x=x, y=y, width=_SWATCH, height=11, rx=2, fill=colour.ground, stroke=colour.strong)
        part(group, "rect", x=x, y=y, width=4, height=11, rx=1, fill=colour.strong)
        said = f"{word(status, lang)} {counts[status]}"
        text(group, said, x + _SWATCH + 5, y + 9.5, size=_SIZE, fill=INK)
        x += _SWATCH + 5 + text_width(said, _SIZE) + 16
    y += 17
    part(group, "rect", x=4, y=y, width=_SWATCH, height=11, rx=2, fill=PAPER, stroke=QUIET, stroke_dasharray="3 2")
    part(group, "path", d=f"M{report.width - 34:.1f} {y + 6:.1f}h30", stroke=FEED_RECYCLED, stroke_dasharray="5 4")
    said = (
        "虚线框：未满足需求待核实；格越高，未满足需求越大（元/年，对数；≤：至多，覆盖率待核实）；角标：缺口名次；km：最近外地企业的直线距离"
        if zh
        else "dashed: unmet value unverified; the higher a cell, the larger its unmet value (CNY a year, log; "
        "≤: at most, coverage unverified); badge: rank of the gap; km: straight line to the nearest maker"
    )
    text(group, said, 4 + _SWATCH + 5, y + 9.5, size=10, fill=QUIET)
    text(group, "回收" if zh else "recycled", report.width - 40, y + 9.5, size=10, fill=QUIET, anchor="end")
