"""The files of one pack folder: which belong there, and which sections each may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text
from chaingraph.packs import industries
from chaingraph.packs.files import pack_files, require_pack
from chaingraph.packs.yaml_file import PackFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SECTIONS: dict[str, tuple[str, ...]] = {
    "pack.yaml": (),
    "scoring.yaml": (),
    "sources.yaml": ("sources",),
    "parks.yaml": ("parks",),
    "projects.yaml": ("projects",),
    "claims.yaml": ("claims",),
    "surveys.yaml": ("surveys",),
    "negative_list.yaml": ("negative_list",),
    "platforms.yaml": ("platforms",),
    "policies.yaml": ("policies",),
    "targets.yaml": ("targets",),
    "actuals.yaml": ("actuals",),
    "documents.yaml": ("documents",),
    "sources/": ("sources",),
    "firms/": ("firms",),
    "projects/": ("projects",),
    "chains/": ("chain", "links", "shares", "feeds"),
}


@dataclass
class PackFolder:
    """A pack read from disk. ``regions`` and ``industries`` are CSV as text; ``manifest`` the raw pack.yaml."""

    path: Path
    files: dict[str, PackFile] = field(default_factory=dict)
    regions: PackFile | None = None
    industries: PackFile | None = None

    @property
    def manifest(self) -> dict[str, Any]:
        """The data of pack.yaml, empty if it is broken."""
        data = self.files["pack.yaml"].data
        return data if isinstance(data, dict) else {}

    def with_section(self, section: str) -> Iterator[PackFile]:
        """The files that hold ``section``."""
        for file in self.files.values():
            if isinstance(file.data, dict) and section in file.data:
                yield file


def open_folder(path: Path, progress: Callable[[str], None]) -> PackFolder:
    """Reads every file of the pack at ``path``; ``progress`` is called with the name of each.

    Raises
    ------
    PackError
        If the folder is not there or is no pack.
    """
    require_pack(path)
    folder = PackFolder(path)
    for file in pack_files(path):
        name = file.relative_to(path).as_posix()
        progress(name)
        shown = f"{path.resolve().name}/{name}"
        if name == "regions.csv":
            folder.files[name] = folder.regions = _read_csv(file, shown)
        elif name == industries.FILE:
            folder.files[name] = folder.industries = _read_csv(file, shown)
        elif name.endswith(".csv"):
            folder.files[name] = PackFile(shown)
            _report_stray(name, folder.files[name])
        else:
            folder.files[name] = read_yaml(file, shown)
            _check_sections(name, folder.files[name])
    return folder


def _read_csv(path: Path, shown: str) -> PackFile:
    file = PackFile(shown, data="")
    try:
        file.data = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        file.report((), Text(f"无法读取：{reason}", f"cannot be read: {reason}"), Text("检查权限", "check its rights"))
    except UnicodeDecodeError:
        try:
            file.data = path.read_text(encoding="gb18030")
        except UnicodeDecodeError:
            file.report((), Text("编码无法识别", "unknown encoding"), Text("另存为 UTF-8", "save it as UTF-8"))
    return file


def _check_sections(name: str, file: PackFile) -> None:
    """Reports a file that no loader reads, and top-level keys that the file may not hold."""
    folder, _, rest = name.rpartition("/")
    kind = f"{folder}/" if folder and rest.endswith((".yaml", ".yml")) else name
    if kind not in _SECTIONS:
        _report_stray(name, file)
        return
    if file.data is None:
        return
    if not isinstance(file.data, dict):
        file.report(
            (),
            Text("文件应由“键： 值”组成", "the file must consist of key: value"),
            Text("对照 docs/pack-format.md", "see docs/pack-format.md"),
        )
        return
    allowed = _SECTIONS[kind]
    for key in file.data:
        if allowed and key not in allowed:
            close = get_close_matches(str(key), allowed, 1)
            file.report(
                (str(key),),
                Text(f"未知的键“{key}”", f"unknown key {key!r}"),
                Text(
                    f"改为“{close[0]}”" if close else f"此文件可用：{'、'.join(allowed)}",
                    f"did you mean {close[0]!r}?" if close else f"this file may hold: {', '.join(allowed)}",
                ),
            )


def _report_stray(name: str, file: PackFile) -> None:
    """A file that no loader reads: where it should go, if that can be told from its name."""
    stem = name.rpartition("/")[2].partition(".")[0]
    if f"{stem}/" in _SECTIONS:
        better: str | None = f"{stem}/{stem}.yaml"
    else:
        better = next(iter(get_close_matches(name, list(_SECTIONS), 1, 0.75)), None)
    file.report(
        (),
        Text("数据包里没有这种文件", "a pack has no such file"),
        Text(
            f"改名为“{better}”，或移走" if better else f"移走，或放到：{'、'.join(_SECTIONS)}",
            f"rename it to {better!r}, or move it away" if better else f"move it away, or to: {', '.join(_SECTIONS)}",
        ),
    )
