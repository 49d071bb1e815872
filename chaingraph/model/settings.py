"""What a pack says about itself: its manifest (pack.yaml) and its weights and thresholds (scoring.yaml)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from chaingraph.errors import Lang
from chaingraph.model.evidence import Adcode, Figure, Id, Line, Record, Share


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
    standalone: bool = False
    units: dict[Line, Line]
    rings: Rings


class Weights(Record):
    """The weight of each component of a gap's priority; only their ratios matter."""

    pull: Figure
    criticality: Figure
    locality: Figure
    adjacency: Figure
    scarcity: Figure

    @model_validator(mode="after")
    def _something_weighs(self) -> Weights:
        if not any(getattr(self, name).value for name in type(self).model_fields):
            raise ValueError("at least one weight must be above 0")
        return self


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


class Scoring(Record):
    """scoring.yaml: every weight and threshold with its reason."""

    weights: Weights
    thresholds: Thresholds
    stuck_days: StuckDays
