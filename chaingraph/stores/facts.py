"""What the graph says of each entity, as flat facts: predicate, object, number, dates, citations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from chaingraph.model.region_names import plain_name
from chaingraph.model.words import PREDICATES, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.model.entities import Actual, Target
    from chaingraph.model.evidence import Evidence, Figure
    from chaingraph.model.graph import Graph

PARK_FIGURES = (
    *("area_mu", "ready_land_mu", "bar_investment_cny_per_mu", "bar_tax_cny_per_mu"),
    *("yield_cny_per_mu", "investment_cny_per_mu"),
)

_FIGURES: dict[str, tuple[str, ...]] = {
    "links": ("unit_price_cny", "criticality", "locality"),
    "projects": ("investment_cny", "area_mu"),
    "parks": PARK_FIGURES,
}
_UNITS = {
    "investment_cny": "元",
    "area_mu": "亩",
    "ready_land_mu": "亩",
    "bar_investment_cny_per_mu": "元/亩",
    "bar_tax_cny_per_mu": "元/亩",
    "yield_cny_per_mu": "元/亩",
    "investment_cny_per_mu": "元/亩",
}
_KINDS = {
    "chains": "chain",
    "links": "link",
    "firms": "firm",
    "projects": "project",
    "parks": "park",
    "regions": "region",
    "platforms": "platform",
    "policies": "policy",
    "targets": "target",
    "actuals": "actual",
}
FROM_THE_OTHER_END = frozenset(
    (
        *("led_by", "has_link", "fed_by", "fed_recycled_by", "seat_of", "made_by", "made_by_project", "supplied_by"),
        *("owns", "contains", "has_part", "has_project", "has_park", "has_platform", "hosts", "served_by"),
        *("targeted_by", "claimed_in", "surveyed_in", "barred", "subject_to", "has_target", "has_actual"),
    )
)
"""Predicates of facts that the other entity's record tells in the first place."""
_PLACES = {predicate: place for place, predicate in enumerate(PREDICATES)}


def entity_records(graph: Graph) -> list[dict[str, Any]]:
    """One record an entity: ``kind``, ``id``, ``name``, ``name_en``, its ``facts``, and what it is found by.

    ``names`` are its own, ``products`` the words for what a link makes. Records stand by kind, then by id; facts as
    ``fact_place`` says, those that the record itself tells in the order of the pack.

    A fact is a dict of ``predicate`` (snake_case), ``object`` (an entity id, or None), ``object_name``,
    ``object_name_en``, ``value`` (number or text, or None), ``unit``, ``date``, ``by`` and ``evidence``.
    """
    book = _Book(graph)
    for kind in _KINDS:
        for entity in getattr(graph, kind).values():
            book.add(kind, entity)
    _edges(graph, book)
    for record in book.records.values():
        record["facts"].sort(key=fact_place)
    kinds = list(_KINDS.values())
    return sorted(book.records.values(), key=lambda record: (kinds.index(record["kind"]), record["id"]))


def fact_place(fact: dict[str, Any]) -> tuple[int, str]:
    """Where a fact stands in its record: by predicate, and if it is told from the other end by the other's id."""
    predicate: str = fact["predicate"]
    return _PLACES[predicate], fact["object"] if predicate in FROM_THE_OTHER_END else ""


def bare_fact(predicate: str, **told: Any) -> dict[str, Any]:
    """A fact with what is ``told`` of it, and the other fields empty."""
    return {
        "predicate": predicate,
        "object": None,
        "object_name": None,
        "object_name_en": None,
        "value": None,
        "value_en": None,
        "unit": None,
        "date": None,
        "by": False,
        "basis": "stated",
        **told,
    }


class _Book:
    """Collects the records."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.records: dict[tuple[str, str], dict[str, Any]] = {}
        self.names: dict[str, tuple[str, str]] = defaultdict(lambda: ("", ""))
        for kind in _KINDS:
            for key, entity in getattr(graph, kind).items():
                name = getattr(entity, "short_name", None) or entity.name
                self.names[key] = (name, getattr(entity, "name_en", None) or name)

    def add(self, kind: str, entity: Any) -> None:
        key = entity.adcode if kind == "regions" else entity.id
        name, name_en = self.names[key]
        plain = (plain_name(entity.name),) if kind == "regions" else ()
        also = (*plain, entity.name, getattr(entity, "listing_code", None), *getattr(entity, "aliases", ()))
        self.records[kind, key] = {
            "kind": _KINDS[kind],
            "id": key,
            "name": name,
            "name_en": name_en,
            "names": [key, name, name_en, *(other for other in also if other)],
            # A link's id says in English what it is, often by another word than its name.
            "products": [key.replace("-", " "), *entity.keywords] if kind == "links" else [],
            "facts": [],
        }
        self.fact(kind, key, "registered", entity.evidence, value=entity.name)
        for field in _FIGURES.get(kind, ()):
            figure: Figure | None = getattr(entity, field)
            unit = f"元/{entity.unit}" if field == "unit_price_cny" else _UNITS.get(field)
            if figure is not None:
                self.fact(kind, key, field, figure.evidence, value=figure.value, unit=unit)

    def fact(
        self,
        kind: str,
        key: str,
        predicate: str,
        evidence: Sequence[Evidence],
        object_: str | None = None,
        **more: Any,
    ) -> None:
        record = self.records.get((kind, key))
        if record is None:
            return
        name, name_en = self.names[object_] if object_ else (None, None)
        record["facts"].append(
            bare_fact(
                predicate,
                object=object_,
                object_name=name,
                object_name_en=name_en,
                **more,
                evidence=[item.model_dump(mode="json") for item in evidence],
            )
        )

    def named(self, key: str) -> dict[str, str]:
        """An entity's name as the value of a fact."""
        return dict(zip(("value", "value_en"), self.names[key], strict=True))

    def both(
        self,
        ends: tuple[tuple[str, str], tuple[str, str]],
        predicates: tuple[str, str],
        evidence: Sequence[Evidence],
        **more: Any,
    ) -> None:
        """One fact between two entities, told from either end."""
        (kind, key), (other_kind, other) = ends
        self.fact(kind, key, predicates[0], evidence, other, **more)
        self.fact(other_kind, other, predicates[1], evidence, key, **more)


def _edges(graph: Graph, book: _Book) -> None:
    for chain in graph.chains.values():
        for leader in chain.leaders:
            ends = (("firms", leader.firm), ("chains", chain.id))
            book.both(ends, ("leads", "led_by"), leader.evidence, **book.named(leader.link))
    for member in graph.memberships:
        ends = (("links", member.link), ("chains", member.chain))
        book.both(ends, ("in_chain", "has_link"), member.evidence, value=f"{member.stage} {member.tier}")
    for feed in graph.feeds:
        unit = f"{graph.links[feed.from_].unit}/{graph.links[feed.to].unit}"
        more = {"value": feed.amount, "unit": unit if feed.amount is not None else None}
        predicates = ("feeds_recycled", "fed_recycled_by") if feed.recycled else ("feeds", "fed_by")
        book.both((("links", feed.from_), ("links", feed.to)), predicates, feed.evidence, **more)
    for firm in graph.firms.values():
        seat = (("firms", firm.id), ("regions", firm.seat))
        book.both(seat, ("based_in", "seat_of"), firm.seat_evidence or firm.evidence)
        if firm.listing_code:
            book.fact("firms", firm.id, "listing_code", firm.evidence, value=firm.listing_code)
        if firm.dissolved:
            date = firm.dissolved.date
            book.fact("firms", firm.id, "dissolved", firm.dissolved.evidence, date=date.isoformat() if date else None)
        for signal in firm.signals:
            said = {"value": signal.said, "value_en": signal.said_en, "date": signal.date.isoformat()}
            book.fact("firms", firm.id, "signal", signal.evidence, **said)
        for makes in firm.makes:
            more = {"value": makes.revenue_share}
            book.both((("firms", firm.id), ("links", makes.link)), ("makes", "made_by"), makes.evidence, **more)
        for supplies in firm.supplies:
            link = book.named(supplies.link) if supplies.link else {}
            book.both(
                (("firms", firm.id), ("firms", supplies.to)),
                ("supplies", "supplied_by"),
                supplies.evidence,
                **link,
            )
        for owner in firm.owned_by:
            book.both(
                (("firms", firm.id), ("firms", owner.firm)),
                ("owned_by", "owns"),
                owner.evidence,
                value=owner.share,
            )
    for step in graph.links.values():
        for let_out in step.discharges:
            book.fact("links", step.id, "discharges", let_out.evidence, **_in_words(let_out.kind))
    for region in graph.regions.values():
        if region.parent:
            book.both((("regions", region.adcode), ("regions", region.parent)), ("within", "contains"), region.evidence)
    _places(graph, book)


def _places(graph: Graph, book: _Book) -> None:
    for project in graph.projects.values():
        here = ("projects", project.id)
        ends = [("regions", project.region, "in_region")]
        if project.firm:
            ends.append(("firms", project.firm, "by_firm"))
        if project.park:
            ends.append(("parks", project.park, "at_park"))
        for kind, key, predicate in ends:
            book.both((here, (kind, key)), (predicate, "has_project"), project.evidence)
        if project.part_of:
            whole = (here, ("projects", project.part_of.project))
            book.both(whole, ("part_of", "has_part"), project.part_of.evidence)
        for makes in project.makes:
            more = {"value": makes.capacity, "unit": f"{makes.unit}/年" if makes.unit else None, "basis": makes.basis}
            book.both((here, ("links", makes.link)), ("makes", "made_by_project"), makes.evidence, **more)
        for stage in project.stages:
            dated: dict[str, Any] = {"value": stage.stage, "date": stage.date.isoformat(), "by": stage.by}
            book.fact(*here, "stage", stage.evidence, **dated)
    for park in graph.parks.values():
        book.both((("parks", park.id), ("regions", park.region)), ("in_region", "has_park"), park.evidence)
        if park.part_of:
            ends_ = (("parks", park.id), ("parks", park.part_of.park))
            book.both(ends_, ("part_of", "has_part"), park.part_of.evidence)
        for chain in park.targets_chains:
            ends_ = (("parks", park.id), ("chains", chain.chain))
            book.both(ends_, ("targets", "targeted_by"), chain.evidence)
        for link in park.targets_links:
            book.both((("parks", park.id), ("links", link.link)), ("targets", "targeted_by"), link.evidence)
        for taken in park.discharges:
            predicate = "takes_discharge" if taken.allowed else "refuses_discharge"
            book.fact("parks", park.id, predicate, taken.evidence, **_in_words(taken.kind))
    for claim in graph.claims:
        ends_ = (("regions", claim.region), ("links", claim.link))
        book.both(ends_, ("claims", "claimed_in"), claim.evidence, value=claim.said)
    for survey in graph.surveys:
        ends_ = (("regions", survey.region), ("links", survey.link))
        more = {"value": "found" if survey.found else "not_found", "date": survey.date.isoformat()}
        book.both(ends_, ("surveyed", "surveyed_in"), survey.evidence, **more)
    for listed in graph.negative_list:
        kept_out = ("firms", listed.firm) if listed.firm else ("links", listed.link or "")
        until = listed.until.isoformat() if listed.until else None
        ends_ = (("regions", listed.region), kept_out)
        book.both(ends_, ("bars", "barred"), listed.evidence, value=listed.reason, date=until)
    _rules_and_figures(graph, book)


def _in_words(kind: str) -> dict[str, str]:
    """A discharge as the value of a fact."""
    return {"value": word(kind, "zh"), "value_en": word(kind, "en")}


def _rules_and_figures(graph: Graph, book: _Book) -> None:
    for platform in graph.platforms.values():
        here = ("platforms", platform.id)
        book.both((here, ("regions", platform.region)), ("in_region", "has_platform"), platform.evidence)
        if platform.park:
            book.both((here, ("parks", platform.park)), ("at_park", "has_platform"), platform.evidence)
        if platform.firm:
            book.both((here, ("firms", platform.firm)), ("hosted_by", "hosts"), platform.evidence)
        for served in platform.serves:
            book.both((here, ("chains", served.chain)), ("serves", "served_by"), served.evidence)
    for policy in graph.policies.values():
        here = ("policies", policy.id)
        book.fact(*here, "rule", policy.evidence, value=policy.rule)
        ends = [("regions", policy.region)]
        ends += [("chains", chain) for chain in policy.chains] + [("parks", park) for park in policy.parks]
        for end in ends:
            book.both((here, end), ("applies_to", "subject_to"), policy.evidence)
    for kind, figures, predicates in (
        ("targets", graph.targets, ("target_of", "has_target")),
        ("actuals", graph.actuals, ("actual_of", "has_actual")),
    ):
        for figure in figures.values():
            value = getattr(figure, "at_least" if kind == "targets" else "value")
            more = {"value": value, "unit": figure.unit, "date": _years(figure)}
            ends = [("regions", figure.region)]
            ends += [("chains", figure.chain)] if figure.chain else []
            ends += [("parks", figure.park)] if figure.park else []
            for end in ends:
                book.both(((kind, figure.id), end), predicates, figure.evidence, **more)


def _years(figure: Target | Actual) -> str | None:
    """The year of a target or an actual; both ends where it is summed up over several."""
    since = getattr(figure, "since", None)
    return f"{since}–{figure.year}" if since else str(figure.year) if figure.year else None
