"""Puts the list of a week together: the leads of the ledger, and the best suggestions that are no leads yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.analysis.week import changes, stage_key
from chaingraph.errors import NotFound
from chaingraph.model.numbers import percent
from chaingraph.model.week_columns import SUGGESTED
from chaingraph.model.week_report import WeekGap, WeekLead, WeekReport, WeekVetoed
from chaingraph.model.words import CLOSED, LEAD_STAGES, word
from chaingraph.service.gaps import report_on
from chaingraph.service.leaders import leaders_of
from chaingraph.service.leads.finding import lead_named
from chaingraph.service.leads.suggest import suggest_on
from chaingraph.service.ledger.lead_seen import Telling
from chaingraph.service.told import names_in, unit_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.lead_report import GapLeads, Lead
    from chaingraph.model.ledger_report import LedgerLead
    from chaingraph.service.gaps import Asked
    from chaingraph.stores.rows import ChainFrame


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
    held = {key: state for key, state in states.items() if asked.place.adcode in store.region(state.region).line}
    if wanted.chain is not None:
        held = {key: state for key, state in held.items() if state.chain == wanted.chain}
    work = _Work(asked, states, wanted)
    listed = [state for state in held.values() if _belongs(state, before)]
    telling = Telling(store, lang, asked.on)
    rows = [work.held(telling.lead(state), state) for state in listed] + work.suggested(held)
    rows.sort(key=lambda row: (work.chain_order(row.chain), *_urgent_first(row)))
    made = WeekReport(
        lang=lang,
        region=asked.place.adcode,
        region_name=asked.place.name if lang == "zh" else asked.place.name_en,
        chain=wanted.chain,
        week=wanted.week,
        revision=wanted.revision,
        as_of=asked.on.isoformat(),
        pack=asked.pack,
        event=event,
        compared_with=before.week if before else None,
        first=wanted.first,
        top=wanted.top,
        stages=tuple(word(stage, lang) for stage in (SUGGESTED, *LEAD_STAGES)),
        counties=_counties(asked),
        owners=tuple(sorted({state.owner for state in states.values() if state.owner})),
        leads=tuple(replace(row, rank=rank) for rank, row in enumerate(rows, 1)),
        gaps=tuple(work.gaps()),
        changes=(),
        vetoed=tuple(work.vetoed(held)),
        notes=tuple(_notes(asked, wanted)),
    )
    return replace(made, changes=changes(before, made))


def _belongs(state: LeadState, before: WeekReport | None) -> bool:
    """Open leads, and those closed since the last list."""
    if not state.closed:
        return True
    if before is None:
        return False
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
        self._rated: dict[str, Lead] = {}
        for frame in self._frames():
            # Leads of the ledger take places of their own, so that many more are asked for.
            found = suggest_on(asked, frame, top=wanted.top + len(states), states=states)
            self._of[frame.id] = found.gaps
            self._rows[frame.id] = report_on(asked, frame).gaps
            for gap in found.gaps:
                for lead in (*gap.leads, *gap.vetoed):
                    self._rated.setdefault(lead.id, lead)

    def _frames(self) -> Iterator[ChainFrame]:
        """The chain asked for, else each that has a leader in the region, above it or below it; the default first."""
        store, place = self._asked.store, self._asked.place
        if self._wanted.chain is not None:
            yield store.chain(self._wanted.chain)
            return
        for frame in map(store.chain, sorted(store.chain_ids(), key=self.chain_order)):
            if any(
                leader.region in place.line or place.adcode in store.region(leader.region).line
                for leader in leaders_of(frame, self._asked.on, self._asked.lang)
            ):
                yield frame

    def chain_order(self, chain: str) -> tuple[bool, str]:
        """Where a chain stands in the list: the default chain first, the others by id."""
        return chain != self._asked.store.settings()["manifest"]["default_chain"], chain

    def suggested(self, held: Mapping[str, LeadState]) -> list[WeekLead]:
        """The first suggestions of the first gaps of each chain; a lead of two chains once, in the first of them."""
        found: dict[str, Lead] = {}
        for gaps in self._of.values():
            for gap in gaps[: self._wanted.first]:
                for lead in [lead for lead in gap.leads if lead.id not in held][: self._wanted.top]:
                    found.setdefault(lead.id, lead)
        return [self._row(lead, None, None) for lead in found.values()]

    def held(self, told: LedgerLead, state: LeadState) -> WeekLead:
        """A lead of the ledger, with its points where the graph still holds it."""
        lead = self._rated.get(told.id)
        if lead is None:
            try:
                lead = lead_named(self._asked, told.id, self._states)
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
                    chain_name=self._chains[chain],
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
                yield WeekVetoed(state.id, firm, link, word(state.stage, lang), why, None, "", None)
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
        none_known = "暂无已知引荐路径" if self._zh else "no known introducer"
        none_fits = "暂无合适园区" if self._zh else "no park fits"
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
            distance_km=round(lead.distance_km),
            points=_tenth(lead.points),
            points_most=_tenth(lead.points_most),
            components=tuple((part.name, _tenth(part.contribution), part.why) for part in lead.components),
            why=lead.why,
            introducer=lead.introducer.why if lead.introducer else none_known,
            park=lead.park.name if lead.park else none_fits,
            park_why=lead.park.why if lead.park else "",
            grade=lead.grade,
            sources=lead.sources,
            source_title=lead.source_title,
            source_url=lead.source_url,
            source_as_of=lead.source_as_of,
            **self._worked(told, state),
        )

    def _unrated(self, told: LedgerLead, state: LeadState) -> WeekLead:
        """A lead whose firm or link the graph holds no more."""
        why = (
            "图中已无此企业与环节，无从评分" if self._zh else "the graph holds the firm or the link no more: not rated"
        )
        return WeekLead(
            rank=None,
            id=told.id,
            chain=told.chain,
            chain_name=self._chains.get(told.chain, told.chain),
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
            source_url=None,
            source_as_of=None,
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


def _counties(asked: Asked) -> tuple[str, ...]:
    """The names of the counties of the region; its own if it has none."""
    store, place = asked.store, asked.place
    below = (store.region(adcode) for adcode in sorted(store.names("region")))
    counties = [row for row in below if row.level == "county" and place.adcode in row.line]
    return tuple(row.name if asked.lang == "zh" else row.name_en for row in counties or [place])


def _notes(asked: Asked, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """How the numbers of the list came about: its day and length, the weights, the grades, the clocks."""
    zh = asked.lang == "zh"
    scoring = asked.store.settings()["scoring"]
    yield ("数据日期", asked.on.isoformat()) if zh else ("data as of", asked.on.isoformat())
    yield (
        (
            "入选范围",
            f"台账中未销号的线索与上次导出后销号的线索；各链前 {wanted.first} 个缺口各取前 {wanted.top} 家建议",
        )
        if zh
        else (
            "what is listed",
            f"open leads of the ledger and those closed since the last list; for the first {wanted.first} gaps of each "
            f"chain the first {wanted.top} suggestions",
        )
    )
    yield (
        ("排序", "先按产业链（默认链在前），再按缺口序位，再按线索得分")
        if zh
        else ("order", "by the chain (the default chain first), the rank of the gap, the points of the lead")
    )
    yield ("缺口优先级权重" if zh else "weights of the priority"), _weights(scoring["weights"], asked)
    yield ("线索得分权重" if zh else "weights of the points"), _weights(scoring["lead_weights"], asked)
    yield (
        ("得分", "各项证实程度（0 至 1）× 权重之和 × 100；待核实的项不计分，得分上限按其满分计")
        if zh
        else (
            "points",
            "100 × sum of weight × component (0 to 1); what is unknown scores nothing, and all of it in points at most",
        )
    )
    clocks = scoring["clocks"]
    told = (
        f"{word(name.removesuffix('_days'), asked.lang)} {days:g} {'天' if zh else 'd'}"
        for name, days in clocks.items()
    )
    yield ("时限" if zh else "clocks"), ("、" if zh else ", ").join(told)


def _weights(weights: Mapping[str, float], asked: Asked) -> str:
    whole = sum(weights.values())
    told: Iterable[str] = (f"{word(name, asked.lang)} {percent(value / whole)}" for name, value in weights.items())
    return ("、" if asked.lang == "zh" else ", ").join(told)
