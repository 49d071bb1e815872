"""Tells leads and events of the ledger in a language, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.ledger.clocks import overdue
from chaingraph.model.ledger_report import Approval, EventSeen, Heard, LedgerLead, Overdue, SignedProject, Similar
from chaingraph.model.numbers import money, number
from chaingraph.model.words import word
from chaingraph.service.told import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chaingraph.errors import Lang
    from chaingraph.ledger.duplicates import Alike
    from chaingraph.ledger.events import Event
    from chaingraph.ledger.state import LeadState
    from chaingraph.stores.base import Store


def lead_seen(store: Store, state: LeadState, on: date, lang: Lang) -> LedgerLead:
    """One lead of the ledger as a report shows it."""
    return Telling(store, lang, on).lead(state)


class Telling:
    """Tells in a language, with the names of the map and the clocks of the packs."""

    def __init__(self, store: Store, lang: Lang, on: date) -> None:
        self._lang = lang
        self._on = on
        self._regions = names_in(store, "region", lang)
        self._parks = names_in(store, "park", lang)
        self._clocks: Mapping[str, float] = store.settings()["scoring"]["clocks"]

    def lead(self, state: LeadState) -> LedgerLead:
        """A lead as a report shows it."""
        zh = self._lang == "zh"
        return LedgerLead(
            id=state.id,
            region=state.region,
            firm=state.firm,
            firm_name=state.firm_name if zh else state.firm_name_en,
            link=state.link,
            link_name=state.link_name if zh else state.link_name_en,
            chain=state.chain,
            kind=state.kind,
            county=state.county,
            county_name=self._place(state.county),
            owner=state.owner,
            stage=state.stage,
            stage_name=word(state.stage, self._lang),
            since=state.since,
            progress=state.progress,
            next_step=state.next_step,
            next_due=state.next_due,
            reason=state.reason,
            approvals=tuple(
                Approval("county" if given.by == "county" else "city", given.user, given.at)
                for given in state.approvals
            ),
            signals=tuple(Heard(heard.date, heard.said, heard.user, heard.at) for heard in state.signals),
            created=state.created,
            created_by=state.created_by,
            changed=state.changed,
            changed_by=state.changed_by,
            version=state.version,
            overdue=tuple(
                Overdue(late.clock, word(late.clock, self._lang), late.due, late.days)
                for late in overdue(state, self._clocks, self._on)
            ),
            project=self._project(state.project),
        )

    def similar(self, other: Alike) -> Similar:
        """A lead alike, and how that is known."""
        return Similar(self.lead(other.state), other.why.in_(self._lang))

    def event(self, event: Event) -> EventSeen:
        """An event, told in a sentence."""
        corrects = event.kind == "closed" and event.data["from"] == event.data["stage"]
        kind = word(event.data["stage"] if corrects else event.kind, self._lang)
        return EventSeen(event.number, event.at, event.user, event.kind, kind, event.lead, self._said(event))

    def _place(self, adcode: str | None) -> str | None:
        return None if adcode is None else self._regions.get(adcode, adcode)

    def _project(self, told: Mapping[str, Any] | None) -> SignedProject | None:
        if told is None:
            return None
        park = told["park"]
        return SignedProject(
            park, park and self._parks.get(park, park), told["investment_cny"], told["area_mu"], told["date"]
        )

    def _said(self, event: Event) -> str:
        data = event.data
        if event.kind == "created":
            return self._created(event)
        if event.kind in ("stage_changed", "closed"):
            return self._moved(event)
        if event.kind == "approved":
            return word(f"{data['by']}_approval", self._lang)
        if event.kind == "signal":
            return f"{data['date']} {data['said']}"
        return self._listed(event)

    def _created(self, event: Event) -> str:
        data = event.data
        zh = self._lang == "zh"
        firm, link = (
            (data[field] if zh else data.get(f"{field}_en", data[field])) for field in ("firm_name", "link_name")
        )
        said = [f"{firm} {link}" if zh else f"{firm}, {link}", word(data["kind"], self._lang)]
        said += [self._place(data["county"]) or ""] if data.get("county") else []
        if data.get("despite"):
            said.append(
                f"仍入台账：{data['despite']}" if zh else f"in spite of what spoke against it: {data['despite']}"
            )
        return ("，" if zh else ", ").join(said)

    def _moved(self, event: Event) -> str:
        data = event.data
        zh = self._lang == "zh"
        if data["from"] == data["stage"]:
            said = ["补充或更正" if zh else "completed or corrected"]
        else:
            said = [f"{word(data['from'], self._lang)} → {word(data['stage'], self._lang)}"]
        said += [data["reason"]] if data.get("reason") else []
        project = self._project(data.get("project"))
        if project is not None:
            said.append(project.date)
            said += [project.park_name] if project.park_name else []
            said += [] if project.investment_cny is None else [money(project.investment_cny, self._lang)]
            said += [] if project.area_mu is None else [f"{number(project.area_mu)} {'亩' if zh else 'mu'}"]
        return ("，" if zh else ", ").join(said)

    def _listed(self, event: Event) -> str:
        """The fields of an event with their names; what is emptied says so."""
        zh = self._lang == "zh"
        emptied = "清空" if zh else "emptied"
        said = []
        for field, names in _FIELDS.items():
            if field in event.data:
                value = event.data[field]
                told = emptied if value is None else (self._place(value) if field == "county" else str(value))
                name = names[0 if zh else 1]
                said.append(f"{name}{'：' if zh else ': '}{told}" if name else str(told))
        return ("；" if zh else "; ").join(said)


_FIELDS = {
    "text": ("", ""),
    "owner": ("责任人", "owner"),
    "county": ("县区", "county"),
    "next_step": ("下一步", "next step"),
    "next_due": ("日期", "due"),
    "reason": ("原因", "reason"),
    "file": ("文件", "file"),
    "scope": ("范围", "scope"),
    "week": ("周", "week"),
    "revision": ("修订", "revision"),
    "leads": ("线索", "leads"),
    "rows": ("行", "rows"),
    "refused": ("拒收", "refused"),
    "events": ("事件", "events"),
}
"""The fields of events that are told, in this order, and what they are called."""
