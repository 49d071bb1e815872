"""The earlier imports of an export: whether a file is the latest of them, and what an officer's own changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.ledger.events import Event


class Imports:
    """The imports of an export, by its scope, week and revision, among the events of the ledger."""

    def __init__(self, events: Sequence[Event], export: tuple[str, str, int], user: str) -> None:
        imports = [
            event
            for event in events
            if event.kind == "imported" and (event.data["scope"], event.data["week"], event.data["revision"]) == export
        ]
        self._latest = imports[-1].data if imports else None
        own = {
            number
            for event in imports
            if event.user == user
            for number in range(event.data["first"], event.data["last"] + 1)
        }
        self._wrote: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.number in own and event.lead:
                self._wrote[event.lead].append(event)

    def is_latest(self, sha256: str) -> bool:
        """Whether the latest import was of this very file, and took all of it."""
        return self._latest is not None and self._latest["sha256"] == sha256 and not self._latest["refused"]

    def wrote(self, lead: str) -> Sequence[Event]:
        """What the officer's own imports wrote of a lead."""
        return self._wrote.get(lead, ())

    def changed(self, lead: str) -> set[str]:
        """The fields of a lead that the officer's own imports changed."""
        fields: set[str] = set()
        for event in self.wrote(lead):
            fields |= {"progress" if field == "text" else field for field in event.data}
            fields |= {"stage"} if event.kind == "created" else set()
        return fields
