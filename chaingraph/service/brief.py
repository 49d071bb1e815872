"""The brief about a target firm (一企一策): a lead with all that it rests on, as one page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.brief import render_brief
from chaingraph.service.leads.explain import explain_lead

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


def brief(
    settings: Settings,
    lead: str,
    *,
    chain: str | None = None,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> bytes:
    """The brief about a lead as an HTML page in UTF-8 that needs nothing but itself.

    Parameters
    ----------
    lead
        Its id, or FIRM/LINK. The rest is as for ``explain_lead``, and so are the errors.

    Raises
    ------
    NotFound
        If there is no such lead.
    """
    report = explain_lead(settings, lead, chain=chain, region=region, as_of=as_of, lang=lang, progress=progress)
    return render_brief(report)
