"""Puts the list of a week together: the leads of the ledger, and the best suggestions that are no leads yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.analysis.week import changes, stage_key
from chaingraph.errors import NotFound, Text
from chaingraph.model.week_columns import SUGGESTED
from chaingraph.model.week_report import WeekGap, WeekLead, WeekReport, WeekVetoed
from chaingraph.model.words import CLOSED, word
from chaingraph.service.asked import default_first
from chaingraph.service.gaps import report_on
from chaingraph.service.leaders import leaders_here
from chaingraph.service.leads.finding import lead_named
from chaingraph.service.leads.suggest import suggest_on
from chaingraph.service.leads.week_notes import notes
from chaingraph.service.ledger.lead_seen import Telling
from chaingraph.service.places import counties_of
from chaingraph.service.told import names_in, unit_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.lead_report import GapLeads, Lead
    from chaingraph.model.ledger_report import LedgerLead
    from chaingraph.service.asked import Asked
    from chaingraph.stores.rows import ChainFrame

_NO_MARK = ("in_talks", "closed", "already_here", "thin_evidence")
"""Vetoes that are no news of a lead in the ledger: it is what they speak of, or was accepted in spite of them."""


class Wanted(NamedTuple):
    """Which list is asked for: of a week, of one chain or of all with a leader here, how long."""

    week: str
    revision: int
    chain: str | None
    first: int
    top: int


def week_of(
    asked: Asked, states: Mapping[str, LeadState], event: int, wanted: Wanted, before: WeekReport | None
) -> WeekReport:
    """The list of a week as of the day asked for.

    Parameters
    ----------
    states, event
        The ledger on that day, and the number of its last event then.
    before
        The list of the week exported before it; None for the first.
    """
    store, lang = asked.store, asked.lang
    regions = store.names("region")
    held = {key: state for key, state in states.items() if _within(asked, state, regions)}
    work = _Work(asked, states, wanted)
    held = {key: state for key, state in held.items() if work.of_chain(state)}
    listed = [state for state in held.values() if _belongs(state, before, wanted.week)]
    telling = Telling(store, lang, asked.on)
    rows = [work.held(telling.lead(state), state) for state in listed] + work.suggested(held)
    rows.sort(key=lambda row: (work.chain_order(row.chain), *_urgent_first(row)))
    made = WeekReport(
        lang=lang,
        region=asked.place.adcode,
        region_name=asked.place.name if lang == "zh" else asked.place.name_en,
        chain=wanted.chain,
        chain_name=work.chain_name(wanted.chain) if wanted.chain else None,
        week=wanted.week,
        revision=wanted.revision,
        as_of=asked.on.isoformat(),
        pack=asked.pack,
        event=event,
        compared_with=before.week if before else None,
        first=wanted.first,
        top=wanted.top,
        counties=tuple(row.name if lang == "zh" else row.name_en for row in counties_of(store, asked.place.adcode)),
        owners=tuple(sorted({state.owner for state in states.values() if state.owner})),
        leads=tuple(replace(row, rank=rank) for rank, row in enumerate(rows, 1)),
        gaps=tuple(work.gaps()),
        changes=(),
        vetoed=tuple(work.vetoed(held)),
        notes=tuple(notes(asked, wanted.first, wanted.top)),
    )
    return replace(made, changes=changes(before, made))


def _within(asked: Asked, state: LeadState, regions: Collection[str]) -> bool:
    """Whether a lead is of the region asked for, or worked by a county in it.

    One of a region that the map holds no more may be of any, so that it is on every list and on none forgotten.
    """
    if state.region not in regions:
        return True
    places = (place for place in (state.region, state.county) if place is not None and place in regions)
    return any(asked.place.adcode in asked.store.region(place).line for place in places)


def _belongs(state: LeadState, before: WeekReport | None, week: str) -> bool:
    """Open leads, and those closed since the last list; before the first, those closed within its own week."""
    if not state.closed:
        return True
    if before is None:
        return state.since >= date.fromisocalendar(int(week[:4]), int(week[-2:]), 1).isoformat()
    last = next((lead for lead in before.leads if lead.id == state.id), None)
    return state.entered > before.event and not (last and stage_key(last.stage) in CLOSED)


def _urgent_first(row: WeekLead) -> tuple[bool, int, float, str]:
    """Within a chain: priorities of two chains, each measured against its own largest need, are not compared."""
    return row.gap_rank is None, row.gap_rank or 0, -(row.points or 0), row.id


class _Work:
    """The chains of a list with their gaps and candidates, and the rows that are made of them."""

    def __init__(self, asked: Asked, states: Mapping[str, LeadState], wanted: Wanted) -> None:
        self._asked, self._states, self._wanted = asked, states, wanted
        self._zh = asked.lang == "zh"
        self._chains = names_in(asked.store, "chain", asked.lang)
        self._of: dict[str, tuple[GapLeads, ...]] = {}
        self._rows: dict[str, tuple[GapRow, ...]] = {}
        self._rated: dict[tuple[str, str | None], Lead] = {}
        self._order = default_first(asked.store)
        frames = map(asked.store.chain, self._order)
        self._links = {frame.id: {link.id for link in frame.links} for frame in frames}
        for frame in self._frames():
            # Leads of the ledger take places of their own, so that many more are asked for.
            report = report_on(asked, frame)
            found = suggest_on(asked, frame, report, top=wanted.top + len(states), states=states)
            self._of[frame.id] = found.gaps
            self._rows[frame.id] = report.gaps
            # Of one that is vetoed nobody sought the park and the introducer, which a lead of the ledger may need.
            self._rated |= {(lead.id, frame.id): lead for gap in found.gaps for lead in gap.leads}

    def _frames(self) -> Iterator[ChainFrame]:
        """The chain asked for, else each that has a leader in the region, above it or below it; the default first."""
        store = self._asked.store
        if self._wanted.chain is not None:
            yield store.chain(self._wanted.chain)
            return
        for frame in map(store.chain, self._order):
            if leaders_here(self._asked, frame):
                yield frame

    def of_chain(self, state: LeadState) -> bool:
        """Whether a lead is of the chain asked for: its link may be of several, or of none any more."""
        wanted = self._wanted.chain
        chains = [chain for chain, links in self._links.items() if state.link in links] or [state.chain]
        return wanted is None or wanted in chains

    def _chain_of(self, state: LeadState) -> str | None:
        """The chain that a lead of the ledger is rated in: the one asked for, else its own if it has the link still."""
        chain = self._wanted.chain or state.chain
        return chain if state.link in self._links.get(chain, ()) else None

    def chain_order(self, chain: str) -> tuple[bool, str]:
        """Where a chain stands in the list: the default chain first, the others by id, also one that is gone."""
        return chain != self._order[0], chain

    def chain_name(self, chain: str) -> str:
        """The name of a chain; its id where the graph holds it no more."""
        return self._chains.get(chain, chain)

    def suggested(self, held: Mapping[str, LeadState]) -> list[WeekLead]:
        """The first suggestions of the first gaps of each chain; a lead of two chains once, in the first of them."""
        found: dict[str, Lead] = {}
        # A county's list holds leads of the city, under their ids: the county's own of the same firm are no others.
        known = {(state.firm, state.link) for state in held.values()}
        for gaps in self._of.values():
            for gap in gaps[: self._wanted.first]:
                for lead in [lead for lead in gap.leads if (lead.firm, lead.link) not in known][: self._wanted.top]:
                    found.setdefault(lead.id, lead)
        return [self._row(lead, None, None) for lead in found.values()]

    def held(self, told: LedgerLead, state: LeadState) -> WeekLead:
        """A lead of the ledger, with its points where the graph still holds it."""
        chain = self._chain_of(state)
        lead = self._rated.get((told.id, chain))
        if lead is None:
            try:
                lead = lead_named(self._asked, told.id, self._states, chain)
            except NotFound:
                return self._unrated(told, state)
        return self._row(lead, told, state)

    def gaps(self) -> Iterator[WeekGap]:
        """The gaps of the chains, with how many leads each has on the list."""
        units = self._asked.store.settings()["manifest"]["units"]
        lang = self._asked.lang
        for chain, rows in self._rows.items():
            candidates = {gap.link: gap for gap in self._of[chain]}
            for gap in rows:
                found = candidates[gap.link]
                yield WeekGap(
                    chain_name=self.chain_name(chain),
                    rank=gap.rank or 0,
                    link=gap.link,
                    name=gap.name,
                    direction=word(gap.direction, lang),
                    move=word(gap.move, lang) if gap.move else "",
                    status=word(gap.status, lang),
                    need=gap.need.value,
                    need_at_least=gap.need.at_least,
                    unit=unit_in(gap.unit, units, lang) or "",
                    need_grade=gap.need.grade,
                    coverage=gap.coverage,
                    priority=_tenth(gap.priority),
                    priority_grade=gap.priority_grade,
                    leads=found.candidates - len(found.vetoed),
                    vetoed=len(found.vetoed),
                    reason=gap.reason,
                )

    def vetoed(self, held: Mapping[str, LeadState]) -> Iterator[WeekVetoed]:
        """Leads that were lost or dropped, then candidates of the first gaps that are no leads."""
        lang = self._asked.lang
        for state in held.values():
            if state.stage in ("lost", "dropped"):
                firm, link = (
                    (state.firm_name, state.link_name) if self._zh else (state.firm_name_en, state.link_name_en)
                )
                why = state.reason or word("unknown", lang)
                yield WeekVetoed(state.id, firm, link, word(state.stage, lang), why, None, "", "")
        seen = set(held)
        for gaps in self._of.values():
            for gap in gaps[: self._wanted.first]:
                for lead in gap.vetoed:
                    if lead.id in seen:
                        continue
                    seen.add(lead.id)
                    yield WeekVetoed(
                        id=lead.id,
                        firm_name=lead.firm_name,
                        link_name=lead.link_name,
                        veto=("、" if self._zh else ", ").join(word(veto.name, lang) for veto in lead.vetoes),
                        why=("；" if self._zh else "; ").join(veto.why for veto in lead.vetoes),
                        grade=lead.grade,
                        source_title=lead.source_title,
                        source_url=lead.source_url,
                    )

    def _row(self, lead: Lead, told: LedgerLead | None, state: LeadState | None) -> WeekLead:
        lang = self._asked.lang
        veto = self._veto(lead) if state and not state.closed else ""
        against = (f"否决：{veto}；" if self._zh else f"vetoed: {veto}; ") if veto else ""
        return WeekLead(
            rank=None,
            id=lead.id,
            chain=lead.chain,
            chain_name=lead.chain_name,
            link=lead.link,
            link_name=lead.link_name,
            move=word(lead.move, lang) if lead.move else "",
            gap_rank=lead.gap_rank,
            priority=_tenth(lead.gap_priority),
            firm=lead.firm,
            firm_name=lead.firm_name,
            full_name=lead.full_name,
            kind=word(told.kind if told else lead.kind, lang),
            seat_name=lead.seat_name,
            nearest_name=lead.nearest_name,
            distance_km=None if lead.distance_km is None else round(lead.distance_km),
            points=_tenth(lead.points),
            points_most=_tenth(lead.points_most),
            components=tuple((part.name, _tenth(part.contribution), part.why) for part in lead.components),
            why=f"{against}{lead.why}",
            introducer=lead.introducer.why if lead.introducer else word("no_introducer", lang),
            park=lead.park.name if lead.park else word("no_park", lang),
            park_why=lead.park.why if lead.park else "",
            grade=lead.grade,
            sources=lead.sources,
            source_title=lead.source_title,
            source_url=lead.source_url,
            source_as_of=lead.source_as_of,
            veto=veto,
            **self._worked(told, state),
        )

    def _veto(self, lead: Lead) -> str:
        """What has turned up against a lead that is worked: its firm was struck off, or is on a negative list."""
        against = ((word(veto.name, self._asked.lang), veto.why) for veto in lead.vetoes if veto.name not in _NO_MARK)
        said = (f"{name}（{why}）" if self._zh else f"{name} ({why})" for name, why in against)
        return ("；" if self._zh else "; ").join(said)

    def _unrated(self, told: LedgerLead, state: LeadState) -> WeekLead:
        """A lead whose region, firm or link the graph holds no more."""
        if state.region not in self._asked.store.names("region"):
            gone = Text(f"地区 {state.region}", f"the region {state.region}")
        else:
            gone = Text("此企业与环节", "the firm or the link")
        why = f"图中已无{gone.zh}，无从评分" if self._zh else f"the graph holds {gone.en} no more: not rated"
        return WeekLead(
            rank=None,
            id=told.id,
            chain=told.chain,
            chain_name=self.chain_name(told.chain),
            link=told.link,
            link_name=told.link_name,
            move="",
            gap_rank=None,
            priority=None,
            firm=told.firm,
            firm_name=told.firm_name,
            full_name=told.firm_name,
            kind=word(told.kind, self._asked.lang),
            seat_name=word("unknown", self._asked.lang),
            nearest_name=word("unknown", self._asked.lang),
            distance_km=None,
            points=None,
            points_most=None,
            components=(),
            why=why,
            introducer="",
            park="",
            park_why="",
            grade=None,
            sources=None,
            source_title="",
            source_url="",
            source_as_of=None,
            veto="",
            **self._worked(told, state),
        )

    def _worked(self, told: LedgerLead | None, state: LeadState | None) -> dict[str, Any]:
        """What the ledger says of a row; a suggestion has all of it still before it."""
        if told is None or state is None:
            empty = ("county", "owner", "progress", "next_step", "next_due", "reason")
            return {
                "stage": word(SUGGESTED, self._asked.lang),
                **dict.fromkeys(empty),
                "overdue": "",
                "signals": (),
                "version": 0,
            }
        late = (f"{o.name} {o.days} 天" if self._zh else f"{o.name} {o.days} d" for o in told.overdue)
        return {
            "stage": told.stage_name,
            "county": told.county_name,
            "owner": told.owner,
            "progress": told.progress,
            "next_step": told.next_step,
            "next_due": told.next_due,
            "reason": told.reason,
            "overdue": ("、" if self._zh else ", ").join(late),
            "signals": tuple(f"{heard.date} {heard.said}" for heard in state.signals),
            "version": told.version,
        }


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
