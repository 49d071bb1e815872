"""What a pack says about itself: its manifest (pack.yaml) and its weights and thresholds (scoring.yaml)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from chaingraph.errors import Lang
from chaingraph.model.evidence import Adcode, Figure, Finite, Id, Line, Record, Share


class Rings(Record):
    """The rings of distance around a region, beside city, province and nation."""

    near_km: Figure
    bay_area: Annotated[tuple[Adcode, ...], Field(min_length=1)]


class Manifest(Record):
    """pack.yaml of the layered packs. ``units`` maps each unit in use to its English name."""

    name: Line
    title: Line
    title_en: Line
    home_region: Adcode
    default_chain: Id
    language: Lang
    curator: Id
    regions_source: Id
    industries_source: Id | None = None
    standalone: bool = False
    units: dict[Line, Line]
    rings: Rings


class _Weighing(Record):
    """Weights of components: at least one weighs something."""

    @model_validator(mode="after")
    def _something_weighs(self) -> Self:
        if not any(getattr(self, name).value for name in type(self).model_fields):
            raise ValueError("at least one weight must be above 0")
        return self


class Weights(_Weighing):
    """The weight of each component of a gap's priority; only their ratios matter."""

    pull: Figure
    criticality: Figure
    locality: Figure
    adjacency: Figure
    scarcity: Figure


class Thresholds(Record):
    """The bars of the status rules."""

    covered_share: Share
    covered_firms: Figure
    dominant_share: Share


class StuckDays(Record):
    """How many days a project may rest in a stage before it counts as stuck."""

    signed: Figure
    landed: Figure
    started: Figure
    completed: Figure


class Above(Figure):
    """A figure above zero."""

    value: Annotated[Finite, Field(gt=0)]


class LeadWeights(_Weighing):
    """The weight of each component of a lead's points; only their ratios matter."""

    capability: Figure
    relation: Figure
    reach: Figure
    momentum: Figure
    scale: Figure
    proof: Figure


class LeadRules(Record):
    """The scales of the lead's components, and the bar for what may be exported.

    ``reach_half_km`` and ``momentum_half_days``: where reach and momentum fall to a half; ``second_tie``: the worth of
    a tie to a firm here that is no leader; ``grade_a`` to ``grade_d``: how far one source of the grade is believed;
    ``least_sources_c``: how many independent sources of grade C make a lead, or the share of
    revenue from which on one does; ``shortlist``: of the firms that only
    imports know, so many are looked at closely in each respect.
    """

    reach_half_km: Above
    momentum_half_days: Above
    second_tie: Share
    grade_a: Share
    grade_b: Share
    grade_c: Share
    grade_d: Share
    least_sources_c: Figure
    least_share: Share
    shortlist: Above
    first_contact_days: Figure


class Clocks(Record):
    """Days that an office has to act on a lead before it is marked overdue."""

    respond_days: Figure
    assess_days: Figure
    feed_back_days: Figure
    report_days: Figure


class Matching(Record):
    """How much each clue of a text tells that a firm makes a link, and the bar below which it is not said.

    ``product_*``: a stated product is the link's name, ends with it, is a short word that could name other things too,
    or merely holds it. ``scope_*``: the business scope says that it is made, names it, or says that it is sold or
    served. ``firm_name``: the firm is named after it. ``industry``: the firm's industry code is the link's.
    """

    product_is: Share
    product_ends: Share
    product_short: Share
    product_holds: Share
    scope_makes: Share
    scope_names: Share
    scope_trades: Share
    firm_name: Share
    industry: Share
    least: Share

    @model_validator(mode="after")
    def _code_alone_is_no_match(self) -> Self:
        if self.industry.value >= self.least.value:
            raise ValueError("industry must be below least: many links share one industry code")
        return self


class Scoring(Record):
    """scoring.yaml: every weight and threshold with its reason."""

    weights: Weights
    thresholds: Thresholds
    stuck_days: StuckDays
    lead_weights: LeadWeights
    lead_rules: LeadRules
    clocks: Clocks
    matching: Matching
