"""All records of the layered packs, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaingraph.model.entities import (
        Actual,
        Chain,
        Claim,
        Document,
        Feed,
        Firm,
        Link,
        Membership,
        NegativeListing,
        Park,
        Platform,
        Policy,
        Project,
        Region,
        Survey,
        Target,
    )
    from chaingraph.model.evidence import Source
    from chaingraph.model.settings import Manifest, Scoring


@dataclass(frozen=True)
class Graph:
    """Nodes by id, facts as tuples. Read-only once the loader has filled it.

    ``industries`` maps codes of GB/T 4754 such as C3670, and the shorter ones above them, to their names.
    """

    manifest: Manifest
    scoring: Scoring
    sources: dict[str, Source] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    industries: dict[str, str] = field(default_factory=dict)
    chains: dict[str, Chain] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    parks: dict[str, Park] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    platforms: dict[str, Platform] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    actuals: dict[str, Actual] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()
    feeds: tuple[Feed, ...] = ()
    claims: tuple[Claim, ...] = ()
    surveys: tuple[Survey, ...] = ()
    negative_list: tuple[NegativeListing, ...] = ()
