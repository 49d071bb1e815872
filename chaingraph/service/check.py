"""Checks packs: every problem in one run, each with file, line and mend; and how much was read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from chaingraph.model.check_report import CheckReport, ProblemSeen
from chaingraph.packs.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.graph import Graph

_COUNTED = (
    *("sources", "regions", "chains", "links", "feeds", "firms", "projects", "parks"),
    *("platforms", "policies", "claims", "surveys", "negative_list", "targets", "actuals", "documents"),
)


def check(
    settings: Settings, *, lang: Lang | None = None, progress: Callable[[str, float], None] | None = None
) -> CheckReport:
    """The problems of the layered packs.

    Raises
    ------
    PackError
        If a folder is not there or is no pack. Problems inside a pack are reported, not raised.
    """
    loaded = load(settings.packs, progress)
    graph = loaded.graph
    if lang is None:
        lang = graph.manifest.language if graph else "zh"
    return CheckReport(
        lang=lang,
        packs=tuple(path.resolve().name for path in settings.packs),
        problems=tuple(
            ProblemSeen(file=p.file, line=p.line, field=p.field, what=p.what.in_(lang), mend=p.mend.in_(lang))
            for p in loaded.problems
        ),
        counts={kind: len(getattr(graph, kind)) for kind in _COUNTED} if graph else {},
        grades=_grades(graph) if graph else {},
    )


def _grades(graph: Graph) -> dict[str, int]:
    """How many citations stand in each grade."""
    counter: Counter[str] = Counter()

    def count(value: Any) -> None:
        if isinstance(value, dict):
            if "locator" in value and "grade" in value:
                counter[value["grade"]] += 1
            for inner in value.values():
                count(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                count(inner)

    for kind in _COUNTED[1:]:
        held = getattr(graph, kind)
        for record in held.values() if isinstance(held, dict) else held:
            count(record.model_dump())
    return dict(sorted(counter.items()))
