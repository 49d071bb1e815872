"""The floors: a module imports only lower floors or its own folder."""

from __future__ import annotations

import ast
from pathlib import Path

import chaingraph

PACKAGE = Path(chaingraph.__file__).parent
FLOORS = {
    "errors": 0,
    "resources": 0,
    "model": 0,
    "config": 1,
    "packs": 2,
    "sources": 2,
    "workspace": 2,
    "stores": 3,
    "scoring": 3,
    "ledger": 3,
    "imports": 3,
    "analysis": 4,
    "export": 4,
    "service": 5,
    "web": 6,
    "cli": 7,
}


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module.count(".") == 0:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("chaingraph.")}


def test_every_room_of_the_package_has_a_floor() -> None:
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert rooms - {"__init__", "__main__", "__pycache__"} == set(FLOORS)


def test_a_module_imports_only_lower_floors_its_own_folder_or_the_errors() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in ("__init__", "__main__"):
            continue
        wrong += [
            f"{path.relative_to(PACKAGE)} imports {other}"
            for other in _imports(path)
            if other in FLOORS and other not in (room, "errors") and FLOORS[other] >= FLOORS[room]
        ]
    assert wrong == []


def test_a_module_stays_short_enough_to_tell_one_story() -> None:
    long = {
        str(p.relative_to(PACKAGE)): n
        for p in PACKAGE.rglob("*.py")
        if (n := len(p.read_text("utf-8").splitlines())) > 420
    }
    assert long == {}
