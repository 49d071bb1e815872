"""One link in the round: what is needed, who is here, what is near, who could come, and where it is said."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chaingraph.ledger.log import Ledger
from chaingraph.model.link_report import ChainOfLink, LinkReport, SourceSeen
from chaingraph.service.arguments import day
from chaingraph.service.asked import Asked, chain_of, default_first
from chaingraph.service.explain import explanation_of, row_named
from chaingraph.service.gaps import report_on
from chaingraph.service.leads.merged import standing
from chaingraph.service.leads.suggest import suggest_on
from chaingraph.service.ledger.board import most_overdue_first
from chaingraph.service.ledger.in_work import inside
from chaingraph.service.ledger.lead_seen import Telling
from chaingraph.service.places import place_of
from chaingraph.service.told import facts_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.entity_report import Citation, Fact
    from chaingraph.model.gap_report import GapReport
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import ChainFrame

LEADS_SHOWN = 8
_NEIGHBOURS = ("feeds", "fed_by", "feeds_recycled", "fed_recycled_by")


def link_page(
    settings: Settings,
    link: str,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    top: int = LEADS_SHOWN,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> LinkReport:
    """A link around the leaders of a chain, with the leads for it.

    Parameters
    ----------
    link
        Id or name.
    chain
        Id or name of a chain that has it; where None the default chain if it has the link, else the first that has.
    region, as_of, lang
        As for ``gaps``.
    top
        Keep so many leads; all vetoed candidates are told.

    Raises
    ------
    NotFound
        For an unknown link, chain or region; for a link that is not of ``chain``.
    UsageError
        For a date or a top that is none.
    """
    on = day(as_of)
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    asked = Asked(store, pack, place_of(store, region), on, lang)
    record = store.entity(link, "link")
    chains = _chains_of(store, record)
    # An unknown chain is told of before a link that is not in it.
    frame = chain_of(store, chains[0] if chain is None and chains else chain)
    report = report_on(asked, frame)
    row = row_named(report, store, link if chain else record["id"])
    states = standing(store, Ledger.at(settings.workspace).states(on))
    return link_report_on(asked, frame, report, row.link, states=states, top=top)


def link_report_on(
    asked: Asked, frame: ChainFrame, report: GapReport, link: str, *, states: Mapping[str, LeadState], top: int
) -> LinkReport:
    """The report on a link of a chain over an open store; ``states`` are the leads of the ledger, which are told of."""
    store, on = asked.store, asked.on
    record = store.entity(link, "link")
    told = explanation_of(store, report, report.rows[link], on)
    telling = Telling(store, asked.lang, on)
    names = store.names("chain")
    return LinkReport(
        explanation=told,
        pack=asked.pack,
        chains=tuple(ChainOfLink(key, names[key][0 if asked.lang == "zh" else 1]) for key in _chains_of(store, record)),
        neighbours=tuple(fact for fact in facts_of(store, record, on, asked.lang) if fact.predicate in _NEIGHBOURS),
        leads=suggest_on(asked, frame, report, link=link, top=top, states=states).gaps[0],
        ledger=tuple(
            sorted(
                map(telling.lead, inside(store, asked.place.adcode, (s for s in states.values() if s.link == link))),
                key=most_overdue_first,
            )
        ),
        sources=_sources(told.facts),
    )


def _chains_of(store: Store, record: dict[str, object]) -> list[str]:
    """The chains that have a link, the default chain first."""
    facts = record["facts"]
    assert isinstance(facts, list)
    of = {fact["object"] for fact in facts if fact["predicate"] == "in_chain"}
    return [chain for chain in default_first(store) if chain in of]


def _sources(facts: Iterable[Fact]) -> tuple[SourceSeen, ...]:
    """The sources of facts, each once: the best grade in front, then the later."""
    cited: dict[str, list[Citation]] = defaultdict(list)
    for fact in facts:
        for citation in fact.citations:
            cited[citation.source].append(citation)
    seen = [_source(citations) for citations in cited.values()]
    seen.sort(key=lambda source: source.published, reverse=True)
    return tuple(sorted(seen, key=lambda source: source.grade))


def _source(citations: list[Citation]) -> SourceSeen:
    first = citations[0]
    return SourceSeen(
        source=first.source,
        title=first.title,
        publisher=first.publisher,
        published=first.published,
        url=first.url,
        grade=min(citation.grade for citation in citations),
        locators=tuple(dict.fromkeys(citation.locator for citation in citations)),
        as_of=max(citation.as_of for citation in citations),
    )
