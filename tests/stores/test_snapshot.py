"""The snapshot: compiled on first use, again when a pack changes, whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import numpy as np
import pytest

from chaingraph import Settings, gaps, show
from chaingraph.errors import WorkspaceError
from chaingraph.packs.loader import load
from chaingraph.service.workspace import open_snapshot
from chaingraph.stores import snapshot_writer
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.keys import days, iso, name_key
from chaingraph.stores.snapshot import Snapshot, is_whole

if TYPE_CHECKING:
    from pathlib import Path

    from tests.small_pack import SmallPack

_FIRM = """\
  - id: packer
    name: 佛山电池包有限公司
    seat: "440100"
    evidence: [{source: report, locator: 三}]
    makes:
      - {link: pack-link, evidence: [{source: report, locator: 三}]}
"""


def _snapshots(settings: Settings) -> list[Path]:
    return sorted((settings.workspace / "snapshots").iterdir())


def test_a_snapshot_is_compiled_once_and_then_read(small: Settings) -> None:
    steps: list[tuple[str, float]] = []
    gaps(small, progress=lambda label, share: steps.append((label, share)))
    assert steps[-1][1] == pytest.approx(1.0)
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    again: list[str] = []
    gaps(small, progress=lambda label, _: again.append(label))
    assert again == []
    assert len(_snapshots(small)) == 1


def test_of_many_threads_that_ask_at_once_one_compiles_and_the_others_read_what_it_made(small: Settings) -> None:
    together = Barrier(6)

    def asks(_: int) -> tuple[bool, str]:
        steps: list[str] = []
        together.wait()
        _, name = open_snapshot(small, lambda label, _: steps.append(label))
        return bool(steps), name

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(asks, range(6)))
    assert [compiled for compiled, _ in answers].count(True) == 1
    assert {name for _, name in answers} == {folder.name for folder in _snapshots(small)}


def test_one_more_firm_in_a_pack_changes_the_answer_with_no_other_command(pack: SmallPack, small: Settings) -> None:
    before = gaps(small).no_data[0]
    assert (before.link, before.nearest) == ("pack-link", None)
    pack.append("firms/all.yaml", _FIRM)
    after = gaps(small).no_data[0]
    assert after.nearest is not None
    assert after.nearest.firm == "packer"


def test_a_file_cut_short_is_compiled_anew(small: Settings) -> None:
    expected = gaps(small)
    [folder] = _snapshots(small)
    victim = folder / "makes_firm.npy"
    victim.write_bytes(victim.read_bytes()[:-3])
    assert not is_whole(folder)
    assert gaps(small) == expected
    assert is_whole(folder)


def test_a_file_with_other_bytes_is_one_error_and_the_next_run_mends_it(small: Settings) -> None:
    expected = gaps(small)
    for name in ("projects.json", "makes_firm.npy", "settings.json"):
        [folder] = _snapshots(small)
        victim = folder / name
        victim.write_bytes(b"\xff" * victim.stat().st_size)
        with pytest.raises(WorkspaceError, match="run again"):
            gaps(small)
        assert gaps(small) == expected


def test_an_empty_list_of_files_is_no_snapshot(small: Settings) -> None:
    gaps(small)
    [folder] = _snapshots(small)
    (folder / "meta.json").write_text("{}", encoding="utf-8")
    assert not is_whole(folder)


def test_a_compilation_that_fails_leaves_nothing_behind(
    pack: SmallPack, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, name: str, values: object) -> None:  # noqa: ARG001
        raise OSError("disk full")

    monkeypatch.setattr(snapshot_writer.Writer, "strings", broken)
    with pytest.raises(WorkspaceError, match="disk full"):
        gaps(small)
    assert _snapshots(small) == []
    assert pack.folder.exists()


def test_processes_that_compile_at_once_all_answer(pack: SmallPack, small: Settings) -> None:
    command = [sys.executable, "-m", "chaingraph", "gaps", "--pack", str(pack.folder), "--format", "json"]

    def run(_: int) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(run, range(4)))
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["chain"] == "demo"
    assert [path.name.startswith(".") for path in _snapshots(small)] == [False]


def test_old_snapshots_are_cleared_away(pack: SmallPack, small: Settings) -> None:
    for number in range(7):
        pack.append("scoring.yaml", f"# {number}\n")
        gaps(small)
    assert len(_snapshots(small)) == 4


def test_makes_rows_of_a_link_are_one_slice_sorted_by_region_and_firm(seeds: Settings, tmp_path: Path) -> None:
    graph = load(seeds.packs).graph_or_raise()
    snapshot = Snapshot(compile_snapshot(graph, tmp_path, "x"))
    links = snapshot.table("link_ids")
    start = snapshot.column("makes_start")
    firm, region = (snapshot.column(f"makes_{name}").astype(int) for name in ("firm", "region"))
    names = snapshot.strings("firm_id")
    assert int(start[-1]) == len(firm) == sum(len(m.evidence) for f in graph.firms.values() for m in f.makes)
    for row, link in enumerate(links):
        part = slice(int(start[row]), int(start[row + 1]))
        assert {names[int(number)] for number in firm[part]} == {
            key for key, value in graph.firms.items() if any(makes.link == link for makes in value.makes)
        }
        assert bool(np.all(np.diff(region[part] * len(names) + firm[part]) >= 0))


def test_columns_are_mapped_not_loaded(small: Settings) -> None:
    gaps(small)
    snapshot = Snapshot(_snapshots(small)[0])
    assert isinstance(snapshot.column("makes_firm").base, np.memmap)


def test_a_day_and_its_number_are_one() -> None:
    assert days(__import__("datetime").date(1970, 1, 2)) == 1
    assert iso(days(__import__("datetime").date(2026, 11, 22))) == "2026-11-22"


def test_a_name_is_found_without_regard_to_case_and_spaces() -> None:
    assert name_key("X Peng") == name_key("xpeng")
    assert name_key("小鹏") != name_key("小朋")


def test_an_entity_is_found_by_id_name_short_name_and_listing_code(small: Settings) -> None:
    assert {show(small, name).id for name in ("celler", "电芯股份有限公司", "电芯厂", "300000.SZ", "300000.sz")} == {
        "celler"
    }
