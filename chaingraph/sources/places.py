"""Tells where a firm has its seat: by columns of a file, by its credit code, by its name, in this order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.region_names import short_names
from chaingraph.model.statement import NATION
from chaingraph.sources.credit_code import office

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.model.statement import SeatBy

_BETWEEN = re.compile(r"[\s\-—–/\\>·,，、|:：]+")
_LEVELS = {"country": 0, "province": 1, "city": 2, "county": 3}
_NO_PLACE = ("省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级", "市辖区", "县")
"""What official tables write in the column of cities where there is no city between province and county."""
_COUNTRY = ("中华人民共和国", "中国")
_NOT_ALONE = re.compile(
    r"[东西南北中]?(?:[一二三四五六七八九十]|\d+)?(?:路|街|大道|大街|巷|弄|里|村|镇|乡|区|县|旗|新区|广场|大厦)"
)
"""What follows a bare name that is no region there: 北京路, 中山东路, 朝阳区."""
_NOT_IN_A_NAME = re.compile(r"区(?![块域])|[县镇乡村]")
_ORDINARY = "三明 万宁 东方 兴安 和田 大同 大理 天门 安康 定安 文山 日照 朝阳 海东 海北 海西 玉树 白沙 红河 金华"
"""Cities whose bare name is an ordinary word or a common brand as well (大理石, 三明治, 东方电气): a judgement. At the
beginning of a firm's name they count only with 市, 州 or 县, or after their province."""
_ORDINARY_NAMES = frozenset(_ORDINARY.split())
_BRACKETED = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,12})[）)】\]]")
_MOST_KEPT = 200_000


class _Region(NamedTuple):
    adcode: str
    level: int
    above: frozenset[str]
    district: bool


class Places:
    """Finds regions by what files write.

    Parameters
    ----------
    regions
        Adcode, name, level (country, province, city, county) and the parent's adcode of each region known.
    """

    def __init__(self, regions: Iterable[tuple[str, str, str, str]]) -> None:
        rows = {adcode: (name, level, parent) for adcode, name, level, parent in regions}
        self._regions: dict[str, _Region] = {}
        self._full: dict[str, list[_Region]] = {}
        self._bare: dict[str, list[_Region]] = {}
        self._with_parts = {parent for _, level, parent in rows.values() if level != "province"}
        for adcode, (name, level, _) in rows.items():
            region = _Region(adcode, _LEVELS.get(level, 3), _above(adcode, rows), name.endswith("区"))
            self._regions[adcode] = region
            if region.level:
                self._name(region, name)
        self._longest = max(map(len, (*self._full, *self._bare)), default=0)
        self._by_columns: dict[tuple[str, str, str], str | None] = {}
        self._by_office: dict[str, str | None] = {}

    def _name(self, region: _Region, name: str) -> None:
        self._full.setdefault(name, []).append(region)
        for short in short_names(name):
            # 恩施州 says what it is, as a full name does; 恩施 does not.
            names = self._full if short.endswith(("州", "县", "旗")) and len(short) > 2 else self._bare
            names.setdefault(short, []).append(region)

    def find(
        self, province: str, city: str, county: str, credit_code: str | None, name: str, address: str
    ) -> tuple[str, SeatBy]:
        """The seat of a firm, and by what it was told.

        Parameters
        ----------
        province, city, county, address
            What the file's columns say, "" where it has none. A cell may hold more than its heading says
            (广东省肇庆市高要区); an address tells more where the other columns stop short.
        credit_code
            A code that passed its check, or None.
        name
            The firm's name.

        Returns
        -------
        tuple
            The adcode of the most exact region that is known and contradicts nothing said before, else ``NATION``.
        """
        told: SeatBy = "column"
        key = (province, city, county)
        try:
            at = self._by_columns[key]
        except KeyError:
            at = self._remember(key)
        if at is not None and at not in self._with_parts:
            return at, told
        if address:
            at = self._walk(address, at) or at
        if at is not None and self._regions[at].level > 1:
            return at, told
        if credit_code and (by_code := self._office(office(credit_code))) and self._narrows(by_code, at):
            at, told = by_code, "code"
        if (at is None or at in self._with_parts) and (at is None or self._regions[at].level == 1):
            by_name = self._in_name(name)
            if by_name and self._narrows(by_name, at):
                at, told = by_name, "name"
        return (NATION, "unknown") if at is None else (at, told)

    def knows(self, province: str, city: str, county: str) -> bool:
        """Whether any of what the columns say of the place is a region."""
        return (self._by_columns.get((province, city, county)) or self._remember((province, city, county))) is not None

    def _remember(self, key: tuple[str, str, str]) -> str | None:
        if len(self._by_columns) >= _MOST_KEPT:
            self._by_columns.clear()
        at: str | None = None
        for cell in key:
            if cell and cell.strip() not in _NO_PLACE:
                at = self._walk(cell, at) or at
        self._by_columns[key] = at
        return at

    def _narrows(self, found: str, at: str | None) -> bool:
        return at is None or at in self._regions[found].above

    def _office(self, adcode: str) -> str | None:
        """The region of a registration office: itself, else its city, else its province."""
        if adcode not in self._by_office:
            options = (adcode, adcode[:4] + "00", adcode[:2] + "0000")
            known = (option for option in options if option in self._regions and option != NATION)
            self._by_office[adcode] = next(known, None)
        return self._by_office[adcode]

    def _walk(self, text: str, at: str | None) -> str | None:
        """The region that a text names from its beginning on, part by part, below ``at``; None if none."""
        text = _BETWEEN.sub("", text)
        for country in _COUNTRY:
            text = text.removeprefix(country)
        found = None
        while step := self._step(text, at, _NOT_ALONE):
            region, text = step
            # A cell that repeats what another said already (广东省肇庆市 beside 肇庆市) tells nothing new by that part.
            if self._narrows(region.adcode, at):
                found = at = region.adcode
            text = text.removeprefix("市辖区")
        return found

    def _step(self, text: str, at: str | None, not_alone: re.Pattern[str]) -> tuple[_Region, str] | None:
        """The region with the longest name at the beginning of ``text``, and the rest of the text."""
        for length in range(min(self._longest, len(text)), 1, -1):
            name, rest = text[:length], text[length:]
            if region := self._only(self._full.get(name, ()), at):
                return region, rest
            if (region := self._only(self._bare.get(name, ()), at)) and not not_alone.match(rest):
                return region, rest
        return None

    def _only(self, regions: Iterable[_Region], at: str | None) -> _Region | None:
        """The one region meant below ``at``, else ``at`` or above: the widest, if it is one (吉林 is the province)."""
        below = [region for region in regions if at is None or at in region.above]
        if not below and at is not None:
            said = self._regions[at].above | {at}
            below = [region for region in regions if region.adcode in said]
        widest = [region for region in below if region.level == min(other.level for other in below)]
        return widest[0] if len(widest) == 1 else None

    def _in_name(self, name: str) -> str | None:
        """The place that a firm's name has in brackets or at its beginning, the more exact of both if they agree."""
        beginning = self._beginning(name)
        for inside in _BRACKETED.findall(name):
            found = self._only((*self._full.get(inside, ()), *self._bare.get(inside, ())), None)
            if found:
                agrees = beginning is not None and found.adcode in self._regions[beginning].above
                return beginning if agrees else found.adcode
        return beginning

    def _beginning(self, name: str) -> str | None:
        found: str | None = None
        while step := self._step(name, found, _NOT_IN_A_NAME):
            region, rest = step
            said = name[: len(name) - len(rest)]
            # Districts share their names across the country, and no table here holds them all.
            unsure = said in _ORDINARY_NAMES or (region.level == 3 and region.district)
            if found is None and said not in self._full and unsure:
                return None
            if self._narrows(region.adcode, found):
                found = region.adcode
            name = rest
        return found


def _above(adcode: str, rows: dict[str, tuple[str, str, str]]) -> frozenset[str]:
    """The adcodes of the regions that hold a region, without the country."""
    above: set[str] = set()
    parent = rows[adcode][2]
    while parent in rows and parent not in above:
        above.add(parent)
        parent = rows[parent][2]
    return frozenset(above - {NATION})
