"""Writes a drawn registry as the directories of firms export one: the headers, the words and the length of real files.

Run by itself it writes one file: ``python benchmarks/registry_csv.py FILE [FIRMS] [SEED]``.
"""

from __future__ import annotations

import csv
import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from national_registry import city_of, draw, names

from chaingraph.config import settings
from chaingraph.packs.loader import load
from chaingraph.stores.imported import NEVER, UNDATED
from chaingraph.stores.keys import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from national_registry import Draw

    from chaingraph.model.graph import Graph

HEADERS = (
    *("企业名称", "统一社会信用代码", "登记状态", "成立日期", "注册资本", "所属省份", "所属城市", "所属区县"),
    *("国标行业小类", "经营范围", "曾用名", "企业规模"),
)
PHRASES = (
    *("货物进出口", "技术进出口", "国内贸易代理", "信息咨询服务（不含许可类信息咨询服务）", "普通货物仓储服务"),
    *("技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广", "机械设备销售", "五金产品批发", "塑料制品销售"),
    *("电子元器件零售", "金属材料销售", "电子产品销售", "新材料技术研发", "汽车零配件批发", "软件开发", "包装服务"),
    *("非居住房地产租赁", "以自有资金从事投资活动", "机械设备租赁", "化工产品销售（不含许可类化工产品）", "模具销售"),
    *("电力电子元器件销售", "专用设备修理", "劳务服务（不含劳务派遣）", "再生资源回收（除生产性废旧金属）"),
    *("橡胶制品销售", "建筑材料销售", "家用电器销售", "工业设计服务", "会议及展览服务", "人工智能应用软件开发"),
)
ENDINGS = (
    "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）",
    "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）",
)
LENGTH = 200
"""Characters that a business scope has at least, its legal ending apart."""

TRADERS = 0.2
"""Share of the firms that sell what others make: their scope names the product too, and they make nothing."""


def write_csv(graph: Graph, path: Path, firms: int, seed: int = 1) -> None:
    """The registry of ``national_registry`` as one CSV in UTF-8 with BOM, a row a firm."""
    drawn = draw(graph, firms, seed)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(_rows(graph, drawn, np.random.default_rng([seed, 4])))


def _rows(graph: Graph, drawn: Draw, rng: np.random.Generator) -> Iterator[tuple[str, ...]]:
    firms = len(drawn.ids)
    places = [_place(graph, seat) for seat in drawn.seats]
    industries = [_industry(graph, link) for link in drawn.links]
    dates = {number: iso(number) for number in np.unique(drawn.established).tolist()}
    start = np.searchsorted(drawn.makes_firm, np.arange(firms + 1)).tolist()
    links = drawn.makes_link.tolist()
    scopes = _Scopes(graph, drawn, rng)
    words = rng.random((firms, 3)).tolist()
    status = np.where(drawn.gone_on == NEVER, np.where(rng.random(firms) < 0.8, 0, 1), 2 + (drawn.gone_on == UNDATED))
    columns = (column.tolist() for column in (drawn.seat, status, drawn.established, drawn.capital_cny))
    for firm, (name, code, seat, state, since, capital) in enumerate(
        zip(names(graph, drawn), drawn.code, *columns, strict=True)
    ):
        made = links[start[firm] : start[firm + 1]]
        was, size, sells = words[firm]
        yield (
            name,
            code,
            ("存续", "在业", "注销", "吊销")[state],
            dates[since],
            f"{capital // 10_000}万人民币",
            *places[seat],
            industries[made[0]],
            scopes.of(firm, made, sells < TRADERS),
            f"{name.removesuffix('有限公司')}商行" if was < 0.04 else "-",
            ("微型", "小型", "小型", "中型", "大型")[int(size * 5)],
        )


class _Scopes:
    """Business scopes: what the firm makes or sells, then standard phrases until the usual length."""

    def __init__(self, graph: Graph, drawn: Draw, rng: np.random.Generator) -> None:
        self._words = [graph.links[link].keywords or (graph.links[link].name,) for link in drawn.links]
        self._start = rng.integers(0, len(PHRASES), len(drawn.ids)).tolist()
        # A stride without a divisor in common with the number of phrases meets each of them once.
        strides = [stride for stride in range(1, len(PHRASES)) if math.gcd(stride, len(PHRASES)) == 1]
        self._stride = rng.choice(strides, len(drawn.ids)).tolist()

    def of(self, firm: int, made: list[int], sells: bool) -> str:
        start, stride = self._start[firm], self._stride[firm]
        parts = []
        for link in made:
            word = self._words[link][(start + stride) % len(self._words[link])]
            parts += [f"{word}销售"] if sells else [f"{word}制造", f"{word}销售"]
        at, length = start, sum(map(len, parts)) + len(parts)
        while length < LENGTH:
            phrase = PHRASES[at % len(PHRASES)]
            parts.append(phrase)
            length += len(phrase) + 1
            at += stride
        return f"一般项目：{'；'.join(parts)}{ENDINGS[start % len(ENDINGS)]}"


def _place(graph: Graph, seat: str) -> tuple[str, str, str]:
    """Province, city and county as a directory prints them."""
    city = city_of(graph, seat)
    region = graph.regions[city]
    province = graph.regions[region.parent] if region.level == "city" and region.parent else region
    return province.name, region.name, graph.regions[seat].name if seat != city else "-"


def _industry(graph: Graph, link: str) -> str:
    """The industry of a link: its name where the packs have the table of industries, else the code."""
    codes = graph.links[link].gb4754
    table: dict[str, str] = getattr(graph, "industries", {})
    return table.get(codes[0], codes[0]) if codes else "-"


def main() -> None:
    path = Path(sys.argv[1])
    firms = int(float(sys.argv[2])) if sys.argv[2:] else 1_000_000
    seed = int(sys.argv[3]) if sys.argv[3:] else 1
    start = time.perf_counter()
    write_csv(load(settings(environ={}).packs).graph_or_raise(), path, firms, seed)
    print(f"{path.name}: {firms:,} firms, {path.stat().st_size / 1e6:.0f} MB, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
