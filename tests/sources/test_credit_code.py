"""The check of the credit code, on codes that are public."""

from __future__ import annotations

import pytest

from chaingraph.sources.credit_code import is_credit_code, looks_like_credit_code, office
from tests.sources.dialects import CHARACTERS


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",  # the worked example of GB 32100-2015
        "91440300708461136T",  # 腾讯科技（深圳）有限公司
        "91110108551385082Q",  # 小米科技有限责任公司
    ],
)
def test_public_codes_pass(code: str) -> None:
    assert is_credit_code(code)


def test_the_standard_refuses_its_own_counterexample() -> None:
    assert not is_credit_code("91350100M000100Y4Z")


def test_every_wrong_character_in_any_place_is_found() -> None:
    code = "91440300708461136T"
    for place in range(18):
        for character in CHARACTERS.replace(code[place], ""):
            assert not is_credit_code(code[:place] + character + code[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "0" * 18, "91350100M000100Y4", "91350100m000100y43", "9135０100M000100Y4", "440301103097413"]
)
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert not is_credit_code(text)


def test_a_code_with_a_wrong_check_still_looks_like_one() -> None:
    assert looks_like_credit_code("91350100M000100Y44")
    assert not looks_like_credit_code("SI350100M000100Y44")


def test_the_office_stands_in_the_third_to_eighth_place() -> None:
    assert office("91440300708461136T") == "440300"
