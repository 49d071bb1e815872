"""The same firm under another link, name or code is known, and who talked to it first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chaingraph.errors import UsageError
from chaingraph.ledger.acceptance import Candidate, acceptance
from chaingraph.ledger.duplicates import similar
from chaingraph.model.firm_names import plain_firm_name
from tests.ledger.made import LEAD, START, Story

REGIONS = {"441283": ("高要区", "Gaoyao"), "441284": ("四会市", "Sihui")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("瑞庆时代(肇庆)有限公司", "瑞庆时代（肇庆） 有限责任公司"),
        ("宁德时代新能源科技股份有限公司", "宁德时代新能源科技"),
        ("ＡＢＣ集团有限公司", "abc"),
        ("Acme Co., Ltd.", "ACME"),
        ("300000.sz", "300000.SZ"),
    ],
)
def test_spellings_of_one_name_come_out_alike(one: str, other: str) -> None:
    assert plain_firm_name(one) == plain_firm_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("宁德时代（肇庆）有限公司", "宁德时代有限公司"), ("星源材质", "星源"), ("公司", "集团")]
)
def test_names_of_two_firms_stay_two(one: str, other: str) -> None:
    assert plain_firm_name(one) != plain_firm_name(other)


def found(story: Story, days: int = 0, firm: str = "celler", names: tuple[str, ...] = ("电芯厂",)) -> list[str]:
    hits = similar("LBBBBBBBBBB", firm, names, [story.state], START + timedelta(days=days), 180)
    return [hit.why.zh for hit in hits]


def test_the_same_firm_under_another_link_name_or_code_is_found() -> None:
    assert found(Story()) == ["同一企业"]
    assert found(Story(), firm="other", names=("电芯（集团）有限公司", "电芯 有限公司")) == [
        "“电芯 有限公司”即“电芯股份有限公司”（celler）"
    ]
    assert found(Story(), firm="other", names=("300000.SZ",)) == ["同名“300000.SZ”（celler）"]
    assert found(Story(), firm="other", names=("别家",)) == []


def test_a_closed_lead_is_told_of_for_a_while_and_an_open_one_for_ever() -> None:
    closed = Story()
    closed.edit(stage="dropped", reason="重复")
    assert found(closed, 180) == ["同一企业"]
    assert found(closed, 181) == []
    assert found(Story(), 4000) == ["同一企业"]


def test_first_contact_is_the_oldest_county_that_still_moves() -> None:
    resting = Story("L1", county="441283")
    moving = Story("L2", START + timedelta(days=30), county="441284")
    nowhere = Story("L0", START - timedelta(days=9))
    states = [moving.state, resting.state, nowhere.state]

    def first(days: int) -> list[str]:
        hits = similar(LEAD, "celler", (), states, START + timedelta(days=days), 180)
        assert [hit.state.id for hit in hits] == ["L0", "L1", "L2"]
        return [hit.state.id for hit in hits if "首谈" in hit.why.zh]

    assert [first(100), first(190), first(300)] == [["L1"], ["L2"], []]


CANDIDATE = Candidate(
    "LBBBBBBBBBB", "441200", "celler", "电芯厂", "Celler", ("电芯厂",), "pack-link", "电池包", "Pack", "demo", "attract"
)


def test_a_candidate_with_a_duplicate_is_refused_with_county_stage_owner_and_day_or_accepted_despite_it() -> None:
    story = Story(county="441283")
    story.edit(owner="李四")
    states = {LEAD: story.state}
    with pytest.raises(UsageError) as error:
        acceptance(CANDIDATE, states, START, first_contact_days=180, regions=REGIONS)
    assert f"{LEAD} 电芯厂 电芯：高要区，线索，李四，2026-11-02 起（同一企业；首谈）" in error.value.text.zh
    assert "Gaoyao" in error.value.text.en
    done = acceptance(
        CANDIDATE, states, START, first_contact_days=180, regions=REGIONS, owner="王某", despite="另一产品线"
    )
    assert [draft.kind for draft in done.drafts] == ["created", "assigned"]
    assert done.drafts[0].data["despite"] == "另一产品线"
    assert [hit.state.id for hit in done.alike] == [LEAD]


def test_a_veto_is_named_and_a_lead_is_accepted_once() -> None:
    with pytest.raises(UsageError, match="已注销：2025"):
        acceptance(CANDIDATE._replace(vetoes=("已注销：2025",)), {}, START, first_contact_days=180, regions=REGIONS)
    with pytest.raises(UsageError, match="already in the ledger"):
        acceptance(
            CANDIDATE._replace(id=LEAD), {LEAD: Story().state}, START, first_contact_days=180, regions={}, despite="是"
        )
    plain = acceptance(CANDIDATE, {}, START, first_contact_days=180, regions=REGIONS, despite="多余的理由")
    assert "despite" not in plain.drafts[0].data
