"""The wheel is whole: installed alone it answers, from its own seeds."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_the_root_folders_and_answers_from_them(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    data = site / "chaingraph" / "_data"
    assert {path.name for path in data.iterdir()} == {"cypher", "seeds", "viz"}
    env = {**os.environ, "PYTHONPATH": str(site), "CHAINGRAPH_WORKSPACE": str(tmp_path / "workspace")}
    code = "import chaingraph.resources as r; print(r.folder('seeds'))"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, check=True, capture_output=True, text=True
    )
    assert Path(where.stdout.strip()) == data / "seeds"
    command = [sys.executable, "-m", "chaingraph", "gaps", "--chain", "ev", "--as-of", "2026-11-22"]
    done = subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, text=True, encoding="utf-8")
    assert "小鹏汽车" in done.stdout
