"""Tells the way from a local leader to a firm, each tie with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.lead_report import Introducer, Tie
from chaingraph.model.numbers import marked
from chaingraph.service.told import facts_of

if TYPE_CHECKING:
    from chaingraph.analysis.leads.introducers import Way
    from chaingraph.service.leads.ground import Ground
    from chaingraph.stores.lead_rows import TieRow


def introducer(ground: Ground, way: Way) -> Introducer:
    """The way as a report shows it: leader —supplier→ firm —shareholder→ firm."""
    ties = tuple(_tie(ground, row) for row in way)
    said = ties[0].from_name + "".join(f" —{tie.label}→ {marked(tie.to_name, tie.grade)}" for tie in ties)
    return Introducer(ties[0].from_, ties[0].from_name, ties, max(tie.grade for tie in ties), said)


def _tie(ground: Ground, row: TieRow) -> Tie:
    asked = ground.asked
    record = ground.record(row.from_)
    told = [fact for fact in record["facts"] if (fact["object"], fact["predicate"]) == (row.to, row.predicate)]
    facts = facts_of(asked.store, {**record, "facts": told}, asked.on, asked.lang)
    best = min((item for fact in facts for item in fact.citations), key=lambda item: item.grade)
    return Tie(
        predicate=row.predicate,
        label=facts[0].label,
        from_=row.from_,
        from_name=ground.name(row.from_),
        to=row.to,
        to_name=ground.name(row.to),
        grade=row.grade,
        source=best.source,
        source_title=best.title,
        as_of=best.as_of,
    )
