"""The chain map as SVG: presentation attributes only, so that it stands in a page under a strict policy and alone.

The same elements make both; alone the canvas shows its title above and its legend below, which a page has in HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from chaingraph.export.colours import BRAND, FEED, FEED_RECYCLED, FONTS, INK, LINE, PAPER, SOFT, STAR, STATUS
from chaingraph.export.map_legend import FOOT, HEAD, add_frame
from chaingraph.export.map_text import (
    BADGE,
    INFO_LINE,
    INFO_SIZE,
    NAME_LINE,
    NAME_SIZE,
    PAD_LEFT,
    distance,
    fitting,
    info_lines,
    name_lines,
    plain,
    short_money,
    text_width,
)
from chaingraph.export.svg_parts import number as n
from chaingraph.export.svg_parts import part, text
from chaingraph.model.numbers import money, number
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.model.map_report import ChainMapReport, Lane, MapCell, MapFeed

LANE_HEADING = 30.0
_LANE_TOP = 4.0
_TIP = 12.0


def map_svg(report: ChainMapReport, searched: Mapping[str, str] | None = None) -> str:
    """The map as an element of a page: cells can be focused, and say what they are in ``data-`` attributes.

    Parameters
    ----------
    report
        The map.
    searched
        By link the text that a filter looks in; the name where None.
    """
    return ET.tostring(_drawn(report, searched or {}, in_page=True), encoding="unicode")


def map_svg_file(report: ChainMapReport) -> bytes:
    """The map as a file of its own, with title and legend."""
    told = ET.tostring(_drawn(report, {}, in_page=False), encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{told}\n'.encode()


def _drawn(report: ChainMapReport, searched: Mapping[str, str], *, in_page: bool) -> ET.Element:
    whole = f"0 {n(-HEAD)} {n(report.width)} {n(report.height + HEAD + FOOT)}"
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {n(report.width)} {n(report.height)}" if in_page else whole,
            "font-family": FONTS,
            "font-size": n(NAME_SIZE),
            "fill": INK,
        },
    )
    if in_page:
        told = f"{report.region_name}{report.chain_name}" if report.lang == "zh" else report.chain_name
        root.attrib |= {
            "class": "map",
            "role": "group",
            "aria-label": plain(told),
            "data-whole": whole,
            "data-name": f"map-{report.chain}-{report.region}-{report.as_of}",
        }
    else:
        root.attrib |= {"width": n(report.width), "height": n(report.height + HEAD + FOOT), "role": "img"}
        part(root, "title").text = plain(f"{report.region_name} {report.chain_name} {report.as_of}")
    part(root, "rect", x=0, y=-HEAD, width=report.width, height=report.height + HEAD + FOOT, fill=PAPER)
    add_frame(root, report)
    for lane in report.lanes:
        _lane(root, lane, report)
    feeds = part(root, "g", fill="none", class_="feeds")
    for feed in report.feeds:
        _feed(feeds, feed)
    cells = part(root, "g", class_="cells")
    leaders: dict[str, list[str]] = {}
    for leader in report.leaders:
        leaders.setdefault(leader.link, []).append(leader.name)
    for cell in report.cells:
        _cell(cells, cell, report, leaders.get(cell.link, []), searched if in_page else None)
    return root


def _lane(root: ET.Element, lane: Lane, report: ChainMapReport) -> None:
    group = part(root, "g", class_="lane")
    bottom = report.height - _LANE_TOP
    part(
        group, "rect", x=lane.x, y=_LANE_TOP, width=lane.width, height=bottom - _LANE_TOP, rx=6, fill=SOFT, stroke=LINE
    )
    left, right, middle = lane.x, lane.x + lane.width, _LANE_TOP + LANE_HEADING / 2
    points = (
        (left, _LANE_TOP),
        (right - _TIP, _LANE_TOP),
        (right, middle),
        (right - _TIP, _LANE_TOP + LANE_HEADING),
        (left, _LANE_TOP + LANE_HEADING),
    )
    part(group, "polygon", points=" ".join(f"{n(x)},{n(y)}" for x, y in points), fill="#dbe5ef")
    count = sum(cell.stage == lane.stage for cell in report.cells)
    text(group, f"{lane.name}  {count}", lane.x + 12, middle + 5, size=14, weight="bold", fill=BRAND)


def _feed(parent: ET.Element, feed: MapFeed) -> None:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = feed.points
    curve = part(
        parent,
        "path",
        d=f"M{n(x1)} {n(y1)}C{n(x2)} {n(y2)} {n(x3)} {n(y3)} {n(x4)} {n(y4)}",
        stroke=FEED_RECYCLED if feed.recycled else FEED,
        stroke_width=1.1,
        data_from=feed.from_,
        data_to=feed.to,
    )
    if feed.recycled:
        curve.set("stroke-dasharray", "5 4")
        curve.set("data-recycled", "1")


def _cell(
    parent: ET.Element,
    cell: MapCell,
    report: ChainMapReport,
    leaders: list[str],
    searched: Mapping[str, str] | None,
) -> None:
    colour = STATUS[cell.status]
    outer = part(parent, "g", class_="cell", transform=f"translate({n(cell.x)} {n(cell.y)})")
    if searched is not None:
        outer.attrib |= {
            "tabindex": "-1",
            "role": "button",
            "aria-pressed": "false",
            "aria-label": _spoken(cell, report),
            "data-link": cell.link,
            "data-status": cell.status,
            "data-stage": cell.stage,
            "data-move": cell.move or "",
            "data-text": plain(searched.get(cell.link, cell.name.lower())),
        }
    part(outer, "title").text = _told(cell, report, leaders)
    lead, unknown = cell.status == "leader", cell.unmet_cny is None
    # What is dimmed lets this shine through, not the feeds below.
    part(outer, "rect", width=cell.width, height=cell.height, rx=5, fill=SOFT, class_="base")
    group = part(outer, "g", class_="face")
    ground = part(
        group,
        "rect",
        class_="ground",
        width=cell.width,
        height=cell.height,
        rx=5,
        fill=colour.ground,
        stroke=PAPER if lead and unknown else colour.strong,
        stroke_width=1,
    )
    if unknown:
        ground.set("stroke-dasharray", "4 3")
    if not lead:
        part(group, "rect", x=1, y=1, width=4.5, height=cell.height - 2, rx=2, fill=colour.strong)
    names = name_lines(cell.name, cell.width, cell.height)
    infos = fitting(names, _infos(cell, report, leaders), cell.height)
    y = (cell.height - len(names) * NAME_LINE - len(infos) * INFO_LINE) / 2 + NAME_SIZE - 1
    for line in names:
        text(group, line, PAD_LEFT, y, weight="bold", fill=PAPER if lead else INK)
        y += NAME_LINE
    for line in infos:
        text(group, line, PAD_LEFT, y - 1, size=INFO_SIZE, fill=STAR if line.startswith("★") else colour.text)
        y += INFO_LINE
    if cell.rank is not None:
        _badge(group, cell.rank, cell.width, colour.text)


def _badge(group: ET.Element, rank: int, width: float, fill: str) -> None:
    """The rank of a gap, on the cell's upper right corner."""
    wide = max(BADGE, text_width(str(rank), INFO_SIZE) + 7)
    part(group, "rect", x=width - wide + 4, y=-5, width=wide, height=BADGE, rx=BADGE / 2, fill=fill, stroke=PAPER)
    text(group, str(rank), width - wide / 2 + 4, 6.2, size=10, weight="bold", fill=PAPER, anchor="middle")


def _infos(cell: MapCell, report: ChainMapReport, leaders: list[str]) -> tuple[str, ...]:
    names = ("、" if report.lang == "zh" else ", ").join(leaders)
    unmet = (
        ""
        if cell.unmet_cny is None
        else ("≤ " if cell.unmet_at_most else "") + short_money(cell.unmet_cny, report.lang)
    )
    return info_lines(cell.status, unmet, cell.nearest_km, cell.width, report.lang, names)


def _spoken(cell: MapCell, report: ChainMapReport) -> str:
    """What a cell is read out as: name, status, rank and priority."""
    zh = report.lang == "zh"
    told = [cell.name, word(cell.status, report.lang)]
    if cell.rank is not None:
        told.append(f"缺口第 {cell.rank}" if zh else f"gap no. {cell.rank}")
    priority = word("unknown", report.lang) if cell.priority is None else number(round(cell.priority, 1))
    told.append(f"优先级 {priority}" if zh else f"priority {priority}")
    return plain(("，" if zh else ", ").join(told))


def _told(cell: MapCell, report: ChainMapReport, leaders: list[str]) -> str:
    """The tip of a cell: everything it stands for, in full."""
    lang, zh = report.lang, report.lang == "zh"
    unknown = word("unknown", lang)
    short = unknown if cell.unmet_cny is None else money(cell.unmet_cny, lang)
    most = ("至多 " if zh else "at most ") if cell.unmet_at_most else ""
    firms = unknown if cell.firms is None else cell.firms
    lines = [_spoken(cell, report)]
    if leaders:
        lines.append(f"链主：{'、'.join(leaders)}" if zh else f"leaders: {', '.join(leaders)}")
    if cell.move:
        lines.append(word(cell.move, lang))
    lines.append(f"未满足需求（年）：{most}{short}" if zh else f"unmet a year: {most}{short}")
    lines.append(f"本地在产企业：{firms}" if zh else f"firms producing here: {firms}")
    near = unknown if cell.nearest_km is None else distance(cell.nearest_km)
    lines.append(f"最近的外地企业：{near}" if zh else f"nearest maker elsewhere: {near}")
    return "\n".join(map(plain, lines))
