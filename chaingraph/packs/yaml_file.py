"""Reads one YAML file to plain data and remembers the line of every key, so that problems can name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from chaingraph.errors import Text
from chaingraph.packs.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_DEEPEST = 20
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a date stays text: a day that does not exist is then reported at its own line."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


KeyPath = tuple["str | int", ...]


def shown_path(path: Iterable[str | int]) -> str:
    """A key path as text: ``('firms', 3, 'makes')`` reads ``firms[3].makes``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


@dataclass
class PackFile:
    """A file of a pack: its data, the line of each key path, and the problems met so far."""

    name: str
    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: KeyPath) -> int:
        """The line of ``path``, or of its nearest parent that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def report(self, path: KeyPath, what: Text, mend: Text) -> None:
        """Adds a problem at ``path``."""
        self.problems.append(Problem(self.name, self.line(path), shown_path(path), what, mend))


def read_yaml(path: Path, name: str) -> PackFile:
    """Reads a YAML file; a broken one comes back with ``data`` None and its problem.

    Parameters
    ----------
    path
        The file.
    name
        How problems name it.
    """
    file = PackFile(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        file.report((), Text(f"无法读取：{reason}", f"cannot be read: {reason}"), Text("检查权限", "check its rights"))
        return file
    except UnicodeDecodeError as error:
        file.report(
            (),
            Text(f"不是 UTF-8 编码（第 {error.start} 字节）", f"not UTF-8 (byte {error.start})"),
            Text("另存为 UTF-8", "save it as UTF-8"),
        )
        return file
    if not _is_plain(text, file):
        return file
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            _note_lines(node, (), file)
            file.data = loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        _report_broken(error, file)
    finally:
        loader.dispose()
    return file


def _is_plain(text: str, file: PackFile) -> bool:
    """Refuses what a pack never needs and what can exhaust a machine: aliases, and nesting without end."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                what = Text("不支持别名（*）或过深的嵌套", "aliases (*) and deep nesting are not supported")
                mend = Text("把内容直接写出来", "write the content out")
                file.problems.append(Problem(file.name, line, "", what, mend))
                return False
    except (yaml.YAMLError, ValueError) as error:
        _report_broken(error, file)
        return False
    return True


def _report_broken(error: Exception, file: PackFile) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    detail = getattr(error, "problem", None) or str(error)
    file.data = None
    file.problems.append(
        Problem(
            file.name,
            line,
            "",
            Text(f"YAML 语法错误：{detail}", f"broken YAML: {detail}"),
            Text("检查该行的缩进、冒号、引号和括号", "check indentation, colons, quotes and brackets there"),
        )
    )


def _note_lines(node: yaml.Node, path: KeyPath, file: PackFile) -> None:
    file.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            at = (*path, key)
            file.lines[at] = key_node.start_mark.line + 1
            if key in seen:
                file.problems.append(
                    Problem(
                        file.name,
                        key_node.start_mark.line + 1,
                        shown_path(at),
                        Text(f"键“{key}”重复", f"key {key!r} stands twice"),
                        Text("合并或删去一个", "merge the two or delete one"),
                    )
                )
            seen.add(key)
            _note_lines(value_node, at, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*path, index), file)
