"""What every picture of the graph is drawn of: entities with their kinds, ties seen from one end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.graph_report import GraphEdge, GraphNode
from chaingraph.model.words import predicate, word

if TYPE_CHECKING:
    from chaingraph.errors import Lang
    from chaingraph.model.words import Grade

_ACTIVE = {
    "led_by": "leads",
    "has_link": "in_chain",
    "fed_by": "feeds",
    "fed_recycled_by": "feeds_recycled",
    "seat_of": "based_in",
    "made_by": "makes",
    "made_by_project": "makes",
    "supplied_by": "supplies",
    "owned_by": "owns",
    "contains": "within",
    "has_part": "part_of",
    "has_park": "in_region",
    "hosts": "hosted_by",
    "served_by": "serves",
    "targeted_by": "targets",
    "claimed_in": "claims",
    "surveyed_in": "surveyed",
    "barred": "bars",
    "subject_to": "applies_to",
    "has_target": "target_of",
    "has_actual": "actual_of",
}
"""What the far end says of a tie, and what the near end does: one tie is one edge, whoever tells of it."""
_PLACED = {"firm": "by_firm", "park": "at_park", "region": "in_region"}
"""What a project or a platform has of whom it belongs to, by that one's kind."""


class Tie(NamedTuple):
    """A tie as the entity has it that tells it."""

    from_: str
    predicate: str
    to: str

    @classmethod
    def told(cls, teller: str, kind: str, said: str, other: str) -> Tie:
        """A tie that an entity of a kind tells of another, turned round where the other tells it in the first place."""
        turned = _PLACED.get(kind) if said in ("has_project", "has_platform") else _ACTIVE.get(said)
        return cls(teller, said, other) if turned is None else cls(other, turned, teller)


def edge(tie: Tie, grade: Grade | None, lang: Lang, *, more: str = "", planned: bool = False) -> GraphEdge:
    """An edge of a tie; ``more`` stands behind its label."""
    from_, said, to = tie
    return GraphEdge(f"{from_}>{said}>{to}", from_, to, said, predicate(said, lang) + more, grade, planned)


def node(
    key: str,
    kind: str,
    name: str,
    place: tuple[float, float],
    lang: Lang,
    *,
    stage: str | None = None,
    status: str | None = None,
    move: str | None = None,
    leader: bool = False,
    more: int | None = None,
) -> GraphNode:
    """A node at a place."""
    return GraphNode(key, kind, word(kind, lang), name, stage, status, move, leader, *place, more)
