"""What documents say of regions, as known on a day (a day number): claims, surveys, targets.

Each function takes rows as a snapshot's tables hold them, in any order, and gives its own in one that does not depend
on it, so that every store answers alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.stores.keys import iso
from chaingraph.stores.rows import ClaimRow, SurveyRow, TargetRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def claims_on(
    told: Iterable[tuple[str, str, str, list[Any]]], links: Collection[str], inside: Collection[str], day: int
) -> list[ClaimRow]:
    """Claims of one of ``links`` in one of the regions ``inside``, each with the best citation of the day.

    ``told``: region, link, the word, and the citations as day, grade, source, title.
    """
    rows = []
    for place, link, said, evidence in told:
        known = [item for item in evidence if item[0] <= day]
        if link in links and place in inside and known:
            when, grade, source, title = min(known, key=lambda item: (item[1], -item[0]))
            rows.append(ClaimRow(link, place, said, source, title, iso(when), grade))
    return sorted(rows)


def surveys_on(
    told: Iterable[tuple[Any, ...]], links: Collection[str], line: Collection[str], inside: Collection[str], day: int
) -> list[SurveyRow]:
    """Surveys of one of ``links`` that tell of a region, the latest last.

    What was not found in a place is not in any part of it; what was found in a part is in the whole. ``line`` is the
    region with those above it, ``inside`` with those below; ``told``: region, link, day, whether found, grade.
    """
    rows = [
        SurveyRow(link, place, iso(when), found, grade)
        for place, link, when, found, grade in told
        if place in (inside if found else line) and link in links and when <= day
    ]
    return sorted(rows, key=lambda row: (row.date, row.found, row))


def targets_on(told: Iterable[Any], inside: Collection[str], day: int) -> list[TargetRow]:
    """Targets of one of the regions ``inside`` published by the day, by id.

    ``told``: the fields of a row save its grade, then the citations as day and grade.
    """
    rows = []
    for *fields, evidence in told:
        grades = [grade for when, grade in evidence if when <= day]
        if grades:
            row = TargetRow._make((*fields, min(grades)))
            rows += [row] if row.region in inside else []
    return sorted(rows, key=lambda row: row.id)
