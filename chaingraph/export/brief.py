"""The brief about a target firm (一企一策) as one HTML page to print, in need of nothing but itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.export.fact_text import said
from chaingraph.export.templates import render
from chaingraph.model.numbers import basis_mark, money, number, percent
from chaingraph.model.words import predicate, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import Citation, Fact
    from chaingraph.model.gap_report import GapRow, NeedTerm
    from chaingraph.model.lead_report import Introducer, Lead, LeadReport, ParkFit
    from chaingraph.model.words import Grade

_OF_THE_FIRM = (
    *("dissolved", "barred", "makes", "supplies", "signal", "owned_by", "owns", "has_project", "supplied_by"),
    *("leads", "based_in", "listing_code", "registered"),
)
"""The facts of the firm, in the order an officer reads them; all others stand beneath the gap's numbers."""
_TOLD = ("criticality", "locality")
"""Facts that the components of the priority tell already."""
_FACTS_SHOWN = 10
_BENEATH_SHOWN = 4
_CITATIONS_SHOWN = 2
_OTHER_PARKS_SHOWN = 2
"""So much stands on one page; what is left out is counted."""


class _Figure(NamedTuple):
    """A number of the gap as it is written; ``text`` None is unknown."""

    label: str
    text: str | None
    grade: Grade | None
    how: str = ""


class _Told(NamedTuple):
    """A fact in words, its best grade, and the numbers of its sources."""

    label: str
    text: str
    grade: Grade
    refs: list[int]


class _OtherPark(NamedTuple):
    """A park beside the one that suits best; ``in_the_way`` is why it does not fit, None where it does."""

    name: str
    region_name: str
    distance_km: float | None
    in_the_way: str | None


class _Step(NamedTuple):
    """One tie of the introducer's path: from the end reached so far to ``name``."""

    label: str
    onward: bool
    name: str
    grade: Grade
    as_of: str
    ref: int


class _Source(NamedTuple):
    """An entry of the list of sources with the places cited; None is what a tie does not tell of its source."""

    source: str
    title: str
    publisher: str | None
    date: str
    grade: Grade
    url: str | None
    locators: list[str]


class _Sources:
    """Numbers the sources in the order they are cited; one that speaks at two grades is listed twice."""

    def __init__(self) -> None:
        self.listed: list[_Source] = []

    def cite(self, item: Citation) -> int:
        """The number of a citation's source, which keeps the place cited."""
        number = self._listed(item.source, item.grade) or self._add(
            _Source(item.source, item.title, item.publisher, item.published, item.grade, item.url, [])
        )
        locators = self.listed[number - 1].locators
        if item.locator not in locators:
            locators.append(item.locator)
        return number

    def cite_title(self, source: str, title: str, as_of: str, grade: Grade, url: str | None = None) -> int:
        """The number of a source of which no more is known than its title, unless it is cited already."""
        return self._listed(source, grade) or self._add(_Source(source, title, None, as_of, grade, url, []))

    def _listed(self, source: str, grade: Grade) -> int | None:
        entries = enumerate(self.listed, 1)
        return next((number for number, entry in entries if (entry.source, entry.grade) == (source, grade)), None)

    def _add(self, entry: _Source) -> int:
        self.listed.append(entry)
        return len(self.listed)


def render_brief(report: LeadReport) -> bytes:
    """The page as UTF-8 HTML: no script, nothing loaded from anywhere, every name escaped."""
    lang, lead = report.lang, report.lead
    sources = _Sources()
    of_firm = sorted((fact for fact in report.facts if _of_firm(fact, lang)), key=lambda fact: _place(fact, lead))
    beneath = [fact for fact in report.facts if fact.used and not _of_firm(fact, lang) and fact.predicate not in _TOLD]
    others = [park for park in report.parks if lead.park is None or park.park != lead.park.park]
    page = render(
        "brief.html",
        lang,
        r=report,
        lead=lead,
        gap=report.gap,
        of_web=_of_web,
        facts=_by_label(_told(fact, sources, lang) for fact in of_firm[:_FACTS_SHOWN]),
        facts_left=max(0, len(of_firm) - _FACTS_SHOWN),
        maker_ref=sources.cite_title(lead.source, lead.source_title, lead.source_as_of, lead.grade, lead.source_url),
        figures=list(_figures(report.gap, lang)),
        beneath=[_told(fact, sources, lang) for fact in beneath[:_BENEATH_SHOWN]],
        beneath_left=max(0, len(beneath) - _BENEATH_SHOWN),
        steps=list(_steps(lead.introducer, sources)) if lead.introducer else [],
        others=[_other(park) for park in others[:_OTHER_PARKS_SHOWN]],
        parks_left=max(0, len(others) - _OTHER_PARKS_SHOWN),
        sources=sources.listed,
    )
    return page.encode()


def _of_firm(fact: Fact, lang: Lang) -> bool:
    """Whether a fact is the firm's own; those of a project bear its name in their label."""
    return fact.predicate in _OF_THE_FIRM and fact.label == predicate(fact.predicate, lang)


def _place(fact: Fact, lead: Lead) -> tuple[int, bool]:
    """Where a fact of the firm stands: that it makes this link comes before what else it makes."""
    return _OF_THE_FIRM.index(fact.predicate), fact.object != lead.link


def _told(fact: Fact, sources: _Sources, lang: Lang) -> _Told:
    """A fact in words, with the sources of its best citations."""
    best = sorted(fact.citations, key=lambda item: item.grade)[:_CITATIONS_SHOWN]
    return _Told(fact.label, said(fact, lang), best[0].grade, list(dict.fromkeys(sources.cite(item) for item in best)))


def _by_label(facts: Iterable[_Told]) -> list[tuple[str, list[_Told]]]:
    """Facts of one label as one row."""
    return [(label, list(told)) for label, told in groupby(facts, key=lambda fact: fact.label)]


def _figures(gap: GapRow, lang: Lang) -> Iterator[_Figure]:
    """The numbers of the gap in the order they are worked out."""
    zh = lang == "zh"

    def units(value: float | None, at_least: bool) -> str | None:
        return None if value is None else f"{'≥' if at_least else ''}{number(value)} {gap.unit}"

    terms = "；" if zh else "; "
    yield _Figure(
        "年需求" if zh else "Need a year",
        units(gap.need.value, gap.need.at_least),
        gap.need.grade,
        terms.join(_term(term, gap.unit, lang) for term in gap.need.terms),
    )
    supply = gap.supply
    made = units(supply.value, supply.at_least)
    planned = units(supply.planned, at_least=False)
    yield _Figure(
        "本地供给" if zh else "Local supply",
        made and made + basis_mark(supply.basis, supply.basis_year, lang),
        supply.grade,
        "" if planned is None else f"{'待投产 ' if zh else 'planned '}{planned}",
    )
    least = "≥" if gap.coverage_at_least else ""
    yield _Figure(
        "覆盖率" if zh else "Coverage",
        None if gap.coverage is None else f"{least}{percent(gap.coverage)}",
        gap.coverage_grade,
    )
    price = None if gap.unit_price_cny is None else f"{number(gap.unit_price_cny)} {'元' if zh else 'CNY'}/{gap.unit}"
    yield _Figure("单价" if zh else "Unit price", price, gap.price_grade)
    value = None if gap.value_cny is None else money(gap.value_cny, lang) + ("/年" if zh else " a year")
    yield _Figure("需求金额" if zh else "Value", value, gap.value_grade)
    near = gap.nearest
    yield _Figure(
        "最近供给" if zh else "Nearest maker",
        f"{near.name} {near.region_name} {number(round(near.distance_km))} {'公里' if zh else 'km'}" if near else None,
        near.grade if near else None,
    )
    yield _Figure(
        "缺口优先级" if zh else "Gap priority",
        None if gap.priority is None else f"{number(round(gap.priority, 1))} / 100",
        gap.priority_grade,
        f"{'完整度' if zh else 'completeness'} {percent(gap.completeness)}",
    )


def _term(term: NeedTerm, unit: str, lang: Lang) -> str:
    """One term of the need: what runs, times how much a unit of it takes."""
    run = word("unknown", lang) if term.run is None else number(term.run)
    return f"{term.name} {run}{basis_mark(term.run_basis, term.run_basis_year, lang)} × {number(term.amount)} {unit}"


def _other(park: ParkFit) -> _OtherPark:
    """A park in one line: a check that fails is what is in the way, else that it does not target the link."""
    failing = next((check for check in park.checks if check.holds is False), park.checks[0])
    return _OtherPark(park.name, park.region_name, park.distance_km, None if park.fits else failing.why)


def _steps(introducer: Introducer, sources: _Sources) -> Iterator[_Step]:
    """The path from the leader on; a tie that runs against it is shown as running against it."""
    reached = introducer.leader
    for tie in introducer.ties:
        onward = tie.from_ == reached
        reached, name = (tie.to, tie.to_name) if onward else (tie.from_, tie.from_name)
        ref = sources.cite_title(tie.source, tie.source_title, tie.as_of, tie.grade)
        yield _Step(tie.label, onward, name, tie.grade, tie.as_of, ref)


def _of_web(url: str) -> bool:
    """Whether a page may link to the address: anything but the web is shown as text."""
    return url.lower().startswith(("http://", "https://"))
