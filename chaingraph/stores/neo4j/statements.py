"""Loads the statements of cypher/: a statement whose header, text and row do not tell the same is refused at import.

A file holds one statement under a header of comments: the question in the first line, then a line a parameter, then
the columns of its rows::

    // 哪些项目在做这些环节？ Which projects make these links?
    // $links: ids of the links
    // => link, project
"""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from chaingraph import resources
from chaingraph.errors import StoreError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

R = TypeVar("R", bound=NamedTuple)

Room = Literal["schema", "read", "write", "status", "browse"]


class NoRow(NamedTuple):
    """The row of a statement that returns none."""


class Statement(NamedTuple, Generic[R]):
    """A statement as it stands in its file, the parameters that it takes and the rows that it returns."""

    name: str
    text: str
    parameters: frozenset[str]
    row: type[R]


class Written(NamedTuple):
    """What a file tells of its statement: by its header, and by its text."""

    question: str
    declared: tuple[str, ...]
    promised: tuple[str, ...]
    used: frozenset[str]
    returned: tuple[str, ...]
    text: str


def read(stem: str, row: type[R], *parameters: str) -> Statement[R]:
    """The statement of ``cypher/read/<stem>.cypher``.

    Parameters
    ----------
    row
        What each row of the answer becomes; its fields are the columns, but for the underscore behind a keyword.
    parameters
        The names of the statement's parameters.

    Raises
    ------
    StoreError
        If the file is not there, or its header, its text and the call do not agree.
    """
    return _statement("read", stem, row, parameters)


def write(stem: str, *parameters: str, row: type[R] = NoRow) -> Statement[R]:  # type: ignore[assignment]
    """The statement of ``cypher/write/<stem>.cypher``, which returns nothing unless a ``row`` is named.

    Raises
    ------
    StoreError
        As ``read``.
    """
    return _statement("write", stem, row, parameters)


def status(stem: str, row: type[R]) -> Statement[R]:
    """The statement of ``cypher/status/<stem>.cypher``, which asks what stands on the server; it takes no parameters.

    Raises
    ------
    StoreError
        As ``read``.
    """
    return _statement("status", stem, row, ())


def schema(stem: str) -> Statement[NoRow]:
    """The statement of ``cypher/schema/<stem>.cypher``; it takes no parameters and returns nothing.

    Raises
    ------
    StoreError
        As ``read``.
    """
    return _statement("schema", stem, NoRow, ())


def written(path: Path) -> Written:
    """What a file of ``cypher/`` tells of its statement.

    Raises
    ------
    StoreError
        If it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            Text(
                f"安装不完整：语句文件 {path} 无法读取，请重新安装",
                f"incomplete installation: the statement {path} cannot be read; reinstall",
            )
        ) from error
    header = [line[2:].strip() for line in _HEADER.match(text)[0].splitlines()]  # type: ignore[index]
    parameters = [match[1] for line in header if (match := _DECLARED.match(line))]
    first = next((at for at, line in enumerate(header) if line.startswith("=>")), len(header))
    promised = " ".join(header[first:]).removeprefix("=>")
    body = _QUIET.sub(_blank, text)
    return Written(
        question=header[0] if header else "",
        declared=tuple(parameters),
        promised=tuple(filter(None, (name.strip() for name in promised.split(",")))),
        used=frozenset(_USED.findall(body)),
        returned=tuple(_columns(body)),
        text=text,
    )


def _statement(room: Room, stem: str, row: type[R], parameters: Sequence[str]) -> Statement[R]:
    name = f"{room}/{stem}.cypher"
    told = written(resources.folder("cypher") / name)
    fields = [_column_of(field) for field in row._fields]
    for wanted, found, what in (
        (set(parameters), set(told.declared), Text("文件头声明的参数", "the parameters of its header")),
        (set(parameters), told.used, Text("语句使用的参数", "the parameters of its text")),
        (fields, list(told.promised), Text("文件头声明的列", "the columns of its header")),
        (fields, list(told.returned), Text("语句返回的列", "the columns that it returns")),
    ):
        if wanted != found:
            raise _differs(name, what, _listed(wanted), _listed(found))
    if not told.question or told.question[0] in "$=":
        raise _differs(name, Text("文件头第一行", "the first line of its header"), "a question", told.question)
    return Statement(name, told.text, frozenset(parameters), row)


def _column_of(field: str) -> str:
    """The column of a field: Python keeps some words for itself."""
    bare = field.removesuffix("_")
    return bare if iskeyword(bare) else field


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names) if isinstance(names, set | frozenset) else names) or "–"


def _differs(name: str, what: Text, wanted: str, found: str) -> StoreError:
    return StoreError(
        Text(
            f"语句 cypher/{name} 与程序不符：{what.zh}是 {found}，程序要的是 {wanted}。请重新安装",
            f"the statement cypher/{name} does not fit the program: {what.en}: {found}; wanted: {wanted}. Reinstall",
        )
    )


# --- reading a statement's text ----------------------------------------------------------------------------------

_HEADER = re.compile(r"(?://[^\n]*\n)*")
_DECLARED = re.compile(r"\$(\w+):")
_QUIET = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""", re.DOTALL)
"""Comments and texts: neither names a parameter or a column."""
_USED = re.compile(r"\$`?(\w+)")
_CLAUSE = re.compile(
    r"(?<![\w.$`])(?:RETURN(?:\s+DISTINCT)?|ORDER\s+BY|SKIP|OFFSET|LIMIT|UNION(?:\s+ALL)?)\b|;", re.IGNORECASE
)
_ALIAS = re.compile(r"(?:^|\bAS\s+)`?(\w+)`?$", re.IGNORECASE)
_OPENING, _CLOSING = "([{", ")]}"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _columns(body: str) -> list[str]:
    """The columns of the last RETURN outside all brackets; none where there is none."""
    top = _at_the_top(body)
    clauses = list(_CLAUSE.finditer(top))
    place = next((at for at in reversed(range(len(clauses))) if clauses[at][0].upper().startswith("RETURN")), None)
    if place is None:
        return []
    end = clauses[place + 1].start() if place + 1 < len(clauses) else len(top)
    items = top[clauses[place].end() : end].split(",")
    return [match[1] if (match := _ALIAS.search(item.strip())) else item.strip() for item in items]


def _at_the_top(body: str) -> str:
    """The text with all that stands within brackets blanked out."""
    depth, kept = 0, []
    for char in body:
        depth -= char in _CLOSING
        kept.append(char if depth == 0 and char not in _CLOSING else " ")
        depth += char in _OPENING
    return "".join(kept)
