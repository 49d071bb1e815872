"""The vocabulary of the hand-made links."""

from __future__ import annotations

import pytest

from chaingraph.analysis.matching.vocabulary import Vocabulary
from tests.matching.hand_made import LINKS, weights


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    return Vocabulary.of(LINKS, weights())
