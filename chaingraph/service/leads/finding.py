"""Finds a lead by its id, or by firm and link, and rates it on the day asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.model.lead_id import is_lead_id, lead_id
from chaingraph.service.asked import default_first
from chaingraph.service.explain import row_named
from chaingraph.service.gaps import report_on
from chaingraph.service.leads.candidate import Candidate, candidates_of
from chaingraph.service.leads.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.gap_report import GapReport
    from chaingraph.model.lead_report import Lead
    from chaingraph.service.asked import Asked
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import ChainFrame


class Found(NamedTuple):
    """A candidate with the gap report that it was rated in."""

    candidate: Candidate
    report: GapReport


def lead_named(asked: Asked, name: str, states: Mapping[str, LeadState], chain: str | None = None) -> Lead:
    """The lead of an id, or of FIRM/LINK by their ids or names, with its vetoes; in ``chain`` where that is given.

    Raises
    ------
    UsageError
        If ``name`` is neither.
    NotFound
        If no firm of the graph bears that id as a lead, or the firm does not make the link.
    """
    return found_named(asked, name, states, chain).candidate.lead(None)


def found_named(asked: Asked, name: str, states: Mapping[str, LeadState], chain: str | None = None) -> Found:
    """The same with all that it was rated by, in ``chain`` where the link is of several."""
    name = name.strip()
    state = states.get(name.upper())
    if state is not None:
        # A lead keeps its region, hence its id, wherever it is asked from.
        asked = asked._replace(place=asked.store.region(state.region))
    firm, link = (state.firm, state.link) if state else _pair(asked, name)
    frame = _frame(asked, link, chain)
    report = report_on(asked, frame)
    ground = Ground(asked, frame, states)
    candidates = candidates_of(ground, (row_named(report, asked.store, link),), (firm,))[link]
    for candidate in candidates:
        if candidate.row.firm == firm:
            return Found(candidate, report)
    raise NotFound(
        Text(
            f"图中没有“{ground.name(firm)}”生产“{ground.name(link)}”的记载，不能作线索",
            f"the graph does not say that {ground.name(firm)} makes {ground.name(link)}, so it is no lead",
        )
    )


def pair_named(store: Store, name: str) -> tuple[str, str] | None:
    """The firm and the link of FIRM/LINK; None for a text of another form. Raises NotFound."""
    firm, slash, link = name.replace("／", "/").partition("/")
    if not slash:
        return None
    return store.entity(firm.strip(), "firm")["id"], store.entity(link.strip(), "link")["id"]


def _pair(asked: Asked, name: str) -> tuple[str, str]:
    """The firm and the link that a lead's name stands for."""
    store, region = asked.store, asked.place.adcode
    if pair := pair_named(store, name):
        return pair
    if not is_lead_id(name):
        raise UsageError(
            Text(
                f"“{name}”不是线索：写线索编号（L 加十位，见 leads suggest），或“企业/环节”",
                f"{name!r} is no lead: write its id (L and ten more, see leads suggest) or FIRM/LINK",
            )
        )
    key = name.upper()
    for maker_link, maker in store.makers(list(store.names("link")), asked.on):
        if lead_id(region, maker, maker_link) == key:
            return maker, maker_link
    raise NotFound(
        Text(
            f"{asked.place.name}没有线索 {key}：可能属别的地区（--region），或图中已无此企业与环节",
            f"{asked.place.name_en} has no lead {key}: it may be of another region (--region), "
            "or the graph holds the firm or the link no more",
        )
    )


def _frame(asked: Asked, link: str, chain: str | None) -> ChainFrame:
    """The chain asked for, else the default chain if the link is of it, else the first that has it."""
    store = asked.store
    if chain is not None:
        frame = store.chain(chain)
        if all(step.id != link for step in frame.links):
            zh, en = store.names("link")[link]
            raise UsageError(
                Text(
                    f"环节“{zh}”不在产业链“{frame.name}”里：去掉 --chain，即按它所在的链评",
                    f"link {en!r} is not in chain {frame.name_en!r}: leave --chain out to rate it in its own",
                )
            )
        return frame
    for frame in map(store.chain, default_first(store)):
        if any(step.id == link for step in frame.links):
            return frame
    raise NotFound(Text(f"图中已无环节“{link}”", f"the graph holds no link {link!r} any more"))
