"""A vocabulary of a few links, made by hand."""

from __future__ import annotations

import yaml

from chaingraph.model.entities import Link
from chaingraph.model.evidence import Evidence
from chaingraph.model.settings import Matching
from tests.small_pack import MATCHING

_EVIDENCE = (Evidence(source="s", locator="一", grade="D", as_of="2024-01-01"),)


def weights(**values: float) -> Matching:
    """The section ``matching`` of the small pack, with some values changed."""
    section = yaml.safe_load(MATCHING)["matching"]
    return Matching.model_validate(
        {name: {"value": values.get(name, held["value"]), "evidence": _EVIDENCE} for name, held in section.items()}
    )


def link(key: str, name: str, aliases: str = "", keywords: str = "", codes: str = "") -> Link:
    """A link of words parted by blanks."""
    return Link(
        id=key,
        name=name,
        name_en=key,
        aliases=tuple(aliases.split()),
        unit="套",
        keywords=tuple(keywords.split()),
        gb4754=tuple(codes.split()),
        evidence=_EVIDENCE,
    )


LINKS = (
    link("seat", "汽车座椅", "座椅", "商用车座椅 座椅总成", "C3670"),
    link("lighting", "车灯照明", "LED车灯", "车灯", "C3670 C3872"),
    link("separator", "隔膜", "电池隔膜", "锂电池隔膜", "C2921"),
    link("tyre", "轮胎", "", "轮胎 子午线轮胎", "C2911"),
    link("cell", "锂离子电芯", "", "动力电池 锂离子电池制造", "C3841"),
    link("pack", "动力电池包", "PACK", "动力电池系统", "C3841"),
    link("repair", "汽车后市场", "", "汽车维修 汽车销售", "O8111"),
    link("styrene", "基础有机原料", "", "苯乙烯", "C2614"),
)
