"""How numbers are written."""

from __future__ import annotations

import doctest

import pytest

from chaingraph.model import numbers


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(numbers)
    assert result.attempted >= 5
    assert result.failed == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.5e-11, "0.000000000015"),
        (999.96, "1,000"),
        (999.94, "999.9"),
        (-0.25, "-0.25"),
        (1234567.8, "1,234,568"),
        (12.0, "12"),
        (0.1, "0.1"),
    ],
)
def test_a_number_keeps_its_digits(value: float, text: str) -> None:
    assert numbers.number(value) == text
