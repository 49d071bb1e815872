"""The interface of a store: evidence rows out, never scores. Analysis and weights exist once, above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from chaingraph.model.words import Grade
    from chaingraph.stores.lead_rows import CandidateRow, MatchedRow, TieRow
    from chaingraph.stores.listing_rows import ActualRow, HitRow, ParkRow, ProjectRow, StepRow
    from chaingraph.stores.rows import ChainFrame, ClaimRow, PresenceRow, RegionRow, SurveyRow, TargetRow, WorkRow


class Store(Protocol):
    """Reads over one state of the graph. Every read that tells of the world takes the day it is asked for."""

    def settings(self) -> dict[str, Any]:
        """Manifest and scoring of the packs, as plain data."""

    def chain_ids(self) -> list[str]:
        """The ids of all chains, sorted."""

    def chain(self, chain: str) -> ChainFrame:
        """A chain with its links in topological order. Raises NotFound."""

    def region(self, name: str) -> RegionRow:
        """A region by adcode or name. Raises NotFound."""

    def works(self, links: Sequence[str], region: str, as_of: date) -> list[WorkRow]:
        """Every project's making of one of ``links`` in ``region`` or below it."""

    def claims(self, links: Sequence[str], region: str, as_of: date) -> list[ClaimRow]:
        """Claims of one of ``links`` in ``region`` or below it."""

    def surveys(self, links: Sequence[str], region: str, as_of: date) -> list[SurveyRow]:
        """Surveys that tell of ``region``: in vain there or above it, with success there or below it."""

    def presence(self, links: Sequence[str], region: str, as_of: date) -> list[PresenceRow]:
        """Who makes each of ``links``, ring by ring around ``region``."""

    def targets(self, region: str, as_of: date) -> list[TargetRow]:
        """Targets published for ``region`` or below it."""

    def actuals(self, region: str, as_of: date) -> list[ActualRow]:
        """Figures reported as reached in ``region`` or below it."""

    def projects(self, region: str, as_of: date) -> list[ProjectRow]:
        """Every project in ``region`` or below it, by id."""

    def parks(self, region: str, as_of: date) -> list[ParkRow]:
        """Every park in ``region`` or below it, by id."""

    def candidates(
        self, links: Sequence[str], region: str, as_of: date, most: int, also: Collection[str] = ()
    ) -> list[CandidateRow]:
        """Firms that make one of ``links``, with what speaks for and against each, seen from ``region``.

        Of each link all firms of the packs and those with a tie to a firm in the region; of the others, whom imports
        alone know, ``most`` of the nearest, of the best matched and of the most cited; and those of ``also``, by id.
        """

    def makers(self, links: Sequence[str], as_of: date) -> list[tuple[str, str]]:
        """Each of ``links`` with each firm that makes it."""

    def merged(self) -> dict[str, str]:
        """Ids that were merged into another firm, each with the id that stands for it."""

    def firms_here(self, region: str, as_of: date) -> set[str]:
        """The firms that have their seat or a project on the ground in ``region`` or below it."""

    def ties(self, firms: Sequence[str], as_of: date, to: Collection[str] | None = None) -> list[TieRow]:
        """Whom each of ``firms`` supplies, is supplied by, owns and is owned by; only ties ``to`` those where given."""

    def matched(self, source: str) -> MatchedRow:
        """How many firms an import says to make a link, and which link how many."""

    def discharges(self, links: Sequence[str]) -> dict[str, list[tuple[str, Grade]]]:
        """What making each of ``links`` lets out, as far as that is known."""

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """Chinese and English names by id, for the kind "chain", "link", "park" or "region"."""

    def entity(self, name: str, kind: str | None = None) -> dict[str, Any]:
        """An entity by id, name, alias or listing code, with its facts; only one of ``kind`` if given.

        Raises NotFound, with similar names.
        """

    def knows(self, key: str) -> bool:
        """Whether an entity has this id."""

    def search(self, text: str, kinds: Sequence[str], as_of: date, top: int | None) -> tuple[int, list[HitRow]]:
        """How many entities of ``kinds`` (all where empty) answer ``text``, and the best ``top`` of them in order."""

    def paths(self, start: str, end: str, as_of: date, most: int) -> list[tuple[StepRow, ...]]:
        """Up to ``most`` ways in which two entities, given by id, are related, the shortest first."""

    def sources(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Source records by id; KeyError for an id that is none."""

    def citing(self, source: str) -> list[str]:
        """The ids of the entities that tell a fact by a source, sorted; only those that packs tell of."""
