"""The desk that a use case of the ledger works at: the store, the ledger, the language, names looked up."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.ledger.log import Ledger
from chaingraph.model.region_names import plain_name
from chaingraph.service.leads.finding import pair_named
from chaingraph.service.leads.merged import LeadIds, standing
from chaingraph.service.places import counties_of, place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.state import LeadState
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import RegionRow


class Desk(NamedTuple):
    """An open store with its name, the ledger of its workspace, and the language asked for."""

    store: Store
    pack: str
    ledger: Ledger
    lang: Lang

    @classmethod
    def opened(
        cls, settings: Settings, lang: Lang | None, progress: Callable[[str, float], None] | None = None
    ) -> Desk:
        """The desk of a workspace."""
        store, pack = open_store(settings, progress)
        return cls(store, pack, Ledger.at(settings.workspace), spoken(lang, store))

    def key(self, lead: str) -> str:
        """The id of a lead, of FIRM/LINK in the home region too. Raises NotFound for an unknown firm or link."""
        pair = pair_named(self.store, lead)
        if pair is None:
            return key_of(lead)
        states = standing(self.store, self.ledger.states())
        return LeadIds(place_of(self.store, None).adcode, states).of(*pair)

    def county(self, name: str | None, region: str) -> str | None:
        """The adcode of a county in the region of a lead; an empty text stays empty.

        Raises
        ------
        NotFound
            For an unknown region.
        UsageError
            For one that lies elsewhere.
        """
        if name is None or not name.strip():
            return name
        row = self.place(name.strip(), region)
        if region not in row.line:
            home = self.store.region(region)
            known = self._counties(region)
            raise UsageError(
                Text(
                    f"{row.name}不在{home.name}：请写{home.name}的县区（{known.zh}）",
                    f"{row.name_en} is not in {home.name_en}: name one of {known.en}",
                )
            )
        return row.adcode

    def place(self, name: str, region: str) -> RegionRow:
        """A region by adcode or name; of several of one name the county of ``region``.

        Raises
        ------
        NotFound
            If there is none; of a park the message tells in which county of ``region`` it lies, else their names.
        """
        called = name.casefold()
        here = [
            row
            for row in counties_of(self.store, region)
            if called in (row.name.casefold(), plain_name(row.name), row.name_en.casefold())
        ]
        if len(here) == 1:
            return here[0]
        try:
            return self.store.region(name)
        except NotFound as error:
            home, known = self.store.region(region), self._counties(region)
            try:
                at = self.store.region(self.region_of(name))
            except NotFound:
                raise NotFound(
                    Text(
                        f"没有县区“{name}”；{home.name}有：{known.zh}",
                        f"no county named {name!r}; {home.name_en} has: {known.en}",
                    )
                ) from error
            county = Text(at.name, at.name_en) if at.level == "county" else Text(f"县区：{known.zh}", known.en)
            raise NotFound(
                Text(f"“{name}”是园区，请填所在的{county.zh}", f"{name!r} is a park: write its county, {county.en}")
            ) from error

    def park(self, name: str, region: str) -> str | None:
        """The id of a park in the region of a lead; None where the text is empty.

        Raises
        ------
        NotFound
            For an unknown park.
        UsageError
            For one that lies elsewhere.
        """
        if not name.strip():
            return None
        park: str = self.store.entity(name.strip(), "park")["id"]
        if region not in self.store.region(self.region_of(park)).line:
            home = self.store.region(region)
            raise UsageError(
                Text(
                    f"园区“{name}”不在{home.name}：落在别处的线索请改为“流失”",
                    f"the park {name!r} is not in {home.name_en}: a lead that lands elsewhere is lost",
                )
            )
        return park

    def region_of(self, park: str) -> str:
        """The adcode of the region that a park lies in. Raises NotFound for an unknown park."""
        facts = self.store.entity(park, "park")["facts"]
        adcode: str = next(fact["object"] for fact in facts if fact["predicate"] == "in_region")
        return adcode

    def _counties(self, region: str) -> Text:
        """The names of the counties of a region."""
        rows = counties_of(self.store, region)
        return Text("、".join(row.name for row in rows), ", ".join(row.name_en for row in rows))


def key_of(lead: str) -> str:
    """A lead's id as the ledger keeps it, in whatever case it was typed."""
    return lead.strip().upper()


def no_lead(lead: str, known: Iterable[str]) -> NotFound:
    """The error for a lead that the ledger does not hold."""
    close = get_close_matches(key_of(lead), list(known), 3, 0.7)
    return NotFound(
        Text(
            f"台账里没有线索“{lead}”。"
            + (f"相近的有：{'、'.join(close)}；" if close else "")
            + "编号见 chaingraph leads list，候选先用 chaingraph leads accept 入台账",
            f"the ledger holds no lead {lead!r}. "
            + (f"Did you mean: {', '.join(close)}? " if close else "")
            + "See chaingraph leads list; a candidate enters by chaingraph leads accept",
        )
    )


def lead_of(lead: str, state: LeadState | None, ledger: Ledger) -> LeadState:
    """The state of a lead. Raises NotFound where the ledger holds none."""
    if state is None:
        raise no_lead(lead, ledger.states())
    return state
