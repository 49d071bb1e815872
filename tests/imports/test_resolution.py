"""Which firm a statement is of, and what a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.rooms import CODES, FOSHAN, SIHUI, ZHAOQING, Room, known, stated

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.imports.records import Known
    from chaingraph.model.statement import Statement

A, B, C = CODES[:3]
UA, UB = f"uscc-{A.lower()}", f"uscc-{B.lower()}"
TINCI = known("tinci", "广州天赐高新材料股份有限公司", "天赐材料", listing_code="002709.SZ", seat="440100")
HONGWANG = known("hongwang", "肇庆宏旺金属有限公司", "宏旺金属", "广东宏旺金属实业有限公司")


@pytest.mark.parametrize(
    ("pack", "statement"),
    [
        (known("p", "甲有限公司", credit_code=A), stated("乙有限公司", credit_code=A, seat=FOSHAN)),
        (TINCI, stated("天赐", listing_code="002709.SZ", credit_code=A)),
        (HONGWANG, stated("肇庆宏旺金属有限公司", seat=FOSHAN)),
        (HONGWANG, stated("肇慶宏旺金屬 有限公司", credit_code=A)),
        (HONGWANG, stated("肇庆宏旺金属股份有限公司", seat=SIHUI)),
        (HONGWANG, stated("肇庆宏旺金属有限责任公司", seat="100000")),
        (HONGWANG, stated("广东宏旺金属实业有限公司")),
        (HONGWANG, stated("肇庆新旺金属有限公司", former_names=("老旺厂", "肇庆宏旺金属有限公司"))),
    ],
    ids=["credit code", "listing code", "full name", "spelling", "form", "form, seat unknown", "alias", "former name"],
)
def test_a_statement_of_a_packs_firm_bears_the_packs_id(tmp_path: Path, pack: Known, statement: Statement) -> None:
    room = Room(tmp_path, pack)
    room.take(statement)
    assert room.firms() == {pack.id: [2]}
    assert room.asked() == []
    assert room.imports.listed()[0].counts == {"statements": 1, "new_firms": 0, "of_packs": 1, "reviews": 0}


@pytest.mark.parametrize(
    ("pack", "statement", "why"),
    [
        (
            known("p", "甲金属有限公司", credit_code=A),
            stated("甲金属有限公司", credit_code=B),
            f"“甲金属有限公司”与“甲金属有限公司”同名，信用代码不同（{B}，{A}）",
        ),
        (HONGWANG, stated("宏旺金属", seat=SIHUI), "“宏旺金属”与“肇庆宏旺金属有限公司”的简称或别名相同，两地不矛盾"),
        (
            HONGWANG,
            stated("肇庆宏旺金属集团有限公司"),
            "“肇庆宏旺金属集团有限公司”与“肇庆宏旺金属有限公司”只差“集团”二字：集团与其成员往往是两家",
        ),
        (
            known("p", "展泰"),
            stated("展泰有限公司"),
            "“展泰有限公司”与“展泰”只差组织形式，其中一个不是登记全称，两地不矛盾",
        ),
        (
            HONGWANG,
            stated("肇庆市宏旺金属制品有限公司", credit_code=A),
            "“肇庆市宏旺金属制品有限公司”与“肇庆宏旺金属有限公司”字号相同，名称相近，两地不矛盾",
        ),
        (
            HONGWANG,
            stated("新旺金属有限公司", former_names=("肇庆宏旺金属有限公司",), seat=FOSHAN),
            "“新旺金属有限公司”与“肇庆宏旺金属有限公司”一家的曾用名是另一家的名称",
        ),
    ],
    ids=["two codes", "short name", "group", "no full name", "alike", "former name elsewhere"],
)
def test_what_may_be_one_firm_and_may_be_two_is_asked_and_not_merged(
    tmp_path: Path, pack: Known, statement: Statement, why: str
) -> None:
    room = Room(tmp_path, pack)
    room.take(statement)
    [(firm, other, said)] = room.asked()
    assert (other, said) == (pack.id, why)
    assert room.firms() == {firm: [2]}
    assert firm != pack.id
    assert room.imports.listed()[0].counts["reviews"] == 1


@pytest.mark.parametrize(
    ("pack", "statement"),
    [
        (HONGWANG, stated("宏旺金属", seat=FOSHAN)),
        (HONGWANG, stated("肇庆宏旺金属股份有限公司", seat=FOSHAN)),
        (HONGWANG, stated("肇庆宏旺金属（佛山）有限公司")),
        (known("p", "老王五金店"), stated("老王五金店", seat=FOSHAN)),
        (known("p", "肇庆宏旺金属有限公司", credit_code=A), stated("肇庆市宏旺金属制品有限公司", credit_code=B)),
    ],
    ids=["short name elsewhere", "other form elsewhere", "subsidiary", "shop elsewhere", "alike with two codes"],
)
def test_what_is_two_firms_is_not_even_asked(tmp_path: Path, pack: Known, statement: Statement) -> None:
    room = Room(tmp_path, pack)
    room.take(statement)
    assert pack.id not in room.firms()
    assert room.asked() == []


def test_a_name_that_fits_several_firms_makes_one_of_its_own_and_asks_of_each(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.take(stated("甲有限公司", 2, credit_code=A), stated("甲有限公司", 3, credit_code=B))
    assert [(firm, other) for firm, other, _ in room.asked()] == [(UB, UA)]
    room.take(stated("甲有限公司", 4), stated("甲有限公司", 5))
    [own] = room.firms().keys() - {UA, UB}
    assert room.firms() == {UA: [2], UB: [3], own: [4, 5]}
    assert [(firm, other) for firm, other, _ in room.asked()[1:]] == [(own, UA), (own, UB)]


def test_a_code_of_one_firm_with_the_name_of_another_goes_by_the_code_and_is_asked(tmp_path: Path) -> None:
    room = Room(tmp_path, known("one", "甲有限公司", credit_code=A), known("two", "乙有限公司"))
    room.take(stated("乙有限公司", credit_code=A))
    assert room.firms() == {"one": [2]}
    assert room.asked() == [("one", "two", "“乙有限公司”按代码是一家企业，按名称却是“乙有限公司”")]


def test_a_firm_found_by_name_is_known_by_its_code_from_then_on(tmp_path: Path) -> None:
    room = Room(tmp_path, HONGWANG)
    room.take(stated("肇庆宏旺金属有限公司", 2, credit_code=A))
    room.take(stated("改了名的有限公司", 3, credit_code=A), stated("肇庆宏旺金属有限公司", 4, credit_code=B))
    assert room.firms() == {"hongwang": [3, 2], UB: [4]}
    room.packs = ()
    room.take(stated("又改名有限公司", 5, credit_code=A))
    assert room.firms() == {"hongwang": [5, 3, 2], UB: [4]}, "a pack that drops the firm does not change its id"


def test_a_pack_that_learns_a_code_later_takes_the_firm_over_by_a_review(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.take(stated("甲有限公司", 2, credit_code=A))
    room.packs = (known("one", "甲有限公司", credit_code=A),)
    room.take(stated("甲有限公司", 3, credit_code=A))
    assert room.firms() == {"one": [3], UA: [2]}
    assert room.asked() == [("one", UA, "“甲有限公司”与“甲有限公司”代码相同，却先后各有一个编号")]


def test_rows_of_one_file_find_one_another(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.take(
        stated("甲有限公司", 2),
        stated("甲 有限公司", 3, credit_code=A),
        stated("丙有限公司", 4, credit_code=A),
        stated("丁有限公司", 5, former_names=("丙有限公司",)),
        stated("甲股份有限公司", 6, listing_code="300001.SZ"),
        stated("天甲", 7, listing_code="300001.SZ"),
    )
    assert list(room.firms().values()) == [[2, 3, 4, 5, 6, 7]]
    assert room.imports.listed()[0].counts["new_firms"] == 1


def test_a_listing_code_goes_with_a_new_name_in_another_file_and_not_in_one(tmp_path: Path) -> None:
    room = Room(tmp_path)
    row = stated("老名字股份有限公司", 2, listing_code="300001.SZ")
    renamed = row._replace(row=3, name="新名字股份有限公司")
    room.take(row)
    room.take(renamed)
    assert room.firms() == {"listed-300001-sz": [3, 2]}
    room.take(row._replace(row=4), row._replace(row=5, name="别家股份有限公司"))
    [own] = room.firms().keys() - {"listed-300001-sz"}
    assert room.firms()[own] == [5]
    assert room.asked() == [
        (own, "listed-300001-sz", "“别家股份有限公司”的股票代码是“老名字股份有限公司”的，名称却不是")
    ]
    room.take(row._replace(row=6, name="改名股份有限公司", former_names=("老名字股份有限公司",)))
    assert 6 in room.firms()["listed-300001-sz"]


def test_a_listing_code_that_is_not_the_named_firms_names_no_firm_and_is_not_learnt(tmp_path: Path) -> None:
    macalline = known("macalline", "美凯龙家居集团股份有限公司", listing_code="601828.SH")
    room = Room(tmp_path, macalline, TINCI)
    wrong = stated("美凯龙家居集团股份有限公司", 2, listing_code="688080.SH")
    room.take(wrong._replace(row=4, listing_code="01528.HK"))
    room.take(wrong, wrong._replace(row=3, listing_code="002709.SZ"))
    [own] = room.firms().keys() - {"macalline"}
    assert room.firms() == {own: [2, 3], "macalline": [4]}
    assert own.startswith("firm-")
    assert room.asked() == [
        (own, "macalline", f"“{wrong.name}”与“{wrong.name}”同名，股票代码不同（688080.SH，01528.HK、601828.SH）"),
        (own, "tinci", f"“{wrong.name}”的股票代码是“广州天赐高新材料股份有限公司”的，名称却不是"),
    ]
    room.take(stated("映翰通股份有限公司", 5, listing_code="688080.SH"))
    assert room.firms()["listed-688080-sh"] == [5]


def test_the_code_of_a_firm_is_remembered_within_a_batch_and_beyond(tmp_path: Path) -> None:
    rows = [stated("肇庆宏旺金属有限公司", row, credit_code=code) for row, code in enumerate((A, B, A))]
    together, apart = Room(tmp_path / "together", HONGWANG), Room(tmp_path / "apart", HONGWANG)
    together.take(*rows)
    for row in rows:
        apart.take(row)
    assert {firm: sorted(of) for firm, of in apart.firms().items()} == together.firms() == {"hongwang": [0, 2], UB: [1]}


def test_a_core_that_too_many_share_tells_no_firm_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaingraph.imports.ground.CROWDED", 2)
    names = [f"宏达{trade}有限公司" for trade in ("金属", "电子", "金属实业", "电子实业")]
    rows = [stated(name, row) for row, name in enumerate(names)]
    together, apart = Room(tmp_path / "together"), Room(tmp_path / "apart")
    together.take(*rows)
    for row in rows:
        apart.take(row)
    for room in (together, apart):
        assert [why.split("与")[0] for _, _, why in room.asked()] == ["“宏达金属实业有限公司”"]


NAMES = ("甲有限公司", "甲股份有限公司", "乙有限公司", "丙金属有限公司", "丙金属实业有限公司")
ROWS = st.lists(
    st.builds(
        lambda name, code, former: stated(name, credit_code=code, former_names=former),
        st.sampled_from(NAMES),
        st.sampled_from(CODES),
        st.sampled_from([(), ("乙有限公司",)]),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=ROWS, other=ROWS)
def test_with_codes_the_order_of_two_imports_does_not_change_which_statements_share_a_firm(
    tmp_path_factory: pytest.TempPathFactory, one: list[Statement], other: list[Statement]
) -> None:
    one = [statement._replace(row=row) for row, statement in enumerate(one)]
    other = [statement._replace(row=row) for row, statement in enumerate(other, 100)]
    groups = []
    for order in ((one, other), (other, one)):
        room = Room(tmp_path_factory.mktemp("room"))
        for rows in order:
            room.take(*rows)
        groups.append({(firm, frozenset(rows)) for firm, rows in room.firms().items()})
    assert groups[0] == groups[1]


def test_a_name_without_a_code_joins_the_firm_that_has_one_in_either_order(tmp_path: Path) -> None:
    coded, bare = stated("甲有限公司", 2, credit_code=A), stated("甲有限公司", 3, seat=ZHAOQING)
    for number, order in enumerate(((coded, bare), (bare, coded))):
        room = Room(tmp_path / str(number))
        for statement in order:
            room.take(statement)
        assert [sorted(rows) for rows in room.firms().values()] == [[2, 3]]
