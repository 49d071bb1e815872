"""A small pack as text, so that a test can change one line and see what happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LEAD_SCORING = """\
lead_weights:
  capability: {value: 0.25, why: 主营}
  relation: {value: 0.25, why: 关系}
  reach: {value: 0.15, why: 距离}
  momentum: {value: 0.15, why: 动向}
  scale: {value: 0.1, why: 门槛}
  proof: {value: 0.1, why: 证据}
lead_rules:
  reach_half_km: {value: 200, why: 两小时}
  momentum_half_days: {value: 365, why: 一年}
  second_tie: {value: 0.5, why: 一半}
  grade_a: {value: 0.9, why: 甲}
  grade_b: {value: 0.7, why: 乙}
  grade_c: {value: 0.4, why: 丙}
  grade_d: {value: 0.1, why: 丁}
  least_sources_c: {value: 2, why: 两个}
  least_share: {value: 0.01, why: 百分之一}
  shortlist: {value: 50, why: 五十}
  first_contact_days: {value: 180, why: 半年}
clocks:
  respond_days: {value: 1, why: 一日}
  assess_days: {value: 3, why: 三日}
  feed_back_days: {value: 7, why: 七日}
  report_days: {value: 14, why: 两周}
"""

MATCHING = """\
matching:
  product_is: {value: 0.95, why: 即名}
  product_ends: {value: 0.85, why: 中心词}
  product_short: {value: 0.4, why: 短称}
  product_holds: {value: 0.2, why: 含有}
  scope_makes: {value: 0.6, why: 制造}
  scope_names: {value: 0.35, why: 只列名}
  scope_trades: {value: 0.1, why: 销售}
  firm_name: {value: 0.6, why: 企业名}
  industry: {value: 0.3, why: 代码}
  least: {value: 0.5, why: 过半}
"""

FILES = {
    "pack.yaml": """\
name: small
standalone: true
title: 小样
title_en: Small
home_region: "441200"
default_chain: demo
language: zh
curator: curators
regions_source: register
units: {辆: vehicles, 套: sets, GWh: GWh, 吨: t, 亿元: CNY 100m, 家: entities, 亩: mu, 万元: CNY 10k, '%': '%'}
rings:
  near_km: {value: 100, why: 一小时车程}
  bay_area: ["440100", "441200"]
""",
    "sources.yaml": """\
sources:
  - {id: register, title: 区划表, publisher: 民政部, date: 2020-01-01, kind: register, grade: A}
  - {id: report, title: 工作报告, publisher: 市政府, date: 2022-01-10, kind: government, grade: A}
  - {id: paper, title: 日报, publisher: 日报社, date: 2023-06-01, kind: press, grade: B}
  - {id: curators, title: 编者判断, publisher: 编者, date: 2024-01-01, kind: curator, grade: D}
""",
    "regions.csv": """\
adcode,name,name_en,level,parent,lat,lon
100000,中国,China,country,,39.9,116.4
440000,广东省,Guangdong,province,100000,23.13,113.26
440100,广州市,Guangzhou,city,440000,23.13,113.26
441200,肇庆市,Zhaoqing,city,440000,23.05,112.47
441283,高要区,Gaoyao,county,441200,23.03,112.46
350000,福建省,Fujian,province,100000,26.08,119.3
350900,宁德市,Ningde,city,350000,26.66,119.55
""",
    "scoring.yaml": """\
weights:
  pull: {value: 0.3, why: 需求}
  scarcity: {value: 0.2, why: 稀缺}
  criticality: {value: 0.2, why: 关键}
  locality: {value: 0.15, why: 就近}
  adjacency: {value: 0.15, why: 相邻}
thresholds:
  covered_share: {value: 0.8, why: 八成}
  covered_firms: {value: 3, why: 三家}
  dominant_share: {value: 0.7, why: 七成}
stuck_days:
  signed: {value: 180, why: 半年}
  landed: {value: 180, why: 半年}
  started: {value: 730, why: 两年}
  completed: {value: 180, why: 半年}
"""
    + LEAD_SCORING
    + MATCHING,
    "chains/demo.yaml": """\
chain:
  id: demo
  name: 演示链
  name_en: Demo
  leaders:
    - {firm: maker, region: "441200", link: car, evidence: [{source: report, locator: 一}]}
  evidence: [{source: report, locator: 一}]
links:
  - {id: car, name: 整车, name_en: Car, stage: midstream, tier: 0, unit: 辆, why: 终点}
  - id: pack-link
    name: 电池包
    name_en: Pack
    aliases: [电池总成]
    stage: upstream
    tier: 1
    unit: 套
    unit_price_cny: {value: 40000, why: 行情}
    criticality: {value: 0.9, why: 停线}
    locality: {value: 0.8, why: 重}
    why: 每车一套
  - id: cell
    name: 电芯
    name_en: Cell
    stage: upstream
    tier: 2
    unit: GWh
    unit_price_cny: {value: 400000000, evidence: [{source: paper, locator: 价格}]}
    why: 电池包的主体
feeds:
  - {from: pack-link, to: car, amount: 1, evidence: [{source: paper, locator: 用量}]}
  - {from: cell, to: pack-link, amount: 0.00005, why: 每套五十千瓦时}
""",
    "firms/all.yaml": """\
firms:
  - id: maker
    name: 造车有限公司
    short_name: 造车
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
    makes:
      - {link: car, evidence: [{source: report, locator: 二}]}
  - id: celler
    name: 电芯股份有限公司
    short_name: 电芯厂
    listing_code: 300000.SZ
    seat: "350900"
    evidence: [{source: register, locator: 名录}]
    makes:
      - {link: cell, evidence: [{source: paper, locator: 主业}]}
""",
    "projects.yaml": """\
projects:
  - id: plant
    name: 造车工厂
    firm: maker
    region: "441200"
    makes:
      - {link: car, capacity: 100000, unit: 辆, evidence: [{source: report, locator: 二}]}
    stages:
      - {stage: in_production, date: 2021-05-01, evidence: [{source: report, locator: 二}]}
    evidence: [{source: report, locator: 二}]
""",
}


@dataclass(frozen=True)
class SmallPack:
    """The pack's folder, with edits."""

    folder: Path

    @classmethod
    def write(cls, folder: Path) -> SmallPack:
        """Writes the pack."""
        pack = cls(folder)
        for name, text in FILES.items():
            pack.put(name, text)
        return pack

    def put(self, name: str, text: str) -> None:
        """Writes a file of the pack."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> int:
        """Replaces ``old``, which must stand in the file, and returns the line where it stood."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.put(name, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    def append(self, name: str, text: str) -> None:
        """Adds text to the end of a file."""
        self.put(name, (self.folder / name).read_text(encoding="utf-8") + text)
