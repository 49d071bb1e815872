"""The regions of a graph: by name, by line of parents, by distance, by ring."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.errors import NotFound, Text
from chaingraph.model.region_names import plain_name
from chaingraph.stores.rows import RegionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_EARTH_KM = 6371.0


def great_circle_km(lat: Any, lon: Any, to_lat: Any, to_lon: Any) -> Any:
    """Great-circle distance in km between places in degrees: of numbers a number, of columns a column."""
    lat, lon, to_lat, to_lon = (np.radians(degrees) for degrees in (lat, lon, to_lat, to_lon))
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(to_lat) * np.cos(lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * np.arcsin(np.sqrt(half))


class Regions:
    """The region table. A region is named by its adcode and stands in a row.

    Parameters
    ----------
    table
        Columns ``adcode``, ``name``, ``name_en``, ``level`` and ``parent`` (None for the nation), sorted by ``adcode``.
    lat, lon
        The seat of each in degrees.
    """

    def __init__(self, table: dict[str, list[Any]], lat: NDArray[np.float64], lon: NDArray[np.float64]) -> None:
        self.table = table
        self._lat, self._lon = lat, lon
        self.row = {code: row for row, code in enumerate(self.table["adcode"])}

    def find(self, name: str) -> RegionRow:
        """A region by adcode, or by its name in full, in short or in English. Raises NotFound, also for several."""
        row = self.row.get(name)
        if row is None:
            found = [at for at, names in enumerate(self._names) if name.casefold() in names]
            if len(found) > 1:
                codes = "、".join(f"{self.table['adcode'][at]}（{self.table['name'][at]}）" for at in found)
                raise NotFound(
                    Text(f"“{name}”不止一处，请用代码：{codes}", f"several are named {name!r}; use a code: {codes}")
                )
            row = found[0] if found else None
        if row is None:
            from difflib import get_close_matches

            close = get_close_matches(name, [*self.table["name"], *self.table["adcode"]], 5, 0.5)
            raise NotFound.named(Text("地区", "region"), name, close)
        table = self.table
        return RegionRow(
            table["adcode"][row],
            table["name"][row],
            table["name_en"][row],
            table["level"][row],
            tuple(self.line(table["adcode"][row])),
            float(self._lat[row]),
            float(self._lon[row]),
        )

    @cached_property
    def _names(self) -> list[set[str]]:
        """The names that each region answers to, case folded."""
        return [
            {name.casefold(), plain_name(name), english.casefold()}
            for name, english in zip(self.table["name"], self.table["name_en"], strict=True)
        ]

    def line(self, region: str) -> Iterator[str]:
        """The region's adcode, then its parents', up to the nation."""
        code: str | None = region
        while code is not None:
            yield code
            code = self.table["parent"][self.row[code]]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for code, parent in zip(self.table["adcode"], self.table["parent"], strict=True):
            children.setdefault(parent, []).append(code)
        return children

    def below(self, region: str) -> set[str]:
        """The region and everything below it."""
        found = {region}
        for child in self._children.get(region, ()):
            found |= self.below(child)
        return found

    def distances(self, region: str) -> NDArray[np.float64]:
        """Great-circle distance in km from the seat of ``region`` to every region's.

        Infinite to the nation and to a province that has cities: who is only known to be there may be anywhere in it.
        """
        row = self.row[region]
        kilometres: NDArray[np.float64] = great_circle_km(self._lat[row], self._lon[row], self._lat, self._lon)
        return np.where(self._placed, kilometres, np.inf)

    @cached_property
    def _placed(self) -> Mask:
        """Which regions are a place: neither the nation nor a province with cities."""
        wide = {"country", "province"}
        placed = [
            level not in wide or code not in self._children
            for code, level in zip(self.table["adcode"], self.table["level"], strict=True)
        ]
        return np.array(placed, dtype=bool)

    def rings(self, region: str, near_km: float, bay_area: list[str]) -> dict[str, Mask]:
        """For each ring, which regions lie in it. ``home`` is the region itself with what is below it."""
        levels = {self.table["level"][self.row[code]]: code for code in self.line(region)}
        areas = {"home": self.below(region)}
        for level in ("county", "city"):
            if level in levels:
                areas[level] = self.below(levels[level])
        masks = {name: self._mask(area) for name, area in areas.items()}
        masks["near"] = (self.distances(region) <= near_km) | masks["home"]
        masks["bay_area"] = self._mask(set().union(*(self.below(code) for code in bay_area)))
        if "province" in levels:
            masks["province"] = self._mask(self.below(levels["province"]))
        masks["nation"] = np.ones(len(self.row), dtype=bool)
        return masks

    def _mask(self, codes: set[str]) -> Mask:
        mask = np.zeros(len(self.row), dtype=bool)
        mask[[self.row[code] for code in codes]] = True
        return mask
