"""The records of the graph: its nodes, and the facts between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from chaingraph.model.evidence import Adcode, Day, Evidences, Figure, Finite, Id, Line, Record, Share
from chaingraph.model.words import Basis, Discharge, ProjectStage

Stage = Literal["upstream", "midstream", "downstream"]
Level = Literal["country", "province", "city", "county"]

Positive = Annotated[Finite, Field(gt=0)]

Metric = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""What is measured, in snake_case: ``local_sourcing_rate``, ``industrial_investment``."""


class Leader(Record):
    """A firm that leads a chain (链主) in a region, and the link it makes there."""

    firm: Id
    region: Adcode
    link: Id
    evidence: Evidences


class Chain(Record):
    """An industrial chain (产业链)."""

    id: Id
    name: Line
    name_en: Line
    aliases: tuple[Line, ...] = ()
    leaders: tuple[Leader, ...] = ()
    evidence: Evidences


class Discharges(Record):
    """What making a link lets out (排放), which its park must be allowed to take."""

    kind: Discharge
    evidence: Evidences


class Link(Record):
    """One step of a chain (环节): what it makes, in which unit, and what we judge of it.

    ``unit`` is the unit of a year's flow: a capacity of the link is in units a year.
    """

    id: Id
    name: Line
    name_en: Line
    aliases: tuple[Line, ...] = ()
    unit: Line
    unit_price_cny: Figure | None = None
    criticality: Share | None = None
    locality: Share | None = None
    discharges: tuple[Discharges, ...] = ()
    keywords: tuple[Line, ...] = ()
    gb4754: tuple[Annotated[str, Field(pattern=r"^[A-T]\d{2,4}$")], ...] = ()
    evidence: Evidences


class Membership(Record):
    """A link's place in a chain. ``tier`` counts from the assembled product: 1 feeds it, -1 follows it."""

    link: Id
    chain: Id
    stage: Stage
    tier: int
    evidence: Evidences


class Feed(Record):
    """Link ``from_`` feeds link ``to``: ``amount`` units of it per unit of ``to``, None if structure only."""

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    amount: Positive | None = None
    recycled: bool = False
    evidence: Evidences


class Makes(Record):
    """A firm makes a link; ``confidence`` is that of a match of texts, None where a source says it outright."""

    link: Id
    revenue_share: Annotated[Finite, Field(ge=0, le=1)] | None = None
    confidence: Annotated[Finite, Field(ge=0, le=1)] | None = None
    evidence: Evidences


class Supplies(Record):
    """A firm supplies another, with which link if the source says so."""

    to: Id
    link: Id | None = None
    evidence: Evidences


class OwnedBy(Record):
    """Another firm owns a share of this one."""

    firm: Id
    share: Annotated[Finite, Field(gt=0, le=1)] | None = None
    evidence: Evidences


class Dissolved(Record):
    """A firm was struck off (注销、吊销); ``date`` is None where only that it happened is known."""

    date: Day | None = None
    evidence: Evidences


class Signal(Record):
    """A dated sign that a firm expands (动向): a plant announced, capital raised, an order that needs a new line."""

    date: Day
    said: Line
    said_en: Line | None = None
    evidence: Evidences


class Firm(Record):
    """A company (企业). ``seat_evidence`` stands where another source than ``evidence`` tells the seat."""

    id: Id
    name: Line
    short_name: Line | None = None
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    listing_code: Annotated[str, Field(pattern=r"^\d{4,6}\.(SH|SZ|BJ|HK)$")] | None = None
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")] | None = None
    seat: Adcode
    makes: tuple[Makes, ...] = ()
    supplies: tuple[Supplies, ...] = ()
    owned_by: tuple[OwnedBy, ...] = ()
    dissolved: Dissolved | None = None
    signals: tuple[Signal, ...] = ()
    evidence: Evidences
    seat_evidence: Evidences | None = None


class ProjectMakes(Record):
    """A project makes a link; ``capacity`` in ``unit`` a year, both or neither, and what kind of figure it is."""

    link: Id
    capacity: Positive | None = None
    unit: Line | None = None
    basis: Basis = "stated"
    evidence: Evidences

    @model_validator(mode="after")
    def _capacity_has_unit(self) -> ProjectMakes:
        if (self.capacity is None) != (self.unit is None):
            raise ValueError("capacity and unit go together: write both, or neither where it is unknown")
        return self


class StageDate(Record):
    """The day a project reached a stage; ``by`` means no later than that day.

    ``landed`` (履约): the contract is being kept, the project's firm is registered or its land is got.
    """

    stage: ProjectStage
    date: Day
    by: bool = False
    evidence: Evidences


class PartOfProject(Record):
    """A project is a part of another: what the whole invests holds what the part does."""

    project: Id
    evidence: Evidences


class Project(Record):
    """A firm making a link at a place (项目), with dated stages."""

    id: Id
    name: Line
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    firm: Id | None = None
    region: Adcode
    park: Id | None = None
    investment_cny: Figure | None = None
    area_mu: Figure | None = None
    part_of: PartOfProject | None = None
    makes: tuple[ProjectMakes, ...] = ()
    stages: tuple[StageDate, ...] = ()
    evidence: Evidences


class TargetsChain(Record):
    """A park targets a chain."""

    chain: Id
    evidence: Evidences


class TargetsLink(Record):
    """A park targets a link."""

    link: Id
    evidence: Evidences


class PartOf(Record):
    """A park is a part of another."""

    park: Id
    evidence: Evidences


class TakesDischarge(Record):
    """A park is allowed to take a discharge, or is not."""

    kind: Discharge
    allowed: bool
    evidence: Evidences


class Park(Record):
    """Where projects land (园区). A bar that is None is not set, never zero.

    ``yield_cny_per_mu`` and ``investment_cny_per_mu`` are reached; the bars are asked for.
    """

    id: Id
    name: Line
    short_name: Line | None = None
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    region: Adcode
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    area_mu: Figure | None = None
    ready_land_mu: Figure | None = None
    bar_investment_cny_per_mu: Figure | None = None
    bar_tax_cny_per_mu: Figure | None = None
    yield_cny_per_mu: Figure | None = None
    investment_cny_per_mu: Figure | None = None
    part_of: PartOf | None = None
    targets_chains: tuple[TargetsChain, ...] = ()
    targets_links: tuple[TargetsLink, ...] = ()
    discharges: tuple[TakesDischarge, ...] = ()
    evidence: Evidences


class Region(Record):
    """A place of the administrative hierarchy (地区), with the coordinates of its seat in degrees."""

    adcode: Adcode
    name: Line
    name_en: Line
    level: Level
    parent: Adcode | None = None
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    evidence: Evidences


class Claim(Record):
    """A source says that a region has a link but names no firm (泛称); ``said`` is the source's word."""

    region: Adcode
    link: Id
    said: Line
    evidence: Evidences


class Survey(Record):
    """A dated statement that a region was searched for a link (摸底), and whether it was found."""

    region: Adcode
    link: Id
    date: Day
    found: bool
    evidence: Evidences


class ServesChain(Record):
    """A platform serves a chain."""

    chain: Id
    evidence: Evidences


class NegativeListing(Record):
    """A region keeps a firm, or all that make a link, out (负面清单), until a day where one is set."""

    region: Adcode
    firm: Id | None = None
    link: Id | None = None
    reason: Line
    until: Day | None = None
    evidence: Evidences

    @model_validator(mode="after")
    def _names_one(self) -> NegativeListing:
        if (self.firm is None) == (self.link is None):
            raise ValueError("name either a firm or a link")
        return self


class Platform(Record):
    """What serves firms without making a link (平台): a laboratory, a test centre, a market, an innovation centre."""

    id: Id
    name: Line
    short_name: Line | None = None
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    region: Adcode
    park: Id | None = None
    firm: Id | None = None
    serves: tuple[ServesChain, ...] = ()
    evidence: Evidences


class Policy(Record):
    """A rule that a document sets (政策), in our words, with the chains and parks it names."""

    id: Id
    name: Line
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    region: Adcode
    rule: Line
    chains: tuple[Id, ...] = ()
    parks: tuple[Id, ...] = ()
    evidence: Evidences


class Measured(Record):
    """What a target and an actual have in common: of whom, of what, and in which unit.

    A target and an actual of one ``metric``, region, chain, park and year speak of the same thing.
    """

    id: Id
    region: Adcode
    chain: Id | None = None
    park: Id | None = None
    metric: Metric | None = None
    name: Line
    name_en: Line | None = None
    unit: Line
    evidence: Evidences


class Target(Measured):
    """A figure that a document sets (目标), for a leader's ``link`` if it says so. It is not an achievement.

    ``year`` is None where the document names none.
    """

    link: Id | None = None
    at_least: Finite
    year: int | None = None


class Actual(Measured):
    """A figure that a document reports as reached (实绩) in ``year``; a sum from ``since`` on where that stands."""

    value: Finite
    year: int
    since: int | None = None

    @model_validator(mode="after")
    def _since_comes_first(self) -> Actual:
        if self.since is not None and self.since > self.year:
            raise ValueError("since is the first year of a sum, so it is not after year")
        return self


class Taken(Record):
    """A fact that a document states, and where the pack holds it.

    ``in_`` is a path: section, id, and field where there is one (``projects/some-plant/makes``); claims and surveys
    have no id. The record or item found there bears the values of ``has`` and cites the document.
    """

    told: Line
    at: Line
    in_: Annotated[str, Field(alias="in", pattern=r"^[a-z]+(/[a-z0-9_-]+){0,2}$")]
    has: dict[str, bool | float | Day | str] = Field(default_factory=dict)


class Document(Record):
    """A source with every fact that was taken from it."""

    source: Id
    facts: tuple[Taken, ...]
