"""Bad input: one clear error, its exit code, no traceback, nothing half-written."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from chaingraph import errors

if TYPE_CHECKING:
    from pathlib import Path

    from tests.small_pack import SmallPack


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chaingraph", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def _one_error(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_every_error_class_carries_an_exit_code_and_an_http_status() -> None:
    tree = {
        "ChaingraphError": (1, 500),
        "UsageError": (2, 400),
        "NotFound": (2, 404),
        "Conflict": (2, 409),
        "DataError": (2, 422),
        "PackError": (2, 422),
        "TooLarge": (2, 413),
        "AccessDenied": (2, 403),
        "NotSignedIn": (2, 401),
        "Throttled": (2, 429),
        "WorkspaceError": (3, 503),
        "StoreError": (3, 503),
    }
    found = {
        name: (kind.exit_code, kind.http_status)
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.ChaingraphError)
    }
    assert found == tree
    assert all(name in (errors.__doc__ or "") for name in tree)


def test_a_broken_yaml_is_named_with_its_line(pack: SmallPack) -> None:
    line = pack.edit("projects.yaml", '    region: "441200"', '    region: "441200')
    message = _one_error(_run("gaps", "--pack", str(pack.folder)))
    assert "small/projects.yaml:" in message
    assert "YAML 语法错误" in message
    assert line > 1


def test_a_pack_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    message = _one_error(_run("gaps", "--pack", str(tmp_path / "nowhere"), "--lang", "en"))
    assert "there is no pack folder" in message
    assert "nowhere" in message


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path: Path) -> None:
    assert "pack.yaml" in _one_error(_run("check", str(tmp_path)))


def test_a_file_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("name: x", encoding="utf-8")
    assert "不是目录" in _one_error(_run("check", str(tmp_path / "x.yaml")))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps", "--chain", "ec"), "没有产业链“ec”"),
        (("gaps", "--chain", "新能源车"), "新能源汽车及零部件"),
        (("gaps", "--region", "肇慶"), "没有地区“肇慶”"),
        (("gaps", "--region", "佛三市"), "佛山市"),
        (("gaps", "--as-of", "昨天"), "不是日期"),
        (("gaps", "--as-of", "2022-02-30"), "2026-11-22"),
        (("gaps", "--move", "补"), "fill"),
        (("gaps", "--region", "大旺"), "是园区，不是地区"),
        (("gaps", "--direction", "upsteam"), "upstream"),
        (("gaps", "--explain", "隔模"), "隔膜"),
        (("show", "小朋汽车"), "小鹏汽车"),
        (("show", "小鹏汽车", "--as-of", "20220131x"), "不是日期"),
        (("gap",), "gaps"),
    ],
)
def test_a_wrong_argument_gets_one_error_with_the_mend(
    arguments: tuple[str, ...], said: str, seeds_workspace: str
) -> None:
    assert said in _one_error(_run(*arguments, *(("--workspace", seeds_workspace) if len(arguments) > 1 else ())))


def test_an_error_speaks_english_where_english_is_asked_for(seeds_workspace: str) -> None:
    message = _one_error(_run("gaps", "--chain", "ec", "--lang=en", "--workspace", seeds_workspace))
    assert message.startswith("error: no chain named 'ec'")


def test_a_workspace_that_cannot_be_written_is_an_error_of_its_own(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = _run("gaps", "--workspace", str(blocked / "workspace"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "--workspace" in done.stderr


def test_an_out_file_in_a_folder_that_is_not_there_leaves_nothing(tmp_path: Path, seeds_workspace: str) -> None:
    target = tmp_path / "nowhere" / "gaps.csv"
    message = _one_error(_run("gaps", "--format", "csv", "--out", str(target), "--workspace", seeds_workspace))
    assert "gaps.csv" in message
    assert not target.parent.exists()
