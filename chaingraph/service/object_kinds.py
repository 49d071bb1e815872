"""Of which kind the other entity of a fact is, as its predicate tells, or the names of the graph where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaingraph.stores.base import Store

_FAR_KINDS = {
    **dict.fromkeys(("led_by", "made_by", "by_firm", "supplied_by", "supplies", "owned_by", "owns"), "firm"),
    **dict.fromkeys(("hosted_by", "seat_of"), "firm"),
    **dict.fromkeys(("makes", "has_link", "feeds", "fed_by", "feeds_recycled", "fed_recycled_by"), "link"),
    **dict.fromkeys(("claims", "surveyed"), "link"),
    **dict.fromkeys(("has_project", "made_by_project"), "project"),
    **dict.fromkeys(("has_platform", "hosts", "served_by"), "platform"),
    **dict.fromkeys(("in_region", "based_in", "within", "contains", "claimed_in", "surveyed_in", "barred"), "region"),
    **dict.fromkeys(("at_park", "has_park", "targeted_by"), "park"),
    **dict.fromkeys(("leads", "in_chain", "serves"), "chain"),
    "subject_to": "policy",
    "has_target": "target",
    "has_actual": "actual",
}
"""The kind of a fact's object, where its predicate leaves no choice."""
_SEVERAL = ("chain", "link", "park", "region")
"""Kinds of which a predicate may have any; a firm where it is none of them."""


class ObjectKinds:
    """Tells of which kind the object of a fact is, without reading it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: dict[str, frozenset[str]] = {}

    def of(self, teller: str, said: str, key: str) -> str:
        """The kind of the entity ``key``, of which one of the kind ``teller`` says ``said``."""
        if said in ("part_of", "has_part"):
            return teller
        if said in _FAR_KINDS:
            return _FAR_KINDS[said]
        return next((kind for kind in _SEVERAL if key in self._all(kind)), "firm")

    def _all(self, kind: str) -> frozenset[str]:
        if kind not in self._ids:
            self._ids[kind] = frozenset(self._store.names(kind))
        return self._ids[kind]
