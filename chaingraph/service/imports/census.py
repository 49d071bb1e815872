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

    Survey = tuple[str, str, int, bool, Grade, int]


class Census:
    """Counts which links the complete imports found in their regions.

    Such an import covers a link if it covers every industry code that the link has; a link without a code is not
    covered. A link is found if any import or pack knows a firm with its seat there that makes it and is not struck off:
    who is known to be there is not absent because one list's words do not tell it.
    """

    def __init__(self, graph: Graph, imports: Sequence[ImportRow]) -> None:
        self._graph = graph
        self._imports = [row for row in imports if row.region in graph.regions]
        self._found = {
            (firm.seat, makes.link) for firm in graph.firms.values() if not firm.dissolved for makes in firm.makes
        }

    def found(self, seat: str, link: str) -> None:
        """Notes that a firm with its seat at a place makes a link."""
        self._found.add((seat, link))

    def surveys(self) -> list[Survey]:
        """Region, link, day, whether it was found, grade, import."""
        rows: list[Survey] = []
        for row in self._imports:
            region = row.region or ""
            inside = _below(self._graph, region)
            made = {link for seat, link in self._found if seat in inside}
            day = days(date.fromisoformat(row.as_of or row.at[:10]))
            rows += [
                (region, link.id, day, link.id in made, "C", row.number)
                for link in self._graph.links.values()
                if link.gb4754 and all(_covered(code, row.industries) for code in link.gb4754)
            ]
        return rows


def _covered(code: str, industries: Sequence[str]) -> bool:
    return not industries or any(code.startswith(above) for above in industries)


def _below(graph: Graph, region: str) -> set[str]:
    """A region with everything in it."""
    found = {region}
    while more := {code for code, at in graph.regions.items() if at.parent in found} - found:
        found |= more
    return found
