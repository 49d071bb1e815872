"""Searches on a server answer as the embedded store does: the same entities, by the same names, in the same order."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.service.workspace import open_snapshot
from chaingraph.stores.names import fold
from chaingraph.stores.neo4j import names
from chaingraph.stores.pinyin import syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.config import Settings
    from chaingraph.stores.base import Store
    from chaingraph.stores.memory import MemoryStore
    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.neo4j.store import Neo4jStore

DAYS = (date(2020, 3, 1), date(2023, 6, 30), date(2026, 11, 22), date.max)
KINDS = ("firm", "project", "park", "link", "region", "target")
TOPS = (1, 5, 20, None)

HOSTILE = (
    *(
        "'",
        '"',
        "\\",
        "`}) DETACH DELETE n //",
        "' OR 1=1 RETURN 1 //",
        "宁德' RETURN 1 //",
        "宁德\\",
        "$text",
        "{word}",
    ),
    *(".*", "^a$", "[a-z]+", "(?i)比亚迪", "%", "_", "*", "~"),
    *("宁德\n时代", "a\nb", "宁\x00德", "\u202e宁德时代\u202c", "\u200e宁德", "　宁德　", "catl\r\n"),
    *("电" * 10_000, "a" * 10_000, "宁德时代" * 2_500, "ab " * 3_000, "zhao" * 249 + "zaho", "公司" * 499 + "司公"),
    *("😀", "𬭎", "ß", "İ", "①", "ﬁ", "e\u0301", "𠮷", "。", " "),
)


@pytest.fixture
def memory(seeds: Settings) -> MemoryStore:
    """The default pack in the embedded store."""
    return open_snapshot(seeds)[0]


def misspelt(text: str, rng: Random) -> str:
    """A text with a letter swapped, lacking, more or another."""
    letters = list(text)
    place = rng.randrange(len(letters))
    mend = rng.choice(("swap", "drop", "add", "change"))
    if mend == "swap":
        letters[place : place + 2] = reversed(letters[place : place + 2])
    elif mend == "add":
        letters.insert(place, rng.choice("囍a市x"))
    else:
        letters[place] = "" if mend == "drop" else rng.choice("囍b电n")
    return "".join(letters)


def asked(name: str, rng: Random) -> str:
    """What somebody may type who looks for a name."""
    text = fold(name)
    start = rng.randrange(len(text))
    part = text[start : start + rng.choice((1, 2, 3, 4, 8))]
    sound = syllables(text)
    ways = (
        *(name, part, text[: rng.randint(1, 6)], "".join(sound), "".join(sound)[: rng.randint(2, 9)]),
        *("".join(syllable[:1] for syllable in sound), misspelt(text[:12], rng)),
        *(misspelt("".join(sound)[: rng.randint(4, 16)], rng), misspelt(text[start : start + 6], rng)),
        *(f"{part} {rng.choice(('深圳', '肇庆', '电池', 'dianchi'))}", f"广东 {text[:2]} {part}"),
    )
    return rng.choice(ways)


def differing(one: Store, other: Store, queries: Sequence[tuple[str, tuple[str, ...], date, int | None]]) -> list[str]:
    """The queries that two stores answer in different ways."""
    return [repr(query[0][:60]) for query in queries if one.search(*query) != other.search(*query)]


def test_names_parts_sounds_initials_words_and_misspellings_find_the_same(
    memory: MemoryStore, pushed_seeds: Neo4jStore
) -> None:
    rng = Random(1)
    keys = [key for kind in ("link", "chain", "region", "park") for key in memory.names(kind)]
    shown = [name for key in keys for name in memory.entity(key)["names"] if fold(name)]
    queries = [
        (
            asked(rng.choice(shown), rng),
            tuple(rng.sample(KINDS, 2)) if rng.random() < 0.3 else (),
            rng.choice(DAYS),
            rng.choice(TOPS),
        )
        for _ in range(300)
    ]
    hows = {hit.how for query in queries for hit in memory.search(*query)[1][:1]}
    assert hows >= {"exact", "prefix", "initials", "pinyin", "part", "product", "similar"}
    assert differing(memory, pushed_seeds, queries) == []


def test_a_record_that_a_neighbour_answers_for_is_found_by_the_same_name_in_the_same_place(
    memory: MemoryStore, pushed_seeds: Neo4jStore
) -> None:
    queries = [(text, (), DAYS[2], top) for text in ("深圳 隔膜", "广东 锂电池", "肇庆 电池 项目") for top in TOPS]
    assert {hit.how for query in queries for hit in memory.search(*query)[1]} >= {"related", "part"}
    assert differing(memory, pushed_seeds, queries) == []


def test_a_tie_counts_from_the_day_on_which_it_is_known(memory: MemoryStore, pushed_seeds: Neo4jStore) -> None:
    totals = [memory.search("广东 锂电池", (), day, 5)[0] for day in DAYS]
    assert totals[0] < totals[2]
    assert [pushed_seeds.search("广东 锂电池", (), day, 5)[0] for day in DAYS] == totals


@pytest.mark.parametrize("text", ["公司", "a", "有限公私", "youxiangognsi", "电 池", "project", "zq"])
def test_the_best_few_of_many_are_the_same_and_so_is_their_number(
    text: str, memory: MemoryStore, pushed_seeds: Neo4jStore
) -> None:
    queries = [(text, kinds, DAYS[2], top) for kinds in ((), ("firm",), ("link", "project")) for top in TOPS]
    assert differing(memory, pushed_seeds, queries) == []


def test_hostile_texts_are_looked_for_like_any_other(
    memory: MemoryStore, pushed_seeds: Neo4jStore, connection: Server
) -> None:
    assert differing(memory, pushed_seeds, [(text, (), DAYS[2], 20) for text in HOSTILE]) == []
    for text in HOSTILE:
        assert [found.id for found in names.named(connection, text)] == [
            bearer.id for bearer in memory._bearers(text)
        ], text[:20]
        assert names.similar(connection, text) == memory._similar(text, None), text[:20]


def test_an_id_answers_as_a_whole_only_even_without_its_hyphens(memory: MemoryStore, pushed_seeds: Neo4jStore) -> None:
    ids = [hit.id for hit in memory.search("zq", ("policy", "actual"), DAYS[2], None)[1]][:20]
    assert ids
    queries = [(text, (), DAYS[2], 1) for key in ids for text in (key, key.replace("-", ""), key[:-1])]
    assert differing(memory, pushed_seeds, queries) == []


def test_a_name_is_looked_up_whatever_its_case_and_spaces(pushed_seeds: Neo4jStore, connection: Server) -> None:
    assert [found.id for found in names.named(connection, " C A T L ")] == ["catl"]
    assert names.named(connection, "cat") == []
    assert names.named(connection, " ") == []
    assert pushed_seeds.knows("catl")
