"""Imports that hold every firm of a region: for each link they cover a survey, in vain or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.imports.records import ImportRow
    from chaingraph.model.graph import Graph
    from chaingraph.model.words import Grade

    Survey = tuple[str, str, int, bool, Grade]


class Census:
    """Counts which links the complete imports found in their regions.

    Such an import covers a link if it covers every industry code that the link has; a link without a code is not
    covered. A link that a pack's firm seated there makes is found too, whatever the import's words match.
    """

    def __init__(self, graph: Graph, imports: Sequence[ImportRow]) -> None:
        self._graph = graph
        self._imports = {row.number: row for row in imports}
        self._inside = {row.number: _below(graph, row.region or "") for row in imports}
        self._found: set[tuple[int, str]] = set()

    def found(self, number: int, seat: str, link: str) -> None:
        """Notes that an import has a firm that makes a link, at a seat."""
        if number in self._imports and seat in self._inside[number]:
            self._found.add((number, link))

    def surveys(self) -> list[Survey]:
        """Region, link, day, whether it was found, grade."""
        made = {(firm.seat, makes.link) for firm in self._graph.firms.values() for makes in firm.makes}
        rows: list[Survey] = []
        for number, row in self._imports.items():
            if row.region not in self._graph.regions:
                continue
            day = days(date.fromisoformat(row.as_of or row.at[:10]))
            for link in self._graph.links.values():
                if link.gb4754 and all(_covered(code, row.industries) for code in link.gb4754):
                    known = (number, link.id) in self._found
                    here = known or any((seat, link.id) in made for seat in self._inside[number])
                    rows.append((row.region or "", link.id, day, here, "C"))
        return rows


def _covered(code: str, industries: Sequence[str]) -> bool:
    return not industries or any(code.startswith(above) for above in industries)


def _below(graph: Graph, region: str) -> set[str]:
    """A region with everything in it."""
    found = {region}
    while more := {code for code, at in graph.regions.items() if at.parent in found} - found:
        found |= more
    return found
