"""Who makes a link around a region, asked of duckdb in memory: the other engine that a snapshot is measured by.

Made as fast as duckdb goes: makes-rows lie sorted by link, text is numbered, and the land around the region asked for
stands ready in a table, which is not counted in the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
from oracle_networkx import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from firm_facts import FirmFacts, Plant, Reach

RINGS = ("home", "county", "city", "near", "bay_area", "province", "nation")

_SQL = """
WITH known AS (
    SELECT link, firm, min(grade) AS grade FROM makes
    WHERE link IN (SELECT link FROM asked) AND as_of <= $day GROUP BY link, firm
), here AS (
    SELECT DISTINCT link, firm FROM plants JOIN land USING (region) WHERE NOT ended AND home
), running AS (
    SELECT link, firm, region, max(grade) AS grade FROM plants
    WHERE runs AND link IN (SELECT link FROM asked) GROUP BY link, firm, region
), seated AS MATERIALIZED (
    SELECT link, firm, region, greatest(known.grade, seats.grade) AS grade FROM known JOIN seats USING (firm)
    WHERE gone > $day
), cells AS (
    SELECT link, region, grade, count(*) AS firms, min(firm) FILTER (WHERE here.firm IS NULL) AS firm
    FROM seated LEFT JOIN here USING (link, firm) GROUP BY link, region, grade
), at_seats AS (
    SELECT link, {at_seats} FROM cells JOIN land USING (region) GROUP BY link
), at_plants AS (
    SELECT running.link, {at_plants}
    FROM running JOIN land USING (region)
    LEFT JOIN seated ON seated.link = running.link AND seated.firm = running.firm
    LEFT JOIN land AS seat ON seat.region = seated.region
    GROUP BY running.link
), offered AS (
    SELECT link, region, grade, firm FROM cells WHERE firm IS NOT NULL
    UNION ALL SELECT link, region, grade, firm FROM running ANTI JOIN here USING (link, firm)
), nearest AS (
    SELECT link, min(struct_pack(km := km, grade := grade, firm := firm, region := region)) AS nearest
    FROM offered JOIN land USING (region) WHERE NOT home AND isfinite(km) GROUP BY link
)
SELECT asked.link, {columns}, nearest.nearest
FROM asked LEFT JOIN at_seats USING (link) LEFT JOIN at_plants USING (link) LEFT JOIN nearest USING (link)
"""
_AT_SEATS = "sum(firms) FILTER (WHERE {0}) AS seated_{0}, max(grade) FILTER (WHERE {0}) AS weakest_{0}"
_AT_PLANTS = (
    "count(DISTINCT running.firm) FILTER (WHERE land.{0} AND NOT coalesce(seat.{0}, false)) AS more_{0}, "
    "max(running.grade) FILTER (WHERE land.{0}) AS also_{0}"
)
_COLUMN = "coalesce(seated_{0}, 0) + coalesce(more_{0}, 0), greatest(weakest_{0}, also_{0})"


class FirmTables:
    """The tables of a database in memory, and the one question asked of them."""

    def __init__(self, facts: FirmFacts, plants: Mapping[str, Iterable[Plant]], regions: Sequence[str]) -> None:
        self._base = duckdb.connect()
        self._links = {link: place for place, link in enumerate(facts.links)}
        self._regions = list(regions)
        region_of = {region: place for place, region in enumerate(regions)}
        rows = [plant for of_link in plants.values() for plant in of_link]
        # Numbers in the order of the ids, those of plants that name no firm among them: ties go by id.
        self._makers = sorted({*facts.firms, *(plant.maker for plant in rows)})
        number = {maker: place for place, maker in enumerate(self._makers)}
        own = np.array([number[firm] for firm in facts.firms], dtype=np.int32)
        order = np.argsort(facts.makes_link, kind="stable")
        self._table(
            "makes",
            link=facts.makes_link[order].astype(np.int16),
            firm=own[facts.makes_firm[order]],
            as_of=facts.makes_as_of[order],
            grade=facts.makes_grade[order],
        )
        seats = np.array([region_of[seat] for seat in facts.seat], dtype=np.int16)
        self._table("seats", firm=own, region=seats, grade=facts.seat_grade, gone=facts.gone)
        self._table(
            "plants",
            link=np.array([self._links[plant.link] for plant in rows], dtype=np.int16),
            firm=np.array([number[plant.maker] for plant in rows], dtype=np.int32),
            region=np.array([region_of[plant.region] for plant in rows], dtype=np.int16),
            runs=np.array([plant.runs for plant in rows]),
            ended=np.array([plant.ended for plant in rows]),
            grade=np.array([plant.grade for plant in rows], dtype=np.int8),
        )

    def _table(self, name: str, **columns: np.ndarray) -> None:
        self._base.register("given", columns)
        self._base.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")
        self._base.unregister("given")

    def ask(self, links: Sequence[str], reach: Reach) -> None:
        """Sets the links and the region that ``presence`` is asked for."""
        inside = {ring: np.array([code in reach.rings.get(ring, ()) for code in self._regions]) for ring in RINGS}
        km = np.array([reach.distance[code] for code in self._regions])
        self._table("land", region=np.arange(len(self._regions), dtype=np.int16), km=km, **inside)
        self._table("asked", link=np.array([self._links[link] for link in links], dtype=np.int16))
        self._rings = [ring for ring in RINGS if ring in reach.rings]
        self._question = _SQL.format(
            at_seats=", ".join(map(_AT_SEATS.format, self._rings)),
            at_plants=", ".join(map(_AT_PLANTS.format, self._rings)),
            columns=", ".join(map(_COLUMN.format, self._rings)),
        )

    def presence(self, day: int) -> dict[str, Told]:
        """Ring by ring who makes each of the links asked for, on a day (a day number)."""
        names = list(self._links)
        found = {}
        for link, *figures, nearest in self._base.execute(self._question, {"day": day}).fetchall():
            pairs = zip(self._rings, figures[::2], figures[1::2], strict=True)
            rings = {ring: (int(firms), grade) for ring, firms, grade in pairs}
            told = nearest and (
                self._makers[nearest["firm"]],
                self._regions[nearest["region"]],
                round(nearest["km"], 1),
                nearest["grade"],
            )
            found[names[link]] = Told(rings, told)
        return found
