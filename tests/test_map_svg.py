"""The chain map as a picture: what its cells say, and that it stands alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from chaingraph import resources
from chaingraph.config import settings
from chaingraph.export.colours import BRAND, INK, PAPER, QUIET, STAR, STATUS
from chaingraph.export.map_svg import map_svg, map_svg_file
from chaingraph.export.map_text import info_lines, name_lines, text_width, wrapped
from chaingraph.service.chain_map import chain_map
from chaingraph.service.gaps import gaps

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\"'&\u202e" + "长" * 160 + "\ufffe"


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("status", STATUS)
def test_every_text_of_a_cell_reads_on_its_ground(status: str) -> None:
    colour = STATUS[status]
    assert _contrast(colour.text, colour.ground) >= 4.5
    assert _contrast(PAPER if status == "leader" else INK, colour.ground) >= 4.5
    assert _contrast(PAPER, colour.strong) >= 4.5


def test_pages_and_pictures_have_the_same_colours() -> None:
    page = (resources.folder("viz") / "static" / "css" / "base.css").read_text(encoding="utf-8")
    told = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", page))
    for status, colour in STATUS.items():
        assert told["brand" if status == "leader" else status.replace("_", "-")] == colour.strong
    # The rank stands in white on the status's dark colour.
    if status != "leader":
        assert _contrast(PAPER, colour.text) >= 4.5


def test_quiet_text_and_the_leaders_star_read_on_their_ground() -> None:
    assert _contrast(QUIET, PAPER) >= 4.5
    assert _contrast(STAR, BRAND) >= 4.5


def test_a_long_name_wraps_to_lines_that_fit_and_ends_in_an_ellipsis() -> None:
    lines = name_lines("畜禽粪污资源化利用与商品有机肥一体化装备制造", 100, 56)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(text_width(line, 13) <= 100 for line in lines)


def test_latin_words_stay_whole_and_a_word_too_long_is_cut() -> None:
    assert wrapped("Battery management system", 90, 13, 3) == ("Battery", "management", "system")
    assert wrapped("x" * 200, 60, 13, 1)[0].endswith("x…")


def test_a_higher_cell_shows_more_lines_of_a_long_name() -> None:
    name = "Electrolyte solvents and additives"
    assert len(name_lines(name, 98, 56)) < len(name_lines(name, 98, 72))


def test_what_is_unknown_says_so_and_nothing_is_not_unknown() -> None:
    assert "待核实" in " ".join(info_lines("thin", "", 12.0, 120, "zh"))
    assert "0 元" in " ".join(info_lines("thin", "0 元", 12.0, 120, "zh"))


def _texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_the_file_stands_alone_with_size_title_and_legend(seeds: Settings, seeds_workspace: str) -> None:  # noqa: ARG001
    report = chain_map(seeds, "ev", as_of="2026-11-22")
    root = ET.fromstring(map_svg_file(report))
    assert root.tag == f"{SVG}svg"
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (width, height)
    assert left == 0
    assert top < 0
    assert height > report.height
    texts = _texts(root)
    assert "肇庆市 新能源汽车及零部件产业链图谱" in texts
    missing = sum(cell.status == "missing" for cell in report.cells)
    assert f"缺失 {missing}" in texts


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_of_text_stays_within_its_cell(seeds: Settings, seeds_workspace: str, lang: str) -> None:  # noqa: ARG001
    report = chain_map(seeds, "ev", lang=lang)  # type: ignore[arg-type]
    root = ET.fromstring(map_svg(report))
    drawn = [group for group in root.iter(f"{SVG}g") if group.get("class") == "cell"]
    for group, cell in zip(drawn, report.cells, strict=True):
        lines = [text for text in group.iter(f"{SVG}text") if text.get("text-anchor") is None]
        assert len(lines) >= 2
        for line in lines:
            assert 0 < float(line.attrib["y"]) < cell.height
            size = float(line.get("font-size", 13))
            assert float(line.attrib["x"]) + text_width(line.text or "", size) <= cell.width


def test_no_picture_carries_a_style_or_a_script(seeds: Settings, seeds_workspace: str) -> None:  # noqa: ARG001
    report = chain_map(seeds)
    for root in (ET.fromstring(map_svg(report)), ET.fromstring(map_svg_file(report))):
        assert {element.tag for element in root.iter()} <= {
            SVG + tag for tag in ("svg", "g", "rect", "path", "polygon", "text", "title")
        }
        assert not any(name == "style" or name.startswith("on") for element in root.iter() for name in element.attrib)


def test_hostile_names_stay_text(pack: SmallPack) -> None:
    for name in ("电芯", "Cell"):
        written = HOSTILE.removesuffix("\ufffe").replace("'", "''").replace("\u202e", "")
        pack.edit("chains/demo.yaml", f": {name}\n", f": '{written}'\n")
    here = settings(packs=[pack.folder])
    report = chain_map(here, lang="zh")
    cell = next(cell for cell in report.cells if cell.link == "cell")
    assert cell.name.startswith("<script>")
    for svg in (map_svg(report), map_svg_file(report).decode()):
        assert "<script" not in svg
        titles = [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}title")]
        assert any(cell.name in title for title in titles)


def test_a_letter_that_xml_cannot_hold_is_left_out() -> None:
    assert wrapped("电\ufffe\x00芯\n甲", 500, 13, 1) == ("电芯 甲",)


def test_the_map_has_a_cell_for_every_row_of_the_gaps(seeds: Settings, seeds_workspace: str) -> None:  # noqa: ARG001
    report, rows = chain_map(seeds, "storage"), gaps(seeds, "storage").rows
    assert {cell.link for cell in report.cells} == set(rows)
    for cell in report.cells:
        row = rows[cell.link]
        assert (cell.rank, cell.priority, cell.value_cny) == (row.rank, row.priority, row.value_cny)
        if row.value_cny is None or (row.status == "covered" and row.coverage is None):
            assert (cell.unmet_cny, cell.unmet_at_most) == (None, False)
        else:
            assert cell.unmet_cny == pytest.approx(row.value_cny * (1 - (row.coverage or 0)))
            assert cell.unmet_at_most is (row.coverage is None)
        assert cell.firms == (None if row.without_data else row.supply.firms)


def test_the_map_says_that_a_value_is_a_bound_and_that_nobody_has_looked(
    seeds: Settings,
    seeds_workspace: str,  # noqa: ARG001
) -> None:
    report = chain_map(seeds, "ev")
    drawn = ET.fromstring(map_svg(report)).iter(f"{SVG}g")
    told = {group.get("data-link"): group.findtext(f"{SVG}title") or "" for group in drawn if group.get("data-link")}
    thin = next(cell for cell in report.cells if cell.status == "thin" and cell.unmet_at_most)
    blind = next(cell for cell in report.cells if cell.status == "no_data")
    assert "未满足需求（年）：至多" in told[thin.link]
    assert "本地在产企业：待核实" in told[blind.link]


def test_a_larger_unmet_value_never_makes_a_lower_cell(seeds: Settings, seeds_workspace: str) -> None:  # noqa: ARG001
    known = [cell for cell in chain_map(seeds, "ev").cells if cell.unmet_cny is not None]
    ordered = sorted(known, key=lambda cell: cell.unmet_cny or 0)
    assert [cell.height for cell in ordered] == sorted(cell.height for cell in known)
    assert ordered[0].height < ordered[-1].height


def test_a_word_longer_than_a_line_is_broken_with_a_hyphen() -> None:
    first, second = wrapped("semiconductor", 70, 13, 2)
    assert first.endswith("-")
    assert first[:-1] + second == "semiconductor"
