"""Where the browser's files are: ours in viz/static, vis-network in the installed pyvis. Nothing comes from afar."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from chaingraph import resources
from chaingraph.errors import NotFound, Text, WorkspaceError

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""What kinds of files a browser gets, by their ending."""
THIRD_PARTY = {
    "vendor/vis-network.min.js": "lib/vis-9.1.2/vis-network.min.js",
}
"""Third-party files by the name we know them under, each with its place in the installed pyvis."""


def asset_path(name: str) -> Path:
    """The file behind a name such as "js/map.js" or "vendor/vis-network.min.js".

    Raises
    ------
    NotFound
        If there is no such file.
    WorkspaceError
        If the installed pyvis holds it no more.
    """
    if name in THIRD_PARTY:
        return _brought(THIRD_PARTY[name])
    path = _ours().get(name)
    if path is None:
        raise NotFound(Text("没有这个文件", "there is no such file"))
    return path


@cache
def _ours() -> dict[str, Path]:
    """Our files by name: what is asked for is looked up here and never becomes a path."""
    static = resources.folder("viz") / "static"
    return {path.relative_to(static).as_posix(): path for path in static.rglob("*") if path.suffix in TYPES}


def _brought(name: str) -> Path:
    """A third party's file."""
    path = _pyvis() / name
    if not path.is_file():
        raise WorkspaceError(Text(f"pyvis 中没有 {path.name}：请重新安装", f"pyvis holds no {path.name}: reinstall"))
    return path


@cache
def _pyvis() -> Path:
    """The folder of the installed pyvis, of which only vis-network is used.

    It is not imported for it, which would take a third of a second; and the page that its ``Network`` writes would load
    files from afar and read names as HTML, so that ours are drawn by viz/static/js/graph_view.js.
    """
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise WorkspaceError(Text("没有安装 pyvis：请重新安装", "pyvis is not installed: reinstall"))
    return Path(spec.origin).parent
