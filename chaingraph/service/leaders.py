"""The chain leaders of a report, in its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.gap_report import LeaderSeen

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.errors import Lang
    from chaingraph.service.asked import Asked
    from chaingraph.stores.rows import ChainFrame


def leaders_here(asked: Asked, frame: ChainFrame) -> tuple[LeaderSeen, ...]:
    """The leaders of a chain in the region asked for, in one above it, or in one below it."""
    place, store = asked.place, asked.store
    return tuple(
        leader
        for leader in leaders_of(frame, asked.on, asked.lang)
        if leader.region in place.line or place.adcode in store.region(leader.region).line
    )


def leaders_of(frame: ChainFrame, on: date, lang: Lang) -> tuple[LeaderSeen, ...]:
    """Every leader of a chain known on a day, with the link it makes and where."""
    names = {link.id: link.name if lang == "zh" else link.name_en for link in frame.links}
    return tuple(
        LeaderSeen(
            firm=leader.firm,
            name=leader.name if lang == "zh" else leader.name_en,
            link=leader.link,
            link_name=names[leader.link],
            region=leader.region,
            grade=leader.grade,
        )
        for leader in frame.leaders
        if leader.since <= on.isoformat()
    )
