"""The files of ChainKnowledgeGraph as rows: finds them, reads a JSON object a line, counts every row it refuses."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import DataError, Text
from chaingraph.model.statement import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMPANY = "company.json"
COMPANY_PRODUCT = "company_product.json"
NEEDED = (COMPANY, COMPANY_PRODUCT)

UNUSED = (
    *("company_industry.json", "industry.json", "industry_industry.json", "industry_up.json"),
    *("product.json", "product_product.json"),
)
"""Files whose rows are only counted, since none of them says what a firm makes or whom it supplies.

The industries are Shenwan's of listed companies, no codes of GB/T 4754; what stands above, below or inside a product is
extracted from text by patterns and names no firm.
"""

_TRIED = 100
"""A file of which none of so many first rows is a JSON object is another kind of file, not a damaged one."""

_EVERY = 2000
"""Rows between two reports of progress."""

_LONGEST = 80
"""A refusal quotes so many characters."""


class Row(NamedTuple):
    """A JSON object and the line that holds it, counted from 1."""

    number: int
    said: dict[str, object]

    def text(self, field: str) -> str:
        """The text of ``field`` on one line and trimmed; "" where it is missing, a dash, or no text."""
        value = self.said.get(field)
        if not isinstance(value, str):
            return ""
        # A lone surrogate or a NUL cannot be stored; neither is printable.
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
        return "" if line.strip("-—") == "" else line


class Refusals:
    """Hands each refusal on and counts them by kind."""

    def __init__(self, on_refusal: Callable[[Refusal], None]) -> None:
        self._on_refusal = on_refusal
        self.counts: Counter[str] = Counter()

    def row(self, at: tuple[str, int], field: str, value: object, kind: str, what: Text, mend: Text) -> None:
        """The row at (file, line) is not taken at all."""
        self._add(Refusal(*at, field, _shown(value), kind, True, what, mend))

    def value(self, at: tuple[str, int], field: str, value: object, kind: str, what: Text, mend: Text) -> None:
        """The row is taken, without this value."""
        self._add(Refusal(*at, field, _shown(value), kind, False, what, mend))

    def _add(self, refusal: Refusal) -> None:
        self.counts[refusal.kind] += 1
        self._on_refusal(refusal)


class Read:
    """Bytes read so far of all that will be, told to ``progress`` as a share from 0 to 1."""

    def __init__(self, total: int, progress: Callable[[float], None] | None) -> None:
        self._total, self._progress = total, progress
        self._done = 0

    def more(self, size: int) -> None:
        """Counts ``size`` bytes more and tells how far the reading is."""
        self._done += size
        if self._progress and self._total:
            self._progress(min(1.0, self._done / self._total))


def find_files(folder: Path) -> dict[str, Path]:
    """The files in ``folder``, or in its ``data`` where it is the repository itself.

    Returns
    -------
    dict
        Path by file name: all of ``NEEDED``, and those of ``UNUSED`` that are there.

    Raises
    ------
    DataError
        It is no folder, or a needed file is missing.
    """
    if not folder.is_dir():
        raise DataError(
            Text(
                f"{folder} 不是文件夹：请给出 ChainKnowledgeGraph 的 data 文件夹（压缩包请先解压）",
                f"{folder} is no folder: give the data folder of ChainKnowledgeGraph (unpack an archive first)",
            )
        )
    if not any((folder / name).is_file() for name in NEEDED) and (folder / "data").is_dir():
        folder = folder / "data"
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise DataError(
            Text(
                f"{folder} 中缺少 {'、'.join(missing)}：需要 {'、'.join(NEEDED)} 两个文件，请指向含有它们的文件夹",
                f"{folder} lacks {', '.join(missing)}: {' and '.join(NEEDED)} are needed; name the folder that "
                "holds them",
            )
        )
    return {name: folder / name for name in (*NEEDED, *UNUSED) if (folder / name).is_file()}


def read_rows(path: Path, refusals: Refusals, read: Read, counts: dict[str, int]) -> Iterator[Row]:
    """The rows of a file, one JSON object a line; a broken line is refused and the rest goes on.

    Parameters
    ----------
    path
        The file. Blank lines are passed over.
    refusals
        Takes the broken lines, kind ``broken_json``.
    read
        Told how far the reading is.
    counts
        Gets the number of rows that are not blank, under the file's name.

    Raises
    ------
    DataError
        The file cannot be read, has no rows, or none of its first rows is a JSON object.
    """
    counts[path.name] = 0
    waiting: list[tuple[int, bytes, Text]] | None = []
    size = 0
    for number, line in enumerate(_lines(path), 1):
        size += len(line)
        if number % _EVERY == 0:
            read.more(size)
            size = 0
        if not line.strip():
            continue
        counts[path.name] += 1
        said = _parsed(line)
        if isinstance(said, Text):
            if waiting is None:
                _refuse_line(path.name, number, line, said, refusals)
            else:
                waiting.append((number, line, said))
                _still_rows(path, waiting)
            continue
        # Until the first good row it may be another kind of file, of which the error says more than its refusals.
        for broken in waiting or ():
            _refuse_line(path.name, *broken, refusals)
        waiting = None
        yield Row(number, said)
    read.more(size)
    if waiting is not None:
        raise _no_rows(path, waiting)


def count_rows(path: Path) -> int:
    """How many lines of a file are not blank.

    Raises
    ------
    DataError
        The file cannot be read.
    """
    return sum(1 for line in _lines(path) if line.strip())


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as handle:
            for number, line in enumerate(handle):
                yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(
            Text(
                f"{path.name} 无法读取（{reason}）：检查文件和权限",
                f"{path.name} cannot be read ({reason}): check the file and its rights",
            )
        ) from error


def _parsed(line: bytes) -> dict[str, object] | Text:
    """The object of a line, or why it is none."""
    try:
        said = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Text(f"不是 UTF-8（第 {error.start + 1} 字节）", f"not UTF-8 (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return Text(f"不是完整的 JSON（第 {error.colno} 字符）", f"no complete JSON (character {error.colno})")
    except (ValueError, RecursionError):
        return Text("不是可读的 JSON（数字过长或嵌套过深）", "no readable JSON (a number too long or nested too deep)")
    if isinstance(said, dict):
        return said
    return Text("不是 JSON 对象", "no JSON object")


def _still_rows(path: Path, broken: list[tuple[int, bytes, Text]]) -> None:
    if len(broken) >= _TRIED:
        raise _no_rows(path, broken)


def _no_rows(path: Path, broken: list[tuple[int, bytes, Text]]) -> DataError:
    mend = Text(
        "应为该仓库原样的 JSON Lines：每行一个 JSON 对象，UTF-8 编码；请重新下载",
        "it should be JSON Lines as that repository ships it, one JSON object a line in UTF-8; download it again",
    )
    if not broken:
        return DataError(Text(f"{path.name} 是空文件：{mend.zh}", f"{path.name} is empty: {mend.en}"))
    number, _, what = broken[0]
    return DataError(
        Text(
            f"{path.name} 没有可读的行（第 {number} 行{what.zh}）：{mend.zh}",
            f"{path.name} has no readable row (line {number}: {what.en}): {mend.en}",
        )
    )


def _refuse_line(file: str, number: int, line: bytes, what: Text, refusals: Refusals) -> None:
    shown = line.decode("utf-8", "replace").strip()
    mend = Text("从该仓库重新下载，或删去该行", "download it again from that repository, or delete the line")
    refusals.row((file, number), "", shown, "broken_json", what, mend)


def _shown(value: object) -> str:
    """A value as a refusal quotes it: one line, cut, and safe to store."""
    if value is None or isinstance(value, (dict, list)):
        return "" if value is None else "[…]" if isinstance(value, list) else "{…}"
    text = value if isinstance(value, str) else json.dumps(value)
    line = "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST]).strip()
    return line if len(text) <= _LONGEST else f"{line}…"
