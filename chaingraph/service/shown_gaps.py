"""The gaps of a chain as a table shows them: filtered and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.shown_gaps import MOVES, SORTS, STAGES, STATUSES, Wanted, shown
from chaingraph.service.arguments import choice
from chaingraph.service.gaps import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapReport

_ORDERS = (*SORTS, *(f"-{column}" for column in SORTS))


def shown_gaps(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    statuses: Sequence[str] = (),
    stages: Sequence[str] = (),
    moves: Sequence[str] = (),
    text: str = "",
    sort: str | None = None,
    lang: Lang | None = None,
) -> GapReport:
    """The gap report with only the rows that a filter lets pass, sorted.

    Parameters
    ----------
    chain, region, as_of, lang
        As for ``gaps``, and so are the errors.
    statuses, stages, moves
        Keep rows of one of these; all where empty.
    text
        Keep rows whose name, id or nearest maker holds it.
    sort
        A column, with "-" before it in descending order; the report's own order where None.

    Raises
    ------
    UsageError
        For a status, stage, move or column that is none.
    """
    wanted = Wanted(
        _each("status", statuses, STATUSES),
        _each("stage", stages, STAGES),
        _each("move", moves, MOVES),
        text,
        choice("sort", sort or None, _ORDERS),
    )
    return shown(gaps(settings, chain, region=region, as_of=as_of, lang=lang), wanted)


def _each(name: str, values: Sequence[str], allowed: Sequence[str]) -> frozenset[str]:
    return frozenset(found for value in values if (found := choice(name, value, allowed)) is not None)
