"""Statements: a file whose header, text and caller do not tell the same is refused when the module is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import chaingraph
from chaingraph import resources
from chaingraph.errors import StoreError
from chaingraph.stores.base import Store
from chaingraph.stores.neo4j.statements import Statement, read, write, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Put = Callable[[str], None]

PACKAGE = Path(chaingraph.__file__).parent
CYPHER = resources.folder("cypher")
FILES = sorted(CYPHER.rglob("*.cypher"))
NAMED = [file.relative_to(CYPHER).as_posix() for file in FILES]

GOOD = """// 谁供给谁？ Who supplies whom?
// $firms: ids of the firms
// $day: ISO day
// => from, to, names
MATCH (a:Firm)-[s:SUPPLIES]->(b:Firm)
WHERE a.id IN $firms AND s.since <= $day // not $more
RETURN a.id AS from, b.id AS to, COLLECT { MATCH (b)-[:IN]->(c) RETURN [c.name, '$other'] } AS names
ORDER BY from, to
LIMIT 10
"""


class Row(NamedTuple):
    from_: str
    to: str
    names: list[list[str]]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Writes the one statement that there is, ``read/ties.cypher``."""
    (tmp_path / "read").mkdir()
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path)

    def ties(text: str) -> None:
        (tmp_path / "read" / "ties.cypher").write_text(text, encoding="utf-8")

    return ties


def test_a_statement_that_fits_is_read_with_its_parameters_and_its_row(put: Put) -> None:
    put(GOOD)
    statement = read("ties", Row, "firms", "day")
    assert statement == Statement("read/ties.cypher", GOOD, frozenset({"firms", "day"}), Row)


@pytest.mark.parametrize(
    ("wrong", "parameters", "said"),
    [
        (GOOD.replace("// $day: ISO day\n", ""), ("firms", "day"), "the parameters of its header"),
        (GOOD.replace("// $day: ISO day\n", "// $date: ISO day\n"), ("firms", "day"), "the parameters of its header"),
        (GOOD.replace("s.since <= $day", "true"), ("firms", "day"), "the parameters of its text"),
        (GOOD.replace("s.since <= $day", "s.since <= $day + $more"), ("firms", "day"), "the parameters of its text"),
        (GOOD, ("firms",), "the parameters of its header"),
        (GOOD, ("firms", "day", "more"), "the parameters of its header"),
        (GOOD.replace("=> from, to, names", "=> from, to"), ("firms", "day"), "the columns of its header"),
        (GOOD.replace("=> from, to, names", "=> to, from, names"), ("firms", "day"), "the columns of its header"),
        (GOOD.replace("// => from, to, names\n", ""), ("firms", "day"), "the columns of its header"),
        (GOOD.replace("AS names\n", "AS names, s.grade AS grade\n"), ("firms", "day"), "the columns that it returns"),
        (GOOD.replace("b.id AS to, ", ""), ("firms", "day"), "the columns that it returns"),
        (GOOD.replace("b.id AS to", "b.to"), ("firms", "day"), "the columns that it returns"),
        (GOOD.replace("// 谁供给谁？ Who supplies whom?\n", ""), ("firms", "day"), "the first line of its header"),
    ],
)
def test_a_header_a_text_or_a_caller_that_differs_is_refused_and_named(
    put: Put, wrong: str, parameters: tuple[str, ...], said: str
) -> None:
    assert wrong != GOOD or parameters != ("firms", "day")
    put(wrong)
    with pytest.raises(StoreError) as refused:
        read("ties", Row, *parameters)
    assert "cypher/read/ties.cypher" in refused.value.text.en
    assert said in refused.value.text.en


def test_a_statement_that_is_not_there_or_no_text_is_refused(put: Put, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="reinstall"):
        read("ties", Row)
    put("")
    (tmp_path / "read" / "ties.cypher").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="reinstall"):
        read("ties", Row)


def test_a_statement_that_writes_and_returns_rows_needs_a_row(put: Put, tmp_path: Path) -> None:
    put("")
    (tmp_path / "write").mkdir()
    (tmp_path / "write" / "firm.cypher").write_text(
        "// 写入企业。Writes a firm.\n// $id: its id\n// => id\nMERGE (f:Firm {id: $id}) RETURN f.id AS id\n", "utf-8"
    )
    with pytest.raises(StoreError, match="the columns of its header"):
        write("firm", "id")


def test_the_last_return_of_a_union_counts_and_words_within_names_do_not(put: Put, tmp_path: Path) -> None:
    put(
        "// 问 Who?\nCALL () { RETURN 1 AS inner }\nMATCH (n) WHERE n.return = n.limit\n"
        "RETURN DISTINCT n.`order by` AS one, n.skip AS two\nUNION ALL\nRETURN 1 AS one, 2 AS two;\n"
    )
    assert written(tmp_path / "read" / "ties.cypher").returned == ("one", "two")


# --- the statements that travel with the package -------------------------------------------------------------------


def test_every_read_of_the_store_has_its_statements_and_no_statement_is_of_another() -> None:
    reads = {name for name in vars(Store) if not name.startswith("_")}
    assert {file.name.partition(".")[0] for file in (CYPHER / "read").glob("*.cypher")} == reads


@pytest.mark.parametrize("name", NAMED)
def test_a_statement_asks_in_both_languages_and_its_header_tells_what_its_text_does(name: str) -> None:
    told = written(CYPHER / name)
    assert re.search(r"[一-鿿]", told.question)
    assert re.search(r"[A-Za-z]{3}", told.question)
    assert set(told.declared) == told.used
    assert told.promised == told.returned or (name.startswith("browse/") and not told.promised)


@pytest.mark.parametrize("name", NAMED)
def test_a_file_holds_one_statement(name: str) -> None:
    text = re.sub(r"//[^\n]*", "", (CYPHER / name).read_text(encoding="utf-8")).strip().removesuffix(";")
    assert text
    assert ";" not in re.sub(r"'[^']*'|\"[^\"]*\"", "", text)


def _statements() -> Iterator[str]:
    for file in sorted((PACKAGE / "stores" / "neo4j").glob("*.py")):
        module = import_module(f"chaingraph.stores.neo4j.{file.stem}")
        for value in vars(module).values():
            held = value.values() if isinstance(value, dict) else value
            several = [value] if isinstance(value, Statement) else held if isinstance(held, Iterable) else ()
            yield from (one.name for one in several if isinstance(one, Statement))


def test_no_statement_lies_about_that_nobody_runs() -> None:
    assert set(_statements()) == {name for name in NAMED if not name.startswith("browse/")}


def test_no_python_string_holds_cypher() -> None:
    clause = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE|DELETE|CALL)\b\s*[({$]|\bRETURN\b")
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and clause.search(node.value)
        if not file.match("stores/neo4j/statements.py")
    ]
    assert found == []
