"""Two thousand broken firm lists: each is read or refused in a sentence, and never more than that."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from chaingraph.errors import ChaingraphError
from chaingraph.sources.places import Places
from chaingraph.sources.registry import read_registry
from tests.sources.dialects import AIQICHA, OFFICE, QCC, QIXIN, REGIONS, TYC, text, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.model.statement import Refusal

PLACES = Places(REGIONS)
LISTS = (QCC, TYC, QIXIN, AIQICHA, OFFICE)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5", "shift_jis", "latin-1")
ODD = (
    *("", "-", "\0", '"', "=1+1", "#REF!", "😀", "９１", "1e400", "-1", "nan", "inf", "99999-99-99", "²", "٣"),
    *("0000-00-00", "9" * 400, "甲" * 5000, "（" * 50, "\u202e", "\x85", "\u2028", "C99", "T9", "万", "元"),
)


def swapped(draw: random.Random) -> list[list[object]]:
    """A list with headers shuffled, cells swapped, lost, doubled or replaced by odd ones."""
    rows = [list(row) for row in draw.choice(LISTS)]
    for _ in range(draw.randint(1, 8)):
        row = draw.choice(rows)
        change = draw.randrange(6)
        if change == 0:
            draw.shuffle(row)
        elif change == 1 and row:
            del row[draw.randrange(len(row))]
        elif change == 2:
            row.insert(draw.randint(0, len(row)), draw.choice(ODD))
        elif change == 3 and row:
            row[draw.randrange(len(row))] = draw.choice(ODD)
        elif change == 4:
            rows.insert(draw.randint(0, len(rows)), list(row))
        else:
            draw.shuffle(rows)
    return rows


def flipped(draw: random.Random, content: bytes) -> bytes:
    """Bytes flipped, cut off, taken out or doubled."""
    found = bytearray(content)
    for _ in range(draw.randint(0, 12)):
        if not found:
            break
        at = draw.randrange(len(found))
        change = draw.randrange(5)
        if change == 0:
            found[at] ^= 1 << draw.randrange(8)
        elif change == 1:
            found[at] = draw.randrange(256)
        elif change == 2:
            del found[at : at + draw.randint(1, 40)]
        elif change == 3:
            found[at:at] = found[at : at + draw.randint(1, 400)]
        elif draw.random() < 0.2:
            del found[at:]
    return bytes(found)


def broken_text(draw: random.Random, _: Path) -> bytes:
    content = text(swapped(draw), draw.choice(",;\t|")).encode(draw.choice(ENCODINGS), "replace")
    return flipped(draw, content)


def broken_workbook(draw: random.Random, path: Path) -> bytes:
    """A workbook of which the archive, or one part inside it, is broken."""
    content = path.read_bytes()
    if draw.random() < 0.4:
        return flipped(draw, content)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        chosen = draw.choice(book.namelist())
        for part in book.namelist():
            if part != chosen or draw.random() < 0.8:
                changed.writestr(part, flipped(draw, book.read(part)) if part == chosen else book.read(part))
    return out.getvalue()


def outcome(path: Path) -> tuple[str, int, int]:
    """What became of a file: the sentence that refused it or "", how many firms it has, how many refusals."""
    refused: list[Refusal] = []
    names = []
    said = ""
    try:
        names = [firm.name for firm in read_registry(path, PLACES, on_refusal=refused.append)]
    except ChaingraphError as error:
        said = error.text.zh
    # What is told must be fit to print, whatever bytes it came from.
    told = [said, *names, *(f"{item.field}{item.value}{item.what}" for item in refused)]
    assert not re.search("[\ud800-\udfff]", "".join(told))
    assert said == "" or said.startswith(path.name)
    return said, len(names), len(refused)


@pytest.mark.parametrize(("make", "files"), [(broken_text, 1400), (broken_workbook, 600)])
def test_a_broken_file_is_read_or_refused_and_nothing_else_happens(
    tmp_path: Path, make: Callable[[random.Random, Path], bytes], files: int
) -> None:
    draw = random.Random(20260501)
    originals = [workbook(tmp_path / f"{number}.xlsx", rows) for number, rows in enumerate(LISTS)]
    path = tmp_path / "名录.csv"
    came: Counter[str] = Counter()
    for number in range(files):
        path.write_bytes(make(draw, originals[number % len(originals)]))
        said, firms, refused = outcome(path)
        came.update(("refused" if said else "read", *["firm"] * firms, *["row refused"] * refused))
    assert came["read"] + came["refused"] == files
    assert min(came[what] for what in ("read", "refused", "firm", "row refused")) > files / 20
