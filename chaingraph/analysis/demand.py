"""Demand: what the region's production asks for, pushed up the bill of materials from downstream to upstream."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from chaingraph.analysis.supply import producing
from chaingraph.model.gap_report import Need, NeedTerm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.model.gap_report import Supply
    from chaingraph.model.words import Grade
    from chaingraph.stores.rows import ChainFrame, FeedRow


def needs(frame: ChainFrame, supplies: Mapping[str, Supply], names: Mapping[str, str]) -> dict[str, Need]:
    """The need of every link of a chain, units a year.

    Formula: need(l) = Σ_k a(l,k) · run(k) over the links k that l feeds with a known amount; run(k) is the supply of k
    where k is produced here with known capacity, else the need of k: a link that is missing still asks for its
    inputs (``derived``). Recycled feeds are left out. The sum is a lower bound (``at_least``) where a term's run is
    unknown or a lower bound, or where a consumer that produces here takes an amount nobody knows; without any known
    term the need is None.
    """
    unquantified = {
        feed.from_ for feed in frame.feeds if feed.amount is None and not feed.recycled and producing(supplies[feed.to])
    }
    consumers: dict[str, list[FeedRow]] = defaultdict(list)
    for feed in frame.feeds:
        if not feed.recycled and feed.amount is not None:
            consumers[feed.from_].append(feed)
    found: dict[str, Need] = {}
    for link in reversed(frame.links):
        terms = tuple(_term(feed, supplies[feed.to], found[feed.to], names[feed.to]) for feed in consumers[link.id])
        products = [term.product for term in terms if term.product is not None]
        known = [term for term in terms if term.product is not None]
        found[link.id] = Need(
            value=sum(products) if products else None,
            at_least=bool(known)
            and (
                link.id in unquantified
                or len(known) < len(terms)
                or any(_is_bound(term, supplies, found) for term in known)
            ),
            derived=any(term.run_is == "need" for term in known),
            grade=max((term.grade for term in known), default=None),
            terms=terms,
        )
    return found


def _term(feed: FeedRow, supply: Supply, need: Need, name: str) -> NeedTerm:
    amount = feed.amount or 0.0
    run: float | None
    run_is: Literal["supply", "need"]
    grade: Grade | None
    if supply.value:
        run, run_is, grade = supply.value, "supply", supply.grade
    elif need.value is not None:
        run, run_is, grade = need.value, "need", need.grade
    else:
        run, run_is, grade = supply.value, "supply", supply.grade
    return NeedTerm(
        link=feed.to,
        name=name,
        amount=amount,
        run=run,
        run_is=run_is,
        run_basis=supply.basis if run_is == "supply" else "stated",
        run_basis_year=supply.basis_year if run_is == "supply" else None,
        product=None if run is None else amount * run,
        grade=max(feed.grade, grade or feed.grade),
    )


def _is_bound(term: NeedTerm, supplies: Mapping[str, Supply], found: Mapping[str, Need]) -> bool:
    return supplies[term.link].at_least if term.run_is == "supply" else found[term.link].at_least


def coverage(need: Need, supply: Supply) -> tuple[float | None, bool]:
    """min(1, supply / need), and whether it is a lower bound. None unless both are known.

    A need that is itself a lower bound makes no bound of the coverage: the coverage is then at most this, so None
    unless the supply is 0.
    """
    if need.value is None or supply.value is None or need.value == 0:
        return None, False
    if need.at_least and supply.value > 0:
        return None, False
    return min(1.0, supply.value / need.value), supply.at_least


def unmet(value_cny: float | None, coverage: float | None) -> float | None:
    """What of a need's value is not met here: value · (1 − coverage), all of it where the coverage is unknown."""
    return None if value_cny is None else value_cny * (1 - (coverage or 0.0))
