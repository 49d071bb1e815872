"""Spellings of one name come out alike, names of two firms do not."""

from __future__ import annotations

import pytest

from chaingraph.model.firm_names import firm_name_parts, plain_firm_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("廣東鴻圖科技股份有限公司", ("广东鸿图科技", "股份有限公司")),
        ("瑞庆时代（集团）有限责任公司", ("瑞庆时代", "集团有限责任公司")),
        ("嘉兴宏旺投资合伙企业（有限合伙）", ("嘉兴宏旺投资", "合伙企业有限合伙")),
        ("四会市老王五金店（个体工商户）", ("四会市老王五金店", "个体工商户")),
        ("ＡＢＣ　Ｃｏ．，Ｌｔｄ．", ("abc", "coltd")),
        ("宏旺有限公司肇庆分公司", ("宏旺有限公司肇庆分公司", "")),
        ("公司", ("公司", "")),
        ("（）", ("", "")),
    ],
)
def test_a_name_is_its_plain_name_and_its_legal_form(name: str, expected: tuple[str, str]) -> None:
    assert firm_name_parts(name) == expected


def test_traditional_characters_come_out_simplified_and_characters_of_the_mainland_stay() -> None:
    assert plain_firm_name("雲龍電機有限公司") == plain_firm_name("云龙电机有限公司")
    assert plain_firm_name("乾元有限公司") != plain_firm_name("干元有限公司")
