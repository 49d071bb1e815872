"""A firm's id is derived from what the firm is."""

from __future__ import annotations

import re

import pytest

from chaingraph.imports.firm_ids import credit_code_of, firm_id, of_a_pack, rank

ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@pytest.mark.parametrize(
    ("credit_code", "listing_code", "expected"),
    [
        ("91441200AAAAAAAAA1", "300750.SZ", "uscc-91441200aaaaaaaaa1"),
        (None, "300750.SZ", "listed-300750-sz"),
        (None, None, "firm-67ad9320b17203d2"),
    ],
)
def test_an_id_is_the_same_for_ever(credit_code: str | None, listing_code: str | None, expected: str) -> None:
    made = firm_id(credit_code, listing_code, "宏旺金属", "441200")
    assert made == expected
    assert ID.match(made)
    assert not of_a_pack(made)


def test_without_codes_another_place_is_another_firm() -> None:
    assert firm_id(None, None, "宏旺金属", "441200") != firm_id(None, None, "宏旺金属", "440600")


def test_a_packs_id_stands_before_one_by_credit_code_and_that_before_the_others() -> None:
    ids = ["firm-6a4b0ba6de46d3d2", "listed-300750-sz", "uscc-91441200aaaaaaaaa1", "tinci", "firm-one"]
    assert sorted(ids, key=rank) == ["firm-one", "tinci", *ids[2::-1]]
    assert of_a_pack("firm-one")


def test_the_code_is_read_from_the_id_alone() -> None:
    assert credit_code_of("uscc-91441200aaaaaaaaa1") == "91441200AAAAAAAAA1"
    assert credit_code_of("tinci") is None
