"""The seeds as records, for tests that hold leads against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import resources
from chaingraph.packs.loader import load

if TYPE_CHECKING:
    from chaingraph.model.graph import Graph


@pytest.fixture(scope="session")
def seeds_graph() -> Graph:
    """The records of the default pack."""
    return load([resources.folder("seeds")]).graph_or_raise()
