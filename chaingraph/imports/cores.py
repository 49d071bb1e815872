"""The core of a firm's name (肇庆市宏旺汽车零部件有限公司 → 宏旺), and how much two names resemble one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from chaingraph.model.firm_names import plain_firm_name, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 80.0
"""From which resemblance (0 to 100) two names with one core are laid before a person.

A judgement: a trade word of two characters added to a name of four (宏旺金属, 宏旺金属实业) makes 80, and is often one
firm; another trade behind the same brand (宏旺金属, 宏旺科技) makes 50, and seldom is.
"""

_TRADES = frozenset(
    re.findall(
        r"\S+",
        """
        科技 技术 实业 工业 产业 发展 投资 控股 贸易 商贸 国际 股份 集团 企业 制造 加工
        制品 材料 金属 机械 机电 电子 电气 电器 电力 电机 电池 电源 电缆 光电 光学 光伏
        半导体 集成电路 微电子 汽车 汽配 零部件 配件 部件 车辆 摩托车 新能源 能源 能源科技
        储能 新材料 材料科技 复合材料 塑料 塑胶 橡胶 五金 模具 精密 精工 紧固件 轴承 铸造
        锻造 压铸 铝业 铜业 钢铁 有色 矿业 化工 化学 涂料 建材 陶瓷 玻璃 水泥 家具 家居
        木业 纸业 包装 印刷 纺织 服装 服饰 鞋业 食品 饮料 酒业 农业 农牧 牧业 水产 饲料
        种业 生物 医药 制药 药业 医疗 器械 医疗器械 健康 环保 环境 节能 再生资源 资源
        信息 网络 软件 数据 通信 通讯 智能 智能装备 自动化 机器人 装备 设备 仪器 仪表
        工程 建筑 建设 安装 物流 运输 供应链 仓储 电子商务 文化 传媒 咨询 服务 管理 置业
        地产 系统 动力 传动 照明
        """,
    )
)
"""Words for what a firm does. A judgement: they follow a brand so often that they tell no firm from another."""
_LENGTHS = tuple(sorted({len(word) for word in _TRADES}, reverse=True))
_BRACKETED = re.compile(r"[(\[〔【]([^)\]〕】]*)[)\]〕】]")
_NO_PLACE = re.compile(r"集团|控股|有限合伙|普通合伙|特殊普通合伙|个体工商户|个人独资企?业?")
_BRANCH = re.compile(r"(分公司|子公司|分厂|分店|分院|分社|办事处|营业部)\Z")
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县", "盟", "旗")


class PlaceNames:
    """Names of regions as firms' names begin with them, with and without 省, 市 and the like."""

    def __init__(self, names: Iterable[str]) -> None:
        bare = {name for whole in names for name in (whole, _bare(whole))}
        self._by_head: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(bare, key=lambda name: (-len(name), name)):
            if len(name) > 1:
                self._by_head.setdefault(name[:2], []).append((name, _bare(name)))

    def split(self, plain: str) -> tuple[tuple[str, ...], str]:
        """The places that a plain name begins with, and what follows them: never less than two characters."""
        places = []
        while (found := self._at_the_head(plain)) is not None:
            name, bare = found
            places.append(bare)
            plain = plain[len(name) :]
            if plain[:1] in ("省", "市", "县", "区") and len(plain) > 2:
                plain = plain[1:]
        return tuple(places), plain

    def _at_the_head(self, plain: str) -> tuple[str, str] | None:
        for name, bare in self._by_head.get(plain[:2], ()):
            if plain.startswith(name) and len(plain) - len(name) > 1:
                return name, bare
        return None


def core(plain: str, places: PlaceNames) -> str:
    """What is left of a plain name without the places before it and the trades behind it: two characters or more."""
    rest = places.split(plain)[1]
    while True:
        for length in _LENGTHS:
            if len(rest) - length > 1 and rest[-length:] in _TRADES:
                rest = rest[:-length]
                break
        else:
            return rest


def resemblance(one: str, other: str, places: PlaceNames) -> float:
    """How much two names resemble one another without the places before them, from 0 to 100.

    0 where they name two legal persons for sure: a branch and its parent, or other places before the name or in its
    brackets (宁德时代（肇庆）is not 宁德时代).
    """
    from rapidfuzz import fuzz

    if bool(_BRANCH.search(one)) != bool(_BRANCH.search(other)) or _in_brackets(one) != _in_brackets(other):
        return 0.0
    here, rest = places.split(plain_firm_name(one))
    there, other_rest = places.split(plain_firm_name(other))
    if here and there and not (set(here) & set(there)):
        return 0.0
    return fuzz.ratio(rest, other_rest)


def _in_brackets(name: str) -> set[str]:
    inside = (found.strip() for found in _BRACKETED.findall(simplified(normalize("NFKC", name))))
    return {_bare(text) for text in inside if text and not _NO_PLACE.fullmatch(text)}


def _bare(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name
