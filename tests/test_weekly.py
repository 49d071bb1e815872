"""The page on running it weekly: its commands exist, its schedules parse, its backup can be brought back."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from chaingraph.cli import cli
from chaingraph.ledger.events import Draft
from chaingraph.ledger.log import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, CHINESE = ((DOCS / name).read_text(encoding="utf-8") for name in ("weekly.md", "weekly.zh-CN.md"))
_BLOCK = re.compile(r"```(\w+)(?: file=(\S+))?\n(.*?)```", re.DOTALL)
FILES = {name: body for _, name, body in _BLOCK.findall(ENGLISH) if name}
PROGRAM = "/opt/chaingraph/bin/chaingraph"


def _commands() -> Iterator[str]:
    """Every command line of chaingraph in the page: typed, scheduled, or named in a sentence."""
    for _, _, body in _BLOCK.findall(ENGLISH):
        for line in body.splitlines():
            found = re.search(r"(?:^|[ =]|/bin/|\\)chaingraph(?:\.exe\")? ((?:leads|brief|gaps|check)\b[^;>]*)", line)
            if found:
                yield found[1].strip()
    for page in (ENGLISH, CHINESE):
        yield from re.findall(r"`chaingraph ([^`]+)`", page)


def _context(command: click.Command) -> click.Context:
    """A context as the command line makes it: click keeps the help option that a command first gets."""
    return click.Context(command, **cli.context_settings)


def _resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the first words name, and the words left."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        name, *words = words
        found = command.get_command(_context(command), name)
        assert found is not None, name
        command = found
    return command, words


def test_the_page_names_every_command_of_leads_and_the_brief() -> None:
    told = "\n".join(_commands())
    leads, _ = _resolved(["leads"])
    assert isinstance(leads, click.Group)
    assert [name for name in leads.list_commands(_context(leads)) if f"leads {name}" not in told] == []
    assert "brief LTMKUWFUF2L" in told


@pytest.mark.parametrize("line", sorted(set(_commands())))
def test_every_command_in_the_page_exists_with_its_options(line: str) -> None:
    command, words = _resolved(shlex.split(line.replace("\\", "/")))
    context = _context(command)
    given, left, _ = command.make_parser(context).parse_args(list(words))
    assert left == []
    if words:
        assert [item.name for item in command.params if item.required and given.get(item.name or "") is None] == []


def test_both_languages_show_the_same_lines_in_the_same_order() -> None:
    assert _BLOCK.findall(CHINESE) == _BLOCK.findall(ENGLISH)


def test_the_systemd_units_are_accepted(tmp_path: Path) -> None:
    units = [name for name in FILES if name.endswith((".service", ".timer"))]
    assert len(units) == 3
    for name in units:
        (tmp_path / name).write_text(FILES[name].replace(PROGRAM, sys.executable), encoding="utf-8")
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not here")
    done = subprocess.run(
        [tool, "verify", "--user", "--man=no", *(str(tmp_path / name) for name in units)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def _cron_lines() -> list[str]:
    return [line for line in FILES["crontab"].splitlines() if line[0].isdigit()]


def test_the_cron_lines_have_five_fields_in_range_and_no_percent() -> None:
    assert len(_cron_lines()) == 2
    for line in _cron_lines():
        fields = line.split(None, 5)
        for field, (least, most) in zip(fields[:5], ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7)), strict=True):
            assert field == "*" or least <= int(field) <= most, line
        assert "%" not in line


@pytest.mark.parametrize("line", _cron_lines())
def test_a_cron_line_leaves_the_exit_code_of_a_failed_run_in_the_log(line: str, tmp_path: Path) -> None:
    (tmp_path / "weekly").mkdir()
    (tmp_path / "occupied").write_text("a file where the workspace should be")
    command = line.split(None, 5)[5].replace("/srv/chaingraph", str(tmp_path))
    command = command.replace(PROGRAM, f"{shlex.quote(sys.executable)} -m chaingraph")
    subprocess.run(
        ["/bin/sh", "-c", command],
        env={**os.environ, "CHAINGRAPH_WORKSPACE": str(tmp_path / "occupied"), "CHAINGRAPH_USER": "weekly"},
        check=True,
    )
    assert (tmp_path / "weekly.log").read_text(encoding="utf-8").splitlines()[-1].endswith(" exit 3")


def test_the_task_of_windows_has_the_switches_it_needs() -> None:
    line = shlex.split(FILES["schtasks"].replace("\\", "/"))
    switches = dict(zip(line[2:-1:2], line[3:-1:2], strict=True))
    assert line[:2] == ["schtasks", "/Create"]
    assert line[-1] == "/F"
    assert switches.keys() == {"/TN", "/TR", "/SC", "/D", "/ST", "/RU", "/RP"}
    assert (switches["/SC"], switches["/D"]) == ("WEEKLY", "MON")
    assert re.fullmatch(r"[0-2]\d:[0-5]\d", switches["/ST"])
    assert Path(switches["/TR"]).name == "weekly.cmd"
    assert FILES["weekly.cmd"].isascii()
    for part in ("-Execute", "-Weekly", "-DaysOfWeek Monday", "-StartWhenAvailable", "-RestartCount", "-Password"):
        assert part in FILES["weekly.ps1"]
    assert re.search(r"^set RC=%ERRORLEVEL%\n.*\nexit /b %RC%$", FILES["weekly.cmd"], re.MULTILINE)


def _run_python(line: str, folder: Path) -> str:
    words = shlex.split(line)
    assert words[:2] == ["python", "-c"]
    done = subprocess.run([sys.executable, *words[1:]], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _event(week: str) -> Draft:
    return Draft("exported", None, {"scope": "441200:all", "week": week, "revision": 1})


def test_a_backup_made_while_the_ledger_is_in_use_holds_every_event_and_can_be_written_on(tmp_path: Path) -> None:
    here, there = tmp_path / "one", tmp_path / "two"
    ledger, restored = Ledger.at(here), Ledger.at(there)
    with ledger.writing("王某") as writing:
        writing.append(_event("2026-W46"))
    with closing(sqlite3.connect(ledger.path)) as reader:
        # Somebody reads, so the next event stays in the log beside the file.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        with ledger.writing("王某") as writing:
            writing.append(_event("2026-W47"))
        _run_python(FILES["backup"], here)
        shutil.copy(ledger.path, tmp_path / "copied-alone.sqlite")
    assert _run_python(FILES["check-backup"], here) == "ok"
    there.mkdir()
    shutil.copy(here / "backup-2026-W48.sqlite", restored.path)
    assert len(restored.events()) == 2
    assert restored.events() == ledger.events()
    with closing(sqlite3.connect(tmp_path / "copied-alone.sqlite")) as alone:
        assert alone.execute("SELECT count(*) FROM events").fetchone() == (1,)
    with restored.writing("李某") as writing:
        assert writing.append(_event("2026-W48")).number == 3
