"""/week: the weekly list, exported, and taken back with its conflicts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from chaingraph.service.leads.exported import exported_lists
from chaingraph.service.ledger.choices import choices
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Data, Seen

router = APIRouter()

_WEEKS_OFFERED = 12


@router.get("/week")
def week(
    settings: Data,
    view: Seen,
    visitor: Reader,
    all: Annotated[bool, Query(description="All exported lists, not the latest alone")] = False,  # noqa: A002
) -> Response:
    """The exported lists, what exports one, and what takes one back."""
    return page(
        "week.html",
        view,
        visitor,
        lists=exported_lists(settings),
        all_lists=all,
        weeks=list(_latest_weeks(date.today())),
        choices=choices(settings, region=view.region, lang=view.lang),
    )


def _latest_weeks(today: date) -> list[str]:
    days = (today - timedelta(weeks=back) for back in range(_WEEKS_OFFERED))
    return ["{}-W{:02}".format(*day.isocalendar()[:2]) for day in days]
