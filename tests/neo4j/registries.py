"""The default pack with a made-up registry, for the tests on a server: thousands of firms that imports alone tell."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from chaingraph.stores.compile import compile_snapshot

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from national_registry import national_registry

if TYPE_CHECKING:
    from chaingraph.model.graph import Graph
    from chaingraph.stores.imported import Imported

FIRMS = 2_000


def as_drawn(graph: Graph) -> Imported:
    """Few shares known, hardly two confidences alike, and firms that supply each other all over the country."""
    return national_registry(graph, FIRMS, seed=11)


def matched_alike(graph: Graph) -> Imported:
    """No share known, and only two confidences: most firms of a link are equals."""
    drawn = as_drawn(graph)
    made = len(drawn.makes_firm)
    confidence = np.where(np.arange(made) % 3, 600_000, 950_000).astype(np.int32)
    return replace(drawn, makes_share=np.full(made, -1, dtype=np.int32), makes_confidence=confidence)


def unmatched(graph: Graph) -> Imported:
    """Neither a share nor a confidence known."""
    drawn = as_drawn(graph)
    nothing = np.full(len(drawn.makes_firm), -1, dtype=np.int32)
    return replace(drawn, makes_share=nothing, makes_confidence=nothing)


def told_twice(graph: Graph) -> Imported:
    """Every fifth making is told by a second import, a month later, with another match."""
    drawn = as_drawn(graph)
    again = np.flatnonzero(np.arange(len(drawn.makes_firm)) % 5 == 0)
    places = np.concatenate([np.arange(len(drawn.makes_firm)), again])
    order = places[np.argsort(drawn.makes_firm[places], kind="stable")]
    second = np.diff(order, prepend=-1) == 0
    source = [drawn.makes_source[at] for at in order.tolist()]
    return replace(
        drawn,
        makes_firm=drawn.makes_firm[order],
        makes_link=[drawn.makes_link[at] for at in order.tolist()],
        makes_source=["registry" if twice else told for told, twice in zip(source, second.tolist(), strict=True)],
        makes_as_of=(drawn.makes_as_of[order] + 30 * second).astype(np.int32),
        makes_grade=drawn.makes_grade[order],
        makes_share=drawn.makes_share[order],
        makes_confidence=np.where(second, 700_000, drawn.makes_confidence[order]).astype(np.int32),
        makes_said=[drawn.makes_said[at] for at in order.tolist()],
    )


REGISTRIES = (as_drawn, matched_alike, unmatched, told_twice)


def compiled(graph: Graph, imported: Imported, folder: Path) -> Path:
    """The snapshot of a graph and a registry."""
    return compile_snapshot(graph, folder, "registry", imported=imported)
