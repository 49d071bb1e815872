"""The name index: every name finds its record as it is written, as it sounds, and by its initials."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from chaingraph.config import Settings
from chaingraph.service.workspace import open_store
from chaingraph.stores.names import NameIndex, fold
from chaingraph.stores.snapshot import Snapshot
from tests.small_pack import SmallPack

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
