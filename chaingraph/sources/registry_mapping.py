"""Reads a mapping file: the headers of a file that no directory is known to use, named by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from chaingraph.errors import DataError, Text
from chaingraph.sources.registry_headers import HEADERS
from chaingraph.sources.registry_heading import field_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MOST_BYTES = 64 * 2**10


def read_mapping(path: Path) -> dict[str, str]:
    """Reads a mapping file: the header that a file has for each field that its headers do not tell.

    A line of it is ``企业名称: 客户名``; on the left stands the usual header or the field's name.

    Returns
    -------
    dict
        By field, the file's header.

    Raises
    ------
    DataError
        If the file cannot be read, or names a field that there is not.
    """
    mapping = check_mapping(_mapping_data(path), path.name)
    if not mapping:
        raise _no_mapping(path.name)
    return mapping


def check_mapping(data: Mapping[Any, Any], name: str) -> dict[str, str]:
    """A mapping with its left side as fields; see ``read_mapping``."""
    mapping: dict[str, str] = {}
    for key, header in data.items():
        field = field_of(str(key))
        if field is None:
            known = [headers[0] for headers in HEADERS.values()]
            raise DataError(
                Text(
                    f"{name}：没有叫“{key}”的字段。可用：{'、'.join(known)}",
                    f"{name}: there is no field {str(key)!r}. Known: {', '.join(HEADERS)}",
                )
            )
        if not isinstance(header, str | int | float) or not str(header).strip():
            raise DataError(
                Text(f"{name}：“{key}”后面要写文件中的表头", f"{name}: write the header in the file after {str(key)!r}")
            )
        mapping[field] = str(header).strip()
    return mapping


def _mapping_data(path: Path) -> dict[Any, Any]:
    try:
        content = path.read_bytes()[: _MOST_BYTES + 1]
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(Text(f"{path.name}：无法读取：{reason}", f"{path.name}: cannot be read: {reason}")) from error
    try:
        if len(content) > _MOST_BYTES:
            raise _no_mapping(path.name)
        data = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _no_mapping(path.name) from error
    if not isinstance(data, dict):
        raise _no_mapping(path.name)
    return data


def _no_mapping(name: str) -> DataError:
    return DataError(
        Text(
            f"{name}：不是对照文件。写成 UTF-8 的 YAML，每行“企业名称: 文件中的表头”",
            f"{name}: no mapping file; write it as YAML in UTF-8, a line each: `企业名称: the file's header`",
        )
    )
