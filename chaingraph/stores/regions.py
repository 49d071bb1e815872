"""The regions of a snapshot: by name, by line of parents, by distance, by ring."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.errors import NotFound, Text
from chaingraph.stores.rows import RegionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Snapshot

    Mask = NDArray[np.bool_]

_EARTH_KM = 6371.0


class Regions:
    """The region table. A region is named by its adcode and stands in a row."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.table: dict[str, list[Any]] = snapshot.table("regions")
        self.row = {code: row for row, code in enumerate(self.table["adcode"])}

    def find(self, name: str) -> RegionRow:
        """A region by adcode, or by its name with or without 省, 市, 区, 县. Raises NotFound."""
        row = self.row.get(name)
        if row is None:
            names: list[str] = self.table["name"]
            english = [str(other).casefold() for other in self.table["name_en"]]
            for candidate in (name, f"{name}市", f"{name}省", f"{name}区", f"{name}县"):
                if candidate in names:
                    row = names.index(candidate)
                    break
            else:
                if name.casefold() in english:
                    row = english.index(name.casefold())
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
        )

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
        """Great-circle distance in km from the seat of ``region`` to every region's."""
        lat, lon = (np.radians(self._snapshot.column(f"region_{axis}")) for axis in ("lat", "lon"))
        row = self.row[region]
        half = np.sin((lat - lat[row]) / 2) ** 2 + np.cos(lat) * np.cos(lat[row]) * np.sin((lon - lon[row]) / 2) ** 2
        kilometres: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(half))
        return kilometres

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
        return np.fromiter((code in codes for code in self.table["adcode"]), dtype=bool, count=len(self.row))
