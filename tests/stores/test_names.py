"""The name index: every name finds its record as it is written, as it sounds, and by its initials."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from chaingraph.config import Settings
from chaingraph.service.workspace import open_store
from chaingraph.stores import misspelt, names
from chaingraph.stores.keys import name_key
from chaingraph.stores.name_index import NameIndex
from chaingraph.stores.names import MoreNames, fold, index_names
from chaingraph.stores.paths import index_paths
from chaingraph.stores.pinyin import Speller, syllables
from chaingraph.stores.snapshot import Snapshot
from chaingraph.stores.snapshot_writer import Writer
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

# The same examples on every run, and no clock.
steady = examples(derandomize=True, deadline=None, database=None, max_examples=80)


class Named(NamedTuple):
    """An index, and every name in it with the row of its record; ``products`` are what links make."""

    finder: NameIndex
    names: list[tuple[int, str]]
    products: list[tuple[int, str]]


def indexed(settings: Settings) -> Named:
    """The index of some packs. A record's id is no name of it."""
    open_store(settings)
    [folder] = (settings.workspace / "snapshots").iterdir()
    snapshot = Snapshot(folder)
    records = [json.loads(record) for record in snapshot.strings("record")]
    names = [
        (row, name)
        for row, record in enumerate(records)
        for name in dict.fromkeys(record["names"])
        if (name != record["id"] or record["kind"] == "region") and fold(name)
    ]
    products = [(row, product) for row, record in enumerate(records) for product in record["products"]]
    return Named(NameIndex(snapshot, 20_000), names, products)


@pytest.fixture(scope="module")
def every_name(seeds: Settings) -> Named:
    """The names of the seeds."""
    return indexed(seeds)


@pytest.fixture(scope="module")
def small_names(tmp_path_factory: pytest.TempPathFactory) -> Named:
    """The names of the small pack."""
    where = tmp_path_factory.mktemp("small-names")
    return indexed(Settings(where / "workspace", (SmallPack.write(where / "small").folder,)))


def ways(name: str) -> list[str]:
    """A name in full, then its pinyin and its initials where it is Chinese."""
    if fold(name).isascii():
        return [name]
    syllables = lazy_pinyin(fold(name))
    return [name, "".join(lazy_pinyin(name)), "".join(syllable[:1] for syllable in syllables)]


def missed(named: Named, row: int, name: str) -> list[str]:
    """The ways in which a name does not find its record as it is written."""
    return [
        query
        for query in ways(name)
        if not any(match.record == row and match.how != "similar" for match in named.finder.find(query))
    ]


def test_every_name_of_the_small_pack_is_found_as_text_as_pinyin_and_by_its_initials(small_names: Named) -> None:
    assert {name: lost for row, name in small_names.names if (lost := missed(small_names, row, name))} == {}


@steady
@given(data=st.data())
def test_every_name_of_the_seeds_is_found_as_text_as_pinyin_and_by_its_initials(
    every_name: Named, data: st.DataObject
) -> None:
    row, name = data.draw(st.sampled_from(every_name.names) | st.sampled_from(every_name.products))
    assert missed(every_name, row, name) == []


@steady
@given(data=st.data())
def test_a_name_in_full_answers_as_the_whole_of_it_however_wide_and_spaced_it_is_written(
    every_name: Named, data: st.DataObject
) -> None:
    row, name = data.draw(st.sampled_from(every_name.names))
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name)
    for written in (name.upper(), wide, "  ".join(name), f"《{name}》"):
        how = {match.record: match.how for match in every_name.finder.find(written)}
        assert how.get(row) == "exact", written


@steady
@given(data=st.data())
def test_a_beginning_of_a_name_finds_it(every_name: Named, data: st.DataObject) -> None:
    row, name = data.draw(st.sampled_from(every_name.names))
    cut = fold(name)[: data.draw(st.integers(1, len(fold(name))))]
    assert any(match.record == row for match in every_name.finder.find(cut)), cut


@steady
@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_looked_for(every_name: Named, query: str) -> None:
    found = every_name.finder.find(query)
    assert len({match.record for match in found}) == len(found)


@steady
@given(data=st.data())
def test_one_better_answer_of_a_record_hides_its_others_and_the_better_come_first(
    every_name: Named, data: st.DataObject
) -> None:
    _, name = data.draw(st.sampled_from(every_name.names))
    found = every_name.finder.find(fold(name)[:2])
    order = ["exact", "prefix", "initials", "pinyin", "part", "product", "similar"]
    assert [order.index(match.how) for match in found] == sorted(order.index(match.how) for match in found)
    assert len({match.record for match in found}) == len(found)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Ｘ９ 平台（二期）", "x9平台二期"),
        ("X-Peng_Motors", "xpengmotors"),
        ("  电 芯\t", "电芯"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("①期", "1期"),
        ("，。（）", ""),
    ],
)
def test_names_are_compared_without_width_case_spaces_and_punctuation(written: str, compared: str) -> None:
    assert fold(written) == compared


# --- names of imports, written many at once ----------------------------------------------------------------

_CODE = "91440300MA5G9F0K1X"
_RECORDS: list[dict[str, Any]] = [
    {
        "kind": "firm",
        "id": "tianma",
        "names": ["tianma", "天马微电子股份有限公司", "新能源汽车"],
        "products": [],
        "facts": [],
    },
    {"kind": "link", "id": "motor", "names": ["motor", "电机"], "products": ["马达", "新能源乘用车"], "facts": []},
]
_IMPORTED = {
    2: ("firm-2", f"重庆长安行远电机有限公司\n长安行远\n{_CODE}"),
    3: ("firm-3", "厦门银行股份有限公司\n厦门银行股份有限公司"),
    4: ("firm-4", "（深圳）ＡＢＣ Ｘ９ 科技有限公司"),
    5: ("firm-5", "深圳市小鹏科技有限公司"),
}
_ADDED = "深圳天马旧名电子厂"


def imported(folder: Path) -> NameIndex:
    """An index of two records of a pack, a name that an import adds to the first, and four firms of imports."""
    writer = Writer(folder)
    names = [_IMPORTED[4][1], _ADDED, *(_IMPORTED[row][1] for row in (2, 3, 5))]
    more = MoreNames(np.array([4, 0, 2, 3, 5]), names.__getitem__)
    index_names(_RECORDS, writer, more)
    index_paths(_RECORDS, writer, total=6)
    bearers = [(name, row) for row, record in enumerate(_RECORDS) for name in record["names"]]
    bearers += [(name, row) for row, (key, lines) in _IMPORTED.items() for name in (key, *lines.split("\n"))]
    keys = sorted({(name_key(name), row) for name, row in bearers})
    writer.column("name_key", np.array([key for key, _ in keys], dtype=np.int64))
    writer.column("name_record", np.array([row for _, row in keys], dtype=np.int32))
    return NameIndex(Snapshot(writer.publish("imported")), 20_000)


@pytest.fixture
def firms(tmp_path: Path) -> NameIndex:
    """The index with firms of imports."""
    return imported(tmp_path)


@pytest.mark.parametrize(
    ("query", "row", "how"),
    [
        ("重庆长安行远电机有限公司", 2, "exact"),
        ("长安行远", 2, "exact"),
        ("重庆长安", 2, "prefix"),
        ("行远电机", 2, "part"),
        ("chongqingchangan", 2, "pinyin"),
        ("cqca", 2, "initials"),
        ("xiamenyinhang", 3, "pinyin"),
        ("xmyh", 3, "initials"),
        ("深圳abcx9", 4, "prefix"),
        ("shenzhenabcx9keji", 4, "pinyin"),
        ("szakj", 4, "initials"),
        ("深圳天马旧名", 0, "prefix"),
        ("shenzhentianma", 0, "pinyin"),
        ("小朋科技", 5, "pinyin"),
        ("深圳市小膨胀科技有限公司", 5, "similar"),
    ],
)
def test_a_firm_of_an_import_answers_as_one_of_a_pack_does(firms: NameIndex, query: str, row: int, how: str) -> None:
    assert {match.record: match.how for match in firms.find(query)}[row] == how


@pytest.mark.parametrize("query", ["firm-3", "FIRM-3"])
def test_an_id_of_an_imported_firm_answers_as_a_whole_only(firms: NameIndex, query: str) -> None:
    assert [(match.record, match.how) for match in firms.find(query)] == [(3, "exact")]
    assert firms.find(query[:-1]) == []


def test_a_credit_code_answers_as_a_whole_only_and_shows_the_name(firms: NameIndex) -> None:
    [match] = firms.find(_CODE.lower())
    assert (match.record, match.how) == (2, "exact")
    assert match.name == next(match.name for match in firms.find("重庆长安行远电机有限公司"))
    assert firms.find(_CODE[:-2]) == []


def test_kinds_keep_their_own_among_imported_firms_too(firms: NameIndex) -> None:
    assert [match.record for match in firms.find("电机", ["link"])] == [1]
    assert [match.record for match in firms.find("电机", ["firm"])] == [2]
    assert firms.find("电机", ["park"]) == []


def test_a_sound_of_another_kind_does_not_keep_one_spelt_alike_from_answering(firms: NameIndex) -> None:
    assert [(match.record, match.how) for match in firms.find("新能源车")] == [(1, "pinyin")]
    assert [(match.record, match.how) for match in firms.find("新能源车", ["firm"])] == [(0, "similar")]


def test_the_best_few_are_the_first_of_all_and_the_rest_is_counted(every_name: Named) -> None:
    for query in ("公司", "a", "电池", "深圳 电池"):
        answers = every_name.finder.answers(query)
        whole = answers.best()
        assert len(answers.records) == len(whole) > 5
        assert answers.best(5) == whole[:5]


def test_names_written_in_many_parts_make_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(tmp_path / "whole")
    monkeypatch.setattr(names, "_AT_ONCE", 1)
    monkeypatch.setattr(names, "_SORTED_AT_ONCE", 5)
    imported(tmp_path / "parts")
    whole, parts = (
        {file.name: file.read_bytes() for file in (tmp_path / each / "imported").glob("search_*")}
        for each in ("whole", "parts")
    )
    assert len(whole) > 10
    assert parts == whole


_SPELT = (
    *("重庆长安汽车", "长沙银行", "厦门厦钨新能源", "乐清音乐器材", "六安重工", "成都会计师", "东莞市朝阳五金"),
    *("abc甲b2乙", "中国工商银行", "广州市行业协会", "Ｘ９", "plain ascii", "", "β材料", "地质队", "四川长虹", "单单"),
)


def test_many_names_at_once_are_spelt_as_each_alone() -> None:
    lines = [fold(name) for name in _SPELT]
    units = np.frombuffer("".join(f"{line}\n" for line in lines).encode(names.TEXT), dtype=np.uint16)
    spelt = Speller().spell(units)
    alone = [[] if line.isascii() else syllables(line) for line in lines]
    letters = spelt.letters.tobytes()
    assert letters.decode().split("\n")[:-1] == ["".join(parts) for parts in alone]
    heard = [part for parts in alone for part in parts]
    assert [letters[start:].decode()[: len(part)] for start, part in zip(spelt.starts, heard, strict=True)] == heard
    assert spelt.initials.tobytes().decode().split("\n")[:-1] == [
        "".join(part[0] for part in parts if part[0].isascii()) for parts in alone
    ]
    assert spelt.sizes.sum() == len(letters)
    assert spelt.initial_sizes.sum() == len(spelt.initials)


@steady
@given(data=st.data())
def test_what_is_picked_holds_every_misspelt_name(every_name: Named, data: st.DataObject) -> None:
    _, name = data.draw(st.sampled_from(every_name.names).filter(lambda named: len(fold(named[1])) > 3))
    letters = list(fold(name)[:12])
    place = data.draw(st.integers(0, len(letters) - 2))
    mend = data.draw(st.sampled_from(["swap", "drop", "囍"]))
    if mend == "swap":
        letters[place : place + 2] = letters[place + 1], letters[place]
    else:
        letters[place] = "" if mend == "drop" else mend
    query = "".join(letters)
    snapshot = every_name.finder._snapshot
    lines = snapshot.column("search_text_heap").tobytes().decode(names.TEXT).split("\n")[:-1]
    shortest, sorts = len(query) - misspelt.typos(query), snapshot.column("search_sort")
    alike = [
        (row, wrong)
        for row, wrong in enumerate(misspelt.wrong_letters(query, lines))
        if wrong is not None and sorts[row] != names.ID and len(lines[row]) >= shortest
    ]
    rows, wrongs = misspelt.misspelt(snapshot, "text", query)
    assert list(zip(rows.tolist(), wrongs.tolist(), strict=True)) == alike


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *(
            ("zhaoqign", "肇庆"),
            ("nignde", "宁德时代"),
            ("xiaopegn", "小鹏"),
            ("xioapegn", "小鹏"),
            ("guagnzhou", "广州"),
        ),
        *(("shenzen", "深圳"), ("dainchi", "电池壳"), ("haozqing", "肇庆"), ("zhaoqimg", "肇庆")),
    ],
)
def test_a_misspelt_sound_finds_the_name(every_name: Named, query: str, name: str) -> None:
    found = every_name.finder.find(query)
    bearers = {row for row, other in every_name.names if other == name}
    assert {match.record for match in found} & bearers
    assert {match.how for match in found} == {"similar"}


def test_of_more_names_than_are_looked_at_the_likest_and_shortest_are_picked(
    every_name: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = every_name.finder._snapshot
    lines = snapshot.column("search_text_heap").tobytes().decode(names.TEXT).split("\n")[:-1]
    lacking = {row: sum(letter not in line for letter in "有限公私") for row, line in enumerate(lines)}
    order = sorted((row for row in lacking if lacking[row] <= 1), key=lambda row: (lacking[row], len(lines[row]), row))
    for most in (5, 20, 100):
        monkeypatch.setattr(misspelt, "PICKED", most)
        picked, _ = misspelt.misspelt(snapshot, "text", "有限公私")
        wrong = misspelt.wrong_letters("有限公私", (lines[row] for row in order[:most]))
        assert picked.tolist() == sorted(row for row, count in zip(order[:most], wrong, strict=True) if count)
