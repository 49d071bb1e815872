"""Parks: what they target, their land, their bars, their yield per mu."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chaingraph.model.park_report import ParkSeen, ParksReport
from chaingraph.service.arguments import count, day
from chaingraph.service.places import everywhere, place_of, with_parts
from chaingraph.service.projects import amount
from chaingraph.service.told import names_in
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.listing_rows import ParkRow


def parks(
    settings: Settings,
    *,
    region: str | None = None,
    chain: str | None = None,
    top: int | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ParksReport:
    """The parks of a region, ranked by their yield per mu (亩均) where it is known.

    Parameters
    ----------
    region
        Adcode or name; the pack's home region where None.
    chain
        Id or name: only parks that target the chain or one of its links.
    top
        Keep so many; all where None. ``total`` counts all.

    Raises
    ------
    NotFound
        For an unknown region or chain.
    UsageError
        For a date that is none.
    """
    on = day(as_of)
    count("top", top)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    place = place_of(store, region)
    rows = store.parks(place.adcode, on)
    frame = None if chain is None else store.chain(chain)
    if frame is not None:
        links = {link.id for link in frame.links}
        rows = [row for row in rows if frame.id in row.chains or links.intersection(row.links)]
    all_over = everywhere(store)
    parts = with_parts(store.parks(all_over, on))
    stages: dict[str, Counter[str]] = {}
    for project in store.projects(all_over, on):
        for whole in (park for park, inside in parts.items() if project.park in inside):
            stages.setdefault(whole, Counter())[project.stage.stage if project.stage else "unknown"] += 1
    names = {kind: names_in(store, kind, lang) for kind in ("chain", "link", "park", "region")}
    ranked = sorted(rows, key=lambda row: (*_yielded(row), -stages.get(row.id, Counter()).total(), row.id))
    return ParksReport(
        lang=lang,
        region=place.adcode,
        region_name=place.name if lang == "zh" else place.name_en,
        as_of=on.isoformat(),
        chain=frame.id if frame else None,
        total=len(ranked),
        parks=tuple(
            ParkSeen(
                id=row.id,
                name=row.name if lang == "zh" else row.name_en,
                region=row.region,
                region_name=names["region"][row.region],
                part_of=row.part_of,
                part_of_name=names["park"][row.part_of] if row.part_of else None,
                rank=number if row.figures["yield_cny_per_mu"] else None,
                **{field: amount(figure) for field, figure in row.figures.items()},
                chains=row.chains,
                chain_names=tuple(names["chain"][key] for key in row.chains),
                links=row.links,
                link_names=tuple(names["link"][key] for key in row.links),
                projects=dict(sorted(stages.get(row.id, Counter()).items())),
            )
            for number, row in enumerate(ranked[:top], 1)
        ),
    )


def _yielded(row: ParkRow) -> list[tuple[bool, float]]:
    """By yield, then by investment reached, unknown last."""
    reached = [row.figures[field] for field in ("yield_cny_per_mu", "investment_cny_per_mu")]
    return [(figure is None, -figure.value if figure else 0.0) for figure in reached]
