"""The data beside the checkout that tests may read and the project may not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

CHAINKG = Path(__file__).parents[2] / "shared" / "data" / "chainkg"
ABSENT = "the ChainKnowledgeGraph files are not beside the checkout"
"""The one reason for which a test may be skipped where nothing else may."""

needs_chainkg = pytest.mark.skipif(not CHAINKG.is_dir(), reason=ABSENT)
